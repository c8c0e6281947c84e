// Package draw makes the picture of a family that is arranged: a genogram after McGoldrick, Gerson and Petry (TOO-2). It reads
// without a script, without colours and on one sheet of paper; every drawing carries a legend of the signs that occur in it. The
// same family gives the same picture, byte by byte.
//
// Illness, substances and orientation are no part of it. Lines of abuse are drawn by a deliberate choice alone, and that somebody
// stays inside can be left out for who does not know it (INT-8).
package draw

import (
	"cmp"
	"context"
	_ "embed"
	"io"

	"github.com/a-h/templ"

	"maatje/internal/core"
	"maatje/internal/genogram/arrange"
	"maatje/internal/kin"
	"maatje/internal/web/text"
)

//go:generate go tool templ generate -path .

// Options say how a family is shown.
type Options struct {
	Lang          text.Lang
	On            core.Date            // the day of the picture: ages are of that day
	ID            string               // begins every identifier of the page; needed when two drawings stand on one
	Link          func(core.ID) string // where a person leads to; nil: a picture without links, as on paper
	Focus         core.ID              // who is being looked at, if anybody
	More          map[core.ID]int      // how many people around somebody were left out; see Around
	MoreLink      func(core.ID) string // where "7 more" leads to; nil: it is only said
	HideDetention bool                 // for who does not know it
	ShowAbuse     bool
	ShowContacts  bool
}

// Figure is the drawing for a page: it follows the width of the page and of the paper, with its legend below it. The page has
// Style beside it.
func Figure(f kin.Family, d arrange.Drawing, o Options) templ.Component {
	return figure(picture(f, d, o))
}

//go:embed drawing.css
var style string

// Write writes the drawing as a file of its own, with its style and its legend inside, and without links.
func Write(w io.Writer, f kin.Family, d arrange.Drawing, o Options) error {
	o.Link, o.MoreLink = nil, nil
	if _, err := io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"); err != nil {
		return err
	}
	return file(picture(f, d, o), templ.Raw("<style>"+style+"</style>")).Render(context.Background(), w)
}

// drawing is a picture ready to be written: numbers in pixels, words in the reader's language.
type drawing struct {
	Lang        text.Lang
	ID          string
	Box         box // what is seen
	Title, Desc string
	Links       bool     // people can be gone to
	Lines       []line   // from the ground up
	Words       []word   // on those lines
	People      []person // by row and then from left to right
	Legend      []sample
}

// mark is a stroke or a shape; its class says how it is drawn.
type mark struct{ Class, D string }

// word is a text in the picture; X, Y is where its base line begins, has its middle or ends.
type word struct {
	Class string
	X, Y  float64
	Text  string
}

// line is one thing of the family that is drawn by lines: Kind says what it is, ID which.
type line struct {
	Kind, ID string
	Marks    []mark
}

// folk finds what is told about somebody.
type folk struct {
	child   map[core.ID][]kin.Link
	partner map[core.ID][]kin.Union
	stay    map[core.ID][]kin.Stay
	cared   map[core.ID][]kin.Care
	home    map[core.ID]kin.Household
}

func folkOf(f kin.Family) folk {
	k := folk{
		map[core.ID][]kin.Link{}, map[core.ID][]kin.Union{}, map[core.ID][]kin.Stay{}, map[core.ID][]kin.Care{}, map[core.ID]kin.Household{},
	}
	for _, l := range f.Links {
		k.child[l.Child] = append(k.child[l.Child], l)
	}
	for _, u := range f.Unions {
		for _, p := range u.Partners {
			k.partner[p] = append(k.partner[p], u)
		}
	}
	for _, st := range f.Stays {
		k.stay[st.Person] = append(k.stay[st.Person], st)
	}
	for _, c := range f.Cares {
		k.cared[c.Child] = append(k.cared[c.Child], c)
	}
	for _, h := range f.Households {
		k.home[h.ID] = h
	}
	return k
}

// studio is the picture while it is made.
type studio struct {
	o     Options
	l     text.Lang
	f     kin.Family
	d     arrange.Drawing
	scale scale
	who   map[core.ID]kin.Person
	bonds map[core.ID]kin.Union
	folk
	at     map[core.ID]point
	drops  map[point][]arrange.Point
	room   room
	dated  []dated         // lines of unions
	signs  map[string]bool // that occur
	routed int             // bridges so far
	out    drawing
}

func picture(f kin.Family, d arrange.Drawing, o Options) drawing {
	s := &studio{o: o, l: o.Lang, f: f, d: d, who: map[core.ID]kin.Person{}, bonds: map[core.ID]kin.Union{}, at: map[core.ID]point{}, signs: map[string]bool{}}
	s.folk = folkOf(f)
	s.out.Lang, s.out.ID, s.out.Links = o.Lang, cmp.Or(o.ID, "genogram"), o.Link != nil
	for _, p := range f.Persons {
		s.who[p.ID] = p
	}
	for _, u := range f.Unions {
		s.bonds[u.ID] = u
	}
	s.scale = measure(d, len(o.More) > 0)
	s.room = newRoom(s.scale.width, s.scale.height)
	for _, p := range d.Places {
		s.at[p.Person] = s.scale.point(p.Point)
	}
	s.findDrops()
	s.people()
	s.homes()
	s.links()
	s.unions()
	s.bridges()
	s.out.Box = s.room.used
	s.out.Title, s.out.Desc = s.title(), s.describe()
	s.out.Legend = s.legend()
	return s.out
}

func (s *studio) add(kind string, id core.ID, marks ...mark) {
	s.out.Lines = append(s.out.Lines, line{kind, id.String(), marks})
}
