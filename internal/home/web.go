package home

import (
	"maatje/internal/authz"
	"maatje/internal/web"
)

// Routes mounts the first page.
func (s *Service) Routes(m *web.Router) {
	m.Handle("GET /{$}", authz.RightTo("home.see"), s.show)
}

func (s *Service) show(q *web.Request) error {
	h, err := s.Of(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(page(q.Frame(q.Lang.NavToday()), h, q.Actor.Roles(), q.Actor.Name(), q.Now()))
}
