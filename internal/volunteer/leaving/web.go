package leaving

import (
	"time"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/volunteer"
	"maatje/internal/volunteer/screening"
	"maatje/internal/web"
	"maatje/internal/web/form"
	"maatje/internal/web/layout"
	"maatje/internal/web/text"
)

const workday = 16 * time.Hour // until the end of it, counted from midnight UTC

// Page is what the pages show of somebody.
type Page struct {
	volunteer.Profile
	Erased core.Date // the day on which nothing is left, when they are rejected
	Tell   bool      // somebody still has to tell them
}

func (p Page) path(what string) string { return "/volunteers/" + p.ID.String() + what }

// sheet is one of the three pages: its title, its form and what it shows.
type sheet struct {
	title  func(text.Lang) string
	fields form.Fields
	page   func(layout.Frame, Page, *form.Form) templ.Component
}

var (
	rest   = sheet{text.Lang.LeavingRestTitle, form.Fields{Lines: []string{"until", "why"}}, restPage}
	leave  = sheet{text.Lang.LeavingTitle, form.Fields{Lines: []string{"why", "talked", "held_on", "comes_back", "without_talk"}, Texts: []string{"well", "better", "words"}}, leavePage}
	reject = sheet{text.Lang.LeavingRejectTitle, form.Fields{Lines: []string{"why"}}, rejectPage}
)

// Routes mounts the pages.
func (s *Service) Routes(m *web.Router) {
	change := authz.RightTo("volunteer.change")
	m.Handle("GET /volunteers/{id}/rest", change, s.show(rest))
	m.Handle("POST /volunteers/{id}/rest", change, s.postRest)
	m.Handle("GET /volunteers/{id}/leave", change, s.show(leave))
	m.Handle("POST /volunteers/{id}/leave", change, s.postLeave)
	m.Handle("GET /volunteers/{id}/reject", change, s.show(reject))
	m.Handle("POST /volunteers/{id}/reject", change, s.postReject)
	m.Handle("POST /volunteers/{id}/told", change, s.postTold)
}

func (s *Service) look(q *web.Request) (Page, error) {
	id, err := web.PathID[core.VolunteerID](q, "id")
	if err != nil {
		return Page{}, err
	}
	return s.Page(q.Context(), q.Actor, id)
}

func (s *Service) show(of sheet) func(*web.Request) error {
	return func(q *web.Request) error {
		v, err := s.look(q)
		if err != nil {
			return err
		}
		return q.Show(of.page(q.Frame(of.title(q.Lang)), v, form.New(q.Lang, of.fields)))
	}
}

// post does it; refused, the page comes back with the form as it was typed.
func (s *Service) post(q *web.Request, of sheet, do func(Page, *form.Form) (said string, err error)) error {
	v, err := s.look(q)
	if err != nil {
		return err
	}
	f := q.Form(of.fields)
	if f.OK() {
		var said string
		if said, err = do(v, f); err == nil {
			return q.See(v.path(""), said)
		}
	}
	return q.Again(err, f, func() templ.Component { return of.page(q.Frame(of.title(q.Lang)), v, f) })
}

func (s *Service) postRest(q *web.Request) error {
	return s.post(q, rest, func(v Page, f *form.Form) (string, error) {
		return q.Lang.LeavingRests(q.Lang.Date(f.Date("until"))), s.Rest(q.Context(), q.Actor, v.ID, f.Value("why"), f.Date("until"))
	})
}

func (s *Service) postLeave(q *web.Request) error {
	return s.post(q, leave, func(v Page, f *form.Form) (string, error) {
		end := Farewell{Why: f.Value("why"), Talked: f.Value("talked") == "yes", WithoutTalk: f.Value("without_talk")}
		talk := screening.Talk{HeldOn: f.Date("held_on"), Well: f.Value("well"), Better: f.Value("better"), ComesBack: f.Value("comes_back"), Words: f.Value("words")}
		return q.Lang.LeavingLeft(), s.Leave(q.Context(), q.Actor, v.ID, end, talk)
	})
}

func (s *Service) postReject(q *web.Request) error {
	return s.post(q, reject, func(v Page, f *form.Form) (string, error) {
		erased, mailed, err := s.Reject(q.Context(), q.Actor, v.ID, f.Value("why"))
		said := q.Lang.LeavingCall(q.Lang.Date(erased))
		if mailed {
			said = q.Lang.LeavingMailed(q.Lang.Date(erased))
		}
		return said, err
	})
}

func (s *Service) postTold(q *web.Request) error {
	v, err := s.look(q)
	if err != nil {
		return err
	}
	if err := s.Told(q.Context(), q.Actor, v.ID); err != nil {
		return err
	}
	return q.See(v.path(""), q.Lang.LeavingTold())
}
