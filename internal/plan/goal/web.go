package goal

import (
	"slices"

	"github.com/a-h/templ"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/tool"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Routes mounts the pages of goals, on both sides.
func (s *Service) Routes(m *web.Router) {
	for _, side := range tool.Sides {
		c := screen{s, side}
		m.Handle("GET "+side.Path("/goals"), side.Reads(), c.showAll)
		m.Handle("POST "+side.Path("/goals"), side.Writes(), c.postNew)
		m.Handle("GET "+side.Path("/goals/{goal}"), side.Reads(), c.showOne)
		m.Handle("POST "+side.Path("/goals/{goal}"), side.Writes(), c.postRating)
		m.Handle("GET "+side.Path("/goals/{goal}/change"), side.Writes(), c.showChange)
		m.Handle("POST "+side.Path("/goals/{goal}/change"), side.Writes(), c.postChange)
	}
}

var (
	goalFields   = form.Fields{Lines: append([]string{"line", "person", "text"}, Codes...)}
	changeFields = form.Fields{Lines: append(append([]string{"line", "person", "text"}, Codes...), "stopped"), Texts: []string{"why"}}
	ratingFields = form.Fields{Lines: []string{"line", "score", "person", "rated_on"}, Texts: []string{"words"}}
)

type screen struct {
	*Service
	side tool.Side
}

// sheet is what a page of goals shows.
type sheet struct {
	tool.Family
	people []Person
	goals  []Goal
	today  core.Date
}

func (c screen) sheet(q *web.Request) (x sheet, err error) {
	x.today = q.Today()
	err = c.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		if x.Family, err = c.side.Of(t, q); err != nil {
			return err
		}
		if x.people, err = People(t, x.Dossier); err != nil {
			return err
		}
		x.goals, err = Of(t, x.Dossier)
		return err
	})
	return x, err
}

// one is the sheet and the goal that the address names.
func (c screen) one(q *web.Request) (x sheet, g Goal, err error) {
	id, err := web.PathID[core.ID](q, "goal")
	if err != nil {
		return x, g, err
	}
	if x, err = c.sheet(q); err != nil {
		return x, g, err
	}
	i := slices.IndexFunc(x.goals, func(g Goal) bool { return g.ID == id })
	if i < 0 {
		return x, g, core.NotFound()
	}
	return x, x.goals[i], nil
}

func fresh(q *web.Request, fields form.Fields) *form.Form {
	return q.Fresh(fields).Set("line", core.NewID[core.ID](q.Now()).String())
}

func (c screen) showAll(q *web.Request) error {
	x, err := c.sheet(q)
	if err != nil {
		return err
	}
	f := fresh(q, goalFields)
	for i, line := range Offered(q.Lang) {
		f.Set(Codes[i], line)
	}
	return q.Show(listPage(q.Frame(q.Lang.GoalTitle()), f, x))
}

// Offered are the five sentences with which a goal begins; the family may change each.
func Offered(l text.Lang) (out [levels]string) {
	for i, code := range Codes {
		out[i] = l.GoalLine(code)
	}
	return out
}

func typed(f *form.Form) (row core.ID, c Content, err error) {
	c = Content{Text: f.Value("text"), Stopped: f.Bool("stopped"), Why: f.Value("why")}
	for i, code := range Codes {
		c.Lines[i] = f.Value(code)
	}
	if c.Person, err = person(f); err != nil {
		return row, c, err
	}
	row, err = core.ParseID[core.ID](f.Value("line"))
	return row, c, err
}

// person of the family; none is the family together.
func person(f *form.Form) (p core.PersonID, err error) {
	if f.Value("person") == "" {
		return p, nil
	}
	return core.ParseID[core.PersonID](f.Value("person"))
}

func (c screen) postNew(q *web.Request) error {
	x, err := c.sheet(q)
	if err != nil {
		return err
	}
	f := q.Form(goalFields)
	if f.OK() {
		var row core.ID
		var in Content
		if row, in, err = typed(f); err == nil {
			row, err = c.Make(q.Context(), q.Actor, x.Dossier, row, in)
		}
		if err == nil {
			return q.See(x.Base+"/goals/"+row.String(), q.Lang.GoalMade())
		}
	}
	return q.Again(err, f, func() templ.Component { return listPage(q.Frame(q.Lang.GoalTitle()), f, x) })
}

func (c screen) showOne(q *web.Request) error {
	x, g, err := c.one(q)
	if err != nil {
		return err
	}
	f := fresh(q, ratingFields).Set("rated_on", x.today.String())
	return q.Show(goalPage(q.Frame(q.Lang.GoalOne()), f, x, g))
}

