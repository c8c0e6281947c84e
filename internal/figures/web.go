package figures

import (
	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
	"maatje/internal/web/form"
)

var periodFields = form.Fields{Lines: []string{"from", "to", "outsiders"}}

// Routes mounts the page of figures and its spreadsheet.
func (s *Service) Routes(m *web.Router) {
	m.Handle("GET /figures", authz.RightTo("figures.see"), s.showFigures)
	m.Handle("GET /figures/cells.csv", authz.RightTo("figures.export").As(authz.Export), s.showCells)
}

func (s *Service) showFigures(q *web.Request) error {
	f := periodForm(q)
	v := view{lang: q.Lang, today: q.Today(), period: periodOf(f), outsiders: f.Bool("outsiders")}
	var err error
	if f.OK() {
		var cells []Cell
		cells, err = s.cells(q, v)
		v = v.counted(cells)
	}
	if err != nil || !f.OK() {
		return q.Again(err, f, func() templ.Component { return page(q.Frame(q.Lang.NavFigures()), f, v) })
	}
	return q.Show(page(q.Frame(q.Lang.NavFigures()), f, v))
}

// periodForm reads the period from the address; none is this year.
func periodForm(q *web.Request) *form.Form {
	f := q.Form(periodFields)
	year := Year(q.Today().Year())
	if f.Value("from") == "" {
		f.Set("from", year.From.String())
	}
	if f.Value("to") == "" {
		f.Set("to", year.To.String())
	}
	return f
}

func periodOf(f *form.Form) Period { return Period{f.Date("from"), f.Date("to")} }

func (s *Service) cells(q *web.Request, v view) ([]Cell, error) {
	cells, err := s.Of(q.Context(), q.Actor, v.period)
	if err == nil && v.outsiders {
		cells = Suppress(cells)
	}
	return cells, err
}

func (s *Service) showCells(q *web.Request) error {
	f := periodForm(q)
	v := view{lang: q.Lang, period: periodOf(f), outsiders: f.Bool("outsiders")}
	if !f.OK() {
		return core.NotFound()
	}
	cells, err := s.cells(q, v)
	if err != nil {
		return err
	}
	q.W.Header().Set("Content-Type", "text/csv; charset=utf-8")
	q.W.Header().Set("Content-Disposition", `attachment; filename="cijfers-`+v.period.From.String()+`-`+v.period.To.String()+`.csv"`)
	return Write(q.W, "csv", cells)
}
