package signal

import (
	"math"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

const signalColumns = `s.id, s.dossier_id, s.trajectory_id, s.volunteer_id, d.name, s.raised_at, s.urgency, s.saw, s.thinks, s.answer_before,
	s.answered_at, s.outcome, s.to_backup_at, s.to_leader_at, s.version`

func (s *Signal) columns() []any {
	return []any{&s.ID, &s.Dossier, &s.Trajectory, &s.Volunteer, &s.Family, &s.RaisedAt, &s.Urgency, &s.saw, &s.thinks, &s.AnswerBefore,
		&s.AnsweredAt, &s.Outcome, &s.ToBackupAt, &s.ToLeaderAt, &s.Version}
}

// running is the volunteer's own running match, as far as a signal needs it.
type running struct {
	Dossier core.DossierID
	Family  string
}

func (r *running) columns() []any { return []any{&r.Dossier, &r.Family} }

const answerColumns = `a.id, a.at, COALESCE(c.name, ''), a.outcome, a.needed, a.words, a.read_at, a.not_enough_at, a.not_enough`

func (a *Answer) columns() []any {
	return []any{&a.ID, &a.At, &a.By, &a.Outcome, &a.needed, &a.words, &a.ReadAt, &a.NotEnoughAt, &a.notEnough}
}

var (
	qOwn = db.Q("signal.own", authz.OwnSignals, `
		SELECT `+signalColumns+` FROM visible_dossier d JOIN signal s ON s.dossier_id = d.id
		WHERE s.volunteer_id = :volunteer ORDER BY s.raised_at DESC, s.id LIMIT :limit`,
		db.Probe{"limit": 50})

	qOwnOne = db.Q("signal.own_one", authz.OwnSignals, `
		SELECT `+signalColumns+` FROM visible_dossier d JOIN signal s ON s.dossier_id = d.id
		WHERE s.id = :id AND s.volunteer_id = :volunteer`,
		db.Probe{"id": db.Theirs("signal")})

	qOwnAnswers = db.Q("signal.own_answers", authz.OwnSignals, `
		SELECT `+answerColumns+` FROM visible_dossier d JOIN signal s ON s.dossier_id = d.id JOIN signal_answer a ON a.signal_id = s.id
		LEFT JOIN account c ON c.id = a.account_id
		WHERE d.id = :dossier AND s.id = :signal AND s.volunteer_id = :volunteer ORDER BY a.at, a.id`,
		db.Probe{"dossier": db.Theirs("dossier"), "signal": db.Theirs("signal")})

	qDossier = db.Q("signal.dossier", authz.Signals, `SELECT d.id FROM visible_dossier d WHERE d.id = :dossier`,
		db.Probe{"dossier": db.Theirs("dossier")})

	qOfDossier = db.Q("signal.of_dossier", authz.Signals, `
		SELECT `+signalColumns+` FROM visible_dossier d JOIN signal s ON s.dossier_id = d.id
		WHERE d.id = :dossier ORDER BY s.raised_at DESC, s.id`,
		db.Probe{"dossier": db.Theirs("dossier")})

	qOne = db.Q("signal.one", authz.Signals, `
		SELECT `+signalColumns+` FROM visible_dossier d JOIN signal s ON s.dossier_id = d.id WHERE d.id = :dossier AND s.id = :id`,
		db.Probe{"dossier": db.Theirs("dossier"), "id": db.Theirs("signal")})

	// SIG-5: the name of who raised it stands on the Signals section alone, and reaches no volunteer's file.
	qBy = db.Q("signal.raised_by", authz.Signals, `
		SELECT COALESCE(a.name, '') FROM visible_dossier d JOIN signal s ON s.dossier_id = d.id LEFT JOIN account a ON a.id = s.raised_by
		WHERE d.id = :dossier AND s.id = :id`,
		db.Probe{"dossier": db.Theirs("dossier"), "id": db.Theirs("signal")})

	qAnswers = db.Q("signal.answers", authz.Signals, `
		SELECT `+answerColumns+` FROM visible_dossier d JOIN signal s ON s.dossier_id = d.id JOIN signal_answer a ON a.signal_id = s.id
		LEFT JOIN account c ON c.id = a.account_id
		WHERE d.id = :dossier AND s.id = :signal ORDER BY a.at, a.id`,
		db.Probe{"dossier": db.Theirs("dossier"), "signal": db.Theirs("signal")})

	// Where a new signal goes: to whom the trajectory or the family has for coordinator.
	qAddressee = db.Q("signal.addressee", authz.OwnSignals, `
		SELECT COALESCE(t.coordinator_id, d.coordinator_id, d.inside_coordinator_id) FROM visible_dossier d
		JOIN trajectory t ON t.dossier_id = d.id JOIN volunteer_match m ON m.trajectory_id = t.id
		WHERE d.id = :dossier AND t.id = :trajectory AND m.volunteer_id = :volunteer`,
		db.Probe{"dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory")})

	qAddresseeOf = db.Q("signal.addressee_of", authz.Signals, `
		SELECT COALESCE(t.coordinator_id, d.coordinator_id, d.inside_coordinator_id) FROM visible_dossier d
		JOIN trajectory t ON t.dossier_id = d.id WHERE d.id = :dossier AND t.id = :trajectory`,
		db.Probe{"dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory")})

	qRunning = db.Q("signal.running", authz.OwnSignals, `
		SELECT d.id, d.name FROM visible_dossier d JOIN volunteer_match m ON m.dossier_id = d.id JOIN trajectory t ON t.id = m.trajectory_id
		WHERE t.id = :trajectory AND m.volunteer_id = :volunteer AND m.state IN ('introduced', 'accepted') AND m.ended_on IS NULL AND t.ended_on IS NULL`,
		db.Probe{"trajectory": db.Theirs("trajectory")})

	qLate = db.Q("signal.late", authz.Signals, `
		SELECT `+signalColumns+` FROM visible_dossier d JOIN signal s ON s.dossier_id = d.id
		WHERE s.answered_at IS NULL AND s.to_leader_at IS NULL
			AND s.id > :after AND s.id <= :upto ORDER BY s.id LIMIT :limit`,
		db.Probe{"after": 0, "upto": math.MaxInt64, "limit": 50})

	qBackups = db.CrossQ("signal.backups", authz.Accounts, "finds the colleagues of a coordinator: accounts and places, no family", `
		SELECT DISTINCT o.account_id FROM account_municipality o JOIN account_municipality mine ON mine.municipality_id = o.municipality_id
		JOIN account a ON a.id = o.account_id JOIN account_role r ON r.account_id = a.id
		WHERE mine.account_id = :coordinator AND o.account_id <> :coordinator AND a.ended_at IS NULL AND r.role = 'outside_coordinator'
		ORDER BY o.account_id`,
		db.Probe{"coordinator": db.Theirs("account")})

	qEscalated = db.CrossQ("signal.escalated", authz.Escalations, "tells the project leader that a signal waits, when, how urgent and whose; nothing of the family", `
		SELECT s.id, s.dossier_id, s.raised_at, s.urgency, s.answer_before, s.answered_at, COALESCE(a.name, '')
		FROM signal s JOIN dossier d ON d.id = s.dossier_id JOIN trajectory t ON t.id = s.trajectory_id
		LEFT JOIN account a ON a.id = COALESCE(t.coordinator_id, d.coordinator_id, d.inside_coordinator_id)
		WHERE s.id = :id AND EXISTS (SELECT 1 FROM task k WHERE k.kind = 'signal_escalated' AND k.subject_id = s.id AND k.account_id = :actor)`,
		db.Probe{"id": db.Theirs("signal")})

	qLeaders = db.CrossQ("signal.leaders", authz.Door, "finds the project leaders: accounts, no family", `
		SELECT a.id FROM account a JOIN account_role r ON r.account_id = a.id WHERE r.role = 'project_leader' AND a.ended_at IS NULL ORDER BY a.id`,
		db.Probe{})
)

