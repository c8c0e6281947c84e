package signal

import (
	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/dossier"
	"maatje/internal/web"
	"maatje/internal/web/form"
)

// Routes mounts the pages of signals.
func (s *Service) Routes(m *web.Router) {
	m.Handle("GET /my-families/{trajectory}/worry", authz.RightTo("signal.raise"), s.showRaise)
	m.Handle("POST /my-families/{trajectory}/worry", authz.RightTo("signal.raise"), s.postRaise)
	m.Handle("GET /my-signals/{id}", authz.RightTo("signal.raise"), s.showOwn)
	m.Handle("POST /my-signals/{id}/not-enough", authz.RightTo("signal.raise"), s.postNotEnough)
	m.Handle("GET /dossiers/{id}/signals", authz.RightTo("signal.answer"), s.showOfDossier)
	m.Handle("GET /dossiers/{id}/signals/{signal}", authz.RightTo("signal.answer"), s.showOne)
	m.Handle("POST /dossiers/{id}/signals/{signal}", authz.RightTo("signal.answer"), s.postAnswer)
	m.Handle("GET /escalations/{signal}", authz.RightTo("signal.escalated"), s.showEscalated)
}

var (
	raiseFields  = form.Fields{Lines: []string{"urgency", "signal"}, Texts: []string{"saw", "thinks"}}
	tooFewFields = form.Fields{Texts: []string{"not_enough"}}
	answerFields = form.Fields{Lines: []string{"outcome"}, Texts: []string{"needed", "words"}}
)

func (s *Service) showRaise(q *web.Request) error {
	id, err := web.PathID[core.TrajectoryID](q, "trajectory")
	if err != nil {
		return err
	}
	family, err := s.raisesIn(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	f := q.Fresh(raiseFields).Set("signal", core.NewID[core.ID](q.Now()).String())
	return q.Show(raisePage(q.Frame(q.Lang.SignalRaiseTitle()), f, id, family))
}

func (s *Service) postRaise(q *web.Request) error {
	id, err := web.PathID[core.TrajectoryID](q, "trajectory")
	if err != nil {
		return err
	}
	family, err := s.raisesIn(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	f := q.Form(raiseFields)
	again := func() templ.Component { return raisePage(q.Frame(q.Lang.SignalRaiseTitle()), f, id, family) }
	signal, err := core.ParseID[core.ID](f.Value("signal"))
	if err != nil {
		return err
	}
	if !f.OK() {
		return q.Again(nil, f, again)
	}
	err = s.Raise(q.Context(), q.Actor, Raising{ID: signal, Trajectory: id, Urgency: f.Value("urgency"), Saw: f.Value("saw"), Thinks: f.Value("thinks")})
	if err != nil {
		return q.Again(err, f, again)
	}
	return q.See("/my-signals/"+signal.String(), q.Lang.SignalRaised())
}

func (s *Service) showOwn(q *web.Request) error {
	id, err := web.PathID[core.ID](q, "id")
	if err != nil {
		return err
	}
	sig, err := s.Own(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	return q.Show(ownPage(q.Frame(q.Lang.SignalOwnTitle()), q.Fresh(tooFewFields), sig, q.Today()))
}

func (s *Service) postNotEnough(q *web.Request) error {
	id, err := web.PathID[core.ID](q, "id")
	if err != nil {
		return err
	}
	f := q.Form(tooFewFields)
	if f.OK() {
		if err = s.FindTooLittle(q.Context(), q.Actor, id, f.Value("not_enough")); err == nil {
			return q.See("/my-signals/"+id.String(), q.Lang.SignalOpenAgain())
		}
	}
	sig, e := s.Own(q.Context(), q.Actor, id)
	if e != nil {
		return e
	}
	return q.Again(err, f, func() templ.Component { return ownPage(q.Frame(q.Lang.SignalOwnTitle()), f, sig, q.Today()) })
}

func (s *Service) showOfDossier(q *web.Request) error {
	id, err := web.PathID[core.DossierID](q, "id")
	if err != nil {
		return err
	}
	all, err := s.OfDossier(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	head, err := dossier.ReadHead(q.Context(), s.db, q.Actor, id, "signals")
	if err != nil {
		return err
	}
	return q.Show(listPage(q.Frame(q.Lang.SignalListTitle()), head, all, q.Today()))
}

func (s *Service) showOne(q *web.Request) error {
	d, id, err := s.path(q)
	if err != nil {
		return err
	}
	sig, err := s.One(q.Context(), q.Actor, d, id)
	if err != nil {
		return err
	}
	f := q.Fresh(answerFields)
	f.Version = sig.Version
	return q.Show(answerPage(q.Frame(q.Lang.SignalAnswerTitle()), f, sig, q.Today()))
}

func (s *Service) postAnswer(q *web.Request) error {
	d, id, err := s.path(q)
	if err != nil {
		return err
	}
	f := q.Form(answerFields)
	if f.OK() {
		in := Answering{Dossier: d, Signal: id, Outcome: f.Value("outcome"), Needed: f.Value("needed"), Words: f.Value("words"), Version: f.Version}
		if err = s.Answer(q.Context(), q.Actor, in); err == nil {
			return q.See("/dossiers/"+d.String()+"/signals/"+id.String(), q.Lang.SignalAnswered())
		}
	}
	sig, e := s.One(q.Context(), q.Actor, d, id)
	if e != nil {
		return e
	}
	return q.Again(err, f, func() templ.Component { return answerPage(q.Frame(q.Lang.SignalAnswerTitle()), f, sig, q.Today()) })
}

func (s *Service) path(q *web.Request) (core.DossierID, core.ID, error) {
	d, err := web.PathID[core.DossierID](q, "id")
	if err != nil {
		return 0, 0, err
	}
	id, err := web.PathID[core.ID](q, "signal")
	return d, id, err
}

func (s *Service) showEscalated(q *web.Request) error {
	id, err := web.PathID[core.ID](q, "signal")
	if err != nil {
		return err
	}
	e, err := s.Escalated(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	return q.Show(escalatedPage(q.Frame(q.Lang.SignalEscalatedTitle()), e, q.Today()))
}
