package weigh

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"maatje/internal/core"
	"maatje/internal/volunteer"
)

var (
	testDay   = core.MustDate("2026-06-01")
	testKinds = []string{"family_buddy", "transport", "visiting_buddy"}
	testWords = []string{"ti", "ar", "pl"}
	testTowns = []string{"", "Almere", "Utrecht", "Zwolle", "Nergenshuizen"}
	testCodes = []string{"", "1315", "3511", "8011"}
	usual     = Weights{Of: map[Condition]int{Travel: 25, Language: 20, Days: 15, Complex: 10, Ages: 10, Continuity: 15, Spread: 5}, Waiting: 20}
)

func someOf(t *rapid.T, all []string, what string) (out []string) {
	for _, one := range all {
		if rapid.Bool().Draw(t, what) {
			out = append(out, one)
		}
	}
	return out
}

func anybody(t *rapid.T, id int) volunteer.Profile {
	town := rapid.IntRange(0, len(testTowns)-1).Draw(t, "town")
	p := volunteer.Profile{
		ID: core.VolunteerID(id), Municipality: core.ID(town), MunicipalityName: testTowns[town],
		Status: rapid.SampledFrom([]volunteer.Status{volunteer.Active, volunteer.Active, volunteer.Resting}).Draw(t, "status"), Capacity: rapid.IntRange(0, 3).Draw(t, "capacity"),
		Families: rapid.IntRange(0, 3).Draw(t, "families"), ComplexConfirmed: rapid.Bool().Draw(t, "confirmed"),
		Wishes: volunteer.Wishes{
			Kinds: someOf(t, testKinds, "kind"), Complex: rapid.Bool().Draw(t, "complex"), Speaks: someOf(t, testWords, "speaks"),
			Days: someOf(t, volunteer.Days(), "day"), Youngest: rapid.IntRange(0, 9).Draw(t, "youngest"), Oldest: rapid.SampledFrom([]int{0, 9, 17}).Draw(t, "oldest"),
			Postcode: rapid.SampledFrom(testCodes).Draw(t, "postcode"), Travel: rapid.SampledFrom([]int{0, 20, 90}).Draw(t, "travel"),
		},
		Certificate: volunteer.Certificate{RenewBefore: core.MustDate("2026-05-01").AddDays(rapid.IntRange(0, 300).Draw(t, "certificate"))},
	}
	if rapid.Bool().Draw(t, "course") {
		p.Courses = []volunteer.Course{{Code: "general", On: core.MustDate("2025-01-01")}}
	}
	return p
}

func anyFamily(t *rapid.T, people int) Family {
	town := rapid.IntRange(0, len(testTowns)-1).Draw(t, "town")
	f := Family{
		Municipality: core.ID(town), Town: testTowns[town], Kind: rapid.SampledFrom(testKinds).Draw(t, "kind"), Courses: []string{"general"},
		Complex: rapid.Bool().Draw(t, "complex"), Until: testDay.AddDays(120), Ages: rapid.SliceOfN(rapid.IntRange(0, 17), 0, 3).Draw(t, "ages"),
		Languages: someOf(t, testWords, "languages"), Needed: rapid.Bool().Draw(t, "needed"), Days: someOf(t, volunteer.Days(), "days"),
		Postcode: rapid.SampledFrom(testCodes).Draw(t, "postcode"), Waits: rapid.IntRange(0, 5).Draw(t, "waits") == 0,
		Roles: map[core.VolunteerID][]string{}, Here: map[core.VolunteerID]bool{}, Excluded: map[core.VolunteerID]string{}, Known: map[core.VolunteerID]Past{},
	}
	for id := range people {
		who := core.VolunteerID(id + 1)
		switch rapid.IntRange(0, 9).Draw(t, "met") {
		case 0:
			f.Roles[who] = []string{"transport"}
		case 1:
			f.Here[who] = true
		case 2:
			f.Excluded[who] = "family"
		case 3:
			f.Known[who] = rapid.SampledFrom([]Past{Well, Badly}).Draw(t, "past")
		}
	}
	return f
}

