package owndata

import (
	"bytes"

	"maatje/internal/authz"
	"maatje/internal/db"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/text"
)

// Service shows people with an account what is kept about them.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

// Routes mounts the page and the package, for who showed a moment ago that it is they.
func (s *Service) Routes(m *web.Router) {
	data := authz.RightTo("account.data")
	m.Handle("GET /account/data", data, s.showData)
	m.Handle("GET /account/data/package", data.As(authz.Export), s.showPackage)
}

func (s *Service) own(q *web.Request) (a Archive, err error) {
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		a, err = OfAccount(t, q.Lang)
		return err
	})
	return a, err
}

func (s *Service) showData(q *web.Request) error {
	a, err := s.own(q)
	if err != nil {
		return err
	}
	return q.Show(dataPage(q.Frame(q.Lang.OwndataAccountTitle()), a))
}

func (s *Service) showPackage(q *web.Request) error {
	a, err := s.own(q)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := a.Write(q.Context(), &b); err != nil {
		return err
	}
	q.W.Header().Set("Content-Type", "application/zip")
	q.W.Header().Set("Content-Disposition", `attachment; filename="`+a.FileName()+`"`)
	_, err = q.W.Write(b.Bytes())
	return err
}

// shown is how many entries of a chapter the page shows; the package holds them all.
const shown = 12

func (c Chapter) first() []Entry { return c.Entries[max(0, len(c.Entries)-shown):] }

func (e Entry) pairs(l text.Lang) []components.Pair {
	out := make([]components.Pair, len(e))
	for i, f := range e {
		out[i] = components.Pair{Term: l.OwnField(f.Key), Text: f.Shown}
	}
	return out
}