var (
	xRaise = db.X("signal.raise", authz.OwnSignals, `
		INSERT INTO signal (id, dossier_id, trajectory_id, volunteer_id, raised_by, raised_at, urgency, saw, thinks, answer_before)
		SELECT :id, d.id, t.id, :volunteer, :actor, :now, :urgency,
			:saw, :thinks, :answer_before
		FROM visible_dossier d JOIN trajectory t ON t.dossier_id = d.id WHERE d.id = :dossier AND t.id = :trajectory
		ON CONFLICT (id) DO UPDATE SET version = signal.version
		WHERE signal.volunteer_id = :volunteer AND signal.dossier_id IN (SELECT id FROM visible_dossier)`,
		db.Probe{"id": db.Theirs("signal"), "dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory"), "urgency": "week", "saw": nil, "thinks": nil,
			"answer_before": "2026-01-01T00:00:00.000Z"})

	xAnswer = db.X("signal.answer", authz.Signals, `
		INSERT INTO signal_answer (id, dossier_id, signal_id, at, account_id, outcome, needed, words)
		SELECT :id, d.id, s.id, :now, :actor, :outcome, :needed, :words
		FROM visible_dossier d JOIN signal s ON s.dossier_id = d.id WHERE d.id = :dossier AND s.id = :signal`,
		db.Probe{"id": db.Ours("signal_answer"), "dossier": db.Theirs("dossier"), "signal": db.Theirs("signal"), "outcome": "discussed", "needed": nil, "words": nil})

	xAnswered = db.X("signal.answered", authz.Signals, `
		UPDATE signal SET answered_at = :now, answered_by = :actor, outcome = :outcome, version = version + 1
		WHERE id = :id AND dossier_id = :dossier AND version = :version AND dossier_id IN (SELECT id FROM visible_dossier)`,
		db.Probe{"id": db.Theirs("signal"), "dossier": db.Theirs("dossier"), "outcome": "discussed", "version": 1})

	xRead = db.X("signal.read", authz.OwnSignals, `
		UPDATE signal_answer SET read_at = :now WHERE dossier_id = :dossier AND signal_id = :signal AND read_at IS NULL
			AND dossier_id IN (SELECT id FROM visible_dossier) AND signal_id IN (SELECT s.id FROM signal s WHERE s.volunteer_id = :volunteer)`,
		db.Probe{"dossier": db.Theirs("dossier"), "signal": db.Theirs("signal")})

	xNotEnough = db.X("signal.not_enough", authz.OwnSignals, `
		UPDATE signal_answer SET not_enough_at = :now, not_enough = :words
		WHERE id = :id AND dossier_id = :dossier AND not_enough_at IS NULL AND dossier_id IN (SELECT id FROM visible_dossier)
			AND signal_id IN (SELECT s.id FROM signal s WHERE s.volunteer_id = :volunteer)`,
		db.Probe{"id": db.Theirs("signal_answer"), "dossier": db.Theirs("dossier"), "words": nil})

	xReopen = db.X("signal.reopen", authz.OwnSignals, `
		UPDATE signal SET answered_at = NULL, answered_by = NULL, outcome = '', answer_before = :answer_before, to_backup_at = NULL, to_leader_at = NULL, version = version + 1
		WHERE id = :id AND dossier_id = :dossier AND volunteer_id = :volunteer AND dossier_id IN (SELECT id FROM visible_dossier)`,
		db.Probe{"id": db.Theirs("signal"), "dossier": db.Theirs("dossier"), "answer_before": "2026-01-01T00:00:00.000Z"})

	xTravel = db.X("signal.travel", authz.Signals, `
		UPDATE signal SET to_backup_at = COALESCE(to_backup_at, :now), to_leader_at = CASE WHEN :to_leader THEN :now ELSE to_leader_at END
		WHERE id = :id AND dossier_id = :dossier AND dossier_id IN (SELECT id FROM visible_dossier)`,
		db.Probe{"id": db.Theirs("signal"), "dossier": db.Theirs("dossier"), "to_leader": true})
)

