package rings

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"maatje/internal/core"
)

var middle = Someone{ID: 1, Name: "Sem"}

// wrong lists what may never be: a label over a label or a point, somebody outside their ring, their quarter or the picture.
func wrong(d Drawing, count int) (out []string) {
	all := append([]Spot{d.Middle}, d.Spots...)
	for i, s := range all {
		if (len(s.Name) > 2 || i == 0) && (s.Box.W < Tap || s.Box.H < Tap) || s.X-Dot < s.Box.X || s.X+Dot > s.Box.X+s.Box.W || s.Y-Dot < s.Box.Y || s.Y+s.Foot+LineHigh*float64(len(s.Lines)-1) > s.Box.Y+s.Box.H {
			out = append(out, s.Name+" does not fit in their box")
		}
		for _, line := range s.Lines {
			if Width(line) > s.Box.W {
				out = append(out, s.Name+" has a label that is wider than their box")
			}
		}
		const round = .1
		if s.Box.X < -d.Width/2-round || s.Box.X+s.Box.W > d.Width/2+round || s.Box.Y < -d.Height/2-round || s.Box.Y+s.Box.H > d.Height/2+round {
			out = append(out, s.Name+" stands outside the picture")
		}
		for _, o := range all[:i] {
			if s.Box.Overlaps(o.Box) {
				out = append(out, s.Name+" covers "+o.Name)
			}
		}
	}
	for _, s := range d.Spots {
		from, far := inner, math.Hypot(s.X, s.Y)
		if s.Ring > 1 {
			from = d.Radii[s.Ring-2]
		}
		if far < from+Dot-.1 || far > d.Radii[s.Ring-1]-Dot+.1 || s.Ring > count {
			out = append(out, fmt.Sprintf("%s stands outside ring %d", s.Name, s.Ring))
		}
		left, top := s.X < 0, s.Y < 0
		if left != (s.Quarter == "family" || s.Quarter == "professionals") || top != (s.Quarter == "family" || s.Quarter == "friends") {
			out = append(out, s.Name+" stands outside the quarter "+s.Quarter)
		}
	}
	return out
}

// crowd is n people with names as people have them.
func crowd(n int) (out []Someone) {
	names := []string{
		"Oma", "Wil", "tante Joke", "Mohamed", "juf Anneke van der Veen", "Sevgi", "opa", "Jan-Willem", "Fatima", "buurvrouw van nummer 12",
		"Bram", "Marie-Antoinette", "coach van voetbal", "Li", "meneer De Groot",
	}
	for i := range n {
		out = append(out, Someone{core.ID(i + 10), names[i%len(names)] + strings.Repeat(" de Tweede", i/45), i*7%4 + 1, Quarters[i*3%5%4]})
	}
	return out
}

func TestTOO4_NoLabelCoversAnotherInANetworkOfSixty(t *testing.T) {
	for _, n := range []int{0, 1, 2, 8, 25, 60, 200} {
		for count := 3; count <= 4; count++ {
			start := time.Now()
			d := Arrange(middle, crowd(n), count)
			if len(d.Spots) != n || len(d.Radii) != count {
				t.Fatalf("%d people in %d rings became %d in %d", n, count, len(d.Spots), len(d.Radii))
			}
			for _, w := range wrong(d, count) {
				t.Errorf("%d people, %d rings: %s", n, count, w)
			}
			t.Logf("%d people in %d rings: %.0f x %.0f pixels, %s", n, count, d.Width, d.Height, time.Since(start))
		}
	}
	if d := Arrange(middle, crowd(8), 4); d.Width > 358 {
		t.Errorf("eight people need %.0f pixels: more than a phone has", d.Width)
	}
}

func TestTOO4_WithNumbersSixtyFitAPhone(t *testing.T) {
	for n, most := range map[int]float64{0: 358, 8: 358, 25: 358, 60: 400, 99: 540} {
		d := Numbered(middle, crowd(n), 4)
		for _, w := range wrong(d, 4) {
			t.Errorf("%d people: %s", n, w)
		}
		if d.Width > most {
			t.Errorf("%d people need %.0f pixels, more than %.0f", n, d.Width, most)
		}
		for i, s := range d.Spots {
			if s.Name != strconv.Itoa(i+1) || i > 0 && s.Ring < d.Spots[i-1].Ring {
				t.Errorf("%d people: number %s stands in place %d, in ring %d", n, s.Name, i+1, s.Ring)
			}
		}
	}
}

