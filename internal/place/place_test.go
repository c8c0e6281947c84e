package place

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestThePlacesAreBuiltIn(t *testing.T) {
	if m, areas := Count(); m < 340 || areas < 1000 {
		t.Fatalf("%d municipalities and %d postcode areas are known: npm run build", m, areas)
	}
}

// Every line of the table counts: in order, and in a town that is known, near one of its neighbours in the table. The islands and
// towns on their own lie further away.
func TestEveryLineOfPostcodesIsAPlace(t *testing.T) {
	lines, areas := strings.Split(strings.TrimSpace(postcodes), "\n"), known().areas
	if len(lines) != len(areas) {
		for _, line := range lines {
			n, town, _ := strings.Cut(line, " ")
			from, _ := strconv.Atoi(n)
			if at, ok := postcode(from, 4); !ok || !slices.Contains(areas, area{from, at}) {
				t.Errorf("%s: nobody knows %q", n, town)
			}
		}
	}
	for i := 1; i < len(areas); i++ {
		if areas[i].from <= areas[i-1].from {
			t.Errorf("%d does not come after %d", areas[i].from, areas[i-1].from)
		}
		near := Apart(areas[i].at, areas[i-1].at)
		for j := max(0, i-3); j < min(len(areas), i+4); j++ {
			if j != i {
				near = min(near, Apart(areas[i].at, areas[j].at))
			}
		}
		if near > 28 {
			t.Errorf("%d lies %.0f km from all around it", areas[i].from, near)
		}
	}
}

func TestVOL7_HowFarApart(t *testing.T) {
	for _, c := range []struct {
		a, b        string
		least, most float64 // km over the road, as a route planner says it, a tenth either way
	}{
		{"Zwolle", "Kampen", 13, 21}, {"8011 PK", "8261 AA", 13, 21}, {"Amsterdam", "Utrecht", 38, 55}, {"1012", "3511", 38, 55},
		{"Groningen", "Maastricht", 300, 365}, {"Nijmegen", "Arnhem", 15, 24}, {"Middelburg", "Groningen", 310, 370},
		{"Den Haag", "Rotterdam", 22, 34}, {"'s-Gravenhage", "Den Haag", 0, 0}, {"'s-Gravenhage (gemeente)", "the hague", 0, 0},
		{"Hengelo (O.)", "Enschede", 7, 14}, {"Bergen (NH.)", "Bergen (L.)", 170, 230}, {"Den Bosch", "5211", 0, 0}, {"súdwest fryslan", "8601 AA", 0, 25},
		{"10", "1012 AB", 0, 5}, {"80", "8011", 0, 20}, {"Etten-Leur", "Breda", 9, 15}, {"Texel", "Den Helder", 10, 25},
	} {
		km, ok := Between(c.a, c.b)
		if !ok || km < c.least || km > c.most {
			t.Errorf("%s - %s: %.1f km, known %v; want %v to %v", c.a, c.b, km, ok, c.least, c.most)
		}
	}
}

func TestWhatIsNoPlace(t *testing.T) {
	for _, s := range []string{"", " ", "0", "0123", "05", "12345", "123", "1234 A", "1234 ABC", "1234 1B", "Atlantis", "٣٤٥٦", "-123", "+123", "1e3"} {
		if p, ok := At(s); ok {
			t.Errorf("%q is at %v", s, p)
		}
	}
	if _, known := Between("Zwolle", "Atlantis"); known {
		t.Error("a distance to nowhere is known")
	}
}

func TestMinutes(t *testing.T) {
	for km, want := range map[float64]int{-3: 5, 0: 5, 2.4: 5, 3: 6, 10: 20, 45: 50, 80: 80, 325: 290} {
		if got := Minutes(km); got != want {
			t.Errorf("%v km: %d minutes, want %d", km, got, want)
		}
	}
}

// places draws a postcode or a municipality.
func places(t *rapid.T, what string) string {
	if rapid.Bool().Draw(t, "by name") {
		return rapid.SampledFrom([]string{"Zwolle", "Den Haag", "Texel", "Sluis", "Vaals", "Eemsdelta", "Amsterdam", "Bergen (L.)"}).Draw(t, what)
	}
	return strconv.Itoa(rapid.IntRange(1000, 9999).Draw(t, what))
}

func TestDistancesAreDistances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := places(t, "a"), places(t, "b"), places(t, "c")
		ab, ok := Between(a, b)
		ba, _ := Between(b, a)
		bc, _ := Between(b, c)
		ac, _ := Between(a, c)
		aa, _ := Between(a, a)
		switch {
		case !ok:
			t.Fatalf("%s or %s is nowhere", a, b)
		case ab != ba || aa != 0:
			t.Fatalf("%s to %s is %v, back %v, to itself %v", a, b, ab, ba, aa)
		case ac > ab+bc+1e-9:
			t.Fatalf("%s to %s is %v, and shorter over %s: %v", a, c, ac, b, ab+bc)
		case ab > 450:
			t.Fatalf("%s to %s is %v km: out of the country", a, b, ab)
		case Minutes(ab) < Minutes(ab/2):
			t.Fatalf("half of %v km takes longer", ab)
		}
	})
}

func TestEveryPostcodeLiesInTheCountry(t *testing.T) {
	for n := 10; n <= 9999; n++ {
		if n >= 100 && n < 1000 {
			continue
		}
		p, ok := At(strconv.Itoa(n))
		if !ok || p.Lat < 50.7 || p.Lat > 53.6 || p.Lon < 3.3 || p.Lon > 7.3 {
			t.Fatalf("%d lies at %v, known %v", n, p, ok)
		}
	}
}

func FuzzAt(f *testing.F) {
	for _, s := range []string{"1234 AB", "12", "8011pk", "Zwolle", "Hengelo (O.)", "((", "m\tZwolle\t52.5\t6.1", "t\tx\tNaN\t1e400", "1234\u00a0AB"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, ok := At(s)
		if ok != (p != Point{}) || ok && (p.Lat < 50 || p.Lat > 54 || p.Lon < 3 || p.Lon > 8) {
			t.Errorf("%q lies at %v, known %v", s, p, ok)
		}
		if n, width, ok := code(s); ok && (width == 4 && (n < 1000 || n > 9999) || width == 2 && (n < 10 || n > 99)) {
			t.Errorf("%q is postcode %d of %d figures", s, n, width)
		}
		if kind, name, _, ok := placed(s); ok && strings.Contains(kind+name, "\t") {
			t.Errorf("%q is a line with a tab in its name", s)
		}
	})
}

func BenchmarkBetween(b *testing.B) {
	for b.Loop() {
		Between("8011 PK", "Utrecht")
	}
}
