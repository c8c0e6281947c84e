package board

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"maatje/internal/core"
	"maatje/internal/matching/seek"
	"maatje/internal/matching/weigh"
	"maatje/internal/volunteer"
)

var (
	ctx   = context.Background()
	today = core.MustDate("2026-06-01")
	scale = weigh.Scale{
		Weights: weigh.Weights{Of: map[weigh.Condition]int{weigh.Language: 50, weigh.Days: 30, weigh.Spread: 10}, Waiting: 20}, Today: today,
	}
)

func person(id int, capacity int, speaks ...string) volunteer.Profile {
	return volunteer.Profile{
		ID: core.VolunteerID(id), Name: fmt.Sprintf("v%d", id), Status: volunteer.Active, Capacity: capacity,
		Certificate: volunteer.Certificate{RenewBefore: core.MustDate("2029-01-01")},
		Wishes:      volunteer.Wishes{Kinds: []string{"family_buddy"}, Speaks: speaks, Days: []string{"mon"}},
	}
}

func family(id, places int, needed bool, languages ...string) *seek.Sought {
	return &seek.Sought{State: "waiting", Total: places, Family: weigh.Family{
		Trajectory: core.TrajectoryID(id), Dossier: core.DossierID(id), Name: fmt.Sprintf("f%d", id), Town: "Zwolle", Kind: "family_buddy", Until: today.AddDays(180),
		Since: today, Places: places, Languages: languages, Needed: needed,
	}}
}

