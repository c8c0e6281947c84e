package dossier

import (
	"cmp"
	"slices"
	"strings"

	"maatje/internal/core"
)

// found collects what is wrong, so that somebody mends everything at once.
type found []*core.Fail

func (f *found) when(wrong bool, field, message string, values ...any) {
	if wrong {
		*f = append(*f, core.Invalid(field, message, values...))
	}
}

func (f found) err() error { return core.Join(f...) }

// before says that both dates are known and the first lies before the second.
func before(d, e core.Date) bool { return !d.IsZero() && !e.IsZero() && d.Before(e) }

// oldest is the earliest birth that can be no typing error.
var oldest = core.NewDate(1900, 1, 1)

func checkPerson(p Person, today core.Date) error {
	var f found
	f.when(strings.TrimSpace(p.Name) == "", "name", "dossier_name_missing")
	f.when(before(today, p.Birth), "birth", "dossier_birth_in_future", p.Birth)
	f.when(before(p.Birth, oldest), "birth", "dossier_birth_too_long_ago", p.Birth)
	f.when(before(today, p.DiedOn), "died_on", "dossier_died_in_future", p.DiedOn)
	f.when(before(p.DiedOn, p.Birth), "died_on", "dossier_died_before_birth", p.Birth)
	f.when(p.IsChild && p.IsParent && !p.Birth.IsZero() && p.Birth.AgeOn(today) < 10, "roles", "dossier_parent_too_young")
	return f.err()
}

// checkTie refuses a parent who is the child, or is no older than it.
func checkTie(parent, child Person) error {
	var f found
	f.when(parent.ID == child.ID, "parents", "dossier_own_parent", child.Name)
	f.when(!child.IsChild, "roles", "dossier_no_child", child.Name)
	f.when(!parent.Birth.IsZero() && !child.Birth.IsZero() && !parent.Birth.Before(child.Birth), "parents", "dossier_parent_younger", parent.Name, child.Name)
	return f.err()
}

func checkHousehold(h Household) error {
	var f found
	f.when(strings.TrimSpace(h.Name) == "", "name", "dossier_household_unnamed")
	return f.err()
}

// checkMember lets somebody live in two places at once (C2: siblings and even one child may be split), but not before birth
// or after death.
func checkMember(m Member, p Person) error {
	var f found
	f.when(m.Household.IsZero(), "household", "dossier_household_missing")
	f.when(before(m.Until, m.From), "until", "dossier_end_before_start", m.From)
	f.when(before(m.From, p.Birth), "from", "dossier_before_birth", p.Name, p.Birth)
	f.when(before(m.Until, p.Birth), "until", "dossier_before_birth", p.Name, p.Birth)
	f.when(before(p.DiedOn, m.From), "from", "dossier_after_death", p.Name, p.DiedOn)
	return f.err()
}

// checkAuthority: from 18 on nobody decides about a child; one decides, a person or an organisation, not both.
func checkAuthority(a Authority, child, holder Person) error {
	var f found
	f.when(!child.IsChild, "child", "dossier_no_child", child.Name)
	f.when(holder.ID.IsZero() && strings.TrimSpace(a.HolderName) == "", "holder", "dossier_holder_missing")
	f.when(!holder.ID.IsZero() && strings.TrimSpace(a.HolderName) != "", "holder_name", "dossier_holder_twice")
	f.when(!holder.ID.IsZero() && holder.ID == child.ID, "holder", "dossier_own_authority", child.Name)
	f.when(before(a.Until, a.From), "until", "dossier_end_before_start", a.From)
	f.when(before(a.From, child.Birth), "from", "dossier_before_birth", child.Name, child.Birth)
	f.when(before(holder.DiedOn, a.From), "from", "dossier_after_death", holder.Name, holder.DiedOn)
	f.when(isOfAge(child, a.From), "from", "dossier_of_age", child.Name, child.Birth.AddMonths(18*12))
	return f.err()
}

func isOfAge(p Person, on core.Date) bool {
	return !p.Birth.IsZero() && !on.IsZero() && p.Birth.AgeOn(on) >= 18
}

// Deciding lists the authorities over a child in force on the day; both the first and the last day count.
func Deciding(all []Authority, child core.PersonID, on core.Date) []Authority {
	return slices.DeleteFunc(slices.Clone(all), func(a Authority) bool {
		return a.Child != child || !covers(a.From, a.Until, on)
	})
}

