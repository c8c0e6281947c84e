package told

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"maatje/internal/kin"
	"maatje/internal/web/text"
)

// When writes a day as exactly as it is known: "3 mei 2019", "mei 2019", "ongeveer 1950".
func When(l text.Lang, w kin.When) string {
	var out string
	switch {
	case w.IsZero():
		return ""
	case w.Month == 0:
		out = strconv.Itoa(int(w.Year))
	case w.Day == 0:
		out = l.Month(strconv.Itoa(int(w.Month))) + " " + strconv.Itoa(int(w.Year))
	default:
		out = l.Date(w.First())
	}
	if w.About {
		return l.GenogramAbout(out)
	}
	return out
}

// Period writes from and until as far as they are known.
func Period(l text.Lang, from, until kin.When) string {
	switch {
	case from.IsZero() && until.IsZero():
		return ""
	case until.IsZero():
		return l.GenogramSince(When(l, from))
	case from.IsZero():
		return l.GenogramTill(When(l, until))
	}
	return l.GenogramFromTill(When(l, from), When(l, until))
}

// sentence joins what is known after its subject: "Kim: vrouw, 34 jaar."
func sentence(subject string, known ...string) string {
	known = slices.DeleteFunc(known, func(s string) bool { return s == "" })
	if len(known) == 0 {
		return subject + "."
	}
	return subject + ": " + strings.Join(known, ", ") + "."
}

// dated ends a sentence with its dates.
func (t Teller) dated(words string, from, until kin.When) string {
	if p := Period(t.l, from, until); p != "" {
		return words + ", " + p + "."
	}
	return words + "."
}

// Person says who somebody is.
func (t Teller) Person(p kin.Person) string {
	var known []string
	if slices.Contains(t.f.Index, p.ID) {
		known = append(known, t.l.GenogramIndex())
	}
	if p.Name != "" {
		known = append(known, p.Is)
	}
	if p.Name != "" && p.Life != "" {
		known = append(known, t.l.KinLife(p.Life))
	}
	if p.Life == "" {
		known = append(known, t.l.GenogramSex(cmp.Or(p.Sex, "none")))
	}
	if !p.Born.IsZero() {
		known = append(known, t.l.GenogramBorn(When(t.l, p.Born)))
	}
	return sentence(t.Name(p.ID), append(known, t.age(p))...)
}

// age is how old somebody is, or that they died.
func (t Teller) age(p kin.Person) string {
	switch {
	case !p.Died.IsZero():
		return t.l.GenogramDiedOn(When(t.l, p.Died))
	case p.Dead:
		return t.l.GenogramDied()
	case t.ageless || p.Born.IsZero() || p.Life != "" || p.Born.First().After(t.on):
		return ""
	case p.Born.Day > 0 && !p.Born.About:
		return t.l.GenogramYears(p.Born.First().AgeOn(t.on))
	}
	return t.l.GenogramAbout(t.l.GenogramYears(t.on.Year() - int(p.Born.Year)))
}

func (t Teller) union(u kin.Union) string {
	var states []string
	for _, s := range u.States {
		words := t.l.KinState(s.Kind)
		if !s.From.IsZero() {
			words += " " + t.l.GenogramSince(When(t.l, s.From))
		}
		states = append(states, words)
	}
	if len(u.Partners) == 1 {
		return sentence(t.Name(u.Partners[0]), append(states, t.l.GenogramOtherUnknown())...)
	}
	if len(states) == 0 {
		states = []string{t.l.GenogramTogether()}
	}
	return sentence(t.Names(u.Partners), states...)
}

func (t Teller) link(k kin.Link, u kin.Union) string {
	how := ""
	if k.Kind != kin.Birth {
		how = t.l.KinLink(k.Kind)
	}
	return sentence(t.l.GenogramChildOf(t.Name(k.Child), t.Names(u.Partners)), how, Period(t.l, k.From, k.Until))
}

func (t Teller) twins(w kin.Twins) string {
	kind := "fraternal"
	if w.Identical {
		kind = "identical"
	}
	return sentence(t.Names(w.Children), t.l.GenogramTwins(kind))
}

func (t Teller) household(h kin.Household) string {
	if in := t.in(h.ID); len(in) > 0 {
		return sentence(t.home(h), t.Names(in))
	}
	return sentence(t.home(h), t.l.GenogramNobodyLives())
}

func (t Teller) home(h kin.Household) string { return cmp.Or(h.Name, t.l.GenogramHomeless()) }

func (t Teller) stay(s kin.Stay) string {
	i := slices.IndexFunc(t.f.Households, func(h kin.Household) bool { return h.ID == s.Household })
	home := t.l.GenogramHomeless()
	if i >= 0 {
		home = t.home(t.f.Households[i])
	}
	words := t.l.GenogramLives(t.Name(s.Person), home)
	if !s.Until.IsZero() && !s.Until.Last().After(t.on) {
		words = t.l.GenogramLived(t.Name(s.Person), home)
	}
	return t.dated(words, s.From, s.Until)
}

func (t Teller) contact(c kin.Contact) string {
	known := []string{t.l.KinHow(c.How)}
	if c.Often != "" {
		known = append(known, t.l.KinOften(c.Often))
	}
	if !c.Last.IsZero() {
		known = append(known, t.l.GenogramLast(When(t.l, c.Last)))
	}
	return sentence(t.l.GenogramContactOf(t.Name(c.Child), t.Name(c.Parent)), append(known, Period(t.l, c.From, c.Until))...)
}

func (t Teller) tie(b kin.Tie) string {
	said := ""
	if b.SaidBy != "" {
		said = t.l.GenogramSaidBy(b.SaidBy)
	}
	return sentence(t.l.GenogramBetween(t.Name(b.A), t.Name(b.B)), t.l.KinTie(b.Kind), Period(t.l, b.From, b.Until), said)
}

// Called is a name with what tells namesakes apart: "Jan (1950)".
func (t Teller) Called(p kin.Person) string {
	if p.Born.IsZero() {
		return t.Name(p.ID)
	}
	return t.Name(p.ID) + " (" + strconv.Itoa(int(p.Born.Year)) + ")"
}
