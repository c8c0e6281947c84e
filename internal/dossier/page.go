package dossier

import (
	"cmp"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier/stated"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/text"
)

// pageView is the overview of a family.
type pageView struct {
	Head
	File   File
	events []Event
	helped []support
	stated []stated.Statement
	today  core.Date
	lang   text.Lang
	writes bool

	erasedOn core.Date // the day for which erasing was announced (PRV-3)
}

var qErasedOn = db.Q("dossier.erased_on", authz.Keeping, `SELECT e.due_on FROM visible_dossier d JOIN dossier_erasure e ON e.dossier_id = d.id WHERE d.id = :dossier`, theirs)

func (s *Service) showDossier(q *web.Request) error {
	id, err := web.PathID[core.DossierID](q, "id")
	if err != nil {
		return err
	}
	v := pageView{today: q.Today(), lang: q.Lang, writes: mayWrite.Allows(q.Actor)}
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		if v.Head, err = LoadHead(t, id, ""); err != nil {
			return err
		}
		if v.erasedOn, _, err = db.Maybe(t, qErasedOn, db.Args{"dossier": id}, func(d *core.Date) []any { return []any{d} }); err != nil {
			return err
		}
		if v.File, err = Load(t, id); err != nil {
			return err
		}
		if v.helped, err = supports(t, id); err != nil {
			return err
		}
		if v.stated, err = stated.Of(t, id); err != nil {
			return err
		}
		v.events, err = Timeline(t, id)
		return err
	})
	if err != nil {
		return err
	}
	return q.Show(dossierPage(q.Frame(q.Lang.DossierTitle()), v))
}

// new is the address of an empty form.
func (v pageView) new(what string) string { return v.Path() + "/" + what + "/new" }

// row is the address of the form of something that is kept.
func (v pageView) row(what string, id string) string { return v.Path() + "/" + what + "/" + id }

// who says what somebody is in the family: "kind, 9 jaar", "oma, verzorger".
func (v pageView) who(p Person) string {
	l := v.lang
	var words []string
	if p.Relation != "" {
		words = append(words, p.Relation)
	}
	for _, r := range []struct {
		is   bool
		code string
	}{{p.IsChild, "child"}, {p.IsParent, "parent"}, {p.IsCaregiver, "caregiver"}} {
		if r.is {
			words = append(words, l.PersonRole(r.code))
		}
	}
	if !p.DiedOn.IsZero() {
		words = append(words, l.DossierDiedOn(l.Date(p.DiedOn)))
	} else if !p.Birth.IsZero() {
		words = append(words, l.DossierYears(p.Birth.AgeOn(v.today)))
	}
	var out strings.Builder
	for i, w := range words {
		if i > 0 {
			out.WriteString(", ")
		}
		out.WriteString(w)
	}
	return out.String()
}

// homes says where somebody is now: at home, inside, on leave.
func (v pageView) homes(p Person) []string {
	l := v.lang
	var out []string
	if d, inside := v.File.DetainedOn(p.ID, v.today); inside {
		if leave, on := v.File.OnLeave(d.ID, v.today); on {
			out = append(out, l.DossierOnLeave(l.Date(leave.Until)))
		}
		out = append(out, v.stay(d))
	}
	for _, m := range v.File.LivesIn(p.ID, v.today) {
		home := m.HouseholdName
		if !m.From.IsZero() {
			home += ", " + l.DossierSince(l.DateShort(m.From))
		}
		out = append(out, home)
	}
	return out
}

// stay says where a detention is spent, and since when anybody looked.
func (v pageView) stay(d Detention) string {
	l := v.lang
	p, known := v.File.StaysIn(d.ID)
	switch {
	case !known:
		return l.DossierWhereaboutsUnknown()
	case p.ConfirmedOn.IsZero():
		return placeOf(p)
	case p.ConfirmedBy == "":
		return placeOf(p) + ", " + l.DossierConfirmedOn(l.Day(p.ConfirmedOn, v.today))
	}
	return placeOf(p) + ", " + l.DossierConfirmed(l.Day(p.ConfirmedOn, v.today), p.ConfirmedBy)
}

// moves says when somebody moved so often that it matters (C17).
func (v pageView) moves(p Person) string {
	if n := Moves(v.File.Members, p.ID, v.today, 3); n >= 3 {
		return v.lang.DossierMoves(n)
	}
	return ""
}

// deciding lists who decides about a child today.
func (v pageView) deciding(child core.PersonID) []Authority {
	return Deciding(v.File.Authorities, child, v.today)
}

// decided says who decides about a child.
func (v pageView) decided(child Person) string {
	if isOfAge(child, v.today) {
		return v.lang.DossierDecidesAlone()
	}
	var names []string
	for _, a := range v.deciding(child.ID) {
		names = append(names, a.HolderName)
	}
	if len(names) == 0 {
		return v.lang.DossierNobodyDecides()
	}
	return v.lang.And(names)
}

// period writes from and until as far as they are known.
func period(l text.Lang, from, until core.Date) string {
	switch {
	case from.IsZero() && until.IsZero():
		return ""
	case until.IsZero():
		return l.DossierSince(l.Date(from))
	case from.IsZero():
		return l.DossierTill(l.Date(until))
	}
	return l.DossierFromTill(l.Date(from), l.Date(until))
}

// term is how long a detention lasts as far as is known.
func (v pageView) term(d Detention) string {
	l := v.lang
	out := period(l, d.From, d.ReleasedOn)
	if d.ReleasedOn.IsZero() && !d.ExpectedUntil.IsZero() {
		if out != "" {
			out += ", "
		}
		out += l.DossierExpectedOn(l.Date(d.ExpectedUntil))
	}
	return cmp.Or(out, l.DossierDatesUnknown())
}

// lasts says how long restrictions last.
func (v pageView) lasts(r Restriction) string {
	l := v.lang
	if !r.LiftedOn.IsZero() || r.ExpectedUntil.IsZero() {
		return period(l, r.From, r.LiftedOn)
	}
	return l.DossierSince(l.Date(r.From)) + ", " + l.DossierExpectedLiftOn(l.Date(r.ExpectedUntil))
}

// support says what a trajectory is, in one line.
func (v pageView) support(s support) string {
	return cmp.Or(period(v.lang, s.start, cmp.Or(s.ended, s.planned)), v.lang.DossierNotStarted())
}

// timeline turns the events into lines; the newest hundred are enough to look back.
func (v pageView) timeline() []components.Event {
	events := v.events[:min(len(v.events), 100)]
	out := make([]components.Event, len(events))
	for i, e := range events {
		tone := components.Plain
		if e.Kind == "signalled" {
			tone = components.Late
		}
		out[i] = components.Event{Machine: e.On.String(), When: v.lang.Date(e.On), Title: v.lang.DossierEvent(e.Kind), Detail: e.What, Tone: tone}
	}
	return out
}

// kind names a trajectory: by the organisation's own word, or by the product's.
func (v pageView) kind(s support) string { return cmp.Or(s.name, v.lang.TrajectoryKind(s.kind)) }
