package gedcom

import (
	"slices"
	"strconv"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// ourName is what we are called in the head of a file; whose it is, its words mean what docs/drawing.md says.
const ourName = "MAATJE"

// Our own words for what GEDCOM cannot say.
const (
	tagIndex   = "_INDEX"
	tagPartner = "_PARTNER"
	tagName    = "_NAME"
	tagLife    = "_LIFE"
	tagBeyond  = "_BEYOND"
	tagIs      = "_IS"
	tagKind    = "_KIND"
	tagFrom    = "_FROM"
	tagUntil   = "_UNTIL"
	tagWho     = "_WHO"
	tagIn      = "_IN"
	tagChild   = "_CHILD"
	tagSame    = "_IDENTICAL"
	tagParent  = "_PARENT"
	tagHow     = "_HOW"
	tagOften   = "_OFTEN"
	tagLast    = "_LAST"
	tagCarer   = "_CARER"
	tagA       = "_A"
	tagB       = "_B"
	tagSaidBy  = "_SAIDBY"
	tagCentre  = "_CENTRE"
	tagRing    = "_RING"
	tagGives   = "_GIVES"
	tagCould   = "_COULD"
	tagTask    = "_TASK"
)

// ourRecords are the records in our own words, and how each is read.
var ourRecords map[string]func(*own, *part)

func init() {
	ourRecords = map[string]func(*own, *part){
		"_TWINS": (*own).twins, "_HOUSEHOLD": (*own).household, "_STAY": (*own).stay, "_DETENTION": (*own).detention,
		"_CONTACT": (*own).contact, "_CARE": (*own).care, "_TIE": (*own).tie, "_PLACE": (*own).place,
	}
}

// own reads the records in our own words, into the family.
type own struct {
	*reader
	family     *kin.Family
	households map[string]core.ID
}

func (r *reader) own() {
	o := own{r, &r.told.Family, map[string]core.ID{}}
	for _, p := range r.extra {
		ourRecords[p.tag](&o, p)
	}
}

// ownFact reads a line of a person in our own words.
func (r *reader) ownFact(n *person, q *part) bool {
	switch q.tag {
	case tagName:
		n.Name = q.text()
	case tagLife:
		n.Life = r.word(q, kin.Lives)
	case tagBeyond:
		n.Beyond = r.word(q, kin.Beyonds)
	case tagIs:
		n.Is = q.text()
	default:
		return false
	}
	return true
}

func (r *reader) ownChild(c *childOf, q *part) {
	if k := q.first(tagKind); k.tag != "" {
		c.kind = r.word(k, kin.Links)
	}
	c.from, c.until = r.day(q, tagFrom), r.day(q, tagUntil)
}

// word is the value if it is one of those that are known.
func (r *reader) word(q *part, known []string) string {
	if q.tag == "" || slices.Contains(known, q.text()) {
		return q.text()
	}
	r.told.miss(q.n, UnknownWord, q.text())
	return ""
}

func (r *reader) words(p *part, tag string, known []string) []string {
	var all []string
	for _, q := range p.parts {
		if q.tag == tag && known == nil && q.text() != "" {
			all = append(all, q.text())
		}
		if q.tag == tag && known != nil && r.word(q, known) != "" {
			all = append(all, q.text())
		}
	}
	return all
}

func (r *reader) day(p *part, tag string) kin.When {
	q := p.first(tag)
	if q.tag == "" {
		return kin.When{}
	}
	w, why := parseSpan(q.text())
	if why != "" {
		r.told.miss(q.n, why, q.text())
	}
	return w.from
}

// who is somebody whom a record in our own words names, or 0, which is told.
func (o *own) who(p *part, tag string) core.ID {
	q := p.first(tag)
	if n := o.personAt(pointer{pointed(q.value), q.n}); n != nil {
		return n.ID
	}
	return 0
}

// two are two different people whom a record names; 0 is nobody.
func (o *own) two(p *part, tag, tag2 string) (a, b core.ID) {
	a, b = o.who(p, tag), o.who(p, tag2)
	if a != 0 && a == b {
		o.told.miss(p.n, WithOneself, pointed(p.first(tag).value))
		return 0, 0
	}
	return a, b
}

func (o *own) twins(p *part) {
	t := kin.Twins{Identical: p.first(tagSame).text() == "Y"}
	for _, q := range p.parts {
		if n := o.personAt(pointer{pointed(q.value), q.n}); q.tag == tagChild && n != nil && !slices.Contains(t.Children, n.ID) {
			t.Children = append(t.Children, n.ID)
		}
	}
	if len(t.Children) > 1 {
		t.ID = o.id()
		o.family.Twins = append(o.family.Twins, t)
	}
}

func (o *own) household(p *part) {
	if _, twice := o.households[p.xref]; twice {
		o.told.miss(p.n, SecondRecord, p.xref)
		return
	}
	h := kin.Household{ID: o.id(), Name: p.first("NAME").text()}
	o.households[p.xref] = h.ID
	o.family.Households = append(o.family.Households, h)
}

func (o *own) stay(p *part) {
	in := p.first(tagIn)
	s := kin.Stay{Household: o.households[pointed(in.value)], Person: o.who(p, tagWho), From: o.day(p, tagFrom), Until: o.day(p, tagUntil)}
	if s.Household == 0 {
		o.told.miss(in.n, NoRecord, in.text())
	}
	if s.Household != 0 && s.Person != 0 {
		s.ID = o.id()
		o.family.Stays = append(o.family.Stays, s)
	}
}

func (o *own) detention(p *part) {
	if d := (kin.Detention{Person: o.who(p, tagWho), From: o.day(p, tagFrom), Until: o.day(p, tagUntil)}); d.Person != 0 {
		d.ID = o.id()
		o.family.Detentions = append(o.family.Detentions, d)
	}
}

func (o *own) contact(p *part) {
	child, parent := o.two(p, tagChild, tagParent)
	c := kin.Contact{
		Child: child, Parent: parent, How: o.word(p.first(tagHow), kin.Hows), Often: o.word(p.first(tagOften), kin.Oftens),
		Last: o.day(p, tagLast), From: o.day(p, tagFrom), Until: o.day(p, tagUntil),
	}
	if c.Child != 0 && c.Parent != 0 && c.How != "" {
		c.ID = o.id()
		o.family.Contacts = append(o.family.Contacts, c)
	}
}

func (o *own) care(p *part) {
	carer, child := o.two(p, tagCarer, tagChild)
	c := kin.Care{Carer: carer, Child: child, From: o.day(p, tagFrom), Until: o.day(p, tagUntil)}
	if c.Carer != 0 && c.Child != 0 {
		c.ID = o.id()
		o.family.Cares = append(o.family.Cares, c)
	}
}

func (o *own) tie(p *part) {
	a, b := o.two(p, tagA, tagB)
	t := kin.Tie{
		A: a, B: b, Kind: o.word(p.first(tagKind), kin.Ties), SaidBy: p.first(tagSaidBy).text(),
		From: o.day(p, tagFrom), Until: o.day(p, tagUntil),
	}
	if t.A != 0 && t.B != 0 && t.Kind != "" {
		t.ID = o.id()
		o.family.Ties = append(o.family.Ties, t)
	}
}

func (o *own) place(p *part) {
	c := kin.Place{
		Centre: o.who(p, tagCentre), Person: o.who(p, tagWho), Ring: o.ring(p.first(tagRing)),
		Gives: o.words(p, tagGives, kin.Supports), Could: o.words(p, tagCould, kin.Supports), Tasks: o.words(p, tagTask, nil),
	}
	if c.Centre != 0 && c.Person != 0 {
		c.ID = o.id()
		o.family.Places = append(o.family.Places, c)
	}
}

// ring is a ring of the network map; 0 is named, not placed yet.
func (o *own) ring(q *part) int {
	n, err := strconv.Atoi(q.text())
	if err == nil && n > 0 && n <= 9 {
		return n
	}
	if q.tag != "" {
		o.told.miss(q.n, UnknownWord, q.text())
	}
	return 0
}
