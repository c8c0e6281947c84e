package gedcom

import (
	"slices"
	"strings"

	"maatje/internal/core"
	"maatje/internal/kin"
)

var sexes = map[string]string{"f": "F", "m": "M", "x": "X"}

func (w *writer) person(p kin.Person) {
	w.record(w.refs[p.ID], "INDI")
	name := plainName(clean(p.Name))
	w.text(1, "NAME", name)
	if name != clean(p.Name) {
		w.text(1, tagName, p.Name)
	}
	w.text(1, "SEX", sexes[p.Sex])
	if !p.Born.IsZero() {
		w.line(1, "BIRT", "")
		w.day(2, "DATE", p.Born)
	}
	if !p.Died.IsZero() {
		w.line(1, "DEAT", "")
		w.day(2, "DATE", p.Died)
	} else if p.Dead {
		w.line(1, "DEAT", "Y")
	}
	for _, l := range w.links {
		if l.Child == p.ID {
			w.link(l)
		}
	}
	for _, u := range w.family.Unions {
		if slices.Contains(u.Partners, p.ID) {
			w.point("FAMS", u.ID)
		}
	}
	w.text(1, tagLife, p.Life)
	w.text(1, tagBeyond, p.Beyond)
	w.text(1, tagIs, p.Is)
}

var pedigrees = map[string]string{kin.Birth: "BIRTH", "adopted": "ADOPTED", "foster_network": "FOSTER", "foster_agency": "FOSTER"}

func (w *writer) link(l kin.Link) {
	w.point("FAMC", l.Union)
	if p := pedigrees[l.Kind]; p != "" {
		w.line(2, "PEDI", p)
	} else {
		w.line(2, "PEDI", "OTHER")
		w.line(3, "PHRASE", l.Kind)
	}
	if pedigrees[l.Kind] != strings.ToUpper(l.Kind) {
		w.line(2, tagKind, l.Kind)
	}
	w.day(2, tagFrom, l.From)
	w.day(2, tagUntil, l.Until)
}

func (w *writer) union(u kin.Union) {
	w.record(w.refs[u.ID], "FAM")
	free := []string{"HUSB", "WIFE"}
	for _, p := range u.Partners {
		tag := tagPartner
		switch {
		case slices.Contains(free, "WIFE") && w.sexOf(p) == "f":
			tag = "WIFE"
		case len(free) > 0:
			tag = free[0]
		}
		if w.point(tag, p) {
			free = slices.DeleteFunc(free, func(t string) bool { return t == tag })
		}
	}
	var last core.ID
	for _, l := range w.links {
		if l.Union == u.ID && l.Child != last {
			w.point("CHIL", l.Child)
			last = l.Child
		}
	}
	for _, s := range u.States {
		w.state(s)
	}
}

func (w *writer) sexOf(id core.ID) string {
	i := slices.IndexFunc(w.family.Persons, func(p kin.Person) bool { return p.ID == id })
	if i < 0 {
		return ""
	}
	return w.family.Persons[i].Sex
}

func (w *writer) state(s kin.State) {
	tag := map[string]string{"married": "MARR", "divorced": "DIV"}[s.Kind]
	switch {
	case tag == "":
		w.line(1, "EVEN", "")
		w.text(2, "TYPE", s.Kind)
	case s.From.IsZero():
		w.line(1, tag, "Y")
	default:
		w.line(1, tag, "")
	}
	w.day(2, "DATE", s.From)
}
