package owndata

import (
	"cmp"
	"slices"

	"maatje/internal/core"
	"maatje/internal/vault"
)

// support is what was planned and done with them: dates, plans and goals. Words about several people are left out.
func (f *file) support(out *Archive) {
	type support struct {
		id                           core.ID
		kind, name, state, reason    string
		waiting, start, planned, end core.Date
	}
	l := f.lang
	var all []Entry
	for _, x := range rows(f.opener, qSupports, f.dossierArgs(), func(x *support) []any {
		return []any{&x.id, &x.kind, &x.name, &x.state, &x.waiting, &x.start, &x.planned, &x.end, &x.reason}
	}) {
		if !slices.Contains(f.mine, x.id) {
			continue
		}
		e := Entry{coded("state", x.state, l.TrajectoryState), day(l, "waiting_since", x.waiting), day(l, "from", x.start), day(l, "planned_end", x.planned), day(l, "ended_on", x.end)}
		if !f.unaware {
			e = append(e, coded("kind", x.kind, func(code string) string { return cmp.Or(x.name, l.TrajectoryKind(code)) }), coded("why", x.reason, l.EndReason))
		}
		all = append(all, e)
	}
	out.add("support", append(all, f.buddies()...)...)
	f.goodbye(out)
	if !f.unaware {
		f.plan(out)
	}
}

// buddies are the volunteers who came, by name alone.
func (f *file) buddies() (all []Entry) {
	type buddy struct {
		at                        core.ID
		name                      string
		introduced, accepted, end core.Date
	}
	for _, b := range rows(f.opener, qBuddies, f.dossierArgs(), func(b *buddy) []any { return []any{&b.at, &b.name, &b.introduced, &b.accepted, &b.end} }) {
		if slices.Contains(f.mine, b.at) {
			all = append(all, Entry{words("buddy", b.name), day(f.lang, "introduced_on", b.introduced), day(f.lang, "from", b.accepted), day(f.lang, "until", b.end)})
		}
	}
	return all
}

// plan is what was planned for the support that is for them, and what each step was before.
func (f *file) plan(out *Archive) {
	l := f.lang
	type step struct {
		id, at    core.ID
		month     int
		who, deed string
		what, way []byte
		done      core.Date
		until     core.Instant
	}
	var all []Entry
	for _, s := range rows(f.opener, qSteps, f.dossierArgs(), func(s *step) []any { return []any{&s.id, &s.at, &s.month, &s.who, &s.what, &s.way, &s.done} }) {
		if slices.Contains(f.mine, s.at) {
			all = append(all, Entry{count(l, "month", s.month), coded("who", s.who, l.StepWho), words("what", f.open("step", "what", s.id, s.what)),
				words("way", f.open("step", "way", s.id, s.way)), day(l, "done_on", s.done)})
		}
	}
	for _, s := range rows(f.opener, qStepsPast, f.dossierArgs(), func(s *step) []any {
		return []any{&s.id, &s.at, &s.month, &s.who, &s.what, &s.way, &s.done, &s.until, &s.deed}
	}) {
		if slices.Contains(f.mine, s.at) {
			all = append(all, Entry{moment(l, "was_until", s.until), coded("deed", s.deed, l.OwnDeed), count(l, "month", s.month), coded("who", s.who, l.StepWho),
				words("what", f.open("step_past", "what", s.id, s.what)), words("way", f.open("step_past", "way", s.id, s.way)), day(l, "done_on", s.done)})
		}
	}
	out.add("plan", append(all, f.used()...)...)
	f.contacts(out)
}

// contacts are when the coordinator was in touch, what was prolonged, and who took over.
func (f *file) contacts(out *Archive) {
	l := f.lang
	var all []Entry
	type checkpoint struct {
		at        core.ID
		kind      string
		due, held core.Date
	}
	for _, c := range rows(f.opener, qCheckpoints, f.dossierArgs(), func(c *checkpoint) []any { return []any{&c.at, &c.kind, &c.due, &c.held} }) {
		if slices.Contains(f.mine, c.at) {
			all = append(all, Entry{coded("contact", c.kind, l.Checkpoint), day(l, "planned", c.due), day(l, "held_on", c.held)})
		}
	}
	type extension struct {
		at       core.ID
		on       core.Instant
		old, new core.Date
		reason   string
	}
	for _, e := range rows(f.opener, qExtensions, f.dossierArgs(), func(e *extension) []any { return []any{&e.at, &e.on, &e.old, &e.new, &e.reason} }) {
		if slices.Contains(f.mine, e.at) {
			all = append(all, Entry{moment(l, "extended", e.on), day(l, "planned_end", e.new), coded("why", e.reason, l.ExtensionReason)})
		}
	}
	type after struct {
		at          core.ID
		by          string
		from, until core.Date
	}
	for _, a := range rows(f.opener, qAftercare, f.dossierArgs(), func(a *after) []any { return []any{&a.at, &a.by, &a.from, &a.until} }) {
		if slices.Contains(f.mine, a.at) {
			all = append(all, Entry{words("taken_by", a.by), day(l, "from", a.from), day(l, "until", a.until)})
		}
	}
	out.add("contacts", all...)
}

