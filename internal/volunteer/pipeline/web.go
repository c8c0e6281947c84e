package pipeline

import (
	"maatje/internal/authz"
	"maatje/internal/volunteer/screening"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/text"
)

// Routes mounts the page.
func (s *Service) Routes(m *web.Router) {
	m.Handle("GET /volunteers/pipeline", authz.RightTo("volunteer.see"), s.show)
}

func (s *Service) show(q *web.Request) error {
	b, err := s.Board(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(boardPage(q.Frame(q.Lang.PipelineTitle()), b))
}

// todo is what is to be done next for somebody, and where.
func todo(l text.Lang, w Walker) (words, href string) {
	if len(w.Missing) == 0 {
		return l.ScreeningStep(l.VolunteerStatus(string(w.Next()))), "/volunteers/" + w.ID.String() + "/screening"
	}
	first := w.Missing[0]
	return l.Fail(first.Fail), screening.Where(w.ID, first.For)
}

func table(l text.Lang, caption string, all []Walker, withStep bool) components.Table {
	t := components.Table{Caption: caption, Columns: []components.Column{{Label: l.VolunteerName()}, {Label: l.VolunteerPlace()}}}
	if withStep {
		t.Columns = append(t.Columns, components.Column{Label: l.VolunteerStatusLabel()})
	}
	t.Columns = append(t.Columns, components.Column{Label: l.PipelineWaits(), Num: true}, components.Column{Label: l.PipelineNext()})
	for _, w := range all {
		words, href := todo(l, w)
		row := []components.Cell{{Text: w.Name, Href: "/volunteers/" + w.ID.String()}, {Text: w.MunicipalityName}}
		if withStep {
			row = append(row, components.Cell{Text: l.VolunteerStatus(string(w.Status))})
		}
		t.Rows = append(t.Rows, append(row, components.Cell{Text: l.PipelineDays(w.Waits)}, components.Cell{Text: words, Href: href}))
	}
	return t
}