// TestVOL7_ManyAreWeighedAsOneIs holds the quick way against the one that gives reasons.
func TestVOL7_ManyAreWeighedAsOneIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Scale{Weights: usual, Today: testDay}
		if rapid.IntRange(0, 9).Draw(t, "no weights") == 0 {
			s.Weights = Weights{}
		}
		var people []volunteer.Profile
		for i := range rapid.IntRange(0, 6).Draw(t, "people") {
			people = append(people, anybody(t, i+1))
		}
		pool := s.Pool(people)
		var row Row
		for range 3 {
			f := anyFamily(t, len(people))
			pool.Weigh(f, &row)
			for i, p := range pool.People {
				c := s.Look(p, f)
				if row.Masks[i] != MaskOf(c.Reasons) || (row.Masks[i] == 0) != c.Fits {
					t.Fatalf("%v forbids, the words say %v", row.Masks[i].Codes(), c.Reasons)
				}
				if c.Fits && int(row.Scores[i]) != c.Score {
					t.Fatalf("%d points, the words say %d: %+v", row.Scores[i], c.Score, c.Parts)
				}
			}
		}
	})
}

func TestVOL7_WhoLeftIsNobody(t *testing.T) {
	pool := Scale{}.Pool([]volunteer.Profile{{ID: 1, Status: volunteer.Left}, {ID: 2, Status: volunteer.Active}, {ID: 3, Status: volunteer.Rejected}})
	if len(pool.People) != 1 || pool.People[0].ID != 2 {
		t.Errorf("%+v", pool.People)
	}
	if _, ok := pool.At(1); ok {
		t.Error("who left is in the pool")
	}
}

func TestMaskNamesItsReasons(t *testing.T) {
	m := bit(volunteer.ReasonFull) | bit(volunteer.ReasonLanguage)
	if got := m.Codes(); !slices.Equal(got, []string{"full", "language"}) || m.Size() != 2 {
		t.Error(got)
	}
}

// Crowd is a programme of so many, for measuring: everybody fits many families.
func crowd(people, families int) ([]volunteer.Profile, []Family) {
	r := rand.New(rand.NewPCG(3, 4))
	var all []volunteer.Profile
	for i := range people {
		all = append(all, volunteer.Profile{
			ID: core.VolunteerID(i + 1), Status: volunteer.Active, Capacity: 1 + r.IntN(2), Courses: []volunteer.Course{{Code: "general"}},
			Certificate: volunteer.Certificate{RenewBefore: core.MustDate("2029-01-01")},
			Wishes: volunteer.Wishes{
				Kinds: testKinds[:1+r.IntN(2)], Days: volunteer.Days()[r.IntN(3):][:3], Postcode: fmt.Sprint(1000 + r.IntN(8999)), Travel: 30, Oldest: 12,
				Speaks: testWords[r.IntN(3):],
			},
		})
	}
	var out []Family
	for i := range families {
		out = append(out, Family{
			Trajectory: core.TrajectoryID(i + 1), Kind: testKinds[r.IntN(2)], Courses: []string{"general"}, Until: testDay.AddDays(180), Ages: []int{r.IntN(17), r.IntN(17)},
			Days: volunteer.Days()[r.IntN(4):][:2], Postcode: fmt.Sprint(1000 + r.IntN(8999)), Languages: testWords[:r.IntN(2)], Places: 1,
		})
	}
	return all, out
}

func BenchmarkWeigh(b *testing.B) {
	for _, c := range []struct{ people, families int }{{200, 50}, {10_000, 2000}} {
		b.Run(fmt.Sprintf("%dx%d", c.people, c.families), func(b *testing.B) {
			people, families := crowd(c.people, c.families)
			for b.Loop() {
				pool := Scale{Weights: usual, Today: testDay}.Pool(people)
				var row Row
				for _, f := range families {
					pool.Weigh(f, &row)
				}
			}
		})
	}
}
