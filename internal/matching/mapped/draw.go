package mapped

import (
	"math"

	"maatje/internal/place"
)

// mark is a municipality on the map: a circle for the families beside a square for the volunteers, its name below.
type mark struct {
	Place
	x, y           float64 // between the two
	circle, square float64 // half their width
}

// drawing is the map of an area, and who is not on it because nobody knows where that is.
type drawing struct {
	marks         []mark
	elsewhere     []Place
	width, height float64
}

const (
	mapWidth  = 380
	margin    = 40
	shortest  = 260 // and tallest, of the map's height
	tallest   = 520
	least     = 9  // half the width of one family or volunteer
	most      = 24 // and of the most there are anywhere
	line      = 15 // height of a name
	letter    = 6.8
	smallArea = 40 // km across, at least
	apart     = 60 // rounds of pushing marks apart
)

// draw lays the places out. A degree east is shorter than a degree north, by the cosine of the latitude.
func draw(places []Place) drawing {
	d := drawing{width: mapWidth}
	var at []place.Point
	top := 1
	for _, p := range places {
		where, known := place.At(p.Name)
		if !known {
			d.elsewhere = append(d.elsewhere, p)
			continue
		}
		d.marks, at = append(d.marks, mark{Place: p}), append(at, where)
		top = max(top, p.Families, p.Volunteers)
	}
	if len(at) == 0 {
		return d
	}
	d.height = project(d.marks, at)
	for i := range d.marks {
		m := &d.marks[i]
		m.circle, m.square = size(m.Families, top), size(m.Volunteers, top)*0.89 // a square as large as the circle
	}
	d.push()
	return d
}

// size makes areas as large as numbers: twice the number is twice the ink.
func size(n, top int) float64 {
	if n == 0 {
		return 0
	}
	return max(least, most*math.Sqrt(float64(n)/float64(top)))
}

// project puts the points on the map, as large as they allow, and says how high that is.
func project(marks []mark, at []place.Point) float64 {
	low, high := at[0], at[0]
	for _, p := range at {
		low = place.Point{Lat: min(low.Lat, p.Lat), Lon: min(low.Lon, p.Lon)}
		high = place.Point{Lat: max(high.Lat, p.Lat), Lon: max(high.Lon, p.Lon)}
	}
	const degree = 111.2 // km from north to south
	narrow := math.Cos((low.Lat + high.Lat) / 2 * math.Pi / 180)
	wide, tall := max(smallArea, (high.Lon-low.Lon)*narrow*degree), max(smallArea, (high.Lat-low.Lat)*degree)
	scale := min((mapWidth-2*margin)/wide, (tallest-2*margin)/tall) // points for a km
	height := max(shortest, tall*scale+2*margin)
	for i, p := range at {
		marks[i].x = mapWidth/2 + (p.Lon-(low.Lon+high.Lon)/2)*narrow*degree*scale
		marks[i].y = height/2 - (p.Lat-(low.Lat+high.Lat)/2)*degree*scale
	}
	return height
}

// half is how far a mark reaches to either side, with its name.
func (m mark) half() float64 {
	return max(m.circle+m.square+2, letter*float64(len([]rune(m.Name)))/2) + 3
}

func (m mark) up() float64   { return max(m.circle, m.square, least) + 3 }
func (m mark) down() float64 { return max(m.circle, m.square, least) + line + 3 }

// push moves marks that cover each other apart, little by little, along the shorter way, and keeps them on the sheet. What remains to
// the north, east, south or west of what stays so, nearly; it is a schematic map.
func (d *drawing) push() {
	for range apart {
		for i := range d.marks {
			for j := range i {
				separate(&d.marks[i], &d.marks[j])
			}
		}
		for i := range d.marks {
			m := &d.marks[i]
			m.x = min(max(m.x, m.half()), mapWidth-m.half())
			d.height = max(d.height, m.y+m.down())
			m.y = max(m.y, m.up())
		}
	}
}

func separate(a, b *mark) {
	if a.y < b.y || a.y == b.y && a.x < b.x {
		a, b = b, a // a lies lower
	}
	over := a.half() + b.half() - math.Abs(a.x-b.x)
	under := b.down() + a.up() - (a.y - b.y)
	if over <= 0 || under <= 0 {
		return
	}
	if under <= over {
		a.y, b.y = a.y+under/2, b.y-under/2
		return
	}
	if a.x < b.x {
		over = -over
	}
	a.x, b.x = a.x+over/2, b.x-over/2
}

// left and right are the middles of the circle and the square, which stand beside each other around the middle of both.
func (m mark) left() float64  { return m.x - m.square - gap(m) }
func (m mark) right() float64 { return m.x + m.circle + gap(m) }

func gap(m mark) float64 {
	if m.circle == 0 || m.square == 0 {
		return 0
	}
	return 1
}
