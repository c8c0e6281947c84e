package account

import (
	"path"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
	"maatje/internal/web/form"
)

func (s *Service) passkeyRoutes(m *web.Router) {
	door := authz.Open("signing in comes before a session")
	m.Handle("POST /sign-in/passkey/question", door, s.postAskPasskey)
	m.Handle("POST /sign-in/passkey", door, s.postSignInPasskey)

	secure := authz.RightTo("account.secure")
	m.Handle("GET /account/passkeys/new", secure, s.showNewPasskey)
	m.Handle("POST /account/passkeys/question", secure, s.postAskNewPasskey)
	m.Handle("POST /account/passkeys", secure, s.postNewPasskey)
	m.Handle("POST /account/passkeys/end", secure, s.postEndPasskey)

	own := authz.RightTo("account.own")
	m.Handle("GET /prove", own, s.showProof)
	m.Handle("POST /prove", own, s.postProof)
	m.Handle("POST /prove/passkey", own, s.postProofPasskey)
}

const mostResponse = 30_000 // a browser's answer, with room

var (
	usePasskeyFields = form.Fields{Part: "passkey", Lines: []string{"response", "next"}, Max: map[string]int{"response": mostResponse, "next": 2000}}
	newPasskeyFields = form.Fields{Lines: []string{"name", "response"}, Max: map[string]int{"name": mostPasskeyName, "response": mostResponse}}
	proofFields      = form.Fields{Lines: []string{"current", "next"}, Max: map[string]int{"next": 2000}}
)

// question answers a script with what the browser is asked.
func (s *Service) question(q *web.Request, options []byte, err error) error {
	if err != nil {
		return err
	}
	q.W.Header().Set("Content-Type", "application/json")
	_, err = q.W.Write(options)
	return err
}

func (s *Service) postAskPasskey(q *web.Request) error {
	options, err := s.AskForPasskey(q.Context(), q.Actor)
	return s.question(q, options, err)
}

func (s *Service) postAskNewPasskey(q *web.Request) error {
	options, err := s.AskForNewPasskey(q.Context(), q.Actor)
	return s.question(q, options, err)
}

// passkeyForm reads the form around a browser's answer. The answer counts once: a form that comes back comes back without.
func passkeyForm(q *web.Request, fields form.Fields) (f *form.Form, response string, err error) {
	f = q.Form(fields)
	response = f.Value("response")
	f.Set("response")
	if response == "" {
		err = core.Refuse("", "account_passkey_script")
	}
	return f, response, err
}

func (s *Service) postSignInPasskey(q *web.Request) error {
	if !s.HasPasskeys() {
		return errNoPasskeyHere
	}
	f, response, err := passkeyForm(q, usePasskeyFields)
	var entered Entered
	if err == nil {
		entered, err = s.SignInWithPasskey(q.Context(), q.Actor, response, s.browser(q))
	}
	if err != nil {
		typed := form.New(q.Lang, signInFields).Set("next", f.Value("next"))
		return q.Again(err, f, func() templ.Component { return s.signInPage(q, typed, f) })
	}
	return s.letIn(q, entered, f.Value("next"))
}

func (s *Service) showNewPasskey(q *web.Request) error {
	f := form.New(q.Lang, newPasskeyFields).Set("name", q.Lang.Device(deviceKind(q.R.UserAgent())))
	return q.Show(newPasskeyPage(q.Frame(q.Lang.PasskeyNew()), f, s.HasPasskeys()))
}

func (s *Service) postNewPasskey(q *web.Request) error {
	f, response, err := passkeyForm(q, newPasskeyFields)
	page := func() templ.Component { return newPasskeyPage(q.Frame(q.Lang.PasskeyNew()), f, s.HasPasskeys()) }
	if wrong := checkPasskeyName(f.Value("name")); wrong != nil {
		err = wrong // without a name the browser was not asked
	}
	if err == nil {
		err = s.MakePasskey(q.Context(), q.Actor, f.Value("name"), response)
	}
	if err != nil {
		return q.Again(err, f, page)
	}
	return q.See("/account", q.Lang.PasskeyMade())
}

func (s *Service) postEndPasskey(q *web.Request) error {
	id, err := core.ParseID[core.ID](q.Form(oneFields).Value("id"))
	if err == nil {
		err = s.EndPasskey(q.Context(), q.Actor, id)
	}
	if err != nil {
		return err
	}
	return q.See("/account", q.Lang.PasskeyEnded())
}

// proofPage asks who is signed in to show that it is they, in a way that they have.
func (s *Service) proofPage(q *web.Request, show func(func(typed, key *form.Form) templ.Component) error) error {
	w, err := s.Ways(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return show(func(typed, key *form.Form) templ.Component {
		return proofPage(q.Frame(q.Lang.ProofTitle()), typed, key, s.HasPasskeys() && w.Passkeys > 0, w, s.provider)
	})
}

func (s *Service) showProof(q *web.Request) error {
	next := q.Query("next")
	return s.proofPage(q, func(page func(typed, key *form.Form) templ.Component) error {
		return q.Show(page(form.New(q.Lang, proofFields).Set("next", next), form.New(q.Lang, usePasskeyFields).Set("next", next)))
	})
}

func (s *Service) postProof(q *web.Request) error {
	f := q.Form(proofFields)
	var err error
	if f.OK() {
		in := s.browser(q)
		in.Passphrase = f.Value("current")
		var entered Entered
		if entered, err = s.Prove(q.Context(), q.Actor, in); err == nil {
			return s.letGoOn(q, entered, f.Value("next"))
		}
	}
	return s.proofPage(q, func(page func(typed, key *form.Form) templ.Component) error {
		return q.Again(err, f, func() templ.Component {
			return page(f, form.New(q.Lang, usePasskeyFields).Set("next", f.Value("next")))
		})
	})
}

func (s *Service) postProofPasskey(q *web.Request) error {
	if !s.HasPasskeys() {
		return errNoPasskeyHere
	}
	f, response, err := passkeyForm(q, usePasskeyFields)
	if err == nil {
		var entered Entered
		if entered, err = s.ProveWithPasskey(q.Context(), q.Actor, response, s.browser(q)); err == nil {
			return s.letGoOn(q, entered, f.Value("next"))
		}
	}
	return s.proofPage(q, func(page func(typed, key *form.Form) templ.Component) error {
		return q.Again(err, f, func() templ.Component { return page(form.New(q.Lang, proofFields).Set("next", f.Value("next")), f) })
	})
}

// letGoOn leads on after a proof. A page is shown; a file is offered, because a browser that saves a file stays where it is;
// and without anywhere to go, a form waits in another tab.
func (s *Service) letGoOn(q *web.Request, e Entered, next string) error {
	next = web.LocalPath(next)
	if next != "/" && path.Ext(pathOf(next)) == "" {
		return s.letIn(q, e, next)
	}
	s.remember(q, e)
	return q.Show(provedPage(q.Frame(q.Lang.ProofDone()), next))
}
