// Package dilemma keeps situations without a right answer, to talk about together, and what groups thought of them, without names
// (VOL-4).
package dilemma

import (
	"context"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/web/text"
)

// Dilemma is one of them. Of a shipped one the words stand in the catalogue, until the organisation writes its own.
type Dilemma struct {
	ID        core.ID
	Code      string
	Own       Words
	Version   int
	TalksHeld int
}

// Words are what a dilemma says.
type Words struct{ Title, Situation, Thought string }

// In is what it says to a reader.
func (d Dilemma) In(l text.Lang) Words {
	if d.Own.Title != "" || d.Code == "" {
		return d.Own
	}
	return Words{l.DilemmaTitleOf(d.Code), l.DilemmaSituation(d.Code), l.DilemmaThought(d.Code)}
}

// Talk is what a group thought.
type Talk struct {
	Dilemma  core.ID
	On       core.Date
	Occasion string // a code of [codes dilemma_occasion]
	Words    string
}

// Service keeps them.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

var (
	qAll = db.Q("dilemma.all", authz.Training, `SELECT d.id, d.code, d.title, d.situation, d.thought, d.version,
		(SELECT COUNT(*) FROM dilemma_talk k WHERE k.dilemma_id = d.id) FROM dilemma d ORDER BY d.position, d.id`, db.Probe{})
	qTalks = db.Q("dilemma.talks", authz.Training, `SELECT k.dilemma_id, k.held_on, k.occasion, k.words FROM dilemma_talk k WHERE k.dilemma_id = :id
		ORDER BY k.held_on DESC, k.id DESC LIMIT :limit`, db.Probe{"id": db.Theirs("dilemma"), "limit": 50})
	xMake = db.X("dilemma.make", authz.Training, `INSERT INTO dilemma (id, title, situation, thought, position) VALUES (:id, :title, :situation, :thought, :position)`,
		db.Probe{"id": db.Ours("dilemma_made"), "title": "t", "situation": "", "thought": "", "position": 1})
	xChange = db.X("dilemma.change", authz.Training, `UPDATE dilemma SET title = :title, situation = :situation, thought = :thought, version = version + 1
		WHERE id = :id AND version = :version`, db.Probe{"id": db.Theirs("dilemma"), "title": "t", "situation": "", "thought": "", "version": 1})
	xTalk = db.X("dilemma.talk", authz.Training, `INSERT INTO dilemma_talk (id, dilemma_id, held_on, occasion, words, account_id)
		VALUES (:row, :id, :on, :occasion, :words, :actor)`,
		db.Probe{"row": db.Ours("dilemma_talk_made"), "id": db.Theirs("dilemma"), "on": "2026-11-01", "occasion": "other", "words": "w"})
)

const talks = 100

// All reads every dilemma.
func (s *Service) All(ctx context.Context, a authz.Actor) (all []Dilemma, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		all, err = every(t)
		return err
	})
	return all, err
}

func every(t *db.Tx) ([]Dilemma, error) {
	return db.All(t, qAll, nil, func(d *Dilemma) []any {
		return []any{&d.ID, &d.Code, &d.Own.Title, &d.Own.Situation, &d.Own.Thought, &d.Version, &d.TalksHeld}
	})
}

// One reads one with what groups thought of it, the last one first.
func (s *Service) One(ctx context.Context, a authz.Actor, id core.ID) (one Dilemma, thought []Talk, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if one, err = find(t, id); err != nil {
			return err
		}
		thought, err = db.All(t, qTalks, db.Args{"id": id, "limit": talks}, func(k *Talk) []any { return []any{&k.Dilemma, &k.On, &k.Occasion, &k.Words} })
		return err
	})
	return one, thought, err
}

func find(t *db.Tx, id core.ID) (Dilemma, error) {
	all, err := every(t)
	for _, d := range all {
		if d.ID == id {
			return d, err
		}
	}
	if err == nil {
		err = core.NotFound()
	}
	return Dilemma{}, err
}

// Add adds a dilemma of the organisation's own.
func (s *Service) Add(ctx context.Context, a authz.Actor, w Words) (id core.ID, err error) {
	if err := CheckWords(w); err != nil {
		return 0, err
	}
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		all, err := every(t)
		if err != nil {
			return err
		}
		id = db.NewID[core.ID](t)
		return db.Do(t, xMake, db.Args{"id": id, "title": w.Title, "situation": w.Situation, "thought": w.Thought, "position": len(all) + 1})
	})
	return id, err
}

// Change writes a dilemma in the organisation's own words, from the version that was on the screen.
func (s *Service) Change(ctx context.Context, a authz.Actor, id core.ID, version int, w Words) error {
	if err := CheckWords(w); err != nil {
		return err
	}
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if _, err := find(t, id); err != nil {
			return err
		}
		n, err := db.Exec(t, xChange, db.Args{"id": id, "version": version, "title": w.Title, "situation": w.Situation, "thought": w.Thought})
		if err == nil && n == 0 {
			err = core.Conflict("dilemma_changed")
		}
		return err
	})
}

// Discussed writes down what a group thought (VOL-4).
func (s *Service) Discussed(ctx context.Context, a authz.Actor, k Talk) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if err := CheckTalk(k, text.DilemmaOccasionCodes(), t.Today()); err != nil {
			return err
		}
		if _, err := find(t, k.Dilemma); err != nil {
			return err
		}
		return db.Do(t, xTalk, db.Args{"row": db.NewID[core.ID](t), "id": k.Dilemma, "on": k.On, "occasion": k.Occasion, "words": strings.TrimSpace(k.Words)})
	})
}
