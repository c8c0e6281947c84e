package place

import (
	"embed"
	"strconv"
	"strings"

	"maatje/internal/db/fold"
)

// postcodes says in which town the postcodes from a number on lie, until the next line: a table of our own.
//
//go:embed postcodes.txt
var postcodes string

//go:embed all:dist
var dist embed.FS

// area is where the postcodes from a number on lie.
type area struct {
	from int
	at   Point
}

type table struct {
	municipality map[string]Point // by folded name
	areas        []area           // in order
}

// other names, in use for a municipality that is written differently elsewhere.
var otherNames = map[string]string{
	"'s-Gravenhage": "Den Haag", "The Hague": "Den Haag", "Den Bosch": "'s-Hertogenbosch", "Nuenen": "Nuenen, Gerwen en Nederwetten",
}

func read() table {
	b, _ := dist.ReadFile("dist/places.tsv") // without a build there is none
	t, towns := table{municipality: map[string]Point{}}, map[string]Point{}
	for line := range strings.Lines(string(b)) {
		kind, name, at, ok := placed(strings.TrimSuffix(line, "\n"))
		switch {
		case !ok:
		case kind == "m":
			t.municipality[key(name)] = at
		default:
			towns[key(name)] = at
		}
	}
	for line := range strings.Lines(postcodes) {
		number, town, _ := strings.Cut(strings.TrimSpace(line), " ")
		from, err := strconv.Atoi(number)
		at, is := t.municipality[key(town)]
		if !is {
			at, is = towns[key(town)]
		}
		if err == nil && is {
			t.areas = append(t.areas, area{from, at})
		}
	}
	for name, as := range otherNames {
		if at, is := t.municipality[key(as)]; is {
			t.municipality[key(name)] = at
		}
	}
	return t
}

// key makes the spellings of a name alike.
func key(name string) string { return strings.Join(fold.Words(name), " ") }

// placed reads a line of the places: kind, name, degrees north and east.
func placed(line string) (kind, name string, at Point, ok bool) {
	f := strings.Split(line, "\t")
	if len(f) != 4 {
		return "", "", Point{}, false
	}
	lat, err := strconv.ParseFloat(f[2], 64)
	lon, wrong := strconv.ParseFloat(f[3], 64)
	return f[0], f[1], Point{lat, lon}, err == nil && wrong == nil
}
