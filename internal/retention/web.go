package retention

import (
	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/web"
	"maatje/internal/web/form"
)

// homes are where the page of a subject stands.
var homes = map[authz.Root]string{
	authz.DossierRoot: "/dossiers/", authz.ReferralRoot: "/referrals/", authz.VolunteerRoot: "/volunteers/",
}

// Path is the address of what says how long something is kept.
func (s Subject) Path() string { return homes[s.Root] + s.ID.String() + "/keeping" }

// Routes mounts the pages: what is erased soon, and until when one thing is kept.
func (s *Service) Routes(m *web.Router) {
	see, hold, early := authz.RightTo("keeping.see"), authz.RightTo("keeping.hold"), authz.RightTo("keeping.early")
	m.Handle("GET /keeping", see, s.showSoon)
	m.Handle("POST /keeping/confirm", early, s.postConfirmFor)
	for _, r := range roots {
		at := homes[r] + "{id}/keeping"
		m.Handle("GET "+at, see, on(r, s.showOne))
		m.Handle("POST "+at+"/hold", hold, on(r, s.postHold))
		m.Handle("POST "+at+"/lift", hold, on(r, s.postLift))
		m.Handle("POST "+at+"/ask", early, on(r, s.postAsk))
		m.Handle("POST "+at+"/confirm", early, on(r, s.postConfirm))
		m.Handle("POST "+at+"/drop", early, on(r, s.postDrop))
	}
}

func on(r authz.Root, f func(*web.Request, Subject) error) func(*web.Request) error {
	return func(q *web.Request) error {
		id, err := web.PathID[core.ID](q, "id")
		if err != nil {
			return err
		}
		return f(q, Subject{r, id})
	}
}

var (
	holdFields = form.Fields{Part: "hold", Lines: []string{"until"}, Texts: []string{"why"}, Max: map[string]int{"why": 1000}}
	liftFields = form.Fields{Part: "lift", Lines: []string{"hold"}, Texts: []string{"lifted_why"}, Max: map[string]int{"lifted_why": 1000}}
	askFields  = form.Fields{Part: "ask", Texts: []string{"why"}, Max: map[string]int{"why": 1000}}
	seenFields = form.Fields{Lines: []string{"asked", "by"}}
	whoFields  = form.Fields{Lines: []string{"kind", "id"}}
)

func (s *Service) showOne(q *web.Request, who Subject) error {
	v, err := s.one(q, who)
	if err != nil {
		return err
	}
	return q.Show(onePage(q.Frame(q.Lang.KeepingOneTitle()), v))
}

// again shows the page with one of its forms as it was sent.
func (s *Service) again(q *web.Request, who Subject, wrong error, f *form.Form, put func(*oneView)) error {
	v, err := s.one(q, who)
	if err != nil {
		return err
	}
	put(&v)
	return q.Again(wrong, f, func() templ.Component { return onePage(q.Frame(q.Lang.KeepingOneTitle()), v) })
}

func (s *Service) postHold(q *web.Request, who Subject) error {
	f := q.Form(holdFields)
	until := f.Date("until")
	var err error
	if f.OK() {
		err = s.Hold(q.Context(), q.Actor, who, f.Value("why"), until)
	}
	if err != nil || !f.OK() {
		return s.again(q, who, err, f, func(v *oneView) { v.hold = f })
	}
	return q.See(who.Path(), q.Lang.KeepingHeld())
}

func (s *Service) postLift(q *web.Request, who Subject) error {
	f := q.Form(liftFields)
	hold, err := core.ParseID[core.ID](f.Value("hold"))
	if err != nil {
		return core.NotFound()
	}
	if f.OK() {
		err = s.Lift(q.Context(), q.Actor, who, hold, f.Value("lifted_why"))
	}
	if err != nil || !f.OK() {
		return s.again(q, who, err, f, func(v *oneView) { v.lift = f })
	}
	return q.See(who.Path(), q.Lang.KeepingLifted())
}

func (s *Service) postAsk(q *web.Request, who Subject) error {
	f := q.Form(askFields)
	var err error
	if f.OK() {
		err = s.Ask(q.Context(), q.Actor, who, f.Value("why"))
	}
	if err != nil || !f.OK() {
		return s.again(q, who, err, f, func(v *oneView) {
			if v.ask = f; v.wish != nil { // then its form is not shown
				v.general = f
			}
		})
	}
	return q.See(who.Path(), q.Lang.KeepingAsked())
}

func (s *Service) postConfirm(q *web.Request, who Subject) error {
	f := q.Form(seenFields)
	if err := s.Confirm(q.Context(), q.Actor, who, wishSeen(f)); err != nil {
		return s.again(q, who, err, f, func(v *oneView) { v.general = f })
	}
	return q.See(who.Path(), q.Lang.KeepingConfirmed())
}

func (s *Service) postDrop(q *web.Request, who Subject) error {
	f := q.Form(seenFields)
	if err := s.Drop(q.Context(), q.Actor, who, wishSeen(f)); err != nil {
		return s.again(q, who, err, f, func(v *oneView) { v.general = f })
	}
	return q.See(who.Path(), q.Lang.KeepingDropped())
}

// wishSeen is the wish that a button was about.
func wishSeen(f *form.Form) Wish {
	by, _ := core.ParseID[core.AccountID](f.Value("by"))
	return Wish{On: f.Date("asked"), By: by}
}

func (s *Service) showSoon(q *web.Request) error {
	v, err := s.soon(q)
	if err != nil {
		return err
	}
	return q.Show(soonPage(q.Frame(q.Lang.KeepingTitle()), v))
}

// postConfirmFor is a project leader's second pair of eyes, who does not see whose it is.
func (s *Service) postConfirmFor(q *web.Request) error {
	f := q.Form(whoFields)
	id, err := core.ParseID[core.ID](f.Value("id"))
	if err != nil {
		return core.NotFound()
	}
	for _, r := range roots {
		if r.Name() == f.Value("kind") {
			if err := s.ConfirmUnseen(q.Context(), q.Actor, Subject{r, id}); err != nil {
				return err
			}
			return q.See("/keeping", q.Lang.KeepingConfirmed())
		}
	}
	return core.NotFound()
}

// one reads what the page of a subject shows.
func (s *Service) one(q *web.Request, who Subject) (v oneView, err error) {
	v = oneView{lang: q.Lang, me: q.Actor.Account(), today: q.Today(), hold: form.New(q.Lang, holdFields), lift: form.New(q.Lang, liftFields), ask: form.New(q.Lang, askFields),
		general: form.New(q.Lang, seenFields)}
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		if v.row, err = load(t, who); err != nil {
			return err
		}
		if v.terms, err = settled(t); err != nil {
			return err
		}
		if v.head, err = headOf(t, who); err != nil {
			return err
		}
		if v.holds, err = holdsOf(t, who); err != nil {
			return err
		}
		v.wish, err = wishOf(t, who)
		return err
	})
	v.may = q.Actor.May(sections[who.Root], authz.Write) && (who.Root != authz.DossierRoot || q.Actor.Roles().Has(authz.InsideCoordinator|authz.OutsideCoordinator))
	return v, err
}
