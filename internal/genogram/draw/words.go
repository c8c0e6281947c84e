package draw

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// named is the whole name of somebody, or what the family calls them; who was not born (alive) yet is called by that; else that nobody
// knows.
func (s *studio) named(p kin.Person) string {
	if own := cmp.Or(clean(p.Name), clean(p.Is)); own != "" || p.Life == "" {
		return cmp.Or(own, s.l.DrawingNameless())
	}
	return s.l.KinLife(p.Life)
}

// short is the first word of a name, and no more than a line of it.
func (s *studio) short(id core.ID) string {
	first, _, _ := strings.Cut(s.named(s.who[id]), " ")
	return wrap(first, wordSize, across, 1)[0]
}

// when writes a day, a month or a year, as exact as somebody knows it.
func (s *studio) when(w kin.When) string {
	text := strconv.Itoa(int(w.Year))
	switch {
	case w.Day > 0:
		text = s.l.Date(w.First())
	case w.Month > 0:
		text = s.l.Month(strconv.Itoa(int(w.Month))) + " " + text
	}
	if w.About {
		return s.l.DrawingAbout(text)
	}
	return text
}

// sentence says everything that the picture says about somebody.
func (s *studio) sentence(p kin.Person) string {
	facts := append([]string{s.named(p)}, s.self(p)...)
	facts = append(facts, s.tied(p)...)
	return strings.Join(facts, ", ") + "."
}

// self is what can be seen of somebody alone.
func (s *studio) self(p kin.Person) (facts []string) {
	if is := clean(p.Is); is != "" && clean(p.Name) != "" {
		facts = append(facts, is)
	}
	if slices.Contains(s.f.Index, p.ID) {
		facts = append(facts, s.l.DrawingSign("index"))
	}
	if p.Life != "" && s.named(p) != s.l.KinLife(p.Life) {
		facts = append(facts, s.l.KinLife(p.Life))
	}
	if age := s.age(p); age != "" && !p.HasDied() {
		facts = append(facts, s.l.DrawingAge(strings.Replace(age, "±", s.l.DrawingAbout(""), 1)))
	}
	if !p.Born.IsZero() {
		facts = append(facts, s.l.DrawingBorn(s.when(p.Born)))
	}
	switch {
	case !p.Died.IsZero():
		facts = append(facts, s.l.DrawingDied(s.when(p.Died)))
	case p.Dead:
		facts = append(facts, s.l.DrawingSign("dead"))
	}
	if !s.o.HideDetention && slices.ContainsFunc(s.f.Detentions, func(d kin.Detention) bool { return d.Person == p.ID }) {
		facts = append(facts, s.l.DrawingSign("inside"))
	}
	return facts
}

// tied is whose child somebody is, whose partner, where they live and who looks after them.
func (s *studio) tied(p kin.Person) (facts []string) {
	for _, l := range s.child[p.ID] {
		if names := s.names(s.bonds[l.Union].Partners, p.ID); names != "" {
			if l.Kind == kin.Birth {
				facts = append(facts, s.l.DrawingChildOf(names))
			} else {
				facts = append(facts, s.l.DrawingChildBy(names, s.l.KinLink(l.Kind)))
			}
		}
	}
	for _, u := range s.partner[p.ID] {
		names := s.names(u.Partners, p.ID)
		if names == "" {
			continue
		}
		facts = append(facts, s.l.DrawingPartnerOf(names, s.states(u)))
	}
	for _, st := range s.stay[p.ID] {
		if name := clean(s.home[st.Household].Name); name != "" {
			facts = append(facts, s.since(s.l.DrawingLivesAt(name), st.From))
		}
	}
	for _, c := range s.cared[p.ID] {
		facts = append(facts, s.since(s.l.DrawingCaredBy(s.named(s.who[c.Carer])), c.From))
	}
	return facts
}

// states are what a union was, one after the other, each since when.
func (s *studio) states(u kin.Union) string {
	if len(u.States) == 0 {
		return s.signed("state_unsaid")
	}
	all := make([]string, len(u.States))
	for i, st := range u.States {
		all[i] = s.since(s.signed("state_"+st.Kind), st.From)
	}
	return strings.Join(all, ", ")
}

func (s *studio) since(what string, from kin.When) string {
	if from.IsZero() {
		return what
	}
	return s.l.DrawingSince(what, s.when(from))
}

// names joins the names of those who stand in the picture, but for one.
func (s *studio) names(ids []core.ID, but core.ID) string {
	var out []string
	for _, id := range ids {
		if _, there := s.at[id]; there && id != but {
			out = append(out, s.named(s.who[id]))
		}
	}
	return s.l.And(out)
}

func (s *studio) title() string {
	if names := s.names(s.f.Index, 0); names != "" {
		return s.l.DrawingTitleOf(names)
	}
	return s.l.DrawingTitle()
}

// describe says in a few sentences what the picture shows.
func (s *studio) describe() string {
	rows := 0
	for i, p := range s.d.Places {
		if i == 0 || p.Y != s.d.Places[i-1].Y {
			rows++
		}
	}
	out := []string{s.l.DrawingCount(s.l.DrawingPeople(len(s.d.Places)), s.l.DrawingGenerations(rows))}
	if n := len(s.d.Households); n > 0 {
		out = append(out, s.l.DrawingHouseholds(n))
	}
	if names := s.names(s.f.Index, 0); names != "" {
		out = append(out, s.l.DrawingIndex(names))
	}
	for _, c := range s.f.Cares {
		if who, whom := s.names([]core.ID{c.Carer}, 0), s.names([]core.ID{c.Child}, 0); who != "" && whom != "" {
			out = append(out, s.l.DrawingCaresFor(who, whom))
		}
	}
	if !s.o.HideDetention {
		var inside []core.ID
		for _, d := range s.f.Detentions {
			if !slices.Contains(inside, d.Person) {
				inside = append(inside, d.Person)
			}
		}
		if names := s.names(inside, 0); names != "" {
			out = append(out, s.l.DrawingInside(names))
		}
	}
	if n := len(s.f.Persons) - len(s.d.Places) - s.beyond(); n > 0 {
		out = append(out, s.l.DrawingUndrawn(n))
	}
	return strings.Join(out, " ")
}

// beyond is how many people stand in the network alone.
func (s *studio) beyond() (n int) {
	for _, p := range s.f.Persons {
		if !p.IsKin() {
			n++
		}
	}
	return n
}
