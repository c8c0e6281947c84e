package retention

import (
	"slices"
	"time"

	"maatje/internal/core"
)

// A model of its own, in whole days: what it says exists, exists. It knows of no query and of no rule of this package.

const never = 1 << 30

type mHold struct {
	id    core.ID
	until int // never: until it is lifted
}

type mLife struct {
	kind           Kind
	ended          int // never: it runs
	signal         bool
	holds          []mHold
	told, promised int // never: not announced
	confirmed      bool
	gone           bool
}

type model struct {
	lives   map[core.ID]*mLife
	months  int // of a closed dossier
	notice  int
	refused int
}

var epoch = core.NewDate(2020, 1, 1)

func dayOf(n int) core.Date { return epoch.AddDays(n) }

// lastKept counts months on the calendar by hand: the same day of the month, or the last one that this month has.
func lastKept(ended, months int) int {
	from := dayOf(ended)
	year, month := from.Year()+(int(from.Month())-1+months)/12, (int(from.Month())-1+months)%12+1
	day := from.Day()
	for time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Month() != time.Month(month) {
		day--
	}
	return epoch.DaysUntil(core.NewDate(year, time.Month(month), day))
}

// blocked says whether something stops erasing today for good or for now.
func (l *mLife) blocked(today int) bool {
	if l.ended == never || l.signal {
		return true
	}
	return slices.ContainsFunc(l.holds, func(h mHold) bool { return h.until >= today })
}

// ran is what a day's job does to a life.
func (m *model) ran(l *mLife, today int) {
	if l.gone {
		return
	}
	if l.confirmed && !l.blocked(today) {
		l.gone = true
		return
	}
	notice, keep := m.notice, 0
	switch l.kind {
	case ClosedDossier:
		keep = m.months
	case RejectedVolunteer:
		notice = min(14, m.notice)
	case NotStarted, DeclinedReferral, LeftVolunteer:
		keep = 12
	}
	open := l.ended != never && !l.signal
	first := never
	if open {
		if first = l.ended + 28; keep > 0 {
			first = lastKept(l.ended, keep)
		}
		for _, h := range l.holds {
			first = max(first, h.until)
		}
	}
	switch {
	case first >= never || first+1-notice > today:
		l.told, l.promised = never, never
	case l.told == never:
		l.told, l.promised = today, max(first+1, today+notice)
	default:
		l.promised = max(l.promised, first+1, l.told+notice)
		l.gone = today >= l.promised
	}
}

func (m model) copied() map[core.ID]*mLife {
	out := map[core.ID]*mLife{}
	for id, l := range m.lives {
		c := *l
		c.holds = slices.Clone(l.holds)
		out[id] = &c
	}
	return out
}
