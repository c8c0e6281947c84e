package account

import (
	"net/http"

	"github.com/a-h/templ"

	"maatje/internal/account/standin"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

func (s *Service) ownRoutes(m *web.Router) {
	own := authz.RightTo("account.own")
	m.Handle("GET /account", own, s.showOwn)
	m.Handle("POST /account", own, s.postOwn)
	m.Handle("POST /account/sessions/end", own, s.postEndDevice)
	m.Handle("POST /account/sessions/end-others", own, s.postEndOthers)
	m.Handle("POST /account/sessions/end-all", own, s.postEndEverywhere)
	secure := authz.RightTo("account.secure")
	m.Handle("GET /account/passphrase", secure, s.showPassphrase)
	m.Handle("POST /account/passphrase", secure, s.postPassphrase)
	m.Handle("GET /account/second-factor", secure, s.showRenew)
	m.Handle("POST /account/second-factor", secure, s.postRenew)
	m.Handle("POST /account/standing-in", own, s.postNameBackup)
	m.Handle("POST /account/standing-in/end", own, s.postStopBackup)
}

var (
	ownFields        = form.Fields{Lines: []string{"name", "lang"}, Max: map[string]int{"name": 100}}
	backupFields     = form.Fields{Lines: []string{"backup", "from", "until"}}
	passphraseFields = form.Fields{Lines: []string{"current", "passphrase", "again"}}
	renewFields      = form.Fields{Lines: []string{"current"}}
	oneFields        = form.Fields{Lines: []string{"id"}}
)

// ownView is what stands on somebody's own page.
type ownView struct {
	me, backup *form.Form
	account    Account
	devices    []Device
	standIns   []standin.StandIn
	colleagues []standin.Colleague
	passkeys   []Passkey
	recovery   int
	ways       Ways
	demo       bool
	provider   string

	hasPasskeys bool // browsers know them at this address
	now         core.Instant
}

func (s *Service) ownView(q *web.Request) (v ownView, err error) {
	v.me, v.backup = form.New(q.Lang, ownFields), form.New(q.Lang, backupFields)
	v.demo, v.now, v.hasPasskeys, v.provider = s.Demo, q.Now(), s.HasPasskeys(), s.provider
	v.account, v.devices, err = s.Own(q.Context(), q.Actor, s.tokenOf(q.R))
	if err != nil {
		return v, err
	}
	if v.passkeys, err = s.Passkeys(q.Context(), q.Actor); err != nil {
		return v, err
	}
	if v.ways, err = s.Ways(q.Context(), q.Actor); err != nil {
		return v, err
	}
	if v.recovery, err = s.RecoveryLeft(q.Context(), q.Actor); err != nil {
		return v, err
	}
	v.me.Set("name", v.account.Name).Set("lang", v.account.Language)
	if q.Actor.Roles().Has(authz.InsideCoordinator | authz.OutsideCoordinator) {
		v.standIns, v.colleagues, err = s.standing.StandIns(q.Context(), q.Actor)
	}
	return v, err
}

func (s *Service) showOwn(q *web.Request) error {
	v, err := s.ownView(q)
	if err != nil {
		return err
	}
	return q.Show(ownPage(q.Frame(q.Lang.AccountTitle()), v))
}

// againOwn shows the page again with a refused form in it.
func (s *Service) againOwn(q *web.Request, refused error, f *form.Form, put func(*ownView)) error {
	v, err := s.ownView(q)
	if err != nil {
		return err
	}
	put(&v)
	return q.Again(refused, f, func() templ.Component { return ownPage(q.Frame(q.Lang.AccountTitle()), v) })
}

func (s *Service) postOwn(q *web.Request) error {
	f := q.Form(ownFields)
	again := func(err error) error { return s.againOwn(q, err, f, func(v *ownView) { v.me = f }) }
	if !f.OK() {
		return again(nil)
	}
	if err := s.Rename(q.Context(), q.Actor, f.Value("name")); err != nil {
		return again(err)
	}
	if lang, ok := text.ParseLang(f.Value("lang")); ok {
		if err := s.ChooseLanguage(q.Context(), q.Actor, lang); err != nil {
			return err
		}
		http.SetCookie(q.W, s.cookie("lang", lang.Tag(), 365*24*60*60))
		q.Lang = lang
	}
	return q.See("/account", q.Lang.AccountSaved())
}

func (s *Service) postEndDevice(q *web.Request) error {
	if err := s.EndDevice(q.Context(), q.Actor, q.Form(oneFields).Value("id")); err != nil {
		return err
	}
	return q.See("/account", q.Lang.AccountDeviceEnded())
}

func (s *Service) postEndOthers(q *web.Request) error {
	if err := s.EndOthers(q.Context(), q.Actor, s.tokenOf(q.R)); err != nil {
		return err
	}
	return q.See("/account", q.Lang.AccountOthersEnded())
}

func (s *Service) postEndEverywhere(q *web.Request) error {
	if err := s.EndOthers(q.Context(), q.Actor, ""); err != nil {
		return err
	}
	http.SetCookie(q.W, s.Cookie(""))
	q.LeaveNothing()
	return q.See("/sign-in", q.Lang.SigninOut())
}

// showPassphrase is for who has a passphrase; who has none adds one.
func (s *Service) showPassphrase(q *web.Request) error {
	w, err := s.Ways(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	if !w.Phrase {
		return q.See("/account/passphrase/new", "")
	}
	return q.Show(passphrasePage(q.Frame(q.Lang.PassphraseTitle()), form.New(q.Lang, passphraseFields)))
}

func (s *Service) postPassphrase(q *web.Request) error {
	f := q.Form(passphraseFields)
	page := func() templ.Component { return passphrasePage(q.Frame(q.Lang.PassphraseTitle()), f) }
	if !f.OK() {
		return q.Again(nil, f, page)
	}
	in := s.browser(q)
	in.Passphrase = f.Value("current")
	if err := s.ChoosePassphrase(q.Context(), q.Actor, in, f.Value("passphrase"), f.Value("again")); err != nil {
		return q.Again(err, f, page)
	}
	return q.See("/account", q.Lang.PassphraseChanged())
}

func (s *Service) showRenew(q *web.Request) error {
	w, err := s.Ways(q.Context(), q.Actor)
	if err == nil && !w.Phrase && !w.Factor {
		err = core.NotFound() // no way in of theirs asks codes
	}
	if err != nil {
		return err
	}
	return q.Show(renewPage(q.Frame(q.Lang.FactorRenewTitle()), form.New(q.Lang, renewFields), w.Phrase))
}

func (s *Service) postRenew(q *web.Request) error {
	f := q.Form(renewFields)
	w, err := s.Ways(q.Context(), q.Actor)
	if err == nil && !w.Phrase && !w.Factor {
		err = core.NotFound()
	}
	if err != nil {
		return err
	}
	page := func() templ.Component { return renewPage(q.Frame(q.Lang.FactorRenewTitle()), f, w.Phrase) }
	if !f.OK() {
		return q.Again(nil, f, page)
	}
	in := s.browser(q)
	in.Passphrase = f.Value("current")
	entered, err := s.RenewSecondFactor(q.Context(), q.Actor, in)
	if err != nil {
		return q.Again(err, f, page)
	}
	return s.letIn(q, entered, "/account")
}

func (s *Service) postNameBackup(q *web.Request) error {
	f := q.Form(backupFields)
	again := func(err error) error { return s.againOwn(q, err, f, func(v *ownView) { v.backup = f }) }
	i := standin.StandIn{From: f.Date("from"), Until: f.Date("until")}
	i.Backup, _ = core.ParseID[core.AccountID](f.Value("backup")) // none is refused with a sentence
	if !f.OK() {
		return again(nil)
	}
	if err := s.standing.NameBackup(q.Context(), q.Actor, i); err != nil {
		return again(err)
	}
	return q.See("/account", q.Lang.StandinSaved())
}

func (s *Service) postStopBackup(q *web.Request) error {
	id, err := core.ParseID[core.ID](q.Form(oneFields).Value("id"))
	if err == nil {
		err = s.standing.StopBackup(q.Context(), q.Actor, id)
	}
	if err != nil {
		return err
	}
	return q.See("/account", q.Lang.StandinStopped())
}