func TestTOO4_EverybodyInOneCornerFitsToo(t *testing.T) {
	people := crowd(60)
	for i := range people {
		people[i].Ring, people[i].Quarter = 1, "family"
	}
	for _, w := range wrong(Arrange(middle, people, 4), 4) {
		t.Error(w)
	}
}

func TestTOO4_WhoStandsOutsideTheRingsOrInNoQuarterIsDrawnAllTheSame(t *testing.T) {
	d := Arrange(middle, []Someone{{2, "Wil", 4, "friends"}, {3, "Oma", 0, ""}, {4, "Jan", 99, "elsewhere"}}, 3)
	for i, want := range []Someone{{2, "Wil", 3, "friends"}, {3, "Oma", 1, "family"}, {4, "Jan", 3, "family"}} {
		if d.Spots[i].Someone != want {
			t.Errorf("got %v, want %v", d.Spots[i].Someone, want)
		}
	}
	if _, ok := d.Of(4); !ok {
		t.Error("Jan is not found")
	}
	if _, ok := d.Of(99); ok {
		t.Error("somebody is found who is not there")
	}
}

var somebody = rapid.Custom(func(t *rapid.T) Someone {
	name := rapid.OneOf(rapid.StringN(0, 200, 800), rapid.SampledFrom([]string{"Wil", "Oma", strings.Repeat("W", 200), "", "👩‍👩‍👧‍👦 familie"})).Draw(t, "name")
	return Someone{Name: name, Ring: rapid.IntRange(1, 4).Draw(t, "ring"), Quarter: rapid.SampledFrom(Quarters).Draw(t, "quarter")}
})

func drawn(t *rapid.T) []Someone {
	people := rapid.SliceOfN(somebody, 0, 40).Draw(t, "people")
	for i := range people {
		people[i].ID = core.ID(i + 2)
	}
	return people
}

func TestTOO4_NoLabelEverCoversAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people, count := drawn(t), rapid.IntRange(3, 4).Draw(t, "rings")
		d := Arrange(middle, people, count)
		if w := wrong(d, count); len(w) > 0 {
			t.Fatal(strings.Join(w, "\n"))
		}
		if !reflect.DeepEqual(d, Arrange(middle, people, count)) {
			t.Fatal("the same people give another picture")
		}
	})
}

func TestTOO4_WhoComesLaterMovesNobodyNearer(t *testing.T) {
	moved, all := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		people := drawn(t)
		if len(people) == 0 {
			return
		}
		last := people[len(people)-1]
		before, after := Arrange(middle, people[:len(people)-1], 4), Arrange(middle, people, 4)
		for i, s := range before.Spots {
			all++
			if s.Point == after.Spots[i].Point {
				continue
			}
			if s.Ring <= last.Ring {
				t.Fatalf("%s in ring %d moved since somebody came in ring %d", s.Name, s.Ring, last.Ring)
			}
			moved++
		}
	})
	if moved*3 > all {
		t.Errorf("%d of %d moved when one came", moved, all)
	}
}

func TestTOO4_ALongNameIsShortenedBetweenLetters(t *testing.T) {
	for name, want := range map[string]string{
		"Wil":                          "Wil",
		" tante \n Joke ":              "tante Joke",
		"":                             "",
		strings.Repeat("a", 200):       strings.Repeat("a", 8) + "…",
		"Anneke van der Veen-Hogeboom": "Anneke van|der Veen-…",
		strings.Repeat("é", 40):        strings.Repeat("é", 7) + "…",
		strings.Repeat("e\u0301", 40):  strings.Repeat("e\u0301", 8) + "…",
		"👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦": "👩‍👩‍👧‍👦…",
	} {
		got := strings.Join(Lines(name), "|")
		if got != want || !utf8.ValidString(got) {
			t.Errorf("%.30q becomes %q, want %q", name, got, want)
		}
	}
}

func FuzzLines(f *testing.F) {
	for _, s := range []string{"", "Wil", strings.Repeat("W", 200), "\xff\xfe", "👩‍👩‍👧‍👦", "\u0301\u0301", "a b c d e f g h i j k l m n o p q r s"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Lines(s)
		if len(got) < 1 || len(got) > 2 {
			t.Errorf("%q has %d lines", s, len(got))
		}
		for _, line := range got {
			if Width(line) > longest {
				t.Errorf("%q becomes %q, which is too wide", s, got)
			}
		}
	})
}
