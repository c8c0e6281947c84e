package tool

import (
	"slices"

	"github.com/a-h/templ"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Routes mounts the overview of a family's tools, on both sides.
func (s *Service) Routes(m *web.Router) {
	for _, side := range Sides {
		c := screen{s, side}
		m.Handle("GET "+side.Path("/tools"), side.Reads(), c.show)
		m.Handle("GET "+side.Path("/tools/{name}/skip"), side.Writes(), c.showSkip)
		m.Handle("POST "+side.Path("/tools/{name}/skip"), side.Writes(), c.postSkip)
	}
}

var skipFields = form.Fields{Lines: []string{"line", "why"}, Texts: []string{"words"}}

type screen struct {
	*Service
	side Side
}

func (c screen) show(q *web.Request) error {
	var fam Family
	var all []State
	err := c.db.Read(q.Context(), q.Actor, func(t *db.Tx) (err error) {
		if fam, err = c.side.Of(t, q); err != nil {
			return err
		}
		if err = fam.withHead(t); err != nil {
			return err
		}
		all, err = Of(t, fam.Dossier)
		return err
	})
	if err != nil {
		return err
	}
	return q.Show(overviewPage(q.Frame(q.Lang.ToolTitle()), fam, c.cards(q.Lang, fam, all)))
}

// card is one tool on the overview.
type card struct {
	State
	href string // where it stands; "" if there is nothing to open
	skip string
}

func (c screen) cards(_ text.Lang, f Family, all []State) []card {
	out := make([]card, len(all))
	for i, s := range all {
		out[i] = card{State: s, skip: f.Base + "/tools/" + s.Tool + "/skip"}
		switch rest := c.pages[s.Tool]; {
		case s.Tool == StepPlan:
			out[i].href = f.Plan
		case rest != "":
			out[i].href = f.Base + rest
		}
	}
	return out
}

// asked finds the family and the tool that a request names.
func (c screen) asked(q *web.Request) (Family, string, error) {
	f, err := c.side.Read(q.Context(), c.db, q)
	name := q.R.PathValue("name")
	if err == nil && !slices.Contains(Tools, name) {
		err = core.NotFound()
	}
	return f, name, err
}

func (c screen) showSkip(q *web.Request) error {
	fam, name, err := c.asked(q)
	if err != nil {
		return err
	}
	f := q.Fresh(skipFields).Set("line", core.NewID[core.ID](q.Now()).String())
	return q.Show(skipPage(q.Frame(q.Lang.ToolSkipTitle()), f, fam, name))
}

func (c screen) postSkip(q *web.Request) error {
	fam, name, err := c.asked(q)
	if err != nil {
		return err
	}
	f := q.Form(skipFields)
	if f.OK() {
		in := Skip{Tool: name, Why: f.Value("why"), Words: f.Value("words")}
		if in.ID, err = core.ParseID[core.ID](f.Value("line")); err == nil {
			err = c.Skip(q.Context(), q.Actor, fam.Dossier, in)
		}
		if err == nil {
			return q.See(fam.Base+"/tools", q.Lang.ToolSkipSaved())
		}
	}
	return q.Again(err, f, func() templ.Component { return skipPage(q.Frame(q.Lang.ToolSkipTitle()), f, fam, name) })
}

// stand says in words how it stands with a tool.
func stand(l text.Lang, s State) string {
	switch {
	case s.IsSkipped():
		return l.ToolSkipped(l.Date(s.SkippedAt.Date()), l.SkipWhy(s.Why))
	case s.IsUsed():
		return l.ToolUsed(l.Date(s.UsedAt.Date()))
	}
	return l.ToolUnused()
}

func whys(l text.Lang) []components.Option { return components.Options(Whys, l.SkipWhy) }
