package consent

import (
	"slices"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/task"
)

var (
	qOfDossier = db.Q("consent.of_dossier", authz.Consents, `SELECT c.id, c.giver_id, COALESCE(p.name, c.giver_name), c.capacity, c.purpose, c.recipient,
		c.recipient_organisation, c.parts, c.from_date, c.until_date, c.how, c.evidence, c.withdrawn_on, c.recorded_at, COALESCE(a.name, '')
		FROM visible_dossier d JOIN consent c ON c.dossier_id = d.id LEFT JOIN person p ON p.id = c.giver_id AND p.dossier_id = d.id
		LEFT JOIN account a ON a.id = c.recorded_by WHERE d.id = :dossier ORDER BY c.from_date DESC, c.id DESC`,
		db.Probe{"dossier": db.Theirs("dossier")})
	qAbout = db.Q("consent.about_whom", authz.Consents, `SELECT ca.consent_id, ca.person_id
		FROM visible_dossier d JOIN consent_about ca ON ca.dossier_id = d.id WHERE d.id = :dossier ORDER BY ca.consent_id, ca.person_id`,
		db.Probe{"dossier": db.Theirs("dossier")})
	qGive = db.X("consent.give", authz.Consents, `INSERT INTO consent (id, dossier_id, giver_id, giver_name, capacity, purpose, recipient, recipient_organisation,
		parts, from_date, until_date, how, evidence, recorded_at, recorded_by)
		SELECT :id, d.id, :giver, :giver_name, :capacity, :purpose, :recipient, :organisation, :parts, :from, :until, :how, :evidence, :now, :actor
		FROM visible_dossier d WHERE d.id = :dossier`,
		db.Probe{"dossier": db.Theirs("dossier"), "id": 7, "giver": db.Theirs("person"), "giver_name": "", "capacity": "self", "purpose": "start_support",
			"recipient": "", "organisation": "", "parts": "", "from": "2026-01-01", "until": nil, "how": "written", "evidence": "x"})
	qGiveAbout = db.X("consent.give_about", authz.Consents, `INSERT INTO consent_about (consent_id, dossier_id, person_id)
		SELECT :id, d.id, :person FROM visible_dossier d WHERE d.id = :dossier`,
		db.Probe{"dossier": db.Theirs("dossier"), "id": db.Theirs("consent"), "person": db.Theirs("person")})
	qWithdraw = db.X("consent.withdraw", authz.Consents, `UPDATE consent SET withdrawn_on = :on WHERE id = :id AND withdrawn_on IS NULL
		AND dossier_id = :dossier AND dossier_id IN (SELECT v.id FROM visible_dossier v)`,
		db.Probe{"dossier": db.Theirs("dossier"), "id": db.Theirs("consent"), "on": "2026-01-01"})
)

// OfDossier lists every consent in the file, newest first, also those that were withdrawn or ran out.
func OfDossier(t *db.Tx, id core.DossierID) ([]Consent, error) {
	type row struct {
		Consent
		parts string
	}
	rows, err := db.All(t, qOfDossier, db.Args{"dossier": id}, func(c *row) []any {
		return []any{&c.ID, &c.Giver, &c.GiverName, &c.Capacity, &c.Purpose, &c.To.Name, &c.To.Organisation, &c.parts, &c.From, &c.Until,
			&c.How, &c.Evidence, &c.WithdrawnOn, &c.RecordedAt, &c.RecordedBy}
	})
	if err != nil {
		return nil, err
	}
	type about struct {
		consent core.ID
		person  core.PersonID
	}
	whom, err := db.All(t, qAbout, db.Args{"dossier": id}, func(a *about) []any { return []any{&a.consent, &a.person} })
	out := make([]Consent, len(rows))
	for i, r := range rows {
		r.Parts = split(r.parts)
		for _, a := range whom {
			if a.consent == r.ID {
				r.About = append(r.About, a.person)
			}
		}
		out[i] = r.Consent
	}
	return out, err
}

func split(list string) []string {
	return slices.DeleteFunc(strings.Split(list, ","), func(s string) bool { return s == "" })
}

// Subjects gives everybody in the file with who decides about them on the day.
func Subjects(t *db.Tx, id core.DossierID, on core.Date) ([]Subject, error) {
	people, err := dossier.People(t, id)
	if err != nil {
		return nil, err
	}
	authorities, err := dossier.Authorities(t, id)
	if err != nil {
		return nil, err
	}
	out := make([]Subject, len(people))
	for i, p := range people {
		out[i] = Subject{Person: p.ID, Name: p.Name, IsChild: p.IsChild, Birth: p.Birth}
		for _, a := range dossier.Deciding(authorities, p.ID, on) {
			if slices.ContainsFunc(people, func(h dossier.Person) bool { return h.ID == a.Holder && !h.DiedOn.IsZero() && !on.Before(h.DiedOn) }) {
				continue
			}
			out[i].Holders = append(out[i].Holders, Holder{a.Holder, a.HolderName})
		}
	}
	return out, nil
}

