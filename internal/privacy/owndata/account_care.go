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