// goodbye is how the end was prepared with them.
func (f *file) goodbye(out *Archive) {
	l := f.lang
	type goodbye struct {
		at    core.ID
		words []byte
		told  core.Date
	}
	var all []Entry
	for _, g := range rows(f.opener, qGoodbyes, f.args, func(g *goodbye) []any { return []any{&g.at, &g.words, &g.told} }) {
		e := Entry{day(l, "told_on", g.told)}
		if !f.unaware {
			e = append(e, words("how_told", f.openPlace(vault.Place{Table: "farewell_child", Column: "words about " + f.who.ID.String(), Row: g.at.Int64(), Owner: f.of.Int64()}, g.words)))
		}
		all = append(all, e)
	}
	if f.unaware {
		out.add("goodbye", all...)
		return
	}
	type farewell struct {
		at            core.ID
		planned, held core.Date
		mood          string
		words, report []byte
	}
	for _, g := range rows(f.opener, qFarewells, f.dossierArgs(), func(g *farewell) []any { return []any{&g.at, &g.planned, &g.held, &g.mood, &g.words, &g.report} }) {
		if !slices.Contains(f.mine, g.at) {
			continue
		}
		e := Entry{day(l, "planned", g.planned), day(l, "held_on", g.held)}
		if slices.Contains(f.alone, g.at) && f.words {
			e = append(e, coded("mood", g.mood, l.FarewellMood), words("said", f.open("farewell", "family_words", g.at, g.words)), words("report", f.open("farewell", "final_report", g.at, g.report)))
		}
		all = append(all, e)
	}
	type handed struct {
		id, at core.ID
		words  []byte
	}
	for _, h := range rows(f.opener, qHandedOn, f.dossierArgs(), func(h *handed) []any { return []any{&h.id, &h.at, &h.words} }) {
		if slices.Contains(f.mine, h.at) {
			all = append(all, Entry{words("handed_on", f.open("farewell_task", "words", h.id, h.words))})
		}
	}
	out.add("goodbye", all...)
}

func (o *opener) openPlace(p vault.Place, sealed []byte) string {
	if o.err != nil {
		return ""
	}
	var said string
	said, o.err = o.t.Open(p, sealed)
	return said
}

// visits are those at which they were. What a report says goes along when nobody else was there.
func (f *file) visits(out *Archive) {
	type pair struct {
		visit  core.ID
		person core.PersonID
	}
	there := map[core.ID][]core.PersonID{}
	for _, p := range rows(f.opener, qPresent, f.dossierArgs(), func(p *pair) []any { return []any{&p.visit, &p.person} }) {
		there[p.visit] = append(there[p.visit], p.person)
	}
	type visit struct {
		id, trajectory                 core.ID
		state, place, activities, mood string
		at                             core.Instant
		minutes                        int
		words, agreed                  []byte
	}
	l := f.lang
	var all []Entry
	for _, v := range rows(f.opener, qVisits, f.dossierArgs(), func(v *visit) []any {
		return []any{&v.id, &v.trajectory, &v.state, &v.at, &v.minutes, &v.place, &v.activities, &v.mood, &v.words, &v.agreed}
	}) {
		if !slices.Contains(there[v.id], f.who.ID) && (v.state == "held" || !slices.Contains(f.mine, v.trajectory)) {
			continue
		}
		e := Entry{moment(l, "on", v.at), count(l, "minutes", v.minutes)}
		if !f.unaware {
			e = append(e, list(l, "activities", v.activities, l.VisitActivity))
		}
		if !f.unaware && f.words && isAlone(f.who.ID, there[v.id]) {
			e = append(e, words("place", v.place), coded("mood", v.mood, l.VisitMood), words("report", f.open("visit_report", "words", v.id, v.words)),
				words("agreed", f.open("visit_report", "agreed", v.id, v.agreed)))
		}
		all = append(all, e)
	}
	out.add("visits", all...)
}
