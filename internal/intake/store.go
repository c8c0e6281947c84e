package intake

import (
	"maps"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

func probe(more db.Probe) db.Probe {
	out := db.Probe{"dossier": db.Theirs("dossier")}
	maps.Copy(out, more)
	return out
}

const (
	fromDossier = ` FROM visible_dossier d WHERE d.id = :dossier`
	inDossier   = ` AND dossier_id = :dossier AND dossier_id IN (SELECT v.id FROM visible_dossier v)`
)

const intakeColumns = `SELECT i.id, i.referral_id, i.coordinator_id, COALESCE(a.name, ''), i.opened_on, i.decided_on, COALESCE(b.name, ''), i.outcome,
	i.decision_words, i.added_value, i.version FROM visible_dossier d JOIN intake i ON i.dossier_id = d.id
	LEFT JOIN account a ON a.id = i.coordinator_id LEFT JOIN account b ON b.id = i.decided_by `

// The intake itself.
var (
	qIntakes = db.Q("intake.of_dossier", authz.Intake, intakeColumns+`WHERE d.id = :dossier ORDER BY i.opened_on DESC, i.id DESC`, probe(nil))

	qOpen = db.X("intake.open", authz.Intake, `INSERT INTO intake (id, dossier_id, referral_id, coordinator_id, opened_on)
		SELECT :id, d.id, CAST(:referral AS BIGINT), CAST(:coordinator AS BIGINT), CAST(:today AS TEXT)`+fromDossier,
		probe(db.Probe{"id": core.ID(7), "referral": nil, "coordinator": nil}))

	qAdded = db.X("intake.added_value", authz.Intake, `UPDATE intake SET added_value = :added, version = version + 1 WHERE id = :id AND version = :version`+inDossier,
		probe(db.Probe{"id": db.Theirs("intake"), "version": 1, "added": nil}))

	qDecide = db.X("intake.decide", authz.Intake, `UPDATE intake SET outcome = :outcome, decided_on = :today, decided_by = :actor, decision_words = :words,
		version = version + 1 WHERE id = :id AND version = :version AND outcome IN ('', 'keep_open')`+inDossier,
		probe(db.Probe{"id": db.Theirs("intake"), "outcome": "no_start", "words": nil, "version": 1}))

	qReasons = db.Q("intake.reasons", authz.Intake, `SELECT r.intake_id, r.reason FROM visible_dossier d JOIN intake_reason r ON r.dossier_id = d.id
		WHERE d.id = :dossier ORDER BY r.intake_id, r.position`, probe(nil))
	qReason = db.X("intake.add_reason", authz.Intake, `INSERT INTO intake_reason (intake_id, dossier_id, reason, position)
		SELECT :intake, d.id, CAST(:reason AS TEXT), CAST(:position AS BIGINT)`+fromDossier,
		probe(db.Probe{"intake": db.Theirs("intake"), "reason": "other", "position": 1}))
)

// Talks, needs and what is tried.
var (
	qTalks = db.Q("intake.talks", authz.Intake, `SELECT k.id, k.held_on, k.with_group, k.person_id, COALESCE(p.name, ''), k.place, k.minutes, k.said, k.next_step
		FROM visible_dossier d JOIN intake_talk k ON k.dossier_id = d.id LEFT JOIN person p ON p.id = k.person_id AND p.dossier_id = d.id
		WHERE d.id = :dossier AND k.intake_id = :intake ORDER BY k.held_on, k.id`, probe(db.Probe{"intake": db.Theirs("intake")}))
	qTalk = db.X("intake.add_talk", authz.Intake, `INSERT INTO intake_talk (id, dossier_id, intake_id, held_on, with_group, person_id, place, minutes, said, next_step, account_id)
		SELECT :id, d.id, :intake, CAST(:on AS TEXT), CAST(:with AS TEXT), CAST(:person AS BIGINT), CAST(:place AS TEXT), CAST(:minutes AS BIGINT),
		:said, :next, :actor`+fromDossier,
		probe(db.Probe{"id": core.ID(7), "intake": db.Theirs("intake"), "on": "2026-01-01", "with": "parent", "person": nil, "place": "inside", "minutes": 1, "said": nil, "next": nil}))

	qQuestions = db.Q("intake.questions", authz.Intake, `SELECT s.id, s.person_group, s.person_id, COALESCE(p.name, ''), s.need, s.hidden, s.words
		FROM visible_dossier d JOIN support_question s ON s.dossier_id = d.id LEFT JOIN person p ON p.id = s.person_id AND p.dossier_id = d.id
		WHERE d.id = :dossier AND s.intake_id = :intake ORDER BY s.id`, probe(db.Probe{"intake": db.Theirs("intake")}))
	qQuestion = db.X("intake.add_question", authz.Intake, `INSERT INTO support_question (id, dossier_id, intake_id, person_id, person_group, need, hidden, words)
		SELECT :id, d.id, :intake, CAST(:person AS BIGINT), CAST(:group AS TEXT), CAST(:need AS TEXT), CAST(:hidden AS BOOLEAN), :words`+fromDossier,
		probe(db.Probe{"id": core.ID(7), "intake": db.Theirs("intake"), "person": nil, "group": "parent", "need": "", "hidden": false, "words": nil}))

	qFollowUps = db.Q("intake.follow_ups", authz.Intake, `SELECT f.id, f.due_on, f.with_group, f.person_id, COALESCE(p.name, ''), f.try_words, f.done_on, f.outcome_words
		FROM visible_dossier d JOIN follow_up f ON f.dossier_id = d.id LEFT JOIN person p ON p.id = f.person_id AND p.dossier_id = d.id
		WHERE d.id = :dossier AND f.intake_id = :intake ORDER BY f.due_on, f.id`, probe(db.Probe{"intake": db.Theirs("intake")}))
	qFollowUp = db.X("intake.add_follow_up", authz.Intake, `INSERT INTO follow_up (id, dossier_id, intake_id, due_on, person_id, with_group, try_words)
		SELECT :id, d.id, :intake, CAST(:on AS TEXT), CAST(:person AS BIGINT), CAST(:with AS TEXT), :try`+fromDossier,
		probe(db.Probe{"id": core.ID(7), "intake": db.Theirs("intake"), "on": "2026-01-01", "person": nil, "with": "parent", "try": nil}))
	qFollowed = db.X("intake.followed_up", authz.Intake, `UPDATE follow_up SET done_on = :today, outcome_words = :came WHERE id = :id AND intake_id = :intake AND done_on IS NULL`+inDossier,
		probe(db.Probe{"id": db.Theirs("follow_up"), "intake": db.Theirs("intake"), "came": nil}))
)

// What has to be there before a start.
var (
	qContras = db.Q("intake.contraindications", authz.Intake, `SELECT c.kind, c.checked, c.present, c.decided_on, c.leader_decision, c.start_anyway, c.decision_words
		FROM visible_dossier d JOIN contraindication c ON c.dossier_id = d.id WHERE d.id = :dossier AND c.intake_id = :intake ORDER BY c.kind`,
		probe(db.Probe{"intake": db.Theirs("intake")}))
	qContra = db.X("intake.check_contraindication", authz.Intake, `INSERT INTO contraindication (dossier_id, intake_id, kind, checked, present)
		SELECT d.id, :intake, CAST(:kind AS TEXT), TRUE, CAST(:present AS BOOLEAN)`+fromDossier+`
		ON CONFLICT (intake_id, kind) DO UPDATE SET present = excluded.present, decided_on = NULL, decided_by = NULL, leader_decision = FALSE,
		start_anyway = FALSE, decision_words = NULL WHERE contraindication.dossier_id IN (SELECT v.id FROM visible_dossier v)`,
		probe(db.Probe{"intake": db.Theirs("intake"), "kind": "addiction", "present": true}))
	qContraDecide = db.X("intake.decide_contraindication", authz.Intake, `UPDATE contraindication SET decided_on = :today, decided_by = :actor,
		leader_decision = :leader, start_anyway = :anyway, decision_words = :words
		WHERE intake_id = :intake AND kind = :kind AND (decided_on IS NULL OR leader_decision <> :leader)`+inDossier,
		probe(db.Probe{"intake": db.Theirs("intake"), "kind": "addiction", "leader": true, "anyway": true, "words": nil}))

	qConditions = db.Q("intake.conditions", authz.Intake, `SELECT s.letter, s.met_on, s.evidence FROM visible_dossier d
		JOIN start_condition s ON s.dossier_id = d.id WHERE d.id = :dossier AND s.intake_id = :intake AND s.letter = :letter ORDER BY s.met_on DESC, s.id DESC`,
		probe(db.Probe{"intake": db.Theirs("intake"), "letter": "a"}))
	qCondition = db.X("intake.meet_condition", authz.Intake, `INSERT INTO start_condition (id, dossier_id, intake_id, letter, person_id, met_on, consent_id, evidence, account_id)
		SELECT :id, d.id, :intake, CAST(:letter AS TEXT), CAST(:person AS BIGINT), CAST(:on AS TEXT), CAST(:consent AS BIGINT), CAST(:evidence AS TEXT), :actor`+fromDossier,
		probe(db.Probe{"id": core.ID(7), "intake": db.Theirs("intake"), "letter": "d", "person": nil, "on": "2026-01-01", "consent": nil, "evidence": "x"}))
)

// Waiting, and what could not be given.
var (
	qWords = db.Q("intake.waiting_words", authz.Intake, `SELECT w.id, w.told_on, w.how, w.said FROM visible_dossier d JOIN waiting_word w ON w.dossier_id = d.id
		WHERE d.id = :dossier ORDER BY w.told_on DESC, w.id DESC`, probe(nil))
	qWord = db.X("intake.tell_waiting", authz.Intake, `INSERT INTO waiting_word (id, dossier_id, told_on, how, said, account_id)
		SELECT :id, d.id, CAST(:on AS TEXT), CAST(:how AS TEXT), :said, :actor`+fromDossier,
		probe(db.Probe{"id": core.ID(7), "on": "2026-01-01", "how": "", "said": nil}))
	qUnmet = db.X("intake.note_unmet_need", authz.Intake, `INSERT INTO unmet_need (id, dossier_id, municipality_id, kind, noted_on, referred_to, words)
		SELECT :id, d.id, d.municipality_id, CAST(:kind AS TEXT), CAST(:today AS TEXT), CAST(:to AS TEXT), :words`+fromDossier,
		probe(db.Probe{"id": core.ID(7), "kind": "no_funding", "to": "", "words": nil}))
)

func place(d core.DossierID, table, column string, row core.ID) vault.Place {
	return vault.Place{Table: table, Column: column, Row: row.Int64(), Owner: d.Int64()}
}

// sealed is a row with up to two texts under the family's key.
type sealed[T any] struct {
	row T
	a   []byte
	b   []byte
}

// open opens the texts of every row. Where a text belongs is said by the capability's own types below.
func open[T any](t *db.Tx, rows []sealed[T], texts func(*T) []secret) ([]T, error) {
	out := make([]T, len(rows))
	for i := range rows {
		out[i] = rows[i].row
		for n, x := range texts(&out[i]) {
			words, err := t.Open(x.place, [][]byte{rows[i].a, rows[i].b}[n])
			if err != nil {
				return nil, err
			}
			*x.into = words
		}
	}
	return out, nil
}

// secret is where a sealed text lies and where it goes.
type secret struct {
	into  *string
	place vault.Place
}

// intakes lists the rounds of a family, newest first.
func intakes(t *db.Tx, d core.DossierID) ([]Intake, error) {
	rows, err := db.All(t, qIntakes, db.Args{"dossier": d}, func(s *sealed[Intake]) []any {
		i := &s.row
		return []any{&i.ID, &i.Referral, &i.Coordinator, &i.With, &i.OpenedOn, &i.DecidedOn, &i.DecidedBy, &i.Outcome, &s.a, &s.b, &i.Version}
	})
	if err != nil {
		return nil, err
	}
	out, err := open(t, rows, func(i *Intake) []secret {
		return []secret{{&i.Words, place(d, "intake", "decision_words", i.ID)}, {&i.Added, place(d, "intake", "added_value", i.ID)}}
	})
	if err != nil {
		return nil, err
	}
	type reason struct {
		intake core.ID
		code   string
	}
	reasons, err := db.All(t, qReasons, db.Args{"dossier": d}, func(r *reason) []any { return []any{&r.intake, &r.code} })
	for _, r := range reasons {
		for i := range out {
			if out[i].ID == r.intake {
				out[i].Reasons = append(out[i].Reasons, r.code)
			}
		}
	}
	return out, err
}

func talks(t *db.Tx, d core.DossierID, intake core.ID) ([]Talk, error) {
	rows, err := db.All(t, qTalks, db.Args{"dossier": d, "intake": intake}, func(s *sealed[Talk]) []any {
		k := &s.row
		return []any{&k.ID, &k.HeldOn, &k.With, &k.Person, &k.PersonName, &k.Place, &k.Minutes, &s.a, &s.b}
	})
	if err != nil {
		return nil, err
	}
	return open(t, rows, func(k *Talk) []secret {
		return []secret{{&k.Said, place(d, "intake_talk", "said", k.ID)}, {&k.Next, place(d, "intake_talk", "next_step", k.ID)}}
	})
}

func questions(t *db.Tx, d core.DossierID, intake core.ID) ([]Question, error) {
	rows, err := db.All(t, qQuestions, db.Args{"dossier": d, "intake": intake}, func(s *sealed[Question]) []any {
		k := &s.row
		return []any{&k.ID, &k.Group, &k.Person, &k.PersonName, &k.Need, &k.Hidden, &s.a}
	})
	if err != nil {
		return nil, err
	}
	return open(t, rows, func(k *Question) []secret {
		return []secret{{&k.Words, place(d, "support_question", "words", k.ID)}}
	})
}

func followUps(t *db.Tx, d core.DossierID, intake core.ID) ([]FollowUp, error) {
	rows, err := db.All(t, qFollowUps, db.Args{"dossier": d, "intake": intake}, func(s *sealed[FollowUp]) []any {
		k := &s.row
		return []any{&k.ID, &k.DueOn, &k.With, &k.Person, &k.PersonName, &s.a, &k.DoneOn, &s.b}
	})
	if err != nil {
		return nil, err
	}
	return open(t, rows, func(k *FollowUp) []secret {
		return []secret{{&k.Try, place(d, "follow_up", "try_words", k.ID)}, {&k.Came, place(d, "follow_up", "outcome_words", k.ID)}}
	})
}

// contraPlace stands under the intake's identifier and the kind: a contraindication has no identifier of its own.
func contraPlace(d core.DossierID, intake core.ID, kind string) vault.Place {
	return place(d, "contraindication", "decision_words of "+kind, intake)
}

// contraindications gives every kind, asked or not.
func contraindications(t *db.Tx, d core.DossierID, intake core.ID, kinds []string) ([]Contraindication, error) {
	rows, err := db.All(t, qContras, db.Args{"dossier": d, "intake": intake}, func(s *sealed[Contraindication]) []any {
		c := &s.row
		return []any{&c.Kind, &c.Checked, &c.Present, &c.DecidedOn, &c.ByLeader, &c.Anyway, &s.a}
	})
	if err != nil {
		return nil, err
	}
	known, err := open(t, rows, func(c *Contraindication) []secret { return []secret{{&c.Words, contraPlace(d, intake, c.Kind)}} })
	out := make([]Contraindication, len(kinds))
	for i, kind := range kinds {
		out[i].Kind = kind
		for _, k := range known {
			if strings.EqualFold(k.Kind, kind) {
				out[i] = k
			}
		}
	}
	return out, err
}

func waitingWords(t *db.Tx, d core.DossierID) ([]Word, error) {
	rows, err := db.All(t, qWords, db.Args{"dossier": d}, func(s *sealed[Word]) []any { return []any{&s.row.ID, &s.row.ToldOn, &s.row.How, &s.a} })
	if err != nil {
		return nil, err
	}
	return open(t, rows, func(w *Word) []secret { return []secret{{&w.Said, place(d, "waiting_word", "said", w.ID)}} })
}
