package dossier

import (
	"errors"
	"slices"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// sheets are the forms of everything in the file.
var sheets = []sheet{personSheet, householdSheet, memberSheet, authoritySheet, detentionSheet, placementSheet, restrictionSheet,
	leaveSheet, professionalSheet, knowledgeSheet, noteSheet}

var personSheet = sheet{
	path: "people", title: text.Lang.DossierPerson,
	fields: form.Fields{Lines: []string{"name", "roles", "birth", "sex", "relation", "parents", "phone", "email", "languages", "died_on"}},
	questions: func(d desk, row core.ID) []question {
		l := d.lang
		out := []question{
			{kind: line, Field: components.Field{Name: "name", Label: l.DossierName(), Hint: l.DossierNameHint()}},
			{kind: check, Field: components.Field{Name: "roles", Label: l.DossierRoles(), Hint: l.DossierRolesHint()}, options: components.Options(text.PersonRoleCodes(), l.PersonRole)},
			{kind: date, Field: components.Field{Name: "birth", Label: l.DossierBirth(), Optional: true}},
			{kind: radio, Field: components.Field{Name: "sex", Label: l.DossierSex(), Optional: true}, options: components.Options(text.SexCodes(), l.Sex)},
			{kind: line, Field: components.Field{Name: "relation", Label: l.DossierRelation(), Hint: l.DossierRelationHint(), Optional: true}},
		}
		parents := d.people(func(p Person) bool { return p.IsParent && p.ID.Int64() != row.Int64() })
		if len(parents) > 0 {
			out = append(out, question{kind: check, Field: components.Field{Name: "parents", Label: l.DossierParents(), Hint: l.DossierParentsHint()}, options: parents})
		}
		return append(out,
			question{kind: line, Field: components.Field{Name: "phone", Label: l.DossierPhone(), Type: "tel", Optional: true}},
			question{kind: line, Field: components.Field{Name: "email", Label: l.DossierEmail(), Type: "email", Optional: true}},
			question{kind: line, Field: components.Field{Name: "languages", Label: l.DossierLanguages(), Optional: true}},
			question{kind: date, Field: components.Field{Name: "died_on", Label: l.DossierDied(), Optional: true}})
	},
	fill: func(f File, row core.ID, in *form.Form) bool {
		p := f.Person(core.PersonID(row))
		if p.ID.IsZero() {
			return false
		}
		var roles, parents []string
		for code, is := range map[string]bool{"child": p.IsChild, "parent": p.IsParent, "caregiver": p.IsCaregiver} {
			if is {
				roles = append(roles, code)
			}
		}
		slices.Sort(roles)
		for _, o := range f.ParentsOf(p.ID) {
			parents = append(parents, o.ID.String())
		}
		in.Set("name", p.Name).Set("roles", roles...).Set("birth", p.Birth.String()).Set("sex", p.Sex).Set("relation", p.Relation).Set("parents", parents...)
		in.Set("phone", p.Phone).Set("email", p.Email).Set("languages", p.Languages).Set("died_on", p.DiedOn.String())
		in.Version = p.Version
		return true
	},
	save: savePerson,
}

func savePerson(_ *Service, t *db.Tx, id core.DossierID, row core.ID, in *form.Form) error {
	p := Person{ID: core.PersonID(row), Name: in.Value("name"), Birth: in.Date("birth"), Sex: in.Value("sex"), IsChild: in.Has("roles", "child"),
		IsParent: in.Has("roles", "parent"), IsCaregiver: in.Has("roles", "caregiver"), Relation: in.Value("relation"), DiedOn: in.Date("died_on"),
		Phone: in.Value("phone"), Email: in.Value("email"), Languages: in.Value("languages"), Version: in.Version}
	if !in.OK() {
		return errUnreadable
	}
	var err error
	if row.IsZero() {
		p.ID, err = AddPerson(t, id, p)
	} else {
		err = ChangePerson(t, id, p)
	}
	if err != nil {
		return err
	}
	var parents []core.PersonID
	for _, v := range in.List("parents") {
		parent, err := core.ParseID[core.PersonID](v)
		if err != nil {
			return err
		}
		parents = append(parents, parent)
	}
	return RecordParents(t, id, p.ID, parents)
}

// errUnreadable stops a transaction whose form has dates that do not exist; the form itself says which.
var errUnreadable = errors.New("dossier: the form has something that cannot be read")

var householdSheet = sheet{
	path: "households", title: text.Lang.DossierHousehold,
	fields: form.Fields{Lines: []string{"name", "kind", "address", "town", "phone"}},
	questions: func(d desk, _ core.ID) []question {
		l := d.lang
		return []question{
			{kind: line, Field: components.Field{Name: "name", Label: l.DossierHouseholdName(), Hint: l.DossierHouseholdHint()}},
			{kind: radio, Field: components.Field{Name: "kind", Label: l.DossierHouseholdKind()}, options: components.Options(text.HouseholdKindCodes(), l.HouseholdKind)},
			{kind: line, Field: components.Field{Name: "address", Label: l.DossierAddress(), Optional: true}},
			{kind: line, Field: components.Field{Name: "town", Label: l.DossierTown(), Optional: true}},
			{kind: line, Field: components.Field{Name: "phone", Label: l.DossierPhone(), Type: "tel", Optional: true}},
		}
	},
	fill: func(f File, row core.ID, in *form.Form) bool {
		h, ok := rowOf(f.Households, row, func(h Household) core.ID { return h.ID })
		in.Set("name", h.Name).Set("kind", h.Kind).Set("address", h.Address).Set("town", h.Town).Set("phone", h.Phone)
		in.Version = h.Version
		return ok
	},
	save: func(_ *Service, t *db.Tx, id core.DossierID, row core.ID, in *form.Form) error {
		_, err := RecordHousehold(t, id, Household{ID: row, Name: in.Value("name"), Kind: in.Value("kind"), Address: in.Value("address"), Town: in.Value("town"), Phone: in.Value("phone"), Version: in.Version})
		return err
	},
}

func rowOf[T any](all []T, row core.ID, id func(T) core.ID) (T, bool) {
	i := slices.IndexFunc(all, func(v T) bool { return id(v) == row })
	if i < 0 {
		var none T
		return none, false
	}
	return all[i], true
}

var memberSheet = sheet{
	path: "members", title: text.Lang.DossierMember,
	fields: form.Fields{Lines: []string{"person", "household", "from", "until"}},
	questions: func(d desk, _ core.ID) []question {
		l := d.lang
		return []question{
			{kind: choice, Field: components.Field{Name: "person", Label: l.DossierWho()}, options: d.people(anybody)},
			{kind: choice, Field: components.Field{Name: "household", Label: l.DossierWhere(), Hint: l.DossierWhereHint()}, options: d.homes()},
			{kind: date, Field: components.Field{Name: "from", Label: l.DossierFrom(), Optional: true}},
			{kind: date, Field: components.Field{Name: "until", Label: l.DossierUntil(), Hint: l.DossierUntilHint(), Optional: true}},
		}
	},
	fill: func(f File, row core.ID, in *form.Form) bool {
		m, ok := rowOf(f.Members, row, func(m Member) core.ID { return m.ID })
		in.Set("person", m.Person.String()).Set("household", m.Household.String()).Set("from", m.From.String()).Set("until", m.Until.String())
		in.Version = m.Version
		return ok
	},
	save: func(_ *Service, t *db.Tx, id core.DossierID, row core.ID, in *form.Form) error {
		m := Member{ID: row, Household: reference[core.ID](in, "household"), Person: reference[core.PersonID](in, "person"),
			From: in.Date("from"), Until: in.Date("until"), Version: in.Version}
		if !in.OK() {
			return errUnreadable
		}
		if m.Person.IsZero() {
			return core.Invalid("person", "dossier_person_missing")
		}
		_, err := RecordMember(t, id, m)
		return err
	},
}

var authoritySheet = sheet{
	path: "authority", title: text.Lang.DossierAuthority,
	fields: form.Fields{Lines: []string{"child", "holder", "holder_name", "kind", "from", "until"}},
	questions: func(d desk, _ core.ID) []question {
		l := d.lang
		return []question{
			{kind: choice, Field: components.Field{Name: "child", Label: l.DossierAboutChild()}, options: d.people(func(p Person) bool { return p.IsChild })},
			{kind: choice, Field: components.Field{Name: "holder", Label: l.DossierHolder(), Optional: true}, options: d.people(func(p Person) bool { return !p.IsChild })},
			{kind: line, Field: components.Field{Name: "holder_name", Label: l.DossierHolderName(), Hint: l.DossierHolderNameHint(), Optional: true}},
			{kind: radio, Field: components.Field{Name: "kind", Label: l.DossierAuthorityKind()}, options: components.Options(text.AuthorityKindCodes(), l.AuthorityKind)},
			{kind: date, Field: components.Field{Name: "from", Label: l.DossierFrom(), Optional: true}},
			{kind: date, Field: components.Field{Name: "until", Label: l.DossierUntil(), Optional: true}},
		}
	},
	fill: func(f File, row core.ID, in *form.Form) bool {
		a, ok := rowOf(f.Authorities, row, func(a Authority) core.ID { return a.ID })
		in.Set("child", a.Child.String()).Set("kind", a.Kind).Set("from", a.From.String()).Set("until", a.Until.String())
		if a.Holder.IsZero() {
			in.Set("holder_name", a.HolderName)
		} else {
			in.Set("holder", a.Holder.String())
		}
		in.Version = a.Version
		return ok
	},
	save: func(_ *Service, t *db.Tx, id core.DossierID, row core.ID, in *form.Form) error {
		a := Authority{ID: row, Child: reference[core.PersonID](in, "child"), Holder: reference[core.PersonID](in, "holder"), HolderName: in.Value("holder_name"),
			Kind: in.Value("kind"), From: in.Date("from"), Until: in.Date("until"), Version: in.Version}
		if !in.OK() {
			return errUnreadable
		}
		if a.Child.IsZero() {
			return core.Invalid("child", "dossier_child_missing")
		}
		_, err := RecordAuthority(t, id, a)
		return err
	},
}

var professionalSheet = sheet{
	path: "professionals", title: text.Lang.DossierProfessional,
	fields: form.Fields{Lines: []string{"organisation", "name", "kind", "phone", "email", "from", "until"}, Texts: []string{"note"}},
	questions: func(d desk, _ core.ID) []question {
		l := d.lang
		return []question{
			{kind: line, Field: components.Field{Name: "organisation", Label: l.DossierOrganisation(), Optional: true}},
			{kind: line, Field: components.Field{Name: "name", Label: l.DossierProfessionalName(), Optional: true}},
			{kind: choice, Field: components.Field{Name: "kind", Label: l.DossierProfessionalKind()}, options: components.Options(text.ProfessionalKindCodes(), l.ProfessionalKind)},
			{kind: line, Field: components.Field{Name: "phone", Label: l.DossierPhone(), Type: "tel", Optional: true}},
			{kind: line, Field: components.Field{Name: "email", Label: l.DossierEmail(), Type: "email", Optional: true}},
			{kind: date, Field: components.Field{Name: "from", Label: l.DossierFrom(), Optional: true}},
			{kind: date, Field: components.Field{Name: "until", Label: l.DossierUntil(), Optional: true}},
			{kind: story, Field: components.Field{Name: "note", Label: l.DossierProfessionalNote(), Hint: l.DossierProfessionalHint(), Optional: true}},
		}
	},
	fill: func(f File, row core.ID, in *form.Form) bool {
		p, ok := rowOf(f.Professionals, row, func(p Professional) core.ID { return p.ID })
		in.Set("organisation", p.Organisation).Set("name", p.Name).Set("kind", p.Kind).Set("phone", p.Phone).Set("email", p.Email)
		in.Set("from", p.From.String()).Set("until", p.Until.String()).Set("note", p.Note)
		in.Version = p.Version
		return ok
	},
	save: func(_ *Service, t *db.Tx, id core.DossierID, row core.ID, in *form.Form) error {
		p := Professional{ID: row, Organisation: in.Value("organisation"), Name: in.Value("name"), Kind: in.Value("kind"), Phone: in.Value("phone"),
			Email: in.Value("email"), From: in.Date("from"), Until: in.Date("until"), Note: in.Value("note"), Version: in.Version}
		if !in.OK() {
			return errUnreadable
		}
		_, err := RecordProfessional(t, id, p)
		return err
	},
}

var knowledgeSheet = sheet{
	path: "knowledge", title: text.Lang.DossierKnowledge,
	fields: form.Fields{Lines: []string{"child", "level", "told_by", "since"}, Texts: []string{"story"}},
	questions: func(d desk, _ core.ID) []question {
		l := d.lang
		return []question{
			{kind: choice, Field: components.Field{Name: "child", Label: l.DossierWhichChild()}, options: d.people(func(p Person) bool { return p.IsChild })},
			{kind: radio, Field: components.Field{Name: "level", Label: l.DossierLevel()}, options: components.Options([]string{"nothing", "story", "part", "all"}, l.KnowsLevel)},
			{kind: line, Field: components.Field{Name: "told_by", Label: l.DossierToldBy(), Optional: true}},
			{kind: date, Field: components.Field{Name: "since", Label: l.DossierKnownSince(), Optional: true}},
			{kind: story, Field: components.Field{Name: "story", Label: l.DossierStory(), Hint: l.DossierStoryHint(), Optional: true}},
		}
	},
	save: func(_ *Service, t *db.Tx, id core.DossierID, _ core.ID, in *form.Form) error {
		k := Knows{Child: reference[core.PersonID](in, "child"), Level: Level(in.Value("level")), Story: in.Value("story"), ToldBy: in.Value("told_by"), Since: in.Date("since")}
		if !in.OK() {
			return errUnreadable
		}
		if k.Child.IsZero() {
			return core.Invalid("child", "dossier_child_missing")
		}
		return Tell(t, id, k)
	},
}

var noteSheet = sheet{
	path: "notes", title: text.Lang.DossierNote,
	fields: form.Fields{Texts: []string{"words"}},
	questions: func(d desk, _ core.ID) []question {
		return []question{{kind: story, Field: components.Field{Name: "words", Label: d.lang.DossierNoteWords(), Hint: d.lang.DossierNoteHint()}}}
	},
	save: func(_ *Service, t *db.Tx, id core.DossierID, _ core.ID, in *form.Form) error {
		return AddNote(t, id, in.Value("words"))
	},
}
