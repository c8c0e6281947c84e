// Package home is the first page after signing in: it answers "what now?" for whoever asks, and gets there in one tap
// (LOOK, Homes). Somebody with several roles sees one page with what each of them needs. It holds no rule.
package home

import (
	"context"
	"slices"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/task"
	"maatje/internal/visit"
)

// Service reads the homes.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

// Home is everything that one actor's first page shows.
type Home struct {
	Tasks    []task.Row
	Open     int // tasks in all
	Today    int // of them due today or late
	Caseload []Share
	Inside   []Stay
	Pipeline []Share

	Visits    []Visit
	Families  []Family
	Ended     []Ended
	Proposals []Proposal
	Answers   []Answer
}

// Share is how many there are in a state.
type Share struct {
	Code string
	N    int
}

// Stay is a parent in the inside coordinator's facility.
type Stay struct {
	Dossier       core.DossierID
	Parent        string
	Family        string
	Facility      string
	Wing          string
	ConfirmedOn   core.Date
	ExpectedUntil core.Date
	Restricted    bool
}

// Family is one of a volunteer's own running matches.
type Family struct {
	Trajectory core.TrajectoryID
	Dossier    core.DossierID
	Name       string
	Kind       string
	Start, End core.Date
	Children   []string
	Waits      bool // they have met, and the family has not said yes yet
}

// Ended is a match of the volunteer that is over, for as long as she can read her own reports.
type Ended struct {
	Trajectory core.TrajectoryID
	Name       string
	Kind       string
	On         core.Date
}

// Visit is a visit to come, or one without a finished report.
type Visit struct {
	visit.Planned
	Knows []dossier.Knows
}

// Proposal is a family that waits for this volunteer's yes or no, or, after a yes, for the introduction.
type Proposal struct {
	Match        core.ID
	Agreed       bool
	Kind         string
	Town         string
	Introduction core.Date // none as long as nobody planned it
	Coordinator  string
}

// Answer is a signal that was answered and not read yet.
type Answer struct {
	Signal core.ID
	Family string
}

var (
	// Most files are closed; the others lie together in the index.
	qCaseload = db.Q("home.caseload", authz.Plan, `
		SELECT t.state, COUNT(*) FROM visible_dossier d JOIN trajectory t ON t.dossier_id = d.id
		WHERE t.ended_on IS NULL AND d.state IN ('intake', 'waiting', 'running', 'aftercare') GROUP BY t.state`,
		db.Probe{}).Quiet("how many there are of each tells nothing of anybody")

	qInside = db.Q("home.inside", authz.Detention, `
		SELECT d.id, p.name, d.name, f.name, s.wing, s.confirmed_on, t.expected_until,
			CASE WHEN EXISTS (SELECT 1 FROM restriction r WHERE r.detention_id = t.id AND r.from_date <= :today AND (r.lifted_on IS NULL OR r.lifted_on > :today)) THEN TRUE ELSE FALSE END
		FROM visible_dossier d JOIN detention t ON t.dossier_id = d.id JOIN placement s ON s.detention_id = t.id JOIN facility f ON f.id = s.facility_id
		JOIN person p ON p.id = t.parent_id
		WHERE s.until_date IS NULL AND t.released_on IS NULL AND s.facility_id IN (SELECT af.facility_id FROM account_facility af WHERE af.account_id = :actor)
		ORDER BY f.name, s.wing, p.name, d.id LIMIT :limit`,
		db.Probe{"limit": 200})

	qPipeline = db.Q("home.pipeline", authz.Profile, `
		SELECT v.status, COUNT(*) FROM visible_volunteer v GROUP BY v.status`,
		db.Probe{}).Quiet("how many there are of each tells nothing of anybody")

	qFamilies = db.Q("home.families", authz.OwnVisits, `
		SELECT t.id, d.id, d.name, t.kind, t.start_on, t.planned_end, m.state = 'introduced'
		FROM visible_dossier d JOIN volunteer_match m ON m.dossier_id = d.id JOIN trajectory t ON t.id = m.trajectory_id
		WHERE m.volunteer_id = :volunteer AND m.state IN ('introduced', 'accepted') AND m.ended_on IS NULL AND t.ended_on IS NULL
		ORDER BY t.start_on, t.id LIMIT :limit`,
		db.Probe{"limit": 50})

	qEnded = db.Q("home.ended", authz.OwnVisits, `
		SELECT t.id, d.name, t.kind, m.ended_on
		FROM visible_dossier d JOIN volunteer_match m ON m.dossier_id = d.id JOIN trajectory t ON t.id = m.trajectory_id
		WHERE m.volunteer_id = :volunteer AND m.state = 'ended' AND m.ended_on >= :month_ago
			AND NOT EXISTS (SELECT 1 FROM volunteer_match n WHERE n.trajectory_id = m.trajectory_id AND n.volunteer_id = m.volunteer_id
				AND n.ended_on IS NULL AND n.declined_at IS NULL)
		ORDER BY m.ended_on DESC, t.id LIMIT :limit`,
		db.Probe{"limit": 50})

	qChildren = db.Q("home.children", authz.Identity, `
		SELECT p.name FROM visible_dossier d JOIN person p ON p.dossier_id = d.id JOIN trajectory_person x ON x.person_id = p.id
		WHERE d.id = :dossier AND x.trajectory_id = :trajectory AND p.is_child ORDER BY p.birth, p.id`,
		db.Probe{"dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory")})

	qProposals = db.Q("home.proposals", authz.OwnMatch, `
		SELECT m.id, m.state = 'agreed', t.kind, COALESCE(g.name, ''), m.introduction_on, COALESCE(a.name, '')
		FROM visible_dossier d JOIN volunteer_match m ON m.dossier_id = d.id JOIN trajectory t ON t.id = m.trajectory_id
		LEFT JOIN municipality g ON g.id = d.municipality_id LEFT JOIN account a ON a.id = t.coordinator_id
		WHERE m.volunteer_id = :volunteer AND m.state IN ('proposed', 'agreed') AND m.ended_on IS NULL AND m.declined_at IS NULL ORDER BY m.id LIMIT :limit`,
		db.Probe{"limit": 50})

	qAnswers = db.Q("home.answers", authz.OwnSignals, `
		SELECT DISTINCT s.id, d.name FROM visible_dossier d JOIN signal s ON s.dossier_id = d.id JOIN signal_answer a ON a.signal_id = s.id
		WHERE s.volunteer_id = :volunteer AND a.read_at IS NULL AND s.answered_at IS NOT NULL ORDER BY s.id LIMIT :limit`,
		db.Probe{"limit": 50})
)