func (c screen) postRating(q *web.Request) error {
	x, g, err := c.one(q)
	if err != nil {
		return err
	}
	f := q.Form(ratingFields)
	r := Rating{Goal: g.ID, On: f.Date("rated_on"), Score: slices.Index(Codes, f.Value("score")) + Least, Words: f.Value("words")}
	if f.OK() {
		if r.ID, err = core.ParseID[core.ID](f.Value("line")); err == nil {
			r.By, err = person(f)
		}
		if err == nil {
			err = c.Rate(q.Context(), q.Actor, x.Dossier, r)
		}
		if err == nil {
			return q.See(x.Base+"/goals/"+g.ID.String(), q.Lang.GoalRated())
		}
	}
	return q.Again(err, f, func() templ.Component { return goalPage(q.Frame(q.Lang.GoalOne()), f, x, g) })
}

func (c screen) showChange(q *web.Request) error {
	x, g, err := c.one(q)
	if err != nil {
		return err
	}
	f := fresh(q, changeFields).Set("text", g.Text)
	if !g.Person.IsZero() {
		f.Set("person", g.Person.String())
	}
	for i, code := range Codes {
		f.Set(code, g.Lines[i])
	}
	if g.Stopped {
		f.Set("stopped", "1")
	}
	f.Version = g.Version
	return q.Show(changePage(q.Frame(q.Lang.GoalChange()), f, x, g))
}

func (c screen) postChange(q *web.Request) error {
	x, g, err := c.one(q)
	if err != nil {
		return err
	}
	f := q.Form(changeFields)
	if f.OK() {
		var row core.ID
		var in Content
		if row, in, err = typed(f); err == nil {
			err = c.Change(q.Context(), q.Actor, x.Dossier, g.ID, row, f.Version, in)
		}
		if err == nil {
			return q.See(x.Base+"/goals/"+g.ID.String(), q.Lang.GoalSaved())
		}
	}
	if core.IsKind(err, core.KindConflict) {
		f.Version = g.Version // the goal as it is now stands on the page: sending it again is a choice
	}
	return q.Again(err, f, func() templ.Component { return changePage(q.Frame(q.Lang.GoalChange()), f, x, g) })
}

func (x sheet) options() (out []components.Option) {
	for _, p := range x.people {
		if !p.Lives() {
			continue
		}
		out = append(out, components.Option{Value: p.ID.String(), Label: p.Name})
	}
	return out
}

// who is the name of somebody of the family, or the family together.
func (x sheet) who(l text.Lang, id core.PersonID) string {
	for _, p := range x.people {
		if p.ID == id {
			return p.Name
		}
	}
	return l.GoalTogether()
}

func lines(c Content) (out []components.Option) {
	for i, line := range c.Lines {
		out = append(out, components.Option{Value: Codes[i], Label: line})
	}
	return out
}

// Stand says in words how it stands with a goal.
func Stand(l text.Lang, g Goal) string {
	last, rated := g.Last()
	switch {
	case g.Stopped:
		return l.GoalStopped()
	case !rated:
		return l.GoalNotRated()
	}
	return l.GoalStands(l.Date(last.On), g.Said(last))
}

// ratings is the same as the line says, in a table; the newest stands on top.
func (x sheet) ratings(l text.Lang, g Goal) components.Table {
	out := components.Table{Caption: l.GoalRatings(), Empty: l.GoalNotRated(), Columns: []components.Column{
		{Label: l.GoalOn()}, {Label: l.GoalBy()}, {Label: l.GoalSaid()}, {Label: l.GoalStep()}, {Label: l.GoalWords()}}}
	for _, r := range slices.Backward(g.Ratings) {
		out.Rows = append(out.Rows, []components.Cell{{Text: l.Date(r.On)}, {Text: x.who(l, r.By)}, {Text: g.Said(r)}, {Text: stepName(l, r.Score)}, {Text: r.Words}})
	}
	return out
}

// stepName says in words which of the five steps a rating chose: it is no mark.
func stepName(l text.Lang, score int) string {
	if score < Least || score > Most {
		return ""
	}
	return l.GoalStepName(Codes[score-Least])
}

// described says in words what the line of a goal shows.
func described(l text.Lang, g Goal) string {
	first, last := g.Ratings[0], g.Ratings[len(g.Ratings)-1]
	return l.GoalFromTo(l.Date(first.On), g.Said(first), l.Date(last.On), g.Said(last))
}

// changes are what the goal was before, the newest first.
func changes(l text.Lang, g Goal) (out []components.Event) {
	for _, c := range slices.Backward(g.Changes) {
		day := c.At.Date()
		e := components.Event{Machine: day.String(), When: l.Date(day), Title: c.Text, Detail: c.Why, Tone: components.Plain}
		if c.Stopped {
			e.Title = l.GoalStopped() + " " + c.Text
		}
		out = append(out, e)
	}
	return out
}
