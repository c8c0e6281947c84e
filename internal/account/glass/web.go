package glass

import (
	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
	"maatje/internal/web/form"
)

// Routes mounts the pages.
func (s *Service) Routes(m *web.Router) {
	m.Handle("GET /glass", authz.RightTo("dossier.break"), s.showGlass)
	m.Handle("POST /dossiers/{id}/glass", authz.RightTo("dossier.break"), s.postGlass)
}

var glassFields = form.Fields{Lines: []string{"dossier"}, Texts: []string{"reason"}, Max: map[string]int{"reason": mostReason}}

func (s *Service) showGlass(q *web.Request) error {
	id, err := core.ParseID[core.DossierID](q.Query("dossier"))
	if err != nil {
		return err
	}
	return q.Show(glassPage(q.Frame(q.Lang.GlassTitle()), form.New(q.Lang, glassFields), id))
}

func (s *Service) postGlass(q *web.Request) error {
	id, err := web.PathID[core.DossierID](q, "id")
	if err != nil {
		return err
	}
	f := q.Form(glassFields)
	page := func() templ.Component { return glassPage(q.Frame(q.Lang.GlassTitle()), f, id) }
	if !f.OK() {
		return q.Again(nil, f, page)
	}
	if err := s.Break(q.Context(), q.Actor, id, f.Value("reason")); err != nil {
		return q.Again(err, f, page)
	}
	return q.See("/dossiers/"+id.String(), q.Lang.GlassOpen())
}
