package gedcom

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"

	"maatje/internal/core"
	"maatje/internal/kin"
	"maatje/internal/web/text"
)

// familyJSON is a family as our JSON has it; docs/drawing.md tells what each word means.
type familyJSON struct {
	Index      []core.ID       `json:"index,omitempty"`
	Persons    []kin.Person    `json:"persons"`
	Unions     []kin.Union     `json:"unions,omitempty"`
	Links      []kin.Link      `json:"links,omitempty"`
	Twins      []kin.Twins     `json:"twins,omitempty"`
	Households []kin.Household `json:"households,omitempty"`
	Stays      []kin.Stay      `json:"stays,omitempty"`
	Detentions []kin.Detention `json:"detentions,omitempty"`
	Contacts   []kin.Contact   `json:"contacts,omitempty"`
	Cares      []kin.Care      `json:"cares,omitempty"`
	Ties       []kin.Tie       `json:"ties,omitempty"`
	Places     []kin.Place     `json:"places,omitempty"`
}

// WriteJSON writes a family as our JSON: {"family": {...}}.
func WriteJSON(to io.Writer, f kin.Family) error {
	e := json.NewEncoder(to)
	e.SetIndent("", " ")
	return e.Encode(struct {
		Family familyJSON `json:"family"`
	}{familyJSON(f)})
}

// ReadJSON reads what WriteJSON wrote, and a drawing in JSON, which has its family in it. What is not as it must be is said in
// one sentence, and nothing is read then.
func ReadJSON(in io.Reader) (kin.Family, error) {
	limit := &io.LimitedReader{R: in, N: MaxBytes + 1}
	var file struct {
		Family *familyJSON `json:"family"`
	}
	err := json.NewDecoder(limit).Decode(&file)
	switch {
	case limit.N == 0:
		return kin.Family{}, ErrTooLarge
	case limit.N == MaxBytes+1:
		return kin.Family{}, ErrEmpty
	case err != nil:
		return kin.Family{}, refused(func(l text.Lang) string { return l.GedcomNoJson(err.Error()) })
	case file.Family == nil:
		return kin.Family{}, refused(text.Lang.GedcomNoFamily)
	case len(file.Family.Persons) == 0:
		return kin.Family{}, ErrNobody
	case len(file.Family.Persons) > MaxPersons:
		return kin.Family{}, ErrTooMany
	}
	f := kin.Family(*file.Family)
	return f, check(f)
}

// checker goes through a family and keeps the first thing that is wrong.
type checker struct {
	kinds map[core.ID]string
	err   error
}

// check holds a family that came in against the model: every identifier is there once, whatever is named exists, and every word is
// one of those that are known.
func check(f kin.Family) error {
	c := checker{kinds: map[core.ID]string{}}
	c.identify(f)
	for _, p := range f.Persons {
		c.word("sex", p.Sex, kin.Sexes, true)
		c.word("life", p.Life, kin.Lives, true)
		c.word("beyond", p.Beyond, kin.Beyonds, true)
	}
	c.people("index", f.Index)
	for _, u := range f.Unions {
		c.people("partners", u.Partners)
		for _, s := range u.States {
			c.word("state", s.Kind, kin.States, false)
		}
	}
	c.links(f)
	c.rest(f)
	return c.err
}

func (c *checker) links(f kin.Family) {
	partners := map[core.ID][]core.ID{}
	for _, u := range f.Unions {
		partners[u.ID] = u.Partners
	}
	for _, l := range f.Links {
		c.is("child", "person", l.Child)
		c.is("union", "union", l.Union)
		c.word("link", l.Kind, kin.Links, false)
		if slices.Contains(partners[l.Union], l.Child) {
			c.fail(func(t text.Lang) string { return t.GedcomJsonOwnChild(decimal(l.Child)) })
		}
	}
	circles := findCircles(f)
	for i, l := range f.Links {
		if circles[i] {
			c.fail(func(t text.Lang) string { return t.GedcomJsonOwnAncestor(decimal(l.Child)) })
		}
	}
}

func (c *checker) rest(f kin.Family) {
	for _, t := range f.Twins {
		c.people("twins", t.Children)
	}
	for _, s := range f.Stays {
		c.is("household", "household", s.Household)
		c.is("person", "person", s.Person)
	}
	for _, d := range f.Detentions {
		c.is("person", "person", d.Person)
	}
	for _, t := range f.Contacts {
		c.people("contact", []core.ID{t.Child, t.Parent})
		c.word("how", t.How, kin.Hows, false)
		c.word("often", t.Often, kin.Oftens, true)
	}
	for _, t := range f.Cares {
		c.people("care", []core.ID{t.Carer, t.Child})
	}
	for _, t := range f.Ties {
		c.people("tie", []core.ID{t.A, t.B})
		c.word("tie", t.Kind, kin.Ties, false)
	}
	for _, p := range f.Places {
		c.is("place", "person", p.Centre)
		c.is("place", "person", p.Person)
		for _, s := range append(slices.Clone(p.Gives), p.Could...) {
			c.word("support", s, kin.Supports, false)
		}
		if p.Ring < 0 || p.Ring > 9 {
			c.fail(func(t text.Lang) string { return t.GedcomJsonRing(strconv.Itoa(p.Ring)) })
		}
	}
}

// identify holds that every identifier is there and is used once.
func (c *checker) identify(f kin.Family) {
	for _, p := range f.Persons {
		c.new("person", p.ID)
	}
	for _, u := range f.Unions {
		c.new("union", u.ID)
	}
	for _, l := range f.Links {
		c.new("link", l.ID)
	}
	for _, t := range f.Twins {
		c.new("twins", t.ID)
	}
	for _, h := range f.Households {
		c.new("household", h.ID)
	}
	for _, s := range f.Stays {
		c.new("stay", s.ID)
	}
	for _, d := range f.Detentions {
		c.new("detention", d.ID)
	}
	for _, t := range f.Contacts {
		c.new("contact", t.ID)
	}
	for _, t := range f.Cares {
		c.new("care", t.ID)
	}
	for _, t := range f.Ties {
		c.new("tie", t.ID)
	}
	for _, p := range f.Places {
		c.new("place", p.ID)
	}
}

func (c *checker) new(kind string, id core.ID) {
	if id <= 0 {
		c.fail(func(t text.Lang) string { return t.GedcomJsonNoIdentifier(kind) })
	}
	if c.kinds[id] != "" {
		c.fail(func(t text.Lang) string { return t.GedcomJsonTwice(decimal(id)) })
	}
	c.kinds[id] = kind
}

func (c *checker) is(field, kind string, id core.ID) {
	if c.kinds[id] != kind {
		c.fail(func(t text.Lang) string { return t.GedcomJsonNotThere(field, decimal(id), kind) })
	}
}

func (c *checker) people(field string, ids []core.ID) {
	for i, id := range ids {
		c.is(field, "person", id)
		if slices.Contains(ids[:i], id) {
			c.fail(func(t text.Lang) string { return t.GedcomJsonNamesTwice(field, decimal(id)) })
		}
	}
}

func (c *checker) word(field, word string, known []string, open bool) {
	if (word != "" || !open) && !slices.Contains(known, word) {
		c.fail(func(t text.Lang) string { return t.GedcomJsonWord(fmt.Sprintf("%.40q", word), field) })
	}
}

func (c *checker) fail(words func(text.Lang) string) {
	if c.err == nil {
		c.err = refused(words)
	}
}

func decimal(id core.ID) string { return strconv.FormatInt(id.Int64(), 10) }
