package triptych

import (
	"github.com/a-h/templ"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/plan/goal"
	"maatje/internal/tool"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Routes mounts the pages of the triptych, on both sides.
func (s *Service) Routes(m *web.Router) {
	for _, side := range tool.Sides {
		c := screen{s, side}
		m.Handle("GET "+side.Path("/triptych"), side.Reads(), c.showAll)
		m.Handle("GET "+side.Path("/triptych/{person}"), side.Reads(), c.showOne)
		m.Handle("POST "+side.Path("/triptych/{person}"), side.Writes(), c.postOne)
		m.Handle("POST "+side.Path("/triptych/{person}/goal"), side.Writes(), c.postGoal)
	}
}

var (
	sheetFields = form.Fields{Lines: []string{"sheet"}, Texts: []string{"problem", "wish", "how"}}
	goalFields  = form.Fields{Lines: []string{"sheet"}}
)

type screen struct {
	*Service
	side tool.Side
}

// view is what a page of the triptych shows.
type view struct {
	tool.Family
	members []Member
	here    Member
}

func (c screen) view(q *web.Request) (x view, err error) {
	err = c.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		if x.Family, err = c.side.Of(t, q); err != nil {
			return err
		}
		x.members, err = Of(t, x.Dossier)
		return err
	})
	return x, err
}

// one is the view of the member whom the address names.
func (c screen) one(q *web.Request) (x view, err error) {
	id, err := web.PathID[core.PersonID](q, "person")
	if err != nil {
		return x, err
	}
	if x, err = c.view(q); err != nil {
		return x, err
	}
	x.here, err = find(x.members, id)
	return x, err
}

func (c screen) showAll(q *web.Request) error {
	x, err := c.view(q)
	if err != nil {
		return err
	}
	return q.Show(allPage(q.Frame(q.Lang.TriptychTitle()), x))
}

func (c screen) showOne(q *web.Request) error {
	x, err := c.one(q)
	if err != nil {
		return err
	}
	now := x.here.Now()
	f := q.Fresh(sheetFields).Set("sheet", core.NewID[core.ID](q.Now()).String()).
		Set("problem", now.Problem).Set("wish", now.Wish).Set("how", now.How)
	f.Version = now.Seq
	return q.Show(onePage(q.Frame(q.Lang.TriptychTitle()), f, x))
}

func (c screen) postOne(q *web.Request) error {
	x, err := c.one(q)
	if err != nil {
		return err
	}
	f := q.Form(sheetFields)
	in := Sheet{Person: x.here.ID, Problem: f.Value("problem"), Wish: f.Value("wish"), How: f.Value("how")}
	if f.OK() {
		if in.ID, err = core.ParseID[core.ID](f.Value("sheet")); err == nil {
			err = c.Keep(q.Context(), q.Actor, x.Dossier, in, f.Version)
		}
		if err == nil {
			return q.See(x.path(), q.Lang.TriptychSaved())
		}
	}
	if core.IsKind(err, core.KindConflict) { // sending it once more is a choice, now that both stand on the page
		f.Version = x.here.Now().Seq
	}
	return q.Again(err, f, func() templ.Component { return onePage(q.Frame(q.Lang.TriptychTitle()), f, x) })
}

func (c screen) postGoal(q *web.Request) error {
	x, err := c.one(q)
	if err != nil {
		return err
	}
	sheet, err := core.ParseID[core.ID](q.Form(goalFields).Value("sheet"))
	if err != nil {
		return err
	}
	made, err := c.Wish(q.Context(), q.Actor, x.Dossier, x.here.ID, sheet, goal.Offered(q.Lang))
	if err != nil {
		return err
	}
	return q.See(x.Base+"/goals/"+made.String(), q.Lang.GoalMade())
}

func (x view) path() string { return x.of(x.here) }

func (x view) of(m Member) string { return x.Base + "/triptych/" + m.ID.String() }

// before is the table of earlier sheets beside the newest: the picture of May beside that of October.
func (x view) before(l text.Lang) components.Table {
	out := components.Table{Caption: l.TriptychBefore(), Columns: []components.Column{
		{Label: l.TriptychOn()}, {Label: l.TriptychProblem()}, {Label: l.TriptychWish()}, {Label: l.TriptychHow()}}}
	for _, s := range x.here.Sheets {
		out.Rows = append(out.Rows, []components.Cell{{Text: l.Date(s.At.Date())}, {Text: s.Problem}, {Text: s.Wish}, {Text: s.How}})
	}
	return out
}
