package board

import (
	"fmt"
	"math/bits"
	"slices"
	"testing"

	"maatje/internal/core"
	"maatje/internal/matching/weigh"
)

func TestVOL7_TheBottleneckIsTheSmallestSetThatKeepsMostAway(t *testing.T) {
	for _, c := range []struct {
		name  string
		b     blocked
		set   uint32
		could int
	}{
		{"nobody at all", blocked{}, 0, 0},
		{"one reason", blocked{1: 3}, 1, 3},
		{"of two alone the one that keeps most", blocked{1: 3, 2: 5}, 2, 5},
		{"one alone before two together, however many", blocked{1: 1, 6: 90}, 1, 1},
		{"two together when none is alone", blocked{3: 2, 7: 9}, 3, 2},
		{"equals: always the same one", blocked{2: 3, 4: 3}, 2, 3},
	} {
		set, could := c.b.bottleneck(func(m uint32) int { return bits.OnesCount32(m) })
		if set != c.set || could != c.could {
			t.Errorf("%s: %d (%d), want %d (%d)", c.name, set, could, c.set, c.could)
		}
	}
}

func TestVOL7_APinThatCannotBeNamesItsCondition(t *testing.T) {
	for _, c := range []struct {
		name    string
		reasons []string
		places  int
		room    int
		want    []string
	}{
		{"it can", nil, 1, 1, nil}, {"it does not fit", []string{"language", "status"}, 1, 1, []string{"language", "status"}},
		{"the family has enough", nil, 0, 1, []string{"enough"}}, {"no room beside other pins", nil, 1, 0, []string{"full"}},
		{"capacity lowered meanwhile", nil, 1, -1, []string{"full"}},
	} {
		if got := CheckPin(c.reasons, c.places, c.room); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestVOL7_TheRecruitmentListCountsPlacesByWhatIsInTheWay(t *testing.T) {
	in := func(town string, open int, shared bool, code, what string) Without {
		w := Without{Family: weigh.Family{Town: town, Kind: "family_buddy"}, Open: open, Shared: shared}
		if what != "" {
			w.Needed, w.Languages = true, []string{what}
		}
		if code != "" {
			w.Bottleneck, w.What = []string{code}, []string{what}
		}
		return w
	}
	got := recruit([]Without{
		in("Zwolle", 1, false, "language", "ti"), in("Zwolle", 1, false, "language", "ti"), in("Zwolle", 1, false, "language", "ar"),
		in("Zwolle", 1, true, "status", "ti"), in("Zwolle", 1, false, "full", "ti"), in("Almere", 2, true, "certificate_expired", ""),
		in("Almere", 1, false, "full", ""), in("Almere", 1, false, "", ""), in("Almere", 1, false, "restrictions", ""), in("Almere", 1, false, "certificate_expired", ""),
	})
	out := ""
	for _, s := range got {
		out += fmt.Sprintf("%s %d %s %s; ", s.Town, s.Places, s.Bottleneck, s.What)
	}
	if out != "Almere 4 more ; Almere 1 certificate_expired ; Zwolle 4 language ti; Zwolle 1 language ar; " {
		t.Error(out)
	}
}

func TestChangedPeopleWhateverTheirOrder(t *testing.T) {
	ids := func(n ...core.VolunteerID) []core.VolunteerID { return n }
	if changed(ids(1, 2), ids(2, 1)) || !changed(ids(1), ids(2)) || !changed(ids(1), nil) || changed(nil, nil) {
		t.Error("the order counts, or the people do not")
	}
}

func TestPairsComeBackFromTheAddress(t *testing.T) {
	of := func(n int) string { return core.ID(n).String() }
	one, two := of(1)+"-"+of(2), of(3)+"-"+of(4)
	for text, want := range map[string]int{
		"": 0, one: 1, one + "," + two: 2, one + "," + one: 1, of(1): 0, "a-b": 0, one + "-" + of(3): 0, "-": 0, of(1) + "-," + one: 1, ",," + one + ",": 1,
	} {
		if got := ParsePairs(text); len(got) != want || want > 0 && len(ParsePairs(written(got))) != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	long := ""
	for i := range 2 * mostPairs {
		long += of(i+1) + "-" + of(1) + ","
	}
	if got := ParsePairs(long); len(got) != mostPairs {
		t.Errorf("%d pairs in one address", len(got))
	}
}

func FuzzParsePairs(f *testing.F) {
	f.Add(core.ID(1).String() + "-" + core.ID(2).String())
	f.Add("9223372036854775807-1,--")
	f.Fuzz(func(t *testing.T, text string) {
		got := ParsePairs(text)
		if again := ParsePairs(written(got)); !slices.Equal(got, again) {
			t.Errorf("%q: %v, then %v", text, got, again)
		}
	})
}
