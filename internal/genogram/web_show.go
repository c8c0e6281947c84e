package genogram

import (
	"maatje/internal/core"
	"maatje/internal/genogram/told"
	"maatje/internal/kin"
	"maatje/internal/web"
	"maatje/internal/web/form"

	"github.com/a-h/templ"
)

// view reads the picture that the address asks for. Only a child of this family has a picture made for it.
func (c screen) view(q *web.Request) (view, error) {
	x, err := c.read(q)
	v := view{sheet: x, look: looked(q)}
	if err != nil {
		return v, err
	}
	if !v.child.IsZero() && !v.isOurs(v.child) {
		return v, core.NotFound()
	}
	if !v.child.IsZero() {
		if v.secrets, err = c.Secrets(q.Context(), q.Actor, v.Dossier); err != nil {
			return v, err
		}
	}
	v.f = v.of(v.day())
	return v, nil
}

func (v view) isOurs(child core.PersonID) bool {
	for _, k := range v.Head.Knows {
		if k.Child == child {
			return true
		}
	}
	return false
}

// fresh is the form that asks for the first person.
func (c screen) fresh(q *web.Request) *form.Form {
	return q.Fresh(factFields).Set("row", core.NewID[core.ID](q.Now()).String())
}

func (c screen) show(q *web.Request) error {
	v, err := c.view(q)
	if err != nil {
		return err
	}
	if v.writes && v.isPlain() {
		_, gaps, err := c.gaps(q)
		if err != nil {
			return err
		}
		v.lacks = len(takeable(form.New(q.Lang, beginFields), gaps, v.today))
	}
	return q.Show(genogramPage(q.Frame(v.title()), v, c.fresh(q)))
}

func (c screen) showPaper(q *web.Request) error {
	v, err := c.view(q)
	if err != nil {
		return err
	}
	return q.Show(paperPage(q.Frame(v.title()), v))
}

// postFirst begins with one person: the one whom it is about.
func (c screen) postFirst(q *web.Request) error {
	f := q.Form(factFields)
	row := id(f, "row")
	deed := func(b kin.Book) (kin.Change, error) { return read(f, b.Family, told.Person, row) }
	_, err := deed(kin.Book{})
	if row == 0 {
		return core.NotFound()
	}
	if err == nil && f.OK() {
		_, base, _ := c.whose(q)
		if err = c.change(q, f, deed); err == nil {
			return q.See(base+"/genogram"+at(row), q.Lang.GenogramSaved())
		}
	}
	return c.again(q, err, f, func(x sheet) templ.Component {
		return genogramPage(q.Frame(q.Lang.GenogramTitle()), view{sheet: x, f: x.Family}, f)
	})
}
