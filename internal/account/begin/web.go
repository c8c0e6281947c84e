package begin

import (
	"github.com/a-h/templ"

	"maatje/internal/account"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
	"maatje/internal/web/form"
)

// Routes mounts the pages.
func (s *Service) Routes(m *web.Router) {
	invited := authz.Open("who has a fresh invitation has no session yet")
	m.Handle("POST /invitation/{token}/passkey/question", invited, s.postAsk)
	m.Handle("POST /invitation/{token}/passkey", invited, s.postPasskey)
	door := authz.Open("signing in comes before a session")
	m.Handle("GET /sign-in/recovery", door, s.showBack)
	m.Handle("POST /sign-in/recovery", door, s.postBack)
	secure := authz.RightTo("account.secure")
	m.Handle("GET /account/passphrase/new", secure, s.showPassphrase)
	m.Handle("POST /account/passphrase/codes", secure, s.postCodes)
	m.Handle("POST /account/passphrase/new", secure, s.postPassphrase)
}

var (
	backFields   = form.Fields{Lines: []string{"email", "code"}, Max: map[string]int{"code": 40}}
	phraseFields = form.Fields{Lines: []string{"passphrase", "again", "code"}, Max: map[string]int{"code": 10}}
)

func (s *Service) postAsk(q *web.Request) error {
	options, err := s.Ask(q.Context(), q.Actor, q.R.PathValue("token"))
	if err != nil {
		return err
	}
	q.W.Header().Set("Content-Type", "application/json")
	_, err = q.W.Write(options)
	return err
}

// postPasskey answers with the codes: they are read this once. An invitation that is worth nothing leads to its page, which
// says what became of it.
func (s *Service) postPasskey(q *web.Request) error {
	token := q.R.PathValue("token")
	p, err := s.accounts.Invited(q.Context(), q.Actor, token)
	if core.IsKind(err, core.KindNotFound) {
		return q.See(account.InvitationPath(token), "")
	}
	if err != nil {
		return err
	}
	f, response, err := account.PasskeyForm(q)
	var begun Begin
	if err == nil {
		browser := s.accounts.Browser(q)
		begun, err = s.WithPasskey(q.Context(), q.Actor, token, q.Lang.Device(account.DeviceKind(browser.Agent)), response, browser)
	}
	if err != nil {
		return q.Again(err, f, func() templ.Component { return s.accounts.AcceptPage(q, p, f) })
	}
	s.accounts.Remember(q, begun.Entered)
	return q.Show(codesPage(q.Frame(q.Lang.RecoveryTitle()), begun.Codes))
}

func (s *Service) showBack(q *web.Request) error {
	if q.Actor.IsSignedIn() {
		return q.See("/account", "")
	}
	return q.Show(backPage(q.Frame(q.Lang.PaperTitle()), form.New(q.Lang, backFields)))
}

func (s *Service) postBack(q *web.Request) error {
	f := q.Form(backFields)
	page := func() templ.Component { return backPage(q.Frame(q.Lang.PaperTitle()), f) }
	if !f.OK() {
		return q.Again(nil, f, page)
	}
	path, err := s.Back(q.Context(), q.Actor, f.Value("email"), f.Value("code"), s.accounts.Browser(q))
	if err != nil {
		f.Set("code")
		return q.Again(err, f, page)
	}
	return q.See(path, q.Lang.PaperUsed())
}

// showPassphrase is for who has no passphrase; who has one changes it.
func (s *Service) showPassphrase(q *web.Request) error {
	return s.passphrasePage(q, form.New(q.Lang, phraseFields), q.Show)
}

func (s *Service) passphrasePage(q *web.Request, f *form.Form, show func(templ.Component) error) error {
	e, had, err := s.Codes(q.Context(), q.Actor)
	if core.IsKind(err, core.KindNotFound) {
		return q.See("/account/passphrase", "")
	}
	if err != nil {
		return err
	}
	frame := q.Frame(q.Lang.PassphraseAdd())
	if e == nil && !had {
		return show(aboutPage(frame))
	}
	return show(passphrasePage(frame, f, e))
}

func (s *Service) postCodes(q *web.Request) error {
	if err := s.MakeCodes(q.Context(), q.Actor); err != nil {
		return err
	}
	return q.See("/account/passphrase/new", "")
}

func (s *Service) postPassphrase(q *web.Request) error {
	f := q.Form(phraseFields)
	var err error
	if f.OK() {
		err = s.AddPassphrase(q.Context(), q.Actor, f.Value("passphrase"), f.Value("again"), account.Digits(f.Value("code")), s.accounts.Browser(q))
		if err == nil {
			return q.See("/account", q.Lang.PassphraseAdded())
		}
	}
	if core.IsKind(err, core.KindNotFound) {
		return err
	}
	return s.passphrasePage(q, f.Set("code"), func(page templ.Component) error {
		return q.Again(err, f, func() templ.Component { return page })
	})
}
