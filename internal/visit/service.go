package visit

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/plan"
	"maatje/internal/volunteer"
)

// Service keeps visits and their reports.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

// Save keeps a report as it is typed, or finishes it. The same key is done once, however often it arrives; a report that
// was changed elsewhere meanwhile is a conflict, and nothing is written.
func (s *Service) Save(ctx context.Context, a authz.Actor, r Report, key string, finish bool) (saved Saved, err error) {
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		m, err := OwnMatch(t, r.Trajectory)
		if err != nil {
			return err
		}
		if err := MayStillReport(m, t.Today()); err != nil {
			return err
		}
		r.Dossier, r.Volunteer = m.Dossier, m.Volunteer
		var again bool
		if saved, again, err = before(t, m, key); err != nil || again {
			return err
		}
		if err := checkFresh(t, &r, m, key); err != nil {
			return err
		}
		if !finish {
			saved, err = store(t, r, key, draft)
			return err
		}
		fit, err := mayFinish(t, r, m)
		if err != nil {
			return err
		}
		if saved, err = store(t, r, key, held(fit, t.Now())); err != nil || len(r.Steps) == 0 || !m.Runs() {
			return err
		}
		return plan.TickDuring(t, r.Trajectory, r.Steps, r.HeldAt.Date())
	})
	return saved, err
}

// before finds what the same key did already.
func before(t *db.Tx, m Running, key string) (Saved, bool, error) {
	if key == "" {
		return Saved{}, false, errors.New("visit: a save without an idempotency key")
	}
	return db.Maybe(t, qSavedUnder, db.Args{"key": key, "dossier": m.Dossier}, func(s *Saved) []any {
		return []any{&s.Visit, &s.At, &s.Version, &s.Done}
	})
}

// checkFresh sets the version that is stored over, and refuses to store over what this screen has not seen.
func checkFresh(t *db.Tx, r *Report, m Running, key string) error {
	stored, found, err := db.Maybe(t, qOwn, db.Args{"id": r.Visit}, (*Report).columns)
	if err != nil {
		return err
	}
	if found && (stored.Trajectory != r.Trajectory || stored.State == "done") {
		return core.Conflict("visit_is_done")
	}
	last, _, err := db.Maybe(t, qLastKey, db.Args{"dossier": m.Dossier, "visit": r.Visit}, func(k *string) []any { return []any{k} })
	if err != nil {
		return err
	}
	if !(core.Sending{Key: key, From: r.Version}).MayReplace(stored.Version, last) {
		return core.Conflict("visit_changed_elsewhere")
	}
	r.Version = stored.Version
	return nil
}

// mayFinish applies the rules of a finished report, and gives the proof without which it cannot be stored.
func mayFinish(t *db.Tx, r Report, m Running) (volunteer.Fit, error) {
	fit, unfit := volunteer.FitToVisit(t, m.Volunteer, r.HeldAt.Date())
	if _, refused := core.AsFail(unfit); unfit != nil && !refused {
		return fit, unfit
	}
	restrictions, err := db.Count(t, qRestricted, db.Args{"dossier": m.Dossier, "trajectory": m.Trajectory, "on": r.HeldAt.Date().String()})
	if err != nil {
		return fit, err
	}
	others, err := db.All(t, qHeldStarts, db.Args{"dossier": m.Dossier, "trajectory": m.Trajectory, "visit": r.Visit},
		func(i *core.Instant) []any { return []any{i} })
	if err != nil {
		return fit, err
	}
	return fit, cmp.Or(MayReport(r, m, t.Now()), unfit, NotDuringRestrictions(r, restrictions > 0), NotTwice(r, others))
}

// state is how a report is stored. Only a volunteer.Fit makes a held visit.
type state struct {
	report, visit string
	doneAt        core.Instant
}

var draft = state{report: "draft", visit: "draft"}

func held(_ volunteer.Fit, at core.Instant) state { return state{"done", "held", at} }

// store writes visit, report, who was there and the key.
func store(t *db.Tx, r Report, key string, is state) (Saved, error) {
	err := db.Do(t, xVisit, db.Args{"id": r.Visit, "dossier": r.Dossier, "trajectory": r.Trajectory, "state": is.visit, "held_at": r.HeldAt,
		"minutes": r.Minutes, "km": r.Km, "place": r.Place, "tools": strings.Join(r.Tools, ",")})
	if err != nil {
		return Saved{}, err
	}
	sealed := map[string][]byte{}
	for column, words := range map[string]string{"words": r.Words, "agreed": r.Agreed, "boundary": r.Boundary} {
		if sealed[column], err = t.Seal(r.place(column), words); err != nil {
			return Saved{}, err
		}
	}
	n, err := db.Exec(t, xReport, db.Args{"visit": r.Visit, "dossier": r.Dossier, "state": is.report, "activities": strings.Join(r.Activities, ","), "mood": r.Mood,
		"words": sealed["words"], "agreed": sealed["agreed"], "boundary": sealed["boundary"], "step_plan": r.StepPlan || len(r.Steps) > 0, "genogram": r.Genogram, "steps": joined(r.Steps),
		"done_at": is.doneAt, "version": r.Version})
	if err != nil {
		return Saved{}, err
	}
	if n == 0 {
		return Saved{}, core.Conflict("visit_changed_elsewhere")
	}
	if err := storePresent(t, r); err != nil {
		return Saved{}, err
	}
	version := r.Version + 1
	err = db.Do(t, xSaved, db.Args{"key": key, "dossier": r.Dossier, "visit": r.Visit, "version": version})
	return Saved{Visit: r.Visit, At: t.Now(), Version: version, Done: is != draft}, err
}

