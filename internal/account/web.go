package account

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"maatje/internal/account/budget"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Routes mounts the pages.
func (s *Service) Routes(m *web.Router) {
	door := authz.Open("signing in comes before a session")
	m.Handle("GET /sign-in", door, s.showSignIn)
	m.Handle("POST /sign-in", door, s.postSignIn)
	m.Handle("GET /second-factor", door, s.showSecondFactor)
	m.Handle("POST /second-factor", door, s.postSecondFactor)
	m.Handle("GET /start", authz.Open("nobody has an account yet"), s.showStart)
	m.Handle("POST /start", authz.Open("nobody has an account yet; a code from the terminal is asked"), s.postStart)
	m.Handle("POST /signout", authz.Open("leaving is always allowed, also halfway the second factor"), s.postSignOut)
	m.Handle("POST /language", authz.Open("a reader chooses a language before signing in"), s.postLanguage)
	s.ownRoutes(m)
	s.passkeyRoutes(m)
	s.recoveryRoutes(m)
	s.peopleRoutes(m)
}

var signInFields = form.Fields{Lines: []string{"email", "passphrase", "next"}}

func (s *Service) showSignIn(q *web.Request) error {
	if q.Actor.IsSignedIn() {
		return q.See("/", "")
	}
	if s.Demo {
		return q.See("/demo", "")
	}
	if needed, err := s.needsStart(q.Context()); err != nil || needed {
		if err != nil {
			return err
		}
		return q.See("/start", "")
	}
	if waits, err := s.isCandidate(q.Context(), q.Actor, s.tokenOf(q.R)); err != nil || waits {
		if err != nil {
			return err
		}
		return q.Show(candidatePage(q.Frame(q.Lang.PeopleLeaderWaiting())))
	}
	next := q.Query("next")
	return q.Show(s.signInPage(q, form.New(q.Lang, signInFields).Set("next", next), form.New(q.Lang, usePasskeyFields).Set("next", next)))
}

// signInPage offers the ways in: a passkey, and a passphrase with a code.
func (s *Service) signInPage(q *web.Request, typed, key *form.Form) templ.Component {
	return signInPage(q.Frame(q.Lang.SigninTitle()), typed, key, s.HasPasskeys(), s.provider)
}

func (s *Service) postSignIn(q *web.Request) error {
	f := q.Form(signInFields)
	page := func() templ.Component {
		return s.signInPage(q, f, form.New(q.Lang, usePasskeyFields).Set("next", f.Value("next")))
	}
	if !f.OK() {
		return q.Again(nil, f, page)
	}
	in := s.browser(q)
	in.Email, in.Passphrase = f.Value("email"), f.Value("passphrase")
	entered, err := s.SignIn(q.Context(), q.Actor, in)
	if err != nil {
		return q.Again(err, f, page)
	}
	return s.letIn(q, entered, f.Value("next"))
}

// Browser is what this browser brought along.
func (s *Service) Browser(q *web.Request) SignIn { return s.browser(q) }

// LetIn gives the browser its session, and leads on.
func (s *Service) LetIn(q *web.Request, e Entered, next string) error { return s.letIn(q, e, next) }

// LetGoOn leads on after a proof.
func (s *Service) LetGoOn(q *web.Request, e Entered, next string) error { return s.letGoOn(q, e, next) }

func (s *Service) browser(q *web.Request) SignIn {
	return SignIn{Token: s.tokenOf(q.R), Device: s.cookieOf(q.R, deviceCookie), Agent: q.R.UserAgent()}
}

// letIn gives the browser its session, and leads on: to the second factor, or to where somebody wanted to be.
func (s *Service) letIn(q *web.Request, e Entered, next string) error {
	s.remember(q, e)
	next = web.LocalPath(next)
	if !e.Full {
		return q.See("/second-factor?next="+url.QueryEscape(next), "")
	}
	return q.See(next, "")
}

// remember gives the browser what it carries from now on.
func (s *Service) remember(q *web.Request, e Entered) {
	http.SetCookie(q.W, s.Cookie(e.Token))
	if e.Device != "" {
		http.SetCookie(q.W, s.cookie(deviceCookie, e.Device, budget.KnownForDays*24*60*60))
	}
}

