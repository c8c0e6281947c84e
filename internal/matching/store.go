package matching

import (
	"maps"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

var theirs = db.Probe{"dossier": db.Theirs("dossier"), "id": db.Theirs("volunteer_match")}

func probe(more db.Probe) db.Probe {
	out := db.Probe{}
	for _, part := range []db.Probe{theirs, more} {
		maps.Copy(out, part)
	}
	return out
}

const within = ` AND dossier_id = :dossier AND dossier_id IN (SELECT s.id FROM visible_dossier s)`

// What coordinators read and change.
var (
	qOfTrajectory = db.Q("matching.of_trajectory", authz.Matching, `SELECT m.id, m.dossier_id, m.trajectory_id, m.volunteer_id, COALESCE(v.name, ''), m.state,
			m.proposed_at, COALESCE(a.name, ''), m.agreed_at, m.introduction_on, m.introduced_on, m.accepted_on, m.ended_on, m.declined_at, m.declined_by,
			m.reason, m.double_role, m.double_role_words, COALESCE(w.name, ''), m.deviation, m.deviation_words
		FROM visible_dossier d JOIN volunteer_match m ON m.dossier_id = d.id LEFT JOIN visible_volunteer v ON v.id = m.volunteer_id
		LEFT JOIN visible_volunteer w ON w.id = m.advised_id LEFT JOIN account a ON a.id = m.proposed_by
		WHERE d.id = :dossier AND m.trajectory_id = :trajectory ORDER BY m.proposed_at DESC, m.id DESC`,
		db.Probe{"dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory")})
	qDossierOf = db.Q("matching.dossier_of", authz.Matching, `SELECT m.dossier_id, m.trajectory_id FROM visible_dossier d
		JOIN volunteer_match m ON m.dossier_id = d.id WHERE m.id = :id`, db.Probe{"id": db.Theirs("volunteer_match")})

	xPropose = db.X("matching.propose", authz.Matching, `INSERT INTO volunteer_match (id, dossier_id, trajectory_id, volunteer_id, state, proposed_at, proposed_by,
			double_role, double_role_words, advised_id, deviation, deviation_words)
		SELECT :id, d.id, x.id, v.id, 'proposed', CAST(:now AS TEXT), CAST(:actor AS BIGINT), CAST(:double AS TEXT), :words, CAST(:advised AS BIGINT),
			CAST(:deviation AS TEXT), :why
		FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id JOIN visible_volunteer v ON v.id = :person WHERE d.id = :dossier AND x.id = :trajectory`,
		probe(db.Probe{
			"id": db.Ours("volunteer_match_made"), "trajectory": db.Theirs("trajectory"), "person": db.Theirs("volunteer"), "double": "", "words": []byte(nil),
			"advised": core.VolunteerID(0), "deviation": "", "why": []byte(nil),
		}))
	xPlan = db.X("matching.plan_introduction", authz.Matching, `UPDATE volunteer_match SET introduction_on = :on WHERE id = :id AND state = :was`+within,
		probe(db.Probe{"was": "proposed", "on": core.MustDate("2026-01-01")}))
	xIntroduce = db.X("matching.introduce", authz.Matching, `UPDATE volunteer_match SET state = 'introduced', introduced_on = :on
		WHERE id = :id AND state = :was`+within, probe(db.Probe{"was": "proposed", "on": core.MustDate("2026-01-01")}))
	xAccept = db.X("matching.accept", authz.Matching, `UPDATE volunteer_match SET state = 'accepted', accepted_on = :today
		WHERE id = :id AND state = :was`+within, probe(db.Probe{"was": "proposed"}))
	xDecline = db.X("matching.decline", authz.Matching, `UPDATE volunteer_match SET state = 'declined', declined_at = :now, declined_by = :by, reason = :reason
		WHERE id = :id AND state = :was`+within, probe(db.Probe{"by": "family", "reason": []byte(nil), "was": "proposed"}))
	xEnd = db.X("matching.end", authz.Matching, `UPDATE volunteer_match SET state = 'ended', ended_on = :today, reason = :reason
		WHERE id = :id AND state = 'accepted'`+within, probe(db.Probe{"reason": []byte(nil)}))
)

