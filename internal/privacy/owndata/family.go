package owndata

import (
	"errors"
	"slices"

	"maatje/internal/consent"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/privacy"
	"maatje/internal/web/text"
)

// Asking is who asked for the package, and what was agreed about it.
type Asking struct {
	By     core.PersonID // none for an organisation
	ByName string
	Agrees bool // the child from 12 to 16 agrees that its own words go along
}

// file is what a package of somebody of a family is made from.
type file struct {
	*opener
	lang    text.Lang
	who     dossier.Person
	people  []dossier.Person
	some    []Somebody
	args    db.Args
	mine    []core.ID // trajectories that are for them
	alone   []core.ID // and for nobody else
	words   bool      // their own words go along
	unaware bool
}

var errNoGrant = errors.New("owndata: the grant is not for this")

// OfFamily makes the package of the person that the grant is about (PRV-4).
func OfFamily(t *db.Tx, l text.Lang, g consent.Grant, id core.DossierID, a Asking) (Archive, error) {
	if g.IsZero() || g.Purpose() != consent.OwnData || g.To().Name != a.ByName {
		return Archive{}, errNoGrant
	}
	f, err := openFile(t, l, g, id, a)
	if err != nil {
		return Archive{}, err
	}
	out := Archive{Lang: l, About: f.who.Name, For: a.ByName, MadeAt: t.Now(), LeftOut: f.leftOut()}
	f.identity(&out)
	f.kin(&out)
	f.said(&out)
	f.support(&out)
	f.tools(&out)
	f.visits(&out)
	f.consents(&out)
	f.asked(&out)
	f.sources(&out)
	f.looked(&out)
	return out, f.err
}

func openFile(t *db.Tx, l text.Lang, g consent.Grant, id core.DossierID, a Asking) (*file, error) {
	f := &file{opener: &opener{t: t, of: id}, lang: l, args: db.Args{"dossier": id, "person": g.About()}}
	f.people = read(f.opener, dossier.People)
	i := slices.IndexFunc(f.people, func(p dossier.Person) bool { return p.ID == g.About() })
	if f.err == nil && i < 0 {
		f.err = core.NotFound()
	}
	if f.err != nil {
		return nil, f.err
	}
	for _, p := range f.people {
		f.some = append(f.some, Somebody{p.ID, p.IsChild, p.IsParent, p.IsCaregiver, p.Birth})
	}
	f.who = f.people[i]
	level := dossier.NotAsked
	for _, k := range read(f.opener, dossier.Knowledge) {
		if k.Child == f.who.ID {
			level = k.Level
		}
	}
	f.words = mayPassOn(f.some[i], a.By, a.Agrees, g.On())
	f.unaware = isUnaware(f.some[i], a.By, string(level))
	f.whose()
	return f, f.err
}

// whose finds which support is for them, and which for them alone.
func (f *file) whose() {
	type pair struct {
		at     core.ID
		person core.PersonID
	}
	people := map[core.ID][]core.PersonID{}
	for _, p := range rows(f.opener, qFor, f.dossierArgs(), func(p *pair) []any { return []any{&p.at, &p.person} }) {
		people[p.at] = append(people[p.at], p.person)
	}
	for at, all := range people {
		if slices.Contains(all, f.who.ID) {
			f.mine = append(f.mine, at)
		}
		if isAlone(f.who.ID, all) {
			f.alone = append(f.alone, at)
		}
	}
}

func (f *file) dossierArgs() db.Args { return db.Args{"dossier": f.of} }

// leftOut is what always stays out, whether or not there is any: that nothing is there would say as much as what is there.
func (f *file) leftOut() []string {
	out := []string{"confidence", "others", "mixed", "contraindications", "workers", "referrer", "technical"}
	if !f.words {
		out = append(out, "child_words")
	}
	if f.unaware {
		out = append(out, "to_discuss")
	}
	return out
}

func (f *file) name(id core.PersonID) string {
	for _, p := range f.people {
		if p.ID == id {
			return p.Name
		}
	}
	return ""
}

func (f *file) identity(out *Archive) {
	l, p := f.lang, f.who
	var roles []string
	for _, r := range []struct {
		is   bool
		code string
	}{{p.IsChild, "child"}, {p.IsParent, "parent"}, {p.IsCaregiver, "caregiver"}} {
		if r.is {
			roles = append(roles, l.PersonRole(r.code))
		}
	}
	out.add("identity", Entry{words("name", p.Name), day(l, "birth", p.Birth), coded("sex", p.Sex, l.Sex), words("role", l.And(roles)), words("relation", p.Relation),
		words("phone", p.Phone), words("email", p.Email), words("languages", p.Languages), day(l, "died", p.DiedOn)})
	f.homes(out)
	f.ties(out)
	f.detained(out)
	if !f.unaware {
		f.knows(out)
		f.around(out)
	}
}

