package dossier

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/web"
)

var mayWrite = authz.RightTo("dossier.write")

// Routes mounts the pages of families.
func (s *Service) Routes(m *web.Router) {
	m.Handle("GET /dossiers/{id}", authz.RightTo("dossier.read"), s.showDossier)
	m.Handle("GET /dossiers/{id}/log", authz.RightTo("dossier.log"), s.showLog)
	m.Handle("POST /dossiers/{id}/log/seen", mayWrite, s.postGlassSeen)
	m.Handle("GET /dossiers/{id}/cover", mayWrite, s.showCover)
	m.Handle("POST /dossiers/{id}/cover", mayWrite, s.postCover)
	m.Handle("POST /dossiers/{id}/close", mayWrite, s.post(func(t *db.Tx, id core.DossierID) error { return Close(t, id, t.Today()) }))
	m.Handle("POST /dossiers/{id}/reopen", mayWrite, s.post(func(t *db.Tx, id core.DossierID) error { return Reopen(t, id, t.Today()) }))
	m.Handle("POST /dossiers/{id}/placements/{row}/confirm", mayWrite, s.postConfirm)
	m.Handle("POST /dossiers/{id}/placements/{row}/gone", mayWrite, s.postGone)
	s.sheetRoutes(m)
}

// post is a button on the file that needs nothing more.
func (s *Service) post(do func(*db.Tx, core.DossierID) error) web.Handler {
	return func(q *web.Request) error {
		id, err := web.PathID[core.DossierID](q, "id")
		if err != nil {
			return err
		}
		if err := s.db.Write(q.Context(), q.Actor, func(t *db.Tx) error { return do(t, id) }); err != nil {
			return err
		}
		return q.See("/dossiers/"+id.String(), q.Lang.DossierSaved())
	}
}

func (s *Service) postConfirm(q *web.Request) error {
	id, row, err := sheetRow(q)
	if err != nil {
		return err
	}
	if err := s.Confirm(q.Context(), q.Actor, id, row); err != nil {
		return err
	}
	return q.See("/dossiers/"+id.String(), q.Lang.DossierSaved())
}

func (s *Service) postGone(q *web.Request) error {
	id, row, err := sheetRow(q)
	if err != nil {
		return err
	}
	if err := s.Gone(q.Context(), q.Actor, id, row); err != nil {
		return err
	}
	return q.See("/dossiers/"+id.String(), q.Lang.DossierGoneSaid())
}