// What a volunteer reads and answers: the own proposal, without names.
var (
	qProposals = db.Q("matching.own_proposals", authz.OwnMatch, `SELECT m.id, m.state, m.introduction_on, x.kind, k.name
		FROM visible_dossier d JOIN volunteer_match m ON m.dossier_id = d.id JOIN trajectory x ON x.id = m.trajectory_id AND x.dossier_id = d.id
		JOIN trajectory_kind k ON k.code = x.kind
		WHERE m.volunteer_id = :volunteer AND m.state IN ('proposed', 'agreed', 'introduced') ORDER BY m.proposed_at, m.id`, db.Probe{})
	qProposal = db.Q("matching.own_proposal", authz.OwnMatch, `SELECT m.id, m.state, m.introduction_on, m.dossier_id, m.trajectory_id, x.coordinator_id,
			COALESCE(a.name, ''), x.kind, k.name, COALESCE(g.name, ''), x.visit_every_days, k.months, x.complex
		FROM visible_dossier d JOIN volunteer_match m ON m.dossier_id = d.id JOIN trajectory x ON x.id = m.trajectory_id AND x.dossier_id = d.id
		JOIN trajectory_kind k ON k.code = x.kind LEFT JOIN municipality g ON g.id = d.municipality_id LEFT JOIN account a ON a.id = x.coordinator_id
		WHERE m.id = :id AND m.volunteer_id = :volunteer AND m.state IN ('proposed', 'agreed', 'introduced')`, db.Probe{"id": db.Theirs("volunteer_match")})
	qAges = db.Q("matching.own_ages", authz.OwnMatch, `SELECT p.birth, p.is_child, COALESCE((SELECT k.level FROM knowledge k
			WHERE k.child_id = p.id AND k.dossier_id = d.id ORDER BY k.recorded_at DESC, k.id DESC LIMIT 1), '')
		FROM visible_dossier d JOIN volunteer_match m ON m.dossier_id = d.id JOIN trajectory_person tp ON tp.trajectory_id = m.trajectory_id AND tp.dossier_id = d.id
		JOIN person p ON p.id = tp.person_id AND p.dossier_id = d.id
		WHERE d.id = :dossier AND m.id = :id AND m.volunteer_id = :volunteer ORDER BY p.birth, p.id`, theirs)

	xAgree = db.X("matching.agree", authz.OwnMatch, `UPDATE volunteer_match SET state = 'agreed', agreed_at = :now
		WHERE id = :id AND volunteer_id = :volunteer AND state = 'proposed'`+within, theirs)
	xRefuse = db.X("matching.refuse", authz.OwnMatch, `UPDATE volunteer_match SET state = 'declined', declined_at = :now, declined_by = 'volunteer', reason = :reason
		WHERE id = :id AND volunteer_id = :volunteer AND state IN ('proposed', 'agreed', 'introduced')`+within, probe(db.Probe{"reason": []byte(nil)}))
	// It comes before the no itself, with which her sight of the family ends.
	xSeekAgain = db.X("matching.seek_again", authz.OwnMatch, `UPDATE trajectory SET state = 'waiting', version = version + 1
		WHERE id IN (SELECT m.trajectory_id FROM volunteer_match m WHERE m.id = :id AND m.volunteer_id = :volunteer AND m.state <> 'accepted')
			AND state IN ('introducing', 'waiting')`+within, theirs)
)

func place(column string, m core.ID, d core.DossierID) vault.Place {
	return vault.Place{Table: "volunteer_match", Column: column, Row: m.Int64(), Owner: d.Int64()}
}

// ofTrajectory reads the matches of a trajectory, the newest first.
func ofTrajectory(t *db.Tx, d core.DossierID, x core.TrajectoryID) ([]Match, error) {
	type row struct {
		Match
		reason, double, why []byte
	}
	rows, err := db.All(t, qOfTrajectory, db.Args{"dossier": d, "trajectory": x}, func(m *row) []any {
		return []any{
			&m.ID, &m.Dossier, &m.Trajectory, &m.Volunteer, &m.VolunteerName, &m.State, &m.ProposedAt, &m.ProposedBy, &m.AgreedAt, &m.IntroductionOn,
			&m.IntroducedOn, &m.AcceptedOn, &m.EndedOn, &m.DeclinedAt, &m.DeclinedBy, &m.reason, &m.DoubleRole, &m.double, &m.Advised,
			&m.Deviation.Code, &m.why,
		}
	})
	out := make([]Match, len(rows))
	for i, r := range rows {
		out[i] = r.Match
		if out[i].Reason, err = t.Open(place("reason", r.ID, d), r.reason); err != nil {
			return nil, err
		}
		if out[i].Deviation.Words, err = t.Open(place("deviation_words", r.ID, d), r.why); err != nil {
			return nil, err
		}
		if out[i].DoubleRoleWords, err = t.Open(place("double_role_words", r.ID, d), r.double); err != nil {
			return nil, err
		}
	}
	return out, err
}

// load reads one match.
func load(t *db.Tx, id core.ID) (Match, error) {
	at, err := db.One(t, qDossierOf, db.Args{"id": id}, func(m *Match) []any { return []any{&m.Dossier, &m.Trajectory} })
	if err != nil {
		return Match{}, err
	}
	all, err := ofTrajectory(t, at.Dossier, at.Trajectory)
	for _, m := range all {
		if m.ID == id {
			return m, err
		}
	}
	if err == nil {
		err = core.NotFound()
	}
	return Match{}, err
}

func (m Match) args(more db.Args) db.Args {
	out := db.Args{"dossier": m.Dossier, "id": m.ID}
	maps.Copy(out, more)
	return out
}

// once turns reaching no row into the answer that somebody was quicker.
func once(n int64, err error) error {
	if err == nil && n == 0 {
		return core.Conflict("matching_moved_on", "")
	}
	return err
}

func trimmed(words string) string { return strings.TrimSpace(words) }
