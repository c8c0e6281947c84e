package gedcom

import (
	"encoding/json"
	"io"
	"strconv"

	"maatje/internal/core"
	"maatje/internal/genogram/arrange"
	"maatje/internal/kin"
)

type pointJSON struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
}

type placeJSON struct {
	ID   string  `json:"id"`
	Name string  `json:"name"`
	X    float64 `json:"x"`
	Y    float64 `json:"y"`
}

type unionJSON struct {
	ID       string        `json:"id"`
	Partners []string      `json:"partners"`
	Lane     float64       `json:"lane"`
	Drop     pointJSON     `json:"drop"`
	Ways     [][]pointJSON `json:"ways"`
}

type linkJSON struct {
	Child   string      `json:"child"`
	Union   string      `json:"union"`
	Kind    string      `json:"kind"`
	Slanted bool        `json:"slanted"`
	Way     []pointJSON `json:"way"`
}

type outlineJSON struct {
	Name   string        `json:"name"`
	Shapes [][]pointJSON `json:"shapes"`
}

// Metrics are the figures of one drawing.
type Metrics struct {
	Persons      int     `json:"persons"`   // of the family who are kin
	Drawn        int     `json:"drawn"`     // of them who stand in the drawing
	Crossings    int     `json:"crossings"` // of the lines as they run, once per pair of unions
	Width        float64 `json:"width"`     // in widths of a person
	Rows         int     `json:"rows"`
	Milliseconds float64 `json:"milliseconds"` // that the drawing took, without reading and writing
}

type drawingJSON struct {
	Persons    []placeJSON   `json:"persons"`
	Unions     []unionJSON   `json:"unions"`
	Links      []linkJSON    `json:"links"`
	Households []outlineJSON `json:"households"`
	Metrics    Metrics       `json:"metrics"`
	Family     familyJSON    `json:"family"`
}

// WriteDrawing writes a drawing as JSON: where everybody stands, one row a unit, along which ways the lines run, and the family
// itself, so that the file can be read again.
func WriteDrawing(to io.Writer, f kin.Family, d arrange.Drawing, milliseconds float64) error {
	n := names(f)
	out := drawingJSON{Persons: []placeJSON{}, Unions: []unionJSON{}, Links: []linkJSON{}, Households: []outlineJSON{}, Family: familyJSON(f)}
	for _, p := range d.Places {
		out.Persons = append(out.Persons, placeJSON{n.keys[p.Person], n.words[p.Person], p.X, p.Y})
	}
	for _, u := range d.Unions {
		out.Unions = append(out.Unions, unionJSON{n.keys[u.Union], n.partners[u.Union], u.Lane, pointJSON(u.Drop), ways(u.Ways)})
	}
	for _, l := range d.Links {
		link := n.links[l.Link]
		out.Links = append(out.Links, linkJSON{n.keys[link.Child], n.keys[link.Union], link.Kind, l.Slanted, way(l.Way)})
	}
	for _, h := range d.Households {
		out.Households = append(out.Households, outlineJSON{n.words[h.Household], ways(h.Shapes)})
	}
	out.Metrics = Metrics{n.kin, len(d.Places), d.Crossings, d.Width, d.Rows, milliseconds}
	return json.NewEncoder(to).Encode(out)
}

// nameTable is what the things of a family are called in a drawing.
type nameTable struct {
	keys, words map[core.ID]string
	partners    map[core.ID][]string
	links       map[core.ID]kin.Link
	kin         int
}

func names(f kin.Family) nameTable {
	n := nameTable{map[core.ID]string{}, map[core.ID]string{}, map[core.ID][]string{}, map[core.ID]kin.Link{}, 0}
	taken := map[string]bool{"": true}
	for _, p := range f.Persons {
		n.keys[p.ID], n.words[p.ID] = free(taken, p.Key, p.ID), p.Name
		if p.IsKin() {
			n.kin++
		}
	}
	for _, u := range f.Unions {
		n.keys[u.ID] = free(taken, u.Key, u.ID)
		for _, p := range u.Partners {
			n.partners[u.ID] = append(n.partners[u.ID], n.keys[p])
		}
	}
	for _, l := range f.Links {
		n.links[l.ID] = l
	}
	for _, h := range f.Households {
		n.words[h.ID] = h.Name
	}
	return n
}

// free is the name under which a file knew somebody, if nobody else has it, or else the number.
func free(taken map[string]bool, key string, id core.ID) string {
	if taken[key] {
		key = "#" + strconv.FormatInt(id.Int64(), 10)
	}
	taken[key] = true
	return key
}

func ways(all [][]arrange.Point) [][]pointJSON {
	out := [][]pointJSON{}
	for _, w := range all {
		out = append(out, way(w))
	}
	return out
}

func way(points []arrange.Point) []pointJSON {
	out := []pointJSON{}
	for _, p := range points {
		out = append(out, pointJSON(p))
	}
	return out
}
