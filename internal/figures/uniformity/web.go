package uniformity

import (
	"slices"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/tool"
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

// toolTable says in how many reports each tool was used.
func toolTable(l text.Lang, t Table) components.Table {
	return useTable(l, l.PracticeTools(), text.VisitToolCodes(), slices.Concat(t.Lines, []Line{named(t.All, l.PracticeAll())}))
}

// usedTable says on how many days each tool itself was used, in the families of each coordinator.
func usedTable(l text.Lang, t Table) components.Table {
	return useTable(l, l.PracticeUsed(), tool.Tools, slices.Concat(t.Used, []Line{named(t.AllUsed, l.PracticeAll())}))
}

// volunteerTable says the same of each volunteer, a line for each.
func volunteerTable(l text.Lang, t Table) components.Table {
	out := components.Table{Caption: l.PracticeUsedBy(), Empty: l.PracticeEmpty(), Columns: []components.Column{{Label: l.PracticeVolunteer()}}}
	for _, code := range tool.Tools {
		out.Columns = append(out.Columns, components.Column{Label: l.VisitTool(code), Num: true})
	}
	for _, line := range t.ByVolunteer {
		cells := []components.Cell{{Text: line.Name}}
		for _, code := range tool.Tools {
			cells = append(cells, components.Cell{Text: l.Number(line.Tools[code])})
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

func named(whole Line, name string) Line {
	whole.Name = name
	return whole
}

func useTable(l text.Lang, caption string, codes []string, lines []Line) components.Table {
	out := components.Table{Caption: caption, Empty: l.PracticeEmpty(), Columns: []components.Column{{Label: l.PracticeTool()}}}
	for _, line := range lines {
		out.Columns = append(out.Columns, components.Column{Label: line.Name, Num: true})
	}
	for _, code := range codes {
		cells := []components.Cell{{Text: l.VisitTool(code)}}
		for _, line := range lines {
			cells = append(cells, components.Cell{Text: l.Number(line.Tools[code])})
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