// SubjectOf is one of Subjects; somebody of another family is not found.
func SubjectOf(t *db.Tx, id core.DossierID, person core.PersonID, on core.Date) (Subject, error) {
	all, err := Subjects(t, id, on)
	if err != nil {
		return Subject{}, err
	}
	if i := slices.IndexFunc(all, func(s Subject) bool { return s.Person == person }); i >= 0 {
		return all[i], nil
	}
	return Subject{}, core.NotFound()
}

// Give records a consent. One by somebody who may not give it is refused here, with words (CON-2).
func Give(t *db.Tx, id core.DossierID, c Consent) (core.ID, error) {
	all, err := Subjects(t, id, c.From)
	if err != nil {
		return 0, err
	}
	known := func(p core.PersonID) bool {
		return slices.ContainsFunc(all, func(s Subject) bool { return s.Person == p })
	}
	if !c.Giver.IsZero() && !known(c.Giver) || slices.ContainsFunc(c.About, func(p core.PersonID) bool { return !known(p) }) {
		return 0, core.NotFound()
	}
	about := slices.DeleteFunc(all, func(s Subject) bool { return !slices.Contains(c.About, s.Person) })
	if err := check(c, about, t.Today()); err != nil {
		return 0, err
	}
	// Whoever looks after children speaks about the own home, also when only the children were named.
	if c.Capacity == AsCaregiver && !slices.Contains(c.About, c.Giver) {
		c.About = append(slices.Clone(c.About), c.Giver)
	}
	row, err := give(t, id, c)
	if err != nil {
		return 0, err
	}
	return row, answered(t, id, c)
}

func give(t *db.Tx, id core.DossierID, c Consent) (core.ID, error) {
	c.ID = db.NewID[core.ID](t)
	name := c.GiverName
	if !c.Giver.IsZero() {
		name = ""
	}
	err := db.Do(t, qGive, db.Args{"dossier": id, "id": c.ID, "giver": c.Giver, "giver_name": name, "capacity": string(c.Capacity), "purpose": string(c.Purpose),
		"recipient": c.To.Name, "organisation": c.To.Organisation, "parts": strings.Join(c.Parts, ","), "from": c.From, "until": c.Until,
		"how": string(c.How), "evidence": c.Evidence})
	for _, p := range c.About {
		if err == nil {
			err = db.Do(t, qGiveAbout, db.Args{"dossier": id, "id": c.ID, "person": p})
		}
	}
	return c.ID, err
}

// Withdraw ends a consent today. It opens nothing any more from this moment on, and stays in the file.
func Withdraw(t *db.Tx, id core.DossierID, consent core.ID) error {
	if err := db.Do(t, qWithdraw, db.Args{"dossier": id, "id": consent, "on": t.Today()}); err != nil {
		return err
	}
	given, err := OfDossier(t, id)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(given, func(c Consent) bool { return c.ID == consent })
	if err := task.Done(t, expiresKey(consent)); err != nil {
		return err
	}
	return answered(t, id, given[i])
}

// answered closes what was asked about consents and has its answer now: one that carries on another, and birthdays after
// which nothing is missing any more (CON-2).
func answered(t *db.Tx, id core.DossierID, c Consent) error {
	given, err := OfDossier(t, id)
	if err != nil {
		return err
	}
	for _, old := range given {
		if !c.renews(old) {
			continue
		}
		if err := task.Done(t, expiresKey(old.ID)); err != nil {
			return err
		}
	}
	for _, p := range c.About {
		if err := answeredAbout(t, id, given, p); err != nil {
			return err
		}
	}
	return nil
}

func answeredAbout(t *db.Tx, id core.DossierID, given []Consent, p core.PersonID) error {
	for _, age := range []int{heard, alone, ofAge} {
		s, err := SubjectOf(t, id, p, t.Today())
		if err != nil || !s.IsChild || s.Birth.IsZero() {
			return err
		}
		day := s.Birth.AddMonths(12 * age)
		if day.Before(t.Today()) {
			day = t.Today()
		}
		if s, err = SubjectOf(t, id, p, day); err != nil {
			return err
		}
		if !renewed(given, s, day) {
			continue
		}
		if err := task.Done(t, birthdayKey(core.ID(p), age)); err != nil {
			return err
		}
	}
	return nil
}
