package genogram

import (
	"slices"

	"github.com/a-h/templ"

	"maatje/internal/core"
	"maatje/internal/genogram/edit"
	"maatje/internal/genogram/told"
	"maatje/internal/kin"
	"maatje/internal/web"
	"maatje/internal/web/form"
)

// somebody reads the person in the address.
func (c screen) somebody(q *web.Request) (sheet, kin.Person, error) {
	x, err := c.read(q)
	if err != nil {
		return x, kin.Person{}, err
	}
	id, err := web.PathID[core.ID](q, "person")
	if err != nil {
		return x, kin.Person{}, err
	}
	if x.sends(q) {
		x = x.with(id)
	}
	p, there := edit.Person(x.Family, id)
	if !there || !p.IsKin() {
		return x, p, core.NotFound()
	}
	return x, p, nil
}

func (c screen) showPerson(q *web.Request) error {
	x, p, err := c.somebody(q)
	if err != nil {
		return err
	}
	return q.Show(personPage(q.Frame(q.Lang.GenogramTitle()), x, p))
}

// asked is what a form that adds something asks, and of whom.
type addition struct {
	sheet
	p    kin.Person
	what string
}

func (a addition) action() string { return a.add(a.p.ID, a.what) }

func (a addition) isRelative() bool { return slices.Contains(Relatives, a.what) }

func (a addition) name() string { return a.teller().Name(a.p.ID) }

// addition reads who and what the address names.
func (c screen) addition(q *web.Request) (addition, error) {
	x, p, err := c.somebody(q)
	a := addition{x, p, q.R.PathValue("what")}
	if err == nil && !a.isRelative() && !isTold(a.what) {
		err = core.NotFound()
	}
	return a, err
}

func (c screen) showAdd(q *web.Request) error {
	a, err := c.addition(q)
	if err != nil {
		return err
	}
	f := a.fresh(q)
	f.Version = a.Seq
	return q.Show(addPage(q.Frame(q.Lang.GenogramTitle()), f, a))
}

// fresh is the form with what is likely in it.
func (a addition) fresh(q *web.Request) *form.Form {
	if a.isRelative() {
		f := q.Fresh(relativeFields).Set("ids", newIDs(q.Now()))
		if !a.asksKind() {
			f.Set("kind", kin.Birth)
		}
		return f.Set("with", likeliest(a.Family, a.what, a.p.ID, withs(q.Lang, a.Family, a.what, a.p.ID)))
	}
	f := q.Fresh(factFields).Set("row", core.NewID[core.ID](q.Now()).String()).Set("home_row", core.NewID[core.ID](q.Now()).String())
	if f.Set("one", a.p.ID.String()); told.Kind(a.what) == told.Twins {
		f.Set("children", a.p.ID.String())
	}
	return f
}

func (c screen) postAdd(q *web.Request) error {
	a, err := c.addition(q)
	if err != nil {
		return err
	}
	fields := factFields
	if a.isRelative() {
		fields = relativeFields
	}
	f := q.Form(fields)
	back := a.p.ID
	deed := func(b kin.Book) (kin.Change, error) {
		if _, there := edit.Person(b.Family, a.p.ID); !there {
			return kin.Change{}, core.Conflict("genogram_gone")
		}
		if !a.isRelative() {
			f.Set("one", a.p.ID.String())
			return read(f, b.Family, told.Kind(a.what), id(f, "row"))
		}
		change, who, err := join(f, b.Family, a.what, a.p.ID)
		back = who
		return change, err
	}
	if _, err = deed(a.Book); err == nil && f.OK() {
		if err = c.change(q, f, deed); err == nil {
			return q.See(a.root()+at(back), q.Lang.GenogramSaved())
		}
	}
	return c.again(q, err, f, func(x sheet) templ.Component {
		return addPage(q.Frame(q.Lang.GenogramTitle()), f, addition{x.with(a.p.ID), a.p, a.what})
	})
}

// changed is a fact that is changed.
type changed struct {
	sheet
	kind told.Kind
	row  core.ID
}

// one is whom the reader comes back to.
func (x changed) one() core.ID {
	i := slices.IndexFunc(x.facts, func(f told.Fact) bool { return f.ID == x.row })
	if i < 0 || len(x.facts[i].People) == 0 {
		return 0
	}
	return x.facts[i].People[0]
}

func (x changed) words() string {
	return x.facts[slices.IndexFunc(x.facts, func(f told.Fact) bool { return f.ID == x.row })].Words
}

func (c screen) changed(q *web.Request) (changed, error) {
	x, err := c.read(q)
	if err != nil {
		return changed{}, err
	}
	row, err := web.PathID[core.ID](q, "row")
	if err != nil {
		return changed{}, err
	}
	if x.sends(q) {
		x = x.with(row)
	}
	out := changed{x, kindOf(x.facts, row), row}
	if out.kind == "" {
		return out, core.NotFound()
	}
	return out, nil
}

func (c screen) showFact(q *web.Request) error {
	x, err := c.changed(q)
	if err != nil {
		return err
	}
	f := q.Fresh(factFields)
	f.Version = x.Seq
	fill(f, x.Family, x.kind, x.row)
	f.Set("home_row", core.NewID[core.ID](q.Now()).String())
	return q.Show(factPage(q.Frame(q.Lang.GenogramTitle()), f, x))
}

func (c screen) postFact(q *web.Request) error {
	x, err := c.changed(q)
	if err != nil {
		return err
	}
	f := q.Form(factFields)
	deed := func(b kin.Book) (kin.Change, error) {
		if !b.Family.Has(x.row) {
			return kin.Change{}, core.Conflict("genogram_gone")
		}
		return read(f, b.Family, x.kind, x.row)
	}
	if _, err = deed(x.Book); err == nil && f.OK() {
		if err = c.change(q, f, deed); err == nil {
			return q.See(x.root()+at(x.one()), q.Lang.GenogramSaved())
		}
	}
	return c.again(q, err, f, func(now sheet) templ.Component {
		return factPage(q.Frame(q.Lang.GenogramTitle()), f, changed{now.with(x.row), x.kind, x.row})
	})
}

func (c screen) postAway(q *web.Request) error {
	x, err := c.read(q)
	if err != nil {
		return err
	}
	row, err := web.PathID[core.ID](q, "row")
	if err != nil {
		return err
	}
	f := q.Form(undoFields)
	if err := c.change(q, f, func(b kin.Book) (kin.Change, error) { return edit.Without(b.Family, row), nil }); err != nil {
		return err
	}
	return q.See(x.root(), q.Lang.GenogramGone())
}