// covers says that the day lies in the period; an unknown begin or end leaves it open.
func covers(from, until, on core.Date) bool { return !before(on, from) && !before(until, on) }

// checkDetention refuses a second open detention of one parent, two that overlap, and dates that cannot be. A detention may
// begin in the future: who reports to the gate by letter knows the day. An uncle in the file may be detained too (C14).
func checkDetention(d Detention, parent Person, others []Detention, today core.Date) error {
	var f found
	f.when(before(d.From, parent.Birth), "from", "dossier_before_birth", parent.Name, parent.Birth)
	f.when(before(d.ExpectedUntil, d.From), "expected_until", "dossier_end_before_start", d.From)
	f.when(before(d.ReleasedOn, d.From), "released_on", "dossier_release_before_detention", d.From)
	f.when(before(today, d.ReleasedOn), "released_on", "dossier_release_in_future")
	for _, o := range others {
		if o.ID == d.ID || o.Parent != d.Parent {
			continue
		}
		f.when(d.ReleasedOn.IsZero() && o.ReleasedOn.IsZero(), "parent", "dossier_two_open_detentions", parent.Name, o.From)
		f.when(!(d.ReleasedOn.IsZero() && o.ReleasedOn.IsZero()) && overlap(d, o), "from", "dossier_detentions_overlap", parent.Name, o.From)
	}
	return f.err()
}

// overlap says that two detentions share a day other than a release that is the next arrest.
func overlap(d, o Detention) bool {
	return !d.From.IsZero() && !o.From.IsZero() &&
		(o.ReleasedOn.IsZero() || d.From.Before(o.ReleasedOn)) && (d.ReleasedOn.IsZero() || o.From.Before(d.ReleasedOn))
}

// checkPlacement refuses a placement outside its detention and a second open one: nobody stays in two facilities at once.
func checkPlacement(p Placement, d Detention, others []Placement) error {
	var f found
	f.when(p.Facility.IsZero() && strings.TrimSpace(p.Place) == "", "facility", "dossier_placement_nowhere")
	f.when(!p.Facility.IsZero() && d.Country != "", "facility", "dossier_placement_abroad")
	f.when(before(p.Until, p.From), "until", "dossier_end_before_start", p.From)
	f.when(before(p.From, d.From), "from", "dossier_before_detention", d.From)
	f.when(before(d.ReleasedOn, p.From), "from", "dossier_after_release", d.ReleasedOn)
	f.when(before(d.ReleasedOn, p.Until), "until", "dossier_after_release", d.ReleasedOn)
	for _, o := range others {
		if o.ID == p.ID || o.Detention != p.Detention {
			continue
		}
		open := p.Until.IsZero() && o.Until.IsZero()
		f.when(open, "until", "dossier_two_open_placements", placeOf(o))
		f.when(!open && placementsOverlap(p, o), "from", "dossier_placements_overlap", placeOf(o))
	}
	return f.err()
}

// placementsOverlap: on the day of a transfer somebody is in both.
func placementsOverlap(p, o Placement) bool {
	return !p.From.IsZero() && !o.From.IsZero() &&
		(o.Until.IsZero() || p.From.Before(o.Until)) && (p.Until.IsZero() || o.From.Before(p.Until))
}

func placeOf(p Placement) string { return cmp.Or(p.FacilityName, p.Place) }

func checkRestriction(r Restriction, d Detention, today core.Date) error {
	var f found
	f.when(r.From.IsZero(), "from", "dossier_from_missing")
	f.when(before(r.ExpectedUntil, r.From), "expected_until", "dossier_end_before_start", r.From)
	f.when(before(r.LiftedOn, r.From), "lifted_on", "dossier_end_before_start", r.From)
	f.when(before(today, r.LiftedOn), "lifted_on", "dossier_lifted_in_future")
	f.when(before(r.From, d.From), "from", "dossier_before_detention", d.From)
	f.when(before(d.ReleasedOn, r.From), "from", "dossier_after_release", d.ReleasedOn)
	return f.err()
}

// runs says that a restriction holds on the day: from its first day until the day on which it is lifted, which is free
// again. What was expected ends nothing (INT-6).
func (r Restriction) runs(on core.Date) bool {
	return !before(on, r.From) && (r.LiftedOn.IsZero() || on.Before(r.LiftedOn))
}

