package owndata

import (
	"maatje/internal/core"
)

// cared is how a volunteer was looked after: what was said, what she borrowed.
func (w *worker) cared(out *Archive) {
	l := w.l
	type contact struct {
		how, words, by string
		on             core.Date
	}
	var talks []Entry
	for _, c := range rows(w.opener, qTalkedWith, nil, func(c *contact) []any { return []any{&c.on, &c.how, &c.words, &c.by} }) {
		talks = append(talks, Entry{day(l, "on", c.on), coded("how", c.how, l.ContactHow), words("what", c.words), words("recorded_by", c.by)})
	}
	for _, every := range w.names(qSpokenEvery) {
		talks = append(talks, Entry{coded("how", every, l.ContactEvery)})
	}
	out.add("contacts_with", talks...)
	type thanks struct {
		years int
		on    core.Date
	}
	var thanked []Entry
	for _, h := range rows(w.opener, qThanked, nil, func(h *thanks) []any { return []any{&h.years, &h.on} }) {
		thanked = append(thanked, Entry{count(l, "years", h.years), day(l, "on", h.on)})
	}
	out.add("thanked", thanked...)
	w.spent(out)
	type loan struct {
		name, state, why       string
		asked, lent, due, over core.Date
	}
	var all []Entry
	for _, b := range rows(w.opener, qBorrowed, nil, func(b *loan) []any { return []any{&b.name, &b.state, &b.asked, &b.lent, &b.due, &b.over, &b.why} }) {
		all = append(all, Entry{words("what", b.name), coded("state", b.state, l.MaterialState), day(l, "asked", b.asked), day(l, "from", b.lent), day(l, "until", b.due),
			day(l, "ended_on", b.over), words("why", b.why)})
	}
	out.add("borrowed", all...)
}

// spent are hours, kilometres and expenses, and what was paid of them.
func (w *worker) spent(out *Archive) {
	l := w.l
	type line struct {
		kind, what, why, month string
		on, paid               core.Date
		checked                core.Instant
		minutes, km, cents     int
	}
	var noted, paid []Entry
	for _, e := range rows(w.opener, qSpent, nil, func(e *line) []any { return []any{&e.on, &e.kind, &e.what, &e.minutes, &e.km, &e.cents, &e.why} }) {
		noted = append(noted, Entry{day(l, "on", e.on), coded("kind", e.kind, l.ExpenseKind), words("what", e.what), count(l, "minutes", e.minutes), count(l, "km", e.km),
			count(l, "cents", e.cents), words("why", e.why)})
	}
	out.add("expenses", noted...)
	for _, m := range rows(w.opener, qPaid, nil, func(m *line) []any { return []any{&m.month, &m.minutes, &m.km, &m.cents, &m.checked, &m.paid} }) {
		paid = append(paid, Entry{words("month", m.month), count(l, "minutes", m.minutes), count(l, "km", m.km), count(l, "cents", m.cents),
			moment(l, "checked_on", m.checked), day(l, "paid_on", m.paid)})
	}
	for _, r := range rows(w.opener, qRode, nil, func(r *line) []any { return []any{&r.month, &r.minutes, &r.km} }) {
		paid = append(paid, Entry{words("month", r.month), count(l, "minutes", r.minutes), count(l, "km", r.km)})
	}
	out.add("paid_months", paid...)
}
