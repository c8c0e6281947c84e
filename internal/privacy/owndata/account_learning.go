package owndata

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/training"
)

var (
	qSat = db.Q("owndata.trainings", authz.Learning, `SELECT s.held_on, s.place, x.state, x.attended FROM visible_volunteer v
		JOIN training_place x ON x.volunteer_id = v.id JOIN training_session s ON s.id = x.session_id WHERE v.account_id = :actor ORDER BY s.held_on, x.id`, db.Probe{})
	qPeered = db.Q("owndata.peer_days", authz.Learning, `SELECT s.held_on, s.place, 'invited', x.attended FROM visible_volunteer v
		JOIN peer_invitation x ON x.volunteer_id = v.id JOIN peer_day s ON s.id = x.peer_day_id WHERE v.account_id = :actor ORDER BY s.held_on, x.id`, db.Probe{})
	qReadModules = db.Q("owndata.modules", authz.Learning, `SELECT e.name, g.started_on, g.finished_on FROM visible_volunteer v
		JOIN module_progress g ON g.volunteer_id = v.id JOIN module_edition e ON e.id = g.edition_id WHERE v.account_id = :actor ORDER BY g.started_on, g.id`, db.Probe{})
	qAnswered = db.Q("owndata.module_answers", authz.OwnAnswers, `SELECT a.id, a.words, e.name FROM visible_volunteer v
		JOIN module_answer a ON a.volunteer_id = v.id JOIN module_progress g ON g.volunteer_id = v.id AND g.id = a.progress_id
		JOIN module_edition e ON e.id = g.edition_id WHERE v.account_id = :actor ORDER BY g.started_on, a.page, a.id`, db.Probe{})
)

// learning is where a volunteer went, what she read, and what she wrote for herself while reading.
func (w *worker) learning(out *Archive) {
	l := w.l
	var all []Entry
	type met struct {
		on                    core.Date
		place, state, present string
	}
	for _, q := range []*db.Query{qSat, qPeered} {
		for _, m := range rows(w.opener, q, nil, func(m *met) []any { return []any{&m.on, &m.place, &m.state, &m.present} }) {
			all = append(all, Entry{day(l, "on", m.on), words("place", m.place), coded("state", m.state, l.TrainingPlaceState), coded("outcome", m.present, l.TrainingAttended)})
		}
	}
	type read struct {
		name        string
		from, until core.Date
	}
	for _, r := range rows(w.opener, qReadModules, nil, func(r *read) []any { return []any{&r.name, &r.from, &r.until} }) {
		all = append(all, Entry{words("name", r.name), day(l, "from", r.from), day(l, "until", r.until)})
	}
	type wrote struct {
		id     core.ID
		sealed []byte
		name   string
	}
	for _, a := range rows(w.opener, qAnswered, nil, func(a *wrote) []any { return []any{&a.id, &a.sealed, &a.name} }) {
		said, err := training.OpenAnswer(w.t, a.id, a.sealed)
		if err != nil && w.err == nil {
			w.err = err
		}
		all = append(all, Entry{words("name", a.name), words("answer", said)})
	}
	out.add("learning", all...)
}
