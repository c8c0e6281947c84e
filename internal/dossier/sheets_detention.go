package dossier

import (
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

var detentionSheet = sheet{
	path: "detentions", title: text.Lang.DossierDetention,
	fields: form.Fields{Lines: []string{"parent", "from", "expected_until", "released_on", "country", "facility", "place", "wing"}},
	questions: func(d desk, row core.ID) []question {
		l := d.lang
		out := []question{
			{kind: choice, Field: components.Field{Name: "parent", Label: l.DossierWho()}, options: d.people(anybody)},
			{kind: date, Field: components.Field{Name: "from", Label: l.DossierFrom(), Optional: true}},
			{kind: date, Field: components.Field{Name: "expected_until", Label: l.DossierExpected(), Optional: true}},
			{kind: date, Field: components.Field{Name: "released_on", Label: l.DossierReleased(), Hint: l.DossierReleasedHint(), Optional: true}},
			{kind: line, Field: components.Field{Name: "country", Label: l.DossierCountry(), Hint: l.DossierCountryHint(), Optional: true}},
		}
		if row.IsZero() {
			out = append(out, where(d)...)
		}
		return out
	},
	fill: func(f File, row core.ID, in *form.Form) bool {
		n, ok := rowOf(f.Detentions, row, func(n Detention) core.ID { return n.ID })
		in.Set("parent", n.Parent.String()).Set("from", n.From.String()).Set("expected_until", n.ExpectedUntil.String())
		in.Set("released_on", n.ReleasedOn.String()).Set("country", n.Country)
		in.Version = n.Version
		return ok
	},
	save: saveDetention,
}

// where asks for the place of a stay.
func where(d desk) []question {
	l := d.lang
	return []question{
		{kind: choice, Field: components.Field{Name: "facility", Label: l.DossierFacility(), Optional: true}, options: d.prisons()},
		{kind: line, Field: components.Field{Name: "place", Label: l.DossierPlace(), Hint: l.DossierPlaceHint(), Optional: true}},
		{kind: line, Field: components.Field{Name: "wing", Label: l.DossierWing(), Optional: true}},
	}
}

func saveDetention(s *Service, t *db.Tx, id core.DossierID, row core.ID, in *form.Form) error {
	d := Detention{ID: row, Parent: reference[core.PersonID](in, "parent"), From: in.Date("from"), ExpectedUntil: in.Date("expected_until"),
		ReleasedOn: in.Date("released_on"), Country: in.Value("country"), Version: in.Version}
	if !in.OK() {
		return errUnreadable
	}
	if d.Parent.IsZero() {
		return core.Invalid("parent", "dossier_person_missing")
	}
	if !row.IsZero() {
		return s.changeDetention(t, id, d)
	}
	_, err := AddDetention(t, id, Stay{Detention: d, Facility: reference[core.ID](in, "facility"), Place: in.Value("place"), Wing: in.Value("wing")})
	return err
}

var placementSheet = sheet{
	path: "placements", title: text.Lang.DossierPlacement,
	fields: form.Fields{Lines: []string{"detention", "facility", "place", "wing", "from", "until"}},
	questions: func(d desk, row core.ID) []question {
		l := d.lang
		hint := ""
		if row.IsZero() {
			hint = l.DossierTransferHint()
		}
		out := []question{{kind: choice, Field: components.Field{Name: "detention", Label: l.DossierWhoseDetention()}, options: d.detentions()}}
		out = append(out, where(d)...)
		return append(out,
			question{kind: date, Field: components.Field{Name: "from", Label: l.DossierFrom(), Hint: hint, Optional: true}},
			question{kind: date, Field: components.Field{Name: "until", Label: l.DossierUntil(), Optional: true}})
	},
	fill: func(f File, row core.ID, in *form.Form) bool {
		p, ok := rowOf(f.Placements, row, func(p Placement) core.ID { return p.ID })
		in.Set("detention", p.Detention.String()).Set("place", p.Place).Set("wing", p.Wing).Set("from", p.From.String()).Set("until", p.Until.String())
		if !p.Facility.IsZero() {
			in.Set("facility", p.Facility.String())
		}
		in.Version = p.Version
		return ok
	},
	save: func(_ *Service, t *db.Tx, id core.DossierID, row core.ID, in *form.Form) error {
		p := Placement{ID: row, Detention: reference[core.ID](in, "detention"), Facility: reference[core.ID](in, "facility"), Place: in.Value("place"),
			Wing: in.Value("wing"), From: in.Date("from"), Until: in.Date("until"), Version: in.Version}
		if err := detentionChosen(in, p.Detention); err != nil {
			return err
		}
		if !row.IsZero() {
			return ChangePlacement(t, id, p)
		}
		_, err := AddPlacement(t, id, p)
		return err
	},
}

func detentionChosen(in *form.Form, detention core.ID) error {
	if !in.OK() {
		return errUnreadable
	}
	if detention.IsZero() {
		return core.Invalid("detention", "dossier_detention_missing")
	}
	return nil
}

var restrictionSheet = sheet{
	path: "restrictions", title: text.Lang.DossierRestriction,
	fields: form.Fields{Lines: []string{"detention", "from", "expected_until", "lifted_on"}},
	questions: func(d desk, _ core.ID) []question {
		l := d.lang
		return []question{
			{kind: choice, Field: components.Field{Name: "detention", Label: l.DossierWhoseDetention()}, options: d.detentions()},
			{kind: date, Field: components.Field{Name: "from", Label: l.DossierFrom()}},
			{kind: date, Field: components.Field{Name: "expected_until", Label: l.DossierExpectedLift(), Hint: l.DossierExpectedLiftHint(), Optional: true}},
			{kind: date, Field: components.Field{Name: "lifted_on", Label: l.DossierLifted(), Optional: true}},
		}
	},
	fill: func(f File, row core.ID, in *form.Form) bool {
		r, ok := rowOf(f.Restrictions, row, func(r Restriction) core.ID { return r.ID })
		in.Set("detention", r.Detention.String()).Set("from", r.From.String()).Set("expected_until", r.ExpectedUntil.String()).Set("lifted_on", r.LiftedOn.String())
		in.Version = r.Version
		return ok
	},
	save: func(_ *Service, t *db.Tx, id core.DossierID, row core.ID, in *form.Form) error {
		r := Restriction{ID: row, Detention: reference[core.ID](in, "detention"), From: in.Date("from"), ExpectedUntil: in.Date("expected_until"),
			LiftedOn: in.Date("lifted_on"), Version: in.Version}
		if err := detentionChosen(in, r.Detention); err != nil {
			return err
		}
		_, err := RecordRestriction(t, id, r)
		return err
	},
}

var leaveSheet = sheet{
	path: "leaves", title: text.Lang.DossierLeave,
	fields: form.Fields{Lines: []string{"detention", "from", "until"}},
	questions: func(d desk, _ core.ID) []question {
		l := d.lang
		return []question{
			{kind: choice, Field: components.Field{Name: "detention", Label: l.DossierWhoseDetention()}, options: d.detentions()},
			{kind: date, Field: components.Field{Name: "from", Label: l.DossierFrom()}},
			{kind: date, Field: components.Field{Name: "until", Label: l.DossierUntil()}},
		}
	},
	fill: func(f File, row core.ID, in *form.Form) bool {
		v, ok := rowOf(f.Leaves, row, func(v Leave) core.ID { return v.ID })
		in.Set("detention", v.Detention.String()).Set("from", v.From.String()).Set("until", v.Until.String())
		in.Version = v.Version
		return ok
	},
	save: func(_ *Service, t *db.Tx, id core.DossierID, row core.ID, in *form.Form) error {
		v := Leave{ID: row, Detention: reference[core.ID](in, "detention"), From: in.Date("from"), Until: in.Date("until"), Version: in.Version}
		if err := detentionChosen(in, v.Detention); err != nil {
			return err
		}
		_, err := RecordLeave(t, id, v)
		return err
	},
}
