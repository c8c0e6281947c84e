package network

import (
	"cmp"
	"slices"
	"time"

	"maatje/internal/core"
	"maatje/internal/kin"
	"maatje/internal/web/text"
)

// endOf is the last moment of a day.
func endOf(d core.Date) core.Instant {
	y, m, n := d.Time().Date()
	return core.At(time.Date(y, m, n+1, 0, 0, 0, 0, core.Amsterdam)).Add(-time.Millisecond)
}

// name is what somebody is called on a page.
func name(l text.Lang, p kin.Person) string { return cmp.Or(p.Name, p.Is, l.NetworkNameless()) }

func names(l text.Lang, all []Alter) string {
	out := make([]string, len(all))
	for i, a := range all {
		out[i] = name(l, a.Person)
	}
	return l.And(out)
}

func (n Network) named(l text.Lang, ids []core.ID) string {
	var out []Alter
	for _, id := range ids {
		if a, ok := n.Alter(id); ok {
			out = append(out, a)
		}
	}
	return names(l, out)
}

// Sentences say what a network looks like: how many, where, who knows whom, what nobody gives. They praise nothing and blame nobody
// (TOO-4).
func (n Network) Sentences(l text.Lang, count int) (out []string) {
	f, whose := n.Facts(count), name(l, n.Middle)
	if f.Size == 0 {
		return []string{l.NetworkNobodyYet(whose)}
	}
	out = append(out, l.NetworkSize(f.Size, whose))
	if s := n.where(l, f); s != "" {
		out = append(out, s)
	}
	if f.Waiting > 0 {
		out = append(out, l.NetworkWaiting(f.Waiting))
	}
	out = append(out, n.quarters(l, f))
	if s := l.NetworkShare(f.Share()); f.Size > 1 && f.Share() != "few" {
		out = append(out, s)
	}
	out = append(out, n.acquaintance(l, f)...)
	return append(out, n.lacks(l, f)...)
}

// where says how many stand in each ring.
func (n Network) where(l text.Lang, f Facts) string {
	var parts []string
	for i, people := range f.Rings {
		if people > 0 {
			parts = append(parts, l.NetworkInRing(people, l.NetworkRing(ringCode(i+1))))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return l.NetworkRings(l.And(parts))
}

func (n Network) quarters(l text.Lang, f Facts) string {
	var parts, none []string
	for _, q := range text.NetworkQuarterCodes() {
		if f.Quarters[q] > 0 {
			parts = append(parts, l.NetworkFrom(l.NetworkQuarterOf(q), l.Number(f.Quarters[q])))
		} else {
			none = append(none, l.NetworkQuarterOf(q))
		}
	}
	s := l.NetworkComesFrom(l.And(parts))
	if len(none) > 0 {
		s += " " + l.NetworkFromNone(l.And(none))
	}
	return s
}

func (n Network) acquaintance(l text.Lang, f Facts) (out []string) {
	if d := f.Density(); d != "" {
		out = append(out, l.NetworkDensity(d))
	}
	if f.Groups > 1 {
		out = append(out, l.NetworkGroups(l.Number(f.Groups)))
	}
	if len(f.Most) > 0 && len(f.Most) < 4 && f.Density() != "everybody" {
		out = append(out, l.NetworkMost(len(f.Most), n.named(l, f.Most)))
	}
	if len(f.Alone) > 0 && len(f.Alone) < f.Size {
		out = append(out, l.NetworkAlone(len(f.Alone), n.named(l, f.Alone)))
	}
	return out
}

func (n Network) lacks(l text.Lang, f Facts) (out []string) {
	words := make([]string, len(f.Lacking))
	for i, s := range f.Lacking {
		words[i] = l.NetworkSupport(s)
	}
	if len(words) > 0 && len(words) < len(kin.Supports) {
		out = append(out, l.NetworkLacking(l.And(words)))
	}
	for _, s := range kin.Supports {
		if len(f.Could[s]) > 0 {
			out = append(out, l.NetworkCould(n.named(l, f.Could[s]), l.NetworkSupport(s)))
		}
	}
	return out
}

// Sentences say what changed.
func (d Difference) Sentences(l text.Lang, of Network) (out []string) {
	if d.IsNone() {
		return []string{l.NetworkSame()}
	}
	whose := name(l, of.Middle)
	for _, c := range []struct {
		who []Alter
		say func(int, string) string
	}{
		{d.Came, l.NetworkCame},
		{d.Left, l.NetworkLeft},
		{d.Closer, func(n int, who string) string { return l.NetworkCloser(n, who, whose) }},
		{d.Further, func(n int, who string) string { return l.NetworkFurther(n, who, whose) }},
	} {
		if len(c.who) > 0 {
			out = append(out, c.say(len(c.who), names(l, c.who)))
		}
	}
	for _, a := range d.Moved {
		out = append(out, l.NetworkMoved(name(l, a.Person), l.NetworkQuarterOf(Quarter(a.Person))))
	}
	for _, p := range d.Met {
		out = append(out, l.NetworkMet(name(l, p.A.Person), name(l, p.B.Person)))
	}
	for _, p := range d.Parted {
		out = append(out, l.NetworkParted(name(l, p.A.Person), name(l, p.B.Person)))
	}
	for _, g := range d.Given {
		out = append(out, l.NetworkGives(name(l, g.Person), l.NetworkSupport(g.Kind)))
	}
	for _, g := range d.Ended {
		out = append(out, l.NetworkGivesNot(name(l, g.Person), l.NetworkSupport(g.Kind)))
	}
	for _, t := range d.Taken {
		out = append(out, l.NetworkTakes(name(l, t.Person), t.Name))
	}
	for _, t := range d.Back {
		out = append(out, l.NetworkTakesNot(name(l, t.Person), t.Name))
	}
	return out
}

// sentence is who somebody in the picture is, said aloud.
func (n Network) sentence(l text.Lang, a Alter, count int) string {
	s := l.NetworkPersonWaiting(name(l, a.Person), l.NetworkQuarter(Quarter(a.Person)))
	if a.IsPlaced() {
		s = l.NetworkPerson(name(l, a.Person), l.NetworkQuarter(Quarter(a.Person)), l.NetworkRing(ringCode(min(a.Place.Ring, count))))
	}
	if a.Is != "" && a.Is != a.Name {
		s = l.NetworkPersonIs(s, a.Is)
	}
	if known := n.knows()[a.ID]; len(known) > 0 {
		s += " " + l.NetworkKnows(n.named(l, known))
	}
	return s
}

func ringCode(ring int) string { return string(rune('0' + ring)) }

func supports(l text.Lang, kinds []string) string {
	out := make([]string, len(kinds))
	for i, s := range kinds {
		out[i] = l.NetworkSupport(s)
	}
	return l.And(out)
}

// bonds says whom somebody knows, with the kind where more is said than that they know each other.
func (n Network) bonds(l text.Lang, who core.ID) string {
	var out []string
	for _, a := range n.Alters {
		for _, t := range n.Between(who, a.ID) {
			s := name(l, a.Person)
			if t.Kind != kin.Acquainted {
				s = l.NetworkBond(s, l.KinTie(t.Kind))
			}
			if !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return l.And(out)
}
