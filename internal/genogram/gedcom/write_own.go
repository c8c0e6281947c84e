package gedcom

import (
	"strconv"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// ourWords are our own words with the address of what each means, as the head of a file gives them.
var ourWords = map[string]string{}

func init() {
	for _, tag := range []string{
		tagIndex, tagPartner, tagName, tagLife, tagBeyond, tagIs, tagKind, tagFrom, tagUntil, tagWho, tagIn, tagChild, tagSame, tagParent, tagHow,
		tagOften, tagLast, tagCarer, tagA, tagB, tagSaidBy, tagCentre, tagRing, tagGives, tagCould, tagTask,
	} {
		ourWords[tag] = "tag:maatje.example,2026:" + tag[1:]
	}
	for tag := range ourRecords {
		ourWords[tag] = "tag:maatje.example,2026:" + tag[1:]
	}
}

// ourOwn writes what GEDCOM has no words for, each thing as a record.
func (w *writer) ourOwn() {
	f := w.family
	for _, t := range f.Twins {
		w.twins(t)
	}
	for _, h := range f.Households {
		w.record(w.refs[h.ID], "_HOUSEHOLD")
		w.text(1, "NAME", h.Name)
	}
	for _, s := range f.Stays {
		if w.named("_STAY", tagIn, s.Household, tagWho, s.Person) {
			w.period(s.From, s.Until)
		}
	}
	for _, d := range f.Detentions {
		if w.named("_DETENTION", tagWho, d.Person, "", 0) {
			w.period(d.From, d.Until)
		}
	}
	for _, c := range f.Contacts {
		w.contact(c)
	}
	for _, c := range f.Cares {
		if w.named("_CARE", tagCarer, c.Carer, tagChild, c.Child) {
			w.period(c.From, c.Until)
		}
	}
	for _, t := range f.Ties {
		if w.named("_TIE", tagA, t.A, tagB, t.B) {
			w.text(1, tagKind, t.Kind)
			w.text(1, tagSaidBy, t.SaidBy)
			w.period(t.From, t.Until)
		}
	}
	for _, p := range f.Places {
		w.place(p)
	}
}

// named begins a record about one or two people; false means that they are not in the family.
func (w *writer) named(record, tag string, id core.ID, tag2 string, id2 core.ID) bool {
	if w.refs[id] == "" || tag2 != "" && w.refs[id2] == "" {
		return false
	}
	w.record("", record)
	w.point(tag, id)
	if tag2 != "" {
		w.point(tag2, id2)
	}
	return true
}

func (w *writer) period(from, until kin.When) {
	w.day(1, tagFrom, from)
	w.day(1, tagUntil, until)
}

func (w *writer) twins(t kin.Twins) {
	if len(t.Children) < 2 {
		return
	}
	w.record("", "_TWINS")
	for _, c := range t.Children {
		w.point(tagChild, c)
	}
	if t.Identical {
		w.line(1, tagSame, "Y")
	}
}

func (w *writer) contact(c kin.Contact) {
	if !w.named("_CONTACT", tagChild, c.Child, tagParent, c.Parent) {
		return
	}
	w.text(1, tagHow, c.How)
	w.text(1, tagOften, c.Often)
	w.day(1, tagLast, c.Last)
	w.period(c.From, c.Until)
}

func (w *writer) place(p kin.Place) {
	if !w.named("_PLACE", tagCentre, p.Centre, tagWho, p.Person) {
		return
	}
	if p.Ring > 0 {
		w.line(1, tagRing, strconv.Itoa(p.Ring))
	}
	for _, list := range []struct {
		tag    string
		values []string
	}{{tagGives, p.Gives}, {tagCould, p.Could}, {tagTask, p.Tasks}} {
		for _, v := range list.values {
			w.text(1, list.tag, v)
		}
	}
}
