// Package place knows where the municipalities and postcode areas of the Netherlands lie, and how far two of them are apart,
// near enough to choose between volunteers (VOL-7): the centre of a municipality or of the town that a postcode belongs to,
// a straight line, and a factor for roads that bend. It knows no address and asks nobody. docs/matching.md says how precise it is.
// "npm run build" writes the places; without a build nothing is known.
package place

import (
	"math"
	"sort"
	"strconv"
	"strings"
	"sync"
)

// Point is a place in degrees: north, east.
type Point struct{ Lat, Lon float64 }

const (
	bend        = 1.3  // a road is this much longer than the straight line
	earth       = 6371 // km
	leastMinute = 5    // to the door, however near
	nearby      = 10   // km that are driven slowly, through streets
	slow        = 30   // km an hour
	fast        = 70   // km an hour, further on
)

// At finds a postcode ("1234", "1234 AB", or its first two figures) or a municipality by its name.
func At(s string) (Point, bool) {
	if n, width, ok := code(s); ok {
		return postcode(n, width)
	}
	p, ok := known().municipality[key(s)]
	if name, _, more := strings.Cut(s, "("); more && !ok { // "Hengelo (O.)", "Utrecht (gemeente)"
		p, ok = known().municipality[key(name)]
	}
	return p, ok
}

// Between is the distance over the road, in kilometres, between two postcodes or municipalities; unknown when either is.
func Between(a, b string) (km float64, both bool) {
	p, ok := At(a)
	q, too := At(b)
	if !ok || !too {
		return 0, false
	}
	return Apart(p, q), true
}

// Apart is the distance over the road between two points, in kilometres. Whoever compares many people finds each point once.
func Apart(p, q Point) float64 {
	lat, lon := (q.Lat-p.Lat)*math.Pi/360, (q.Lon-p.Lon)*math.Pi/360
	h := square(math.Sin(lat)) + math.Cos(p.Lat*math.Pi/180)*math.Cos(q.Lat*math.Pi/180)*square(math.Sin(lon))
	return bend * 2 * earth * math.Asin(math.Sqrt(min(1, h)))
}

// Minutes is about how long a distance takes by car: slowly at first, faster further on, never less than five.
func Minutes(km float64) int {
	near := min(max(km, 0), nearby)
	return max(leastMinute, int(math.Round(60*(near/slow+(max(km, 0)-near)/fast))))
}

func square(x float64) float64 { return x * x }

// code reads a postcode: four figures with or without their letters, or the first two.
func code(s string) (n, width int, ok bool) {
	s = strings.ToUpper(strings.Join(strings.Fields(s), ""))
	switch {
	case len(s) == 6 && letter(s[4]) && letter(s[5]):
		s = s[:4]
	case len(s) != 4 && len(s) != 2:
		return 0, 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, 0, false
		}
	}
	n, err := strconv.Atoi(s)
	return n, len(s), err == nil && s[0] != '0'
}

func letter(b byte) bool { return 'A' <= b && b <= 'Z' }

// postcode finds four figures, or the middle of all areas that begin with two.
func postcode(n, width int) (Point, bool) {
	areas := known().areas
	if width == 4 {
		i := sort.Search(len(areas), func(i int) bool { return areas[i].from > n })
		if i == 0 {
			return Point{}, false
		}
		return areas[i-1].at, true
	}
	var sum Point
	count := 0.0
	for _, a := range areas {
		if a.from/100 == n {
			sum, count = Point{sum.Lat + a.at.Lat, sum.Lon + a.at.Lon}, count+1
		}
	}
	if count == 0 {
		return Point{}, false
	}
	return Point{sum.Lat / count, sum.Lon / count}, true
}

// Count is how many municipalities and postcode areas are known: none without a build.
func Count() (municipalities, areas int) { return len(known().municipality), len(known().areas) }

var known = sync.OnceValue(read)