func pathOf(local string) string {
	path, _, _ := strings.Cut(local, "?")
	return path
}

// Become makes the browser a session of somebody invented, in the demo only: one click is one role.
func (s *Service) Become(q *web.Request, id core.AccountID) error {
	entered, err := s.EnterDemo(q.Context(), q.Actor, id, s.browser(q))
	if err != nil {
		return err
	}
	return s.letIn(q, entered, "/")
}

var codeFields = form.Fields{Lines: []string{"code", "next"}, Max: map[string]int{"code": 10}}

func (s *Service) showSecondFactor(q *web.Request) error {
	f := form.New(q.Lang, codeFields).Set("next", q.Query("next"))
	return s.secondFactorPage(q, f, q.Show)
}

// secondFactorPage shows the code's page, or how to set it up first. Without a waiting session it leads to the door.
func (s *Service) secondFactorPage(q *web.Request, f *form.Form, show func(templ.Component) error) error {
	if q.Actor.IsSignedIn() {
		return q.See(web.LocalPath(f.Value("next")), "")
	}
	e, err := s.Waiting(q.Context(), q.Actor, s.tokenOf(q.R))
	if core.IsKind(err, core.KindNotFound) {
		return q.See("/sign-in", "")
	}
	if err != nil {
		return err
	}
	if e != nil {
		return show(enrolPage(q.Frame(q.Lang.FactorEnrolTitle()), f, *e))
	}
	return show(codePage(q.Frame(q.Lang.FactorTitle()), f))
}

func (s *Service) postSecondFactor(q *web.Request) error {
	f := q.Form(codeFields)
	var err error
	if f.OK() {
		var entered Entered
		entered, err = s.SecondFactor(q.Context(), q.Actor, s.tokenOf(q.R), digits(f.Value("code")))
		if err == nil {
			return s.letIn(q, entered, f.Value("next"))
		}
	}
	if core.IsKind(err, core.KindNotFound) {
		return q.See("/sign-in", q.Lang.FactorOver())
	}
	f.Set("code")
	return s.secondFactorPage(q, f, func(page templ.Component) error {
		return q.Again(err, f, func() templ.Component { return page })
	})
}

func digits(code string) string {
	out := make([]rune, 0, 6)
	for _, r := range code {
		if r != ' ' {
			out = append(out, r)
		}
	}
	return string(out)
}

var startFields = form.Fields{Lines: []string{"code", "name", "email"}}

func (s *Service) showStart(q *web.Request) error {
	needed, err := s.needsStart(q.Context())
	if err == nil && !needed {
		err = core.NotFound()
	}
	if err != nil {
		return err
	}
	return q.Show(startPage(q.Frame(q.Lang.StartTitle()), form.New(q.Lang, startFields)))
}

func (s *Service) postStart(q *web.Request) error {
	f := q.Form(startFields)
	page := func() templ.Component { return startPage(q.Frame(q.Lang.StartTitle()), f) }
	if !f.OK() {
		return q.Again(nil, f, page)
	}
	path, err := s.Start(q.Context(), q.Actor, Starter{Code: f.Value("code"), Name: f.Value("name"), Email: f.Value("email"), Language: q.Lang.Tag()})
	if err != nil {
		return q.Again(err, f, page)
	}
	return q.See(path, "")
}

func (s *Service) postSignOut(q *web.Request) error {
	if err := s.SignOut(q.Context(), q.Actor, s.tokenOf(q.R)); err != nil {
		return err
	}
	http.SetCookie(q.W, s.Cookie(""))
	q.LeaveNothing()
	return q.See("/sign-in", q.Lang.SigninOut())
}

var languageFields = form.Fields{Lines: []string{"lang", "back"}, Max: map[string]int{"back": 2000}}

// postLanguage keeps the language for this device, and for the account of who is signed in.
func (s *Service) postLanguage(q *web.Request) error {
	f := q.Form(languageFields)
	lang, ok := text.ParseLang(f.Value("lang"))
	if !ok {
		return core.NotFound()
	}
	if err := s.ChooseLanguage(q.Context(), q.Actor, lang); err != nil {
		return err
	}
	http.SetCookie(q.W, s.cookie("lang", lang.Tag(), 365*24*60*60))
	return q.See(web.LocalPath(f.Value("back")), "")
}