func storePresent(t *db.Tx, r Report) error {
	if _, err := db.Exec(t, xForgetPresent, db.Args{"visit": r.Visit, "dossier": r.Dossier}); err != nil {
		return err
	}
	for _, p := range r.Present {
		if err := db.Do(t, xPresent, db.Args{"visit": r.Visit, "dossier": r.Dossier, "person": p}); err != nil {
			return err
		}
	}
	return nil
}

// Own reads the actor's own report.
func (s *Service) Own(ctx context.Context, a authz.Actor, id core.ID) (r Report, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		r, err = loadOwn(t, id)
		return err
	})
	return r, err
}

// OwnOfTrajectory lists the actor's own visits in a trajectory, the latest first.
func OwnOfTrajectory(t *db.Tx, id core.TrajectoryID, limit int) ([]Report, error) {
	return unsealed(t, qOwnOfTrajectory, db.Args{"trajectory": id, "limit": limit})
}

// Opened lists the reports of other volunteers that the coordinator opened to those of the family (METHOD ch. 9).
func Opened(t *db.Tx, d core.DossierID, limit int) ([]Report, error) {
	return unsealed(t, qOpened, db.Args{"dossier": d, "limit": limit})
}

func unsealed(t *db.Tx, q *db.Query, args db.Args) ([]Report, error) {
	all, err := db.All(t, q, args, (*Report).columns)
	for i := range all {
		if err == nil {
			err = all[i].unseal(t)
		}
	}
	return all, err
}

// ToCome lists the actor's own planned visits and unfinished reports. Of a match that ended there are those whose visit
// was before the end, for as long as they can be written.
func ToCome(t *db.Tx) ([]Planned, error) {
	all, err := db.All(t, qPlanned, db.Args{"limit": 50}, (*Planned).columns)
	return slices.DeleteFunc(all, func(p Planned) bool {
		m := Running{EndedOn: p.EndedOn}
		return !p.EndedOn.IsZero() && (p.At.Date().After(p.EndedOn) || MayStillReport(m, t.Today()) != nil)
	}), err
}

// OwnMatch reads the actor's own match in a trajectory, also one that ended so shortly ago that own reports can be read.
func OwnMatch(t *db.Tx, id core.TrajectoryID) (Running, error) {
	return db.One(t, qMatch, db.Args{"trajectory": id}, (*Running).withEnd)
}

// RunningMatch reads the actor's own running match in a trajectory.
func RunningMatch(t *db.Tx, id core.TrajectoryID) (Running, error) {
	return db.One(t, qRunning, db.Args{"trajectory": id}, (*Running).columns)
}

// Plan plans a visit.
func (s *Service) Plan(ctx context.Context, a authz.Actor, id core.TrajectoryID, at core.Instant, place string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		m, err := RunningMatch(t, id)
		if err != nil {
			return err
		}
		if err := MayPlan(at, t.Now()); err != nil {
			return err
		}
		if _, err := volunteer.FitToVisit(t, m.Volunteer, at.Date()); err != nil {
			return err
		}
		return db.Do(t, xPlan, db.Args{"id": db.NewID[core.ID](t), "dossier": m.Dossier, "trajectory": id, "at": at, "place": place})
	})
}

// Cancel takes a planned visit back.
func (s *Service) Cancel(ctx context.Context, a authz.Actor, id core.ID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error { return db.Do(t, xCancel, db.Args{"id": id}) })
}

// OfDossier lists the held visits of a family, for its outside coordinator.
func OfDossier(t *db.Tx, d core.DossierID, limit int) ([]Report, error) {
	return unsealed(t, qOfDossier, db.Args{"dossier": d, "limit": limit})
}

// One reads a finished report with who was there, for the family's outside coordinator.
func (s *Service) One(ctx context.Context, a authz.Actor, d core.DossierID, id core.ID) (r Report, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if r, err = db.One(t, qOne, db.Args{"dossier": d, "id": id}, (*Report).columns); err != nil {
			return err
		}
		if err = r.unseal(t); err != nil {
			return err
		}
		r.Present, err = db.All(t, qPresent, db.Args{"dossier": d, "visit": id}, func(p *core.PersonID) []any { return []any{p} })
		return err
	})
	return r, err
}

// Open lets the other volunteers of the family read a report, or stops that.
func (s *Service) Open(ctx context.Context, a authz.Actor, d core.DossierID, id core.ID, open bool) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		return db.Do(t, xOpen, db.Args{"dossier": d, "id": id, "opened": open})
	})
}
