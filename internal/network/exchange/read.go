package exchange

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"maatje/internal/core"
)

// Left is what a file held and could not be taken: how often each.
type Left struct {
	Nameless int // people without any name
	Twice    int // people with the identifier of another
	Loose    int // ties to somebody who is not in the file
	Selves   int // ties from somebody to themselves
	Again    int // ties that stood there already
	Others   int // further graphs in the same file
}

// IsNone says that everything was taken.
func (l Left) IsNone() bool { return l == Left{} }

type foundKey struct{ name, scope string }

// reading is a file on its way in.
type reading struct {
	keys  map[string]foundKey
	graph Graph
	left  Left
	at    map[string]int // place of a node, by its identifier in the file
	edges []looseEdge
	ego   map[string]string
}

type looseEdge struct{ from, to, kind string }

// ReadGraphML reads a network that Network Canvas, Maatje or another program wrote. A document with definitions of its own
// (entities, which can unfold to anything, and reach for files) is refused unread.
func ReadGraphML(text string) (Graph, Left, error) {
	if len(text) > MostBytes {
		return Graph{}, Left{}, core.Invalid("graphml", "network_import_long", MostBytes/1000)
	}
	r := &reading{keys: map[string]foundKey{}, at: map[string]int{}, ego: map[string]string{}}
	d := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // what was pasted is UTF-8, whatever it says
	err := r.file(d)
	if fail, ok := core.AsFail(err); ok {
		return Graph{}, Left{}, fail
	}
	if err != nil {
		return Graph{}, Left{}, core.Invalid("graphml", "network_import_broken")
	}
	return r.done()
}

var errNoGraphML = errors.New("no GraphML")

// file reads the root and what stands directly in it.
func (r *reading) file(d *xml.Decoder) error {
	root, err := start(d)
	if err != nil || root == nil {
		return errors.Join(err, errNoGraphML)
	}
	if root.Name.Local != "graphml" {
		return core.Invalid("graphml", "network_import_none")
	}
	graphs := 0
	return each(d, func(e xml.StartElement) error {
		switch {
		case e.Name.Local == "key":
			r.keys[attribute(e, "id")] = foundKey{attribute(e, "attr.name"), attribute(e, "for")}
		case e.Name.Local == "graph" && graphs == 0:
			graphs++
			r.graph.Case = cut(attribute(e, "caseId"))
			return each(d, func(e xml.StartElement) error { return r.inGraph(d, e) })
		case e.Name.Local == "graph":
			r.left.Others++
		}
		return d.Skip()
	})
}

func (r *reading) inGraph(d *xml.Decoder, e xml.StartElement) error {
	switch e.Name.Local {
	case "data":
		return r.datum(d, e, r.ego)
	case "node":
		return r.node(d, e)
	case "edge":
		return r.edge(d, e)
	}
	return d.Skip()
}

func (r *reading) datum(d *xml.Decoder, e xml.StartElement, into map[string]string) error {
	text, err := words(d)
	key := attribute(e, "key")
	name := r.keys[key].name
	if name == "" {
		name = key
	}
	into[strings.ToLower(name)] = text
	return err
}

func (r *reading) node(d *xml.Decoder, e xml.StartElement) error {
	id, data := attribute(e, "id"), map[string]string{}
	err := each(d, func(in xml.StartElement) error {
		if in.Name.Local == "data" {
			return r.datum(d, in, data)
		}
		return d.Skip()
	})
	if err != nil {
		return err
	}
	n := nodeOf(data)
	_, known := r.at[id]
	switch {
	case known:
		r.left.Twice++
	case n.Name == "":
		r.left.Nameless++
	case len(r.graph.Nodes) == MostNodes:
		return core.Invalid("graphml", "network_import_people", MostNodes)
	default:
		r.at[id] = len(r.graph.Nodes)
		r.graph.Nodes = append(r.graph.Nodes, n)
	}
	return nil
}

