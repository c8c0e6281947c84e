package owndata

import (
	"maatje/internal/core"
)

// cared is how a volunteer was looked after: what she borrowed.
func (w *worker) cared(out *Archive) {
	l := w.l
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
