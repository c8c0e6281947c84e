package home

import (
	"maatje/internal/authz"
	"maatje/internal/web"
)

// Routes mounts the first page.
func (s *Service) Routes(m *web.Router) {
	m.Handle("GET /{$}", authz.RightTo("home.see"), s.show)
	m.Handle("GET /help", authz.Open("what a volunteer may and may not do is for everybody to know"), s.help)
}

func (s *Service) show(q *web.Request) error {
	h, err := s.Of(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(page(q.Frame(q.Lang.NavToday()), h, q.Actor.Roles(), q.Actor.Name(), q.Now()))
}

// help tells anybody what the programme does and may do: today nobody outside knows (METHOD, the complaints).
func (s *Service) help(q *web.Request) error { return q.Show(helpPage(q.Frame(q.Lang.HelpTitle()))) }
