package weigh

import (
	"testing"

	"maatje/internal/core"
	"maatje/internal/volunteer"
)

func TestVOL7_SoftConditionsAtTheirEdges(t *testing.T) {
	week := []string{"mon", "tue", "wed"}
	for _, c := range []struct {
		name  string
		part  Part
		code  string
		score int
	}{
		{"next door", way(0, true, 0, false), "minutes", 1000},
		{"half of an hour", way(30, true, 0, false), "minutes", 500},
		{"an hour, no most named", way(60, true, 0, false), "minutes", 0},
		{"more than an hour", way(80, true, 0, true), "minutes", 0},
		{"half of the own most", way(15, true, 30, false), "minutes", 500},
		{"at the own most", way(30, true, 30, false), "minutes", 0},
		{"past the own most", way(31, true, 30, false), "too_far", 0},
		{"same town, no postcode", way(0, false, 30, true), "same_town", 700},
		{"nothing known", way(0, false, 0, false), "way_unknown", 400},
		{"no language asked", tongue(nil, []string{"ti"}), "", 0},
		{"one of two languages", tongue([]string{"ar", "ti"}, []string{"ti"}), "speaks", 1000},
		{"none of them", tongue([]string{"ti"}, []string{"ar"}), "speaks_not", 0},
		{"no days asked", overlap(nil, week), "", 0},
		{"days not told", overlap(week, nil), "days_unknown", 500},
		{"no day in common", overlap([]string{"sun"}, week), "other_days", 0},
		{"one day", overlap([]string{"wed", "sun"}, week), "days", 800},
		{"three days", overlap(week, week), "days", 1000},
		{"complex, able", heavy(true, true), "complex", 1000},
		{"complex, not able", heavy(true, false), "complex_not", 0},
		{"plain, able: kept", heavy(false, true), "complex_kept", 600},
		{"plain", heavy(false, false), "plain", 1000},
		{"no children", young(nil, 4, 8), "", 0},
		{"no wish", young([]int{3}, 0, 0), "any_age", 800},
		{"on both edges", young([]int{4, 8}, 4, 8), "age", 1000},
		{"one of two", young([]int{4, 9}, 4, 8), "age_some", 500},
		{"none", young([]int{3, 9}, 4, 8), "age_other", 0},
		{"from an age on", young([]int{17}, 12, 0), "age", 1000},
		{"nobody known", before(Unknown, false), "", 0},
		{"another is known", before(Unknown, true), "known_not", 400},
		{"went well", before(Well, true), "known_well", 1000},
		{"broke off", before(Badly, true), "known_badly", 0},
		{"no family yet", load(0, 2), "load", 1000},
		{"one of two places", load(1, 2), "load", 500},
		{"more than the capacity, lowered meanwhile", load(3, 2), "load", 0},
		{"no capacity", load(0, 0), "load", 0},
	} {
		if c.part.Code != c.code || c.part.Score != c.score {
			t.Errorf("%s: %q %d, want %q %d", c.name, c.part.Code, c.part.Score, c.code, c.score)
		}
	}
}

func TestVOL7_WeightsDecideTheTotal(t *testing.T) {
	near, far := Part{Score: 1000, Weight: 30}, Part{Score: 0, Weight: 10}
	for _, c := range []struct {
		name  string
		parts []Part
		want  int
	}{
		{"no conditions", nil, 1000}, {"all weights nothing", []Part{{Score: 0}, {Score: 1000}}, 1000}, {"one", []Part{far}, 0},
		{"three to one", []Part{near, far}, 750}, {"a weight of nothing does not count", []Part{near, {Score: 0}}, 1000},
	} {
		if got := total(c.parts); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestVOL7_WaitingMakesAPairCheaperUpToAYear(t *testing.T) {
	for _, c := range []struct {
		score, weeks, each int
		want               int64
	}{
		{1000, 0, 20, 0}, {0, 0, 20, 1000}, {500, 10, 20, 300}, {500, 10, 0, 500}, {1000, 52, 20, -1040}, {1000, 60, 20, -1040},
	} {
		if got := Cost(c.score, c.weeks, c.each); got != c.want {
			t.Errorf("%d after %d weeks at %d: %d, want %d", c.score, c.weeks, c.each, got, c.want)
		}
	}
}

func TestVOL7_WhoFitsBestComesFirst(t *testing.T) {
	who := func(name string, fits bool, score int, reasons ...string) Candidate {
		c := Candidate{Profile: volunteer.Profile{Name: name}, Fits: fits, Score: score}
		for _, r := range reasons {
			c.Reasons = append(c.Reasons, volunteer.Reason{Code: r})
		}
		return c
	}
	asked := who("asked", true, 990)
	asked.Before = true
	all := []Candidate{
		who("two", false, 900, "full", "status"), who("one", false, 100, "full"), who("one better", false, 200, "full"),
		who("double", true, 950, "double_role"), asked, who("good", true, 700), who("best", true, 800),
	}
	Order(all)
	got := ""
	for _, c := range all {
		got += c.Name + "; "
	}
	if got != "best; good; asked; double; one better; one; two; " {
		t.Error(got)
	}
}

func TestVOL9_ASecondRoleTakesNoSecondPlaceAndIsWeighed(t *testing.T) {
	today := core.MustDate("2026-06-01")
	p := volunteer.Profile{
		ID: 7, Status: volunteer.Active, Capacity: 1, Families: 1, Wishes: volunteer.Wishes{Kinds: []string{"transport"}},
		Certificate: volunteer.Certificate{RenewBefore: core.MustDate("2028-01-01")},
	}
	s := Scale{Today: today}
	for _, c := range []struct {
		name  string
		f     Family
		fits  bool
		codes string
	}{
		{"another family: full", Family{}, false, "full "},
		{"her own family: to be weighed", Family{Roles: map[core.VolunteerID][]string{7: {"family_buddy"}}}, true, "double_role "},
		{"decided against", Family{Roles: map[core.VolunteerID][]string{7: {"family_buddy"}}, Excluded: map[core.VolunteerID]string{7: "double_role"}},
			false, "excluded double_role "},
		{"in this very trajectory", Family{Here: map[core.VolunteerID]bool{7: true}}, false, "here "},
	} {
		c.f.Kind = "transport"
		got := s.Look(p, c.f)
		codes := ""
		for _, r := range got.Reasons {
			codes += r.Code + " "
		}
		if got.Fits != c.fits || codes != c.codes {
			t.Errorf("%s: fits %v, %s", c.name, got.Fits, codes)
		}
	}
}
