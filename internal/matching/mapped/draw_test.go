package mapped

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

var towns = []string{"Zwolle", "Kampen", "Hattem", "Dalfsen", "Deventer", "Olst-Wijhe", "Amsterdam", "Diemen", "Vaals", "Eemsdelta", "Sluis", "Den Haag", "Rijswijk", "Delft", "Westland"}

func TestTheMapIsReadable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var places []Place
		for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(towns), 1, len(towns), rapid.ID).Draw(t, "places") {
			places = append(places, Place{name, rapid.IntRange(0, 40).Draw(t, "families"), rapid.IntRange(0, 40).Draw(t, "volunteers")})
		}
		d := draw(places)
		if len(d.marks) != len(places) || len(d.elsewhere) != 0 {
			t.Fatalf("%d of %d places are drawn", len(d.marks), len(places))
		}
		for i, a := range d.marks {
			for _, v := range []float64{a.x, a.y, a.circle, a.square} {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Fatalf("%+v", a)
				}
			}
			if a.x-a.half() < -1 || a.x+a.half() > d.width+1 || a.y-a.up() < -1 || a.y+a.down() > d.height+1 {
				t.Fatalf("%s hangs over the edge: %+v on %v x %v", a.Name, a, d.width, d.height)
			}
			for _, b := range d.marks[:i] {
				over := min(a.x+a.half(), b.x+b.half()) - max(a.x-a.half(), b.x-b.half())
				under := min(a.y+a.down(), b.y+b.down()) - max(a.y-a.up(), b.y-b.up())
				if over > 6 && under > 6 {
					t.Fatalf("%s and %s cover each other by %.0f x %.0f", a.Name, b.Name, over, under)
				}
			}
		}
	})
}

func TestTheMapKeepsTheWindRose(t *testing.T) {
	d := draw([]Place{{"Groningen", 3, 1}, {"Maastricht", 1, 2}, {"Middelburg", 1, 1}, {"Enschede", 2, 2}, {"", 1, 0}, {"Atlantis", 0, 1}})
	at := map[string]mark{}
	for _, m := range d.marks {
		at[m.Name] = m
	}
	switch {
	case len(d.marks) != 4 || len(d.elsewhere) != 2:
		t.Errorf("%d on the map, %d not", len(d.marks), len(d.elsewhere))
	case at["Groningen"].y >= at["Enschede"].y || at["Enschede"].y >= at["Maastricht"].y:
		t.Error("Groningen is north of Enschede, and that of Maastricht")
	case at["Middelburg"].x >= at["Maastricht"].x || at["Maastricht"].x >= at["Enschede"].x:
		t.Error("Middelburg is west of Maastricht, and that of Enschede")
	case at["Groningen"].circle <= at["Enschede"].circle || at["Enschede"].circle <= at["Middelburg"].circle:
		t.Error("more families are a larger circle")
	}
}

func TestAMapOfNobodyIsNoMap(t *testing.T) {
	if d := draw(nil); len(d.marks) > 0 || d.height != 0 {
		t.Errorf("%+v", d)
	}
}