// worklistLines is how many lines a worklist shows at once; what is further down waits longer anyway.
const worklistLines = 50

// Of reads the actor's home.
func (s *Service) Of(ctx context.Context, a authz.Actor) (h Home, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if h.Tasks, err = task.Mine(t, task.Filter{Limit: worklistLines}); err != nil {
			return err
		}
		for _, part := range []struct {
			role authz.Role
			read func(*db.Tx) error
		}{
			{authz.Volunteer, h.volunteer},
			{authz.InsideCoordinator, h.inside},
			{authz.InsideCoordinator | authz.OutsideCoordinator, h.coordinator},
			{authz.ProjectLeader, h.leader},
		} {
			if !a.Roles().Has(part.role) {
				continue
			}
			if err := part.read(t); err != nil {
				return err
			}
		}
		h.sayOnce()
		h.count(t)
		return nil
	})
	return h, err
}

// sayOnce leaves out the tasks that stand larger on the page already: a proposal.
func (h *Home) sayOnce() {
	h.Tasks = slices.DeleteFunc(h.Tasks, func(k task.Row) bool {
		return slices.ContainsFunc(h.Proposals, func(p Proposal) bool { return k.Kind == "proposal" && k.Subject == p.Match })
	})
}

func (h *Home) count(t *db.Tx) {
	h.Open = len(h.Tasks)
	for _, k := range h.Tasks {
		if !k.Due.Date().After(t.Today()) {
			h.Today++
		}
	}
}

func shares(t *db.Tx, q *db.Query) ([]Share, error) {
	return db.All(t, q, db.Args{}, func(s *Share) []any { return []any{&s.Code, &s.N} })
}

func (h *Home) coordinator(t *db.Tx) (err error) {
	h.Caseload, err = shares(t, qCaseload)
	return err
}

func (h *Home) leader(t *db.Tx) (err error) {
	h.Pipeline, err = shares(t, qPipeline)
	return err
}

func (h *Home) inside(t *db.Tx) (err error) {
	h.Inside, err = db.All(t, qInside, db.Args{"limit": 200}, func(s *Stay) []any {
		return []any{&s.Dossier, &s.Parent, &s.Family, &s.Facility, &s.Wing, &s.ConfirmedOn, &s.ExpectedUntil, &s.Restricted}
	})
	return err
}

func (h *Home) volunteer(t *db.Tx) (err error) {
	if h.Families, err = families(t); err != nil {
		return err
	}
	h.Ended, err = db.All(t, qEnded, db.Args{"limit": 20}, func(e *Ended) []any { return []any{&e.Trajectory, &e.Name, &e.Kind, &e.On} })
	if err != nil {
		return err
	}
	if h.Visits, err = visits(t); err != nil {
		return err
	}
	h.Proposals, err = db.All(t, qProposals, db.Args{"limit": 20}, func(p *Proposal) []any {
		return []any{&p.Match, &p.Agreed, &p.Kind, &p.Town, &p.Introduction, &p.Coordinator}
	})
	if err != nil {
		return err
	}
	h.Answers, err = db.All(t, qAnswers, db.Args{"limit": 20}, func(a *Answer) []any { return []any{&a.Signal, &a.Family} })
	return err
}

func families(t *db.Tx) ([]Family, error) {
	all, err := db.All(t, qFamilies, db.Args{"limit": 20}, func(f *Family) []any {
		return []any{&f.Trajectory, &f.Dossier, &f.Name, &f.Kind, &f.Start, &f.End, &f.Waits}
	})
	for i := range all {
		if err != nil {
			break
		}
		all[i].Children, err = db.All(t, qChildren, db.Args{"dossier": all[i].Dossier, "trajectory": all[i].Trajectory}, func(n *string) []any { return []any{n} })
	}
	return all, err
}

// visits adds what each child knows to the visits to come: it stands on top of everything a visit is prepared with (INT-8).
func visits(t *db.Tx) ([]Visit, error) {
	planned, err := visit.ToCome(t)
	if err != nil {
		return nil, err
	}
	out := make([]Visit, len(planned))
	for i, p := range planned {
		out[i].Planned = p
		if !p.EndedOn.IsZero() {
			continue
		}
		if out[i].Knows, err = dossier.Knowledge(t, p.Dossier); err != nil {
			return nil, err
		}
	}
	return out, nil
}
