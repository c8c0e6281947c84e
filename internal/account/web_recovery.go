package account

import (
	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
	"maatje/internal/web/form"
)

func (s *Service) recoveryRoutes(m *web.Router) {
	door := authz.Open("a waiting session stands in for one")
	m.Handle("GET /second-factor/recovery", door, s.showRecover)
	m.Handle("POST /second-factor/recovery", door, s.postRecover)
	m.Handle("POST /account/recovery", authz.RightTo("account.secure"), s.postRecoveryCodes)
	m.Handle("GET /account/recovery", authz.RightTo("account.secure"), s.showRecovery)
}

var recoverFields = form.Fields{Lines: []string{"code", "next"}, Max: map[string]int{"code": 40, "next": 2000}}

func (s *Service) showRecover(q *web.Request) error {
	if _, err := s.Waiting(q.Context(), q.Actor, s.tokenOf(q.R)); core.IsKind(err, core.KindNotFound) {
		return q.See("/sign-in", "")
	} else if err != nil {
		return err
	}
	return q.Show(recoverPage(q.Frame(q.Lang.RecoveryTitle()), form.New(q.Lang, recoverFields).Set("next", q.Query("next"))))
}

func (s *Service) postRecover(q *web.Request) error {
	f := q.Form(recoverFields)
	page := func() templ.Component { return recoverPage(q.Frame(q.Lang.RecoveryTitle()), f) }
	if !f.OK() {
		return q.Again(nil, f, page)
	}
	entered, err := s.Recover(q.Context(), q.Actor, s.tokenOf(q.R), f.Value("code"))
	if core.IsKind(err, core.KindNotFound) {
		return q.See("/sign-in", q.Lang.FactorOver())
	}
	if err != nil {
		f.Set("code")
		return q.Again(err, f, page)
	}
	s.remember(q, entered)
	return q.See("/account", q.Lang.RecoveryUsed())
}

// showRecovery asks before it makes codes: a new set ends the old one.
func (s *Service) showRecovery(q *web.Request) error {
	left, err := s.RecoveryLeft(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(recoveryPage(q.Frame(q.Lang.RecoveryTitle()), left))
}

func (s *Service) postRecoveryCodes(q *web.Request) error {
	codes, err := s.RecoveryCodes(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(codesPage(q.Frame(q.Lang.RecoveryTitle()), codes))
}