func (r *reading) edge(d *xml.Decoder, e xml.StartElement) error {
	data := map[string]string{}
	err := each(d, func(in xml.StartElement) error {
		if in.Name.Local == "data" {
			return r.datum(d, in, data)
		}
		return d.Skip()
	})
	if len(r.edges) == MostEdges {
		return core.Invalid("graphml", "network_import_ties", MostEdges)
	}
	r.edges = append(r.edges, looseEdge{attribute(e, "source"), attribute(e, "target"), cut(data["kind"])})
	return err
}

// done ties the edges to the people.
func (r *reading) done() (Graph, Left, error) {
	r.graph.Ego = Node{UUID: cut(r.ego["networkcanvasuuid"]), Name: cut(first(r.ego, "name", "ego_name", "label"))}
	if len(r.graph.Nodes) == 0 {
		return Graph{}, Left{}, core.Invalid("graphml", "network_import_none")
	}
	for _, e := range r.edges {
		a, ok := r.at[e.from]
		b, there := r.at[e.to]
		switch {
		case !ok || !there:
			r.left.Loose++
		case a == b:
			r.left.Selves++
		case slices.ContainsFunc(r.graph.Edges, func(o Edge) bool { return (o.A == a && o.B == b || o.A == b && o.B == a) && o.Kind == e.kind }):
			r.left.Again++
		default:
			r.graph.Edges = append(r.graph.Edges, Edge{A: a, B: b, Kind: e.kind})
		}
	}
	return r.graph, r.left, nil
}

// nodeOf is somebody by the names that data have in the programs we know.
func nodeOf(data map[string]string) Node {
	n := Node{
		UUID: cut(data["networkcanvasuuid"]), Name: cut(first(data, "name", "label", "nickname", "first_name")),
		Is: cut(first(data, "is", "relationship", "role")), Quarter: cut(first(data, "quarter", "category", "group")),
	}
	if ring, err := strconv.Atoi(first(data, "ring", "circle")); err == nil && ring > 0 && ring < 10 {
		n.Ring = ring
	}
	for _, s := range supports {
		if data["gives_"+s] == "true" {
			n.Gives = append(n.Gives, s)
		}
		if data["could_"+s] == "true" {
			n.Could = append(n.Could, s)
		}
	}
	for t := range strings.SplitSeq(data["tasks"], strings.TrimSpace(taskSplit)) {
		if t = cut(t); t != "" && len(n.Tasks) < 20 {
			n.Tasks = append(n.Tasks, t)
		}
	}
	return n
}

func first(data map[string]string, names ...string) string {
	for _, n := range names {
		if v := strings.TrimSpace(data[n]); v != "" {
			return v
		}
	}
	return ""
}

// cut is a text of one line, without odd characters, not longer than a name may be.
func cut(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > longest {
		s = string(runes[:longest])
	}
	return strings.TrimSpace(s)
}

// token is the next part of the file. Definitions are refused before anything of them is used.
func token(d *xml.Decoder) (xml.Token, error) {
	t, err := d.Token()
	if _, defines := t.(xml.Directive); err == nil && defines {
		return nil, core.Invalid("graphml", "network_import_defines")
	}
	return t, err
}

// start finds the root.
func start(d *xml.Decoder) (*xml.StartElement, error) {
	for {
		t, err := token(d)
		if err != nil {
			return nil, err
		}
		if e, ok := t.(xml.StartElement); ok {
			return &e, nil
		}
	}
}

// each does something with every element that stands directly in the one that was opened; what it does ends at that element's end.
func each(d *xml.Decoder, do func(xml.StartElement) error) error {
	for {
		t, err := token(d)
		if err != nil {
			return err
		}
		switch e := t.(type) {
		case xml.StartElement:
			if err := do(e); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// words are the text of an element; elements in it are passed over.
func words(d *xml.Decoder) (string, error) {
	var b strings.Builder
	for {
		t, err := token(d)
		if err != nil {
			return "", err
		}
		switch e := t.(type) {
		case xml.CharData:
			b.Write(e)
		case xml.StartElement:
			if err := d.Skip(); err != nil {
				return "", err
			}
		case xml.EndElement:
			return b.String(), nil
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
