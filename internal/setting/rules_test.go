package setting

import (
	"strconv"
	"strings"
	"testing"

	"maatje/internal/core"
)

func TestBoundEdges(t *testing.T) {
	days := bound{number: true, least: 7, most: 28}
	name := bound{least: 1, most: 3}
	for _, c := range []struct {
		b    bound
		text string
		ok   bool
	}{
		{days, "6", false}, {days, "7", true}, {days, "28", true}, {days, "29", false}, {days, "", false}, {days, "7.5", false},
		{days, "07", false}, {days, "+7", false}, {days, "99999999999999999999", false},
		{bound{tenths: true, most: 1000}, "23", true}, {bound{tenths: true, most: 1000}, "23,5", true}, {bound{tenths: true, most: 1000}, "23,50", false},
		{bound{tenths: true, most: 1000}, "100", true}, {bound{tenths: true, most: 1000}, "100,1", false}, {bound{tenths: true, most: 1000}, "23.5", false},
		{bound{tenths: true, most: 1000}, "-1", false}, {bound{tenths: true, most: 1000}, "", false}, {bound{tenths: true, most: 1000}, "23,", false},
		{name, "", false}, {name, "a", true}, {name, "🙂🙂🙂", true}, {name, "abcd", false},
		{practices, "decide", true}, {practices, "Decide", false}, {practices, "", false},
	} {
		if f := c.b.check("x", c.text); (f == nil) != c.ok || f != nil && f.Field != "x" {
			t.Errorf("%q: %v", c.text, f)
		}
	}
}

func TestEveryDefaultIsWithinItsBounds(t *testing.T) {
	v := Default()
	for _, f := range fields {
		if wrong := f.bound.check(f.name, f.get(&v)); wrong != nil {
			t.Error(wrong)
		}
	}
}

func TestEveryFieldReadsWhatItWrites(t *testing.T) {
	for i, f := range fields {
		v := Default()
		text := strings.Repeat("a", i+1)
		switch {
		case f.bound.number:
			text = strconv.Itoa(f.bound.most)
		case f.bound.tenths:
			text = "23,5"
		case f.bound.oneOf != nil:
			text = f.bound.oneOf[len(f.bound.oneOf)-1]
		}
		f.put(&v, text)
		if f.get(&v) != text {
			t.Errorf("%s: wrote %q, read %q", f.name, text, f.get(&v))
		}
		others := Default()
		f.put(&others, text)
		f.put(&others, f.get(new(Default())))
		if others != Default() {
			t.Errorf("%s changes another setting as well", f.name)
		}
	}
}

func TestINT5_PracticePerContraindication(t *testing.T) {
	v := Default()
	want := map[string]Practice{"offence_against_child": Exclude, "psychiatric": Decide, "addiction": Decide, "out_of_picture": Decide, "": Decide}
	for kind, p := range want {
		if v.Practice(kind) != p {
			t.Errorf("%q: %s, want %s", kind, v.Practice(kind), p)
		}
	}
	if len(Contraindications()) != len(want)-1 {
		t.Error("a kind has no default")
	}
}

func TestVersionFitsAForm(t *testing.T) {
	if versionOf(core.Instant{}) != 0 {
		t.Error("nothing changed has a version")
	}
	if n := versionOf(core.MustInstant("2050-01-01T00:00:00Z")); len(strconv.Itoa(n)) > 9 {
		t.Errorf("%d is too long for a form", n)
	}
}

func TestVOL7_SomethingCounts(t *testing.T) {
	none := func(more string) map[string]string {
		out := map[string]string{}
		for _, name := range weights {
			out[name] = "0"
		}
		if more != "" {
			out[more] = "1"
		}
		return out
	}
	for _, c := range []struct {
		name  string
		typed map[string]string
		ok    bool
	}{
		{"nothing counts", none(""), false}, {"waiting alone", none("weight_waiting"), false}, {"travel alone", none("weight_travel"), true},
		{"spread alone", none("weight_spread"), true},
	} {
		if got := checkWeights(c.typed); (got == nil) != c.ok {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