// ContactHome applies INT-6: while restrictions about a parent run, contact with home about this parent is neither planned
// nor registered. It says until when, if anybody knows.
func ContactHome(restrictions []Restriction, on core.Date) error {
	for _, r := range restrictions {
		switch {
		case !r.runs(on):
		case r.ExpectedUntil.IsZero():
			return core.Refuse("INT-6", "dossier_contact_restricted_unknown", r.From)
		default:
			return core.Refuse("INT-6", "dossier_contact_restricted", r.ExpectedUntil)
		}
	}
	return nil
}

func checkLeave(l Leave, d Detention) error {
	var f found
	f.when(l.From.IsZero(), "from", "dossier_from_missing")
	f.when(l.Until.IsZero(), "until", "dossier_until_missing")
	f.when(before(l.Until, l.From), "until", "dossier_end_before_start", l.From)
	f.when(before(l.From, d.From), "from", "dossier_before_detention", d.From)
	f.when(before(d.ReleasedOn, l.Until), "until", "dossier_after_release", d.ReleasedOn)
	return f.err()
}

func checkProfessional(p Professional) error {
	var f found
	f.when(strings.TrimSpace(p.Name+p.Organisation) == "", "organisation", "dossier_professional_unnamed")
	f.when(p.Kind == "", "kind", "dossier_professional_kind_missing")
	f.when(before(p.Until, p.From), "until", "dossier_end_before_start", p.From)
	return f.err()
}

// checkKnows applies INT-8: the level is said, and when it is a story, which story: the volunteer must not spoil it.
func checkKnows(k Knows, child Person, today core.Date) error {
	var f found
	f.when(!child.IsChild, "child", "dossier_no_child", child.Name)
	f.when(!slices.Contains([]Level{Nothing, Story, Part, Everything}, k.Level), "level", "dossier_level_missing")
	f.when(k.Level == Story && strings.TrimSpace(k.Story) == "", "story", "dossier_story_missing")
	f.when(k.Level == Part && strings.TrimSpace(k.Story) == "", "story", "dossier_part_missing")
	f.when(before(today, k.Since), "since", "dossier_since_in_future")
	f.when(before(k.Since, child.Birth), "since", "dossier_before_birth", child.Name, child.Birth)
	return f.err()
}

// Neutral applies INT-8: until every child knows all, whatever a child could see avoids detention, prison and the
// facility's name. A family of which no child is known yet stays neutral too.
func Neutral(knows []Knows) bool {
	return len(knows) == 0 || slices.ContainsFunc(knows, func(k Knows) bool { return k.Level != Everything })
}

// ToBeTold lists the children who do not know all and are to be told during the trajectory (INT-8).
func ToBeTold(knows []Knows) []Knows {
	return slices.DeleteFunc(slices.Clone(knows), func(k Knows) bool { return k.Level == Everything })
}

// Moves counts how often a person came to live elsewhere after the first known household, in the years before the day
// (C17: five times in three years).
func Moves(members []Member, person core.PersonID, on core.Date, years int) int {
	var mine []Member
	for _, m := range members {
		if m.Person == person && !m.From.IsZero() && !m.From.After(on) {
			mine = append(mine, m)
		}
	}
	slices.SortFunc(mine, func(a, b Member) int { return a.From.Compare(b.From) })
	n := 0
	for i := 1; i < len(mine); i++ {
		if mine[i].Household != mine[i-1].Household && mine[i].From.After(on.AddMonths(-12*years)) {
			n++
		}
	}
	return n
}

// End is when the detention ends as far as is known: the release, or the expected one.
func (n Detention) End() core.Date {
	if !n.ReleasedOn.IsZero() {
		return n.ReleasedOn
	}
	return n.ExpectedUntil
}

// movedEarlier says that the end of a detention came closer (TRA-8): an earlier day, or a release that nobody expected.
func movedEarlier(old, now Detention) bool {
	if old.End().IsZero() {
		return old.ReleasedOn.IsZero() && !now.ReleasedOn.IsZero()
	}
	return before(now.End(), old.End())
}

// steps are the states that may follow each state.
var steps = map[State][]State{
	Intake:    {Waiting, Running, Aftercare, Closed},
	Waiting:   {Intake, Running, Aftercare, Closed},
	Running:   {Waiting, Aftercare, Closed},
	Aftercare: {Running, Waiting, Closed},
	Closed:    {Intake},
}

func mayFollow(from, to State) error {
	if from != to && !slices.Contains(steps[from], to) {
		return &core.Fail{Kind: core.KindRefused, Message: "dossier_state_impossible", Values: []any{string(from), string(to)}}
	}
	return nil
}
