package provider

import (
	"net/http"

	"maatje/internal/account"
	"maatje/internal/account/oidc"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
)

// BackPath is where the provider sends people back to.
const BackPath = "/sign-in/provider/back"

// Routes mounts the pages. Without a provider there are none.
func (s *Service) Routes(m *web.Router) {
	door := authz.Open("signing in comes before a session")
	m.Handle("GET /sign-in/provider", door, s.there(s.enter))
	m.Handle("GET "+BackPath, door, s.there(s.back))
	m.Handle("GET /invitation/{token}/provider", authz.Open("who has a fresh invitation has no session yet"), s.there(s.accept))
	m.Handle("GET /prove/provider", authz.RightTo("account.own"), s.there(s.prove))
	secure := authz.RightTo("account.secure")
	m.Handle("GET /account/provider", secure, s.there(s.show))
	m.Handle("POST /account/provider", secure, s.there(s.postLink))
	m.Handle("POST /account/provider/end", secure, s.there(s.postUnlink))
}

func (s *Service) there(h web.Handler) web.Handler {
	return func(q *web.Request) error {
		if s.at == nil {
			return core.NotFound()
		}
		return h(q)
	}
}

// send leads the browser to the provider, and leaves with it what the answer needs.
func (s *Service) send(q *web.Request, ask asked) error {
	address, err := s.ask(q, ask)
	if err != nil {
		return s.failed(q, ask.Purpose, err)
	}
	http.Redirect(q.W, q.R, address, http.StatusSeeOther)
	return nil
}

func (s *Service) ask(q *web.Request, ask asked) (string, error) {
	ask.Next = web.LocalPath(ask.Next)
	address, browser, err := s.Ask(q.Context(), q.Actor, ask)
	if err == nil {
		http.SetCookie(q.W, s.accounts.Keep(cookie, browser, int(askedFor.Seconds())))
	}
	return address, err
}

const cookie = "asked"

func (s *Service) enter(q *web.Request) error {
	if q.Actor.IsSignedIn() {
		return q.See(web.LocalPath(q.Query("next")), "")
	}
	return s.send(q, asked{Purpose: toEnter, Next: q.Query("next")})
}

func (s *Service) prove(q *web.Request) error {
	return s.send(q, asked{Purpose: toProve, Next: q.Query("next")})
}

func (s *Service) accept(q *web.Request) error {
	token := q.R.PathValue("token")
	if _, err := s.accounts.Invited(q.Context(), q.Actor, token); err != nil {
		if core.IsKind(err, core.KindNotFound) {
			return q.See("/invitation/"+token, "") // which says what became of it
		}
		return err
	}
	return s.send(q, asked{Purpose: toAccept, Invitation: account.KeptOf(token)})
}

func (s *Service) show(q *web.Request) error {
	mine, err := s.Mine(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(ownPage(q.Frame(q.Lang.ProviderTitle(s.at.Name)), s.at.Name, mine))
}

// postLink leads on by a page and not at once: linking begins with a form of ours, and a form leads nowhere else.
func (s *Service) postLink(q *web.Request) error {
	address, err := s.ask(q, asked{Purpose: toLink})
	if err != nil {
		return s.failed(q, toLink, err)
	}
	return q.Show(goPage(q.Frame(q.Lang.ProviderTitle(s.at.Name)), s.at.Name, address))
}

func (s *Service) postUnlink(q *web.Request) error {
	if err := s.Unlink(q.Context(), q.Actor); err != nil {
		return s.failed(q, toLink, err)
	}
	return q.See("/account/provider", q.Lang.ProviderEnded())
}

// back is where the provider sends people back to, with its answer.
func (s *Service) back(q *web.Request) error {
	in := Answer{State: q.Query("state"), Code: q.Query("code"), Issuer: q.Query("iss"), Error: q.Query("error")}
	if c, err := q.R.Cookie(cookie); err == nil {
		in.Browser = c.Value
	}
	http.SetCookie(q.W, s.accounts.Keep(cookie, "", 0))
	ask, who, err := s.person(q.Context(), q.Actor, in)
	if err == nil {
		err = s.lead(q, ask, who)
	}
	if err != nil {
		return s.failed(q, ask.Purpose, s.onRecord(q.Context(), q.Actor, ask.Purpose, err))
	}
	return nil
}

// lead does what the question was asked for.
func (s *Service) lead(q *web.Request, ask asked, who oidc.Person) error {
	ctx, browser := q.Context(), s.accounts.Browser(q)
	switch ask.Purpose {
	case toEnter:
		entered, err := s.Enter(ctx, q.Actor, who, browser)
		if err != nil {
			return err
		}
		return s.accounts.LetIn(q, entered, ask.Next)
	case toAccept:
		entered, err := s.Accept(ctx, q.Actor, ask, who, browser)
		if err != nil {
			return err
		}
		return s.accounts.LetIn(q, entered, "/")
	case toProve:
		entered, err := s.Prove(ctx, q.Actor, ask, who, browser)
		if err != nil {
			return err
		}
		return s.accounts.LetGoOn(q, entered, ask.Next)
	case toLink:
		if err := s.Link(ctx, q.Actor, who); err != nil {
			return err
		}
		return q.See("/account/provider", q.Lang.ProviderMade())
	}
	return s.refuse("provider_stale")
}

// failed says what went wrong, and leads back to the other ways in.
func (s *Service) failed(q *web.Request, p purpose, err error) error {
	fail, ok := core.AsFail(err)
	if !ok || fail.Kind != core.KindRefused {
		return err
	}
	to := "/sign-in"
	switch {
	case p == toProve && q.Actor.IsSignedIn():
		to = "/prove"
	case q.Actor.IsSignedIn():
		to = "/account"
	}
	return q.Page(http.StatusUnprocessableEntity, failedPage(q.Frame(q.Lang.ProviderFailed()), q.Lang.Fail(fail), to))
}