func (s Signal) place(column string) vault.Place {
	return vault.Place{Table: "signal", Column: column, Row: s.ID.Int64(), Owner: s.Dossier.Int64()}
}

func answerPlace(d core.DossierID, id core.ID, column string) vault.Place {
	return vault.Place{Table: "signal_answer", Column: column, Row: id.Int64(), Owner: d.Int64()}
}

func (s *Signal) unseal(t *db.Tx) (err error) {
	if s.Saw, err = t.Open(s.place("saw"), s.saw); err != nil {
		return err
	}
	s.Thinks, err = t.Open(s.place("thinks"), s.thinks)
	return err
}

// withAnswers opens the signal's words and reads its answers through the given query.
func (s *Signal) withAnswers(t *db.Tx, q *db.Query) error {
	if err := s.unseal(t); err != nil {
		return err
	}
	answers, err := db.All(t, q, db.Args{"dossier": s.Dossier, "signal": s.ID}, (*Answer).columns)
	if err != nil {
		return err
	}
	for i := range answers {
		if err := answers[i].unseal(t, s.Dossier); err != nil {
			return err
		}
	}
	s.Answers = answers
	return nil
}

func (a *Answer) unseal(t *db.Tx, d core.DossierID) (err error) {
	for _, c := range []struct {
		to     *string
		column string
		sealed []byte
	}{{&a.Needed, "needed", a.needed}, {&a.Words, "words", a.words}, {&a.NotEnough, "not_enough", a.notEnough}} {
		if *c.to, err = t.Open(answerPlace(d, a.ID, c.column), c.sealed); err != nil {
			return err
		}
	}
	return nil
}