func proposal(t *testing.T, all []*seek.Sought, people []volunteer.Profile, w Wish) Plan {
	t.Helper()
	world, err := survey(ctx, scale, all, people)
	if err != nil {
		t.Fatal(err)
	}
	p, err := world.plan(ctx, w)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// says is a proposal in short: families with their people, and those without.
func says(p Plan) (out string) {
	for _, l := range p.Lines {
		out += l.Name + ":"
		for _, one := range l.Proposed {
			out += one.Name
			if one.Pinned {
				out += "!"
			}
			if !one.Advised.IsZero() {
				out += "/" + one.Instead
			}
		}
		out += " "
	}
	for _, w := range p.Without {
		out += fmt.Sprintf("%s-%d%v ", w.Name, w.Open, w.Bottleneck)
	}
	return out
}

func pair(x, v int) Pair { return Pair{core.TrajectoryID(x), core.VolunteerID(v)} }

func TestVOL7_TheProposalHelpsMostFamiliesThenFitsBest(t *testing.T) {
	older := func(s *seek.Sought) *seek.Sought { s.Since = today.AddDays(-70); return s }
	with := func(p volunteer.Profile, families int) volunteer.Profile { p.Families = families; return p }
	for _, c := range []struct {
		name     string
		families []*seek.Sought
		people   []volunteer.Profile
		wish     Wish
		want     string
	}{
		{"nobody waits", nil, []volunteer.Profile{person(1, 1)}, Wish{}, ""},
		{"nobody can", []*seek.Sought{family(1, 1, false)}, nil, Wish{}, "f1-1[] "},
		{"the only one who can for the one who needs it", []*seek.Sought{family(1, 1, false), family(2, 1, true, "ti")},
			[]volunteer.Profile{person(1, 1, "ti"), person(2, 1)}, Wish{}, "f1:v2 f2:v1 "},
		{"capacity of two", []*seek.Sought{family(1, 1, false), family(2, 1, false), family(3, 1, false)}, []volunteer.Profile{person(1, 2)}, Wish{}, "f1:v1 f2:v1 f3-1[] "},
		{"capacity lowered under the running load", []*seek.Sought{family(1, 1, false)}, []volunteer.Profile{with(person(1, 1), 2)}, Wish{}, "f1-1[full] "},
		{"who waits longer, when there is one", []*seek.Sought{family(1, 1, false), older(family(2, 1, false))}, []volunteer.Profile{person(1, 1)}, Wish{}, "f2:v1 f1-1[] "},
		{"first volunteers before second ones", []*seek.Sought{family(1, 2, false), family(2, 1, true, "ti")}, []volunteer.Profile{person(1, 1, "ti"), person(2, 1)}, Wish{},
			"f1:v2 f2:v1 f1-1[] "},
		{"two for one family", []*seek.Sought{family(1, 2, false)}, []volunteer.Profile{person(1, 2), person(2, 1)}, Wish{}, "f1:v1v2 "},
		{"a pin that costs nobody", []*seek.Sought{family(1, 1, false, "ti"), family(2, 1, false, "ar")}, []volunteer.Profile{person(1, 1, "ti"), person(2, 1, "ar")},
			Wish{Pins: []Pair{pair(1, 2)}}, "f1:v2!/v1 f2:v1/v2 "},
		{"a pin that costs a family", []*seek.Sought{family(1, 1, false), family(2, 1, true, "ti")}, []volunteer.Profile{person(1, 1, "ti"), person(2, 1)},
			Wish{Pins: []Pair{pair(1, 1)}}, "f1:v1!/v2 f2-1[language] "},
		{"a pin of the best is no deviation", []*seek.Sought{family(1, 1, true, "ti")}, []volunteer.Profile{person(1, 1, "ti"), person(2, 1)},
			Wish{Pins: []Pair{pair(1, 1)}}, "f1:v1! "},
		{"a pin that cannot be changes nothing", []*seek.Sought{family(1, 1, true, "ti")}, []volunteer.Profile{person(1, 1, "ti"), person(2, 1)},
			Wish{Pins: []Pair{pair(1, 2)}}, "f1:v1 "},
		{"a pin of who is gone is passed over", []*seek.Sought{family(1, 1, false)}, []volunteer.Profile{person(1, 1)}, Wish{Pins: []Pair{pair(9, 1), pair(1, 9)}}, "f1:v1 "},
		{"not this one", []*seek.Sought{family(1, 1, true, "ti")}, []volunteer.Profile{person(1, 1, "ti"), person(2, 1, "ti")}, Wish{Bans: []Pair{pair(1, 1)}}, "f1:v2/v1 "},
		{"a pin leaves the second place a second one", []*seek.Sought{family(1, 2, false), family(2, 1, true, "ti")}, []volunteer.Profile{person(1, 1, "ti"), person(2, 1)},
			Wish{Pins: []Pair{pair(1, 2)}}, "f1:v2! f2:v1 f1-1[] "},
	} {
		if got := says(proposal(t, c.families, c.people, c.wish)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestVOL7_WhoWasAskedIsNotProposedAgainAndAFamilyWaitsForItsAnswer(t *testing.T) {
	before, asked, closing := family(1, 1, false), family(2, 1, false), family(3, 1, false)
	before.Before = map[core.VolunteerID]bool{1: true}
	asked.Asked, closing.State = true, "closing"
	p := proposal(t, []*seek.Sought{before, asked, closing}, []volunteer.Profile{person(1, 3)}, Wish{})
	if got := says(p); got != "f1-1[] " || len(p.Asked) != 1 || p.Places != 1 {
		t.Errorf("%s, %d asked, %d places", got, len(p.Asked), p.Places)
	}
}

func TestVOL9_ASecondRoleTakesNoPlaceOnTheBoard(t *testing.T) {
	own, other := family(1, 1, false), family(2, 1, false)
	own.Roles = map[core.VolunteerID][]string{1: {"transport"}}
	full := person(1, 1)
	full.Families = 1
	p := proposal(t, []*seek.Sought{own, other}, []volunteer.Profile{full}, Wish{})
	if got := says(p); got != "f1:v1 f2-1[full] " {
		t.Error(got)
	}
	if !hasSecondRole(p.Lines[0].Proposed[0].Candidate) {
		t.Error("nobody is told that it is a second role")
	}
}

func TestVOL7_PinsSayWhatTheyChange(t *testing.T) {
	all := []*seek.Sought{family(1, 1, false), family(2, 1, true, "ti")}
	people := []volunteer.Profile{person(1, 1, "ti"), person(2, 1)}
	p := proposal(t, all, people, Wish{Pins: []Pair{pair(1, 1)}})
	if p.Best != 2 || p.Filled != 1 || p.Loss < 900 || len(p.Changes) != 2 || p.Changes[1].Family != "f2" || len(p.Changes[1].After) != 0 {
		t.Errorf("%+v of %d, loss %d, %+v", p.Filled, p.Best, p.Loss, p.Changes)
	}
	p = proposal(t, all, people, Wish{Pins: []Pair{pair(2, 2), pair(1, 1), pair(1, 2)}})
	if len(p.Refused) != 2 || !slices.Equal(p.Refused[0].Reasons, []string{"language"}) || !slices.Equal(p.Refused[1].Reasons, []string{"enough"}) {
		t.Errorf("refused %+v", p.Refused)
	}
	full := proposal(t, []*seek.Sought{family(1, 1, false), family(2, 1, false)}, people[:1], Wish{Pins: []Pair{pair(1, 1), pair(2, 1)}})
	if len(full.Refused) != 1 || !slices.Equal(full.Refused[0].Reasons, []string{"full"}) {
		t.Errorf("two pins of one who has one place: %+v", full.Refused)
	}
}

func TestVOL7_TheRecruitmentListComesFromTheProposal(t *testing.T) {
	p := proposal(t, []*seek.Sought{family(1, 1, true, "ti"), family(2, 1, true, "ti"), family(3, 1, true, "ti")},
		[]volunteer.Profile{person(1, 1, "ti"), person(2, 2), person(3, 2)}, Wish{})
	if p.Filled != 1 || len(p.Seekers) != 1 || p.Seekers[0].Places != 2 || p.Seekers[0].Bottleneck != "language" || p.Seekers[0].Town != "Zwolle" {
		t.Fatalf("%s %+v", says(p), p.Seekers)
	}
	for _, w := range p.Without {
		if !w.Shared {
			t.Errorf("%s: the one who speaks it is with another family: %+v", w.Name, w)
		}
	}
}

func TestABrowserThatLeavesStopsTheCounting(t *testing.T) {
	gone, leave := context.WithCancel(ctx)
	leave()
	if _, err := survey(gone, scale, []*seek.Sought{family(1, 1, false)}, []volunteer.Profile{person(1, 1)}); !errors.Is(err, context.Canceled) {
		t.Errorf("still counting: %v", err)
	}
}

// programme is one of so many, where everybody fits about so many families as speak their language.
func programme(people, families int) ([]volunteer.Profile, []*seek.Sought) {
	r := rand.New(rand.NewPCG(5, 6))
	var who []volunteer.Profile
	for i := range people {
		p := person(i+1, 1+r.IntN(2), fmt.Sprint(r.IntN(25)))
		p.Wishes.Days = volunteer.Days()[r.IntN(5):][:2]
		p.Wishes.Postcode = fmt.Sprint(1000 + r.IntN(8999))
		who = append(who, p)
	}
	var all []*seek.Sought
	for i := range families {
		f := family(i+1, 1, true, fmt.Sprint(r.IntN(25)))
		f.Days, f.Postcode, f.Ages = volunteer.Days()[r.IntN(5):][:2], fmt.Sprint(1000+r.IntN(8999)), []int{r.IntN(17)}
		all = append(all, f)
	}
	return who, all
}

func BenchmarkPlan(b *testing.B) {
	for _, c := range []struct{ people, families int }{{200, 50}, {10_000, 2000}} {
		people, families := programme(c.people, c.families)
		b.Run(fmt.Sprintf("pairs/%dx%d", c.people, c.families), func(b *testing.B) {
			for b.Loop() {
				if _, err := survey(ctx, scale, families, people); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("all/%dx%d", c.people, c.families), func(b *testing.B) {
			for b.Loop() {
				w, err := survey(ctx, scale, families, people)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := w.plan(ctx, Wish{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
