package uniformity

import (
	"slices"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Routes mounts the page.
func (s *Service) Routes(m *web.Router) {
	m.Handle("GET /figures/coordinators", authz.RightTo("practice.see"), s.show)
}

var periodFields = form.Fields{Lines: []string{"from", "to"}}

// show sets the coordinators side by side; without a period it is this year.
func (s *Service) show(q *web.Request) error {
	f := q.Form(periodFields)
	if f.Value("from") == "" {
		f.Set("from", core.NewDate(q.Today().Year(), 1, 1).String())
	}
	if f.Value("to") == "" {
		f.Set("to", core.NewDate(q.Today().Year(), 12, 31).String())
	}
	from, to := f.Date("from"), f.Date("to")
	var t Table
	var err error
	if f.OK() {
		t, err = s.Of(q.Context(), q.Actor, from, to)
	}
	all := q.Actor.Roles().Has(authz.ProjectLeader)
	render := func() templ.Component { return page(q.Frame(q.Lang.PracticeTitle()), f, t, all) }
	if err != nil || !f.OK() {
		return q.Again(err, f, render)
	}
	return q.Show(render())
}

// table is the lines with, for each figure, the share and of how many it is.
func table(l text.Lang, t Table) components.Table {
	out := components.Table{Caption: l.PracticeTitle(), Empty: l.PracticeEmpty(), Columns: []components.Column{{Label: l.PracticeWho()}}}
	for _, figure := range Figures {
		out.Columns = append(out.Columns, components.Column{Label: l.PracticeFigure(figure), Num: true})
	}
	whole := t.All
	whole.Name = l.PracticeAll()
	for _, line := range slices.Concat(t.Lines, []Line{whole}) {
		cells := []components.Cell{{Text: line.Name}}
		for _, figure := range Figures {
			cells = append(cells, components.Cell{Text: share(l, line.Shares[figure])})
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

func share(l text.Lang, s Share) string {
	if s.M == 0 {
		return l.PracticeNone()
	}
	return l.PracticeShare(l.Percent(100*float64(s.N)/float64(s.M)), l.Number(s.N), l.Number(s.M))
}

// toolTable says how often each tool was used.
func toolTable(l text.Lang, t Table) components.Table {
	out := components.Table{Caption: l.PracticeTools(), Empty: l.PracticeEmpty(), Columns: []components.Column{{Label: l.PracticeTool()}}}
	whole := t.All
	whole.Name = l.PracticeAll()
	lines := slices.Concat(t.Lines, []Line{whole})
	for _, line := range lines {
		out.Columns = append(out.Columns, components.Column{Label: line.Name, Num: true})
	}
	for _, tool := range text.VisitToolCodes() {
		cells := []components.Cell{{Text: l.VisitTool(tool)}}
		for _, line := range lines {
			cells = append(cells, components.Cell{Text: l.Number(line.Tools[tool])})
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

// span is the period in words, once it is one.
func span(l text.Lang, f *form.Form) string {
	if !f.OK() {
		return ""
	}
	return l.FiguresPeriod(l.Date(f.Date("from")), l.Date(f.Date("to")))
}