// homes are those where they live or lived. Of a home they left only that: who lives there now is somebody else's.
func (f *file) homes(out *Archive) {
	type home struct {
		name, kind, address, town string
		from, until               core.Date
	}
	var all []Entry
	for _, h := range rows(f.opener, qHomes, f.args, func(h *home) []any { return []any{&h.name, &h.kind, &h.address, &h.town, &h.from, &h.until} }) {
		if !h.until.IsZero() && h.until.Before(f.t.Today()) {
			h.address, h.town = "", ""
		}
		all = append(all, Entry{words("name", h.name), coded("kind", h.kind, f.lang.HouseholdKind), words("address", h.address), words("town", h.town),
			day(f.lang, "from", h.from), day(f.lang, "until", h.until)})
	}
	out.add("homes", all...)
}

// ties are whose parent or child they are, and who decides about whom.
func (f *file) ties(out *Archive) {
	var all []Entry
	for _, k := range read(f.opener, dossier.Ties) {
		switch f.who.ID {
		case k.Child:
			all = append(all, Entry{words("parent", f.name(k.Parent))})
		case k.Parent:
			all = append(all, Entry{words("child", f.name(k.Child))})
		}
	}
	for _, a := range read(f.opener, dossier.Authorities) {
		if a.Child != f.who.ID && a.Holder != f.who.ID {
			continue
		}
		all = append(all, Entry{words("decides", a.HolderName), words("about", f.name(a.Child)), coded("kind", a.Kind, f.lang.AuthorityKind),
			day(f.lang, "from", a.From), day(f.lang, "until", a.Until)})
	}
	out.add("ties", all...)
}

// detained is a parent's own detention. In the package of anybody else it has no place: it is data about the parent.
func (f *file) detained(out *Archive) {
	l := f.lang
	var all []Entry
	own := map[core.ID]bool{}
	for _, d := range read(f.opener, dossier.Detentions) {
		if d.Parent == f.who.ID {
			own[d.ID] = true
			all = append(all, Entry{day(l, "from", d.From), day(l, "expected_until", d.ExpectedUntil), day(l, "released_on", d.ReleasedOn), words("country", d.Country)})
		}
	}
	for _, p := range read(f.opener, dossier.Placements) {
		if own[p.Detention] {
			all = append(all, Entry{words("place", p.FacilityName+p.Place), words("wing", p.Wing), day(l, "from", p.From), day(l, "until", p.Until), day(l, "confirmed_on", p.ConfirmedOn)})
		}
	}
	type span struct{ from, until, lifted core.Date }
	for _, r := range rows(f.opener, qRestrictions, f.args, func(r *span) []any { return []any{&r.from, &r.until, &r.lifted} }) {
		all = append(all, Entry{day(l, "restricted_from", r.from), day(l, "expected_until", r.until), day(l, "lifted_on", r.lifted)})
	}
	for _, r := range rows(f.opener, qLeaves, f.args, func(r *span) []any { return []any{&r.from, &r.until} }) {
		all = append(all, Entry{day(l, "leave_from", r.from), day(l, "until", r.until)})
	}
	if len(own) > 0 {
		out.add("detention", all...)
	}
}

// knows is what a child knows; the one who reads it knows everything, or has authority.
func (f *file) knows(out *Archive) {
	if !f.who.IsChild {
		return
	}
	var all []Entry
	for _, k := range read(f.opener, dossier.KnowledgeHistory) {
		if k.Child == f.who.ID {
			all = append(all, Entry{coded("knows", string(k.Level), f.lang.KnowsLevel), words("story", k.Story), words("told_by", k.ToldBy), day(f.lang, "since", k.Since),
				moment(f.lang, "recorded", k.RecordedAt), words("recorded_by", k.By)})
		}
	}
	out.add("knowledge", all...)
}

// around are the organisations around the family; not how to reach whom, and not what was noted about them.
func (f *file) around(out *Archive) {
	var all []Entry
	for _, p := range read(f.opener, dossier.Professionals) {
		all = append(all, Entry{words("organisation", p.Organisation), coded("kind", p.Kind, f.lang.ProfessionalKind), day(f.lang, "from", p.From), day(f.lang, "until", p.Until)})
	}
	out.add("around", all...)
}

// looked says who looked, in the words of the family's own sheet: nothing in it gives away who passed a worry on (SIG-5).
func (f *file) looked(out *Archive) {
	var all []Entry
	for _, s := range read(f.opener, privacy.Looks) {
		all = append(all, Entry{day(f.lang, "on", s.On), words("who_looked", s.In(f.lang))})
	}
	out.add("looked", all...)
}
