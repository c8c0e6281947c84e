package dossier

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

const (
	detentionFields = `id, dossier_id, parent_id, from_date, expected_until, released_on, country`
	detentionValues = `:id, d.id, :parent, :from, :expected, :released, :country`
	placementFields = `id, dossier_id, detention_id, facility_id, place, wing, from_date, until_date, confirmed_on, confirmed_by`
	placementValues = `:id, d.id, :detention, :facility, :place, :wing, :from, :until, :confirmed, :by`
)

var (
	detentionProbe = with(db.Probe{"id": db.Theirs("detention"), "parent": db.Theirs("person"), "from": nil, "expected": nil, "released": nil, "country": ""})
	placementProbe = with(db.Probe{"id": db.Theirs("placement"), "detention": db.Theirs("detention"), "facility": nil, "place": "x", "wing": "",
		"from": nil, "until": nil, "confirmed": nil, "by": nil})
)

// Detentions, where they are spent, and what interrupts them.
var (
	qDetentions = db.Q("dossier.detentions", authz.Detention, `SELECT n.id, n.parent_id, n.from_date, n.expected_until, n.released_on, n.country, n.version
		FROM visible_dossier d JOIN detention n ON n.dossier_id = d.id WHERE d.id = :dossier ORDER BY n.from_date, n.id`, theirs)
	qAddDetention = db.X("dossier.add_detention", authz.Detention, `INSERT INTO detention (`+detentionFields+`)
		SELECT `+detentionValues+` FROM visible_dossier d WHERE d.id = :dossier`, detentionProbe)
	qChangeDetention = db.X("dossier.change_detention", authz.Detention, `UPDATE detention SET parent_id = :parent, from_date = :from,
		expected_until = :expected, released_on = :released, country = :country, version = version + 1
		WHERE id = :id AND version = :version AND dossier_id = :dossier AND dossier_id IN (SELECT v.id FROM visible_dossier v)`,
		with(db.Probe{"id": db.Theirs("detention"), "version": 1, "parent": db.Theirs("person"), "from": nil, "expected": nil, "released": nil, "country": ""}))

	qPlacements = db.Q("dossier.placements", authz.Detention, `SELECT l.id, l.detention_id, l.facility_id, COALESCE(f.name, ''), l.place, l.wing,
		l.from_date, l.until_date, l.confirmed_on, COALESCE(a.name, ''), l.version
		FROM visible_dossier d JOIN placement l ON l.dossier_id = d.id LEFT JOIN facility f ON f.id = l.facility_id
		LEFT JOIN account a ON a.id = l.confirmed_by WHERE d.id = :dossier ORDER BY l.from_date, l.id`, theirs)
	qAddPlacement = db.X("dossier.add_placement", authz.Detention, `INSERT INTO placement (`+placementFields+`)
		SELECT `+placementValues+` FROM visible_dossier d WHERE d.id = :dossier`, placementProbe)
	qChangePlacement = db.X("dossier.change_placement", authz.Detention, `UPDATE placement SET facility_id = :facility, place = :place, wing = :wing,
		from_date = :from, until_date = :until, version = version + 1
		WHERE id = :id AND version = :version AND detention_id = :detention AND dossier_id = :dossier AND dossier_id IN (SELECT v.id FROM visible_dossier v)`,
		with(db.Probe{"id": db.Theirs("placement"), "version": 1, "detention": db.Theirs("detention"), "facility": nil, "place": "x", "wing": "", "from": nil, "until": nil}))
	qConfirm = db.X("dossier.confirm_placement", authz.Detention, `UPDATE placement SET confirmed_on = :today, confirmed_by = :actor
		WHERE id = :id AND until_date IS NULL AND dossier_id = :dossier AND dossier_id IN (SELECT v.id FROM visible_dossier v)`,
		with(db.Probe{"id": db.Theirs("placement")}))
	qLeft = db.X("dossier.end_placement", authz.Detention, `UPDATE placement SET until_date = :on, version = version + 1
		WHERE id = :id AND until_date IS NULL AND dossier_id = :dossier AND dossier_id IN (SELECT v.id FROM visible_dossier v)`,
		with(db.Probe{"id": db.Theirs("placement"), "on": "2026-01-01"}))
	qEndPlacements = db.X("dossier.end_placements", authz.Detention, `UPDATE placement SET until_date = :on, version = version + 1
		WHERE detention_id = :detention AND until_date IS NULL AND dossier_id = :dossier AND dossier_id IN (SELECT v.id FROM visible_dossier v)`,
		with(db.Probe{"detention": db.Theirs("detention"), "on": "2026-01-01"}))

	restrictionProbe = with(db.Probe{"id": db.Theirs("restriction"), "detention": db.Theirs("detention"), "from": "2026-01-01", "expected": nil, "lifted": nil})

	qRestrictions = db.Q("dossier.restrictions", authz.Detention, `SELECT r.id, r.detention_id, n.parent_id, r.from_date, r.expected_until, r.lifted_on, r.version
		FROM visible_dossier d JOIN restriction r ON r.dossier_id = d.id JOIN detention n ON n.id = r.detention_id AND n.dossier_id = d.id
		WHERE d.id = :dossier ORDER BY r.from_date, r.id`, theirs)
	qAddRestriction = db.X("dossier.add_restriction", authz.Detention, `INSERT INTO restriction (id, dossier_id, detention_id, from_date, expected_until, lifted_on)
		SELECT :id, d.id, :detention, :from, :expected, :lifted FROM visible_dossier d WHERE d.id = :dossier`, restrictionProbe)
	qChangeRestriction = db.X("dossier.change_restriction", authz.Detention, `UPDATE restriction SET from_date = :from, expected_until = :expected, lifted_on = :lifted, version = version + 1
		WHERE id = :id AND version = :version AND detention_id = :detention AND dossier_id = :dossier AND dossier_id IN (SELECT v.id FROM visible_dossier v)`,
		versioned(restrictionProbe))

	leaveProbe = with(db.Probe{"id": db.Theirs("home_leave"), "detention": db.Theirs("detention"), "from": "2026-01-01", "until": "2026-01-02"})

	qLeaves = db.Q("dossier.leaves", authz.Detention, `SELECT v.id, v.detention_id, v.from_date, v.until_date, v.version
		FROM visible_dossier d JOIN home_leave v ON v.dossier_id = d.id WHERE d.id = :dossier ORDER BY v.from_date, v.id`, theirs)
	qAddLeave = db.X("dossier.add_leave", authz.Detention, `INSERT INTO home_leave (id, dossier_id, detention_id, from_date, until_date)
		SELECT :id, d.id, :detention, :from, :until FROM visible_dossier d WHERE d.id = :dossier`, leaveProbe)
	qChangeLeave = db.X("dossier.change_leave", authz.Detention, `UPDATE home_leave SET from_date = :from, until_date = :until, version = version + 1
		WHERE id = :id AND version = :version AND detention_id = :detention AND dossier_id = :dossier AND dossier_id IN (SELECT v.id FROM visible_dossier v)`,
		versioned(leaveProbe))
)

func detentionOf(n *Detention) []any {
	return []any{&n.ID, &n.Parent, &n.From, &n.ExpectedUntil, &n.ReleasedOn, &n.Country, &n.Version}
}

func (n Detention) args(d core.DossierID) db.Args {
	return db.Args{"dossier": d, "id": n.ID, "parent": n.Parent, "from": n.From, "expected": n.ExpectedUntil, "released": n.ReleasedOn, "country": n.Country}
}

func placementOf(p *Placement) []any {
	return []any{&p.ID, &p.Detention, &p.Facility, &p.FacilityName, &p.Place, &p.Wing, &p.From, &p.Until, &p.ConfirmedOn, &p.ConfirmedBy, &p.Version}
}

func (p Placement) args(d core.DossierID) db.Args {
	return db.Args{"dossier": d, "id": p.ID, "detention": p.Detention, "facility": p.Facility, "place": p.Place, "wing": p.Wing, "from": p.From, "until": p.Until}
}

// seen are the arguments of a new placement: one that is still open was confirmed by whoever records it now.
func (p Placement) seen(t *db.Tx, d core.DossierID) db.Args {
	a := p.args(d)
	a["confirmed"], a["by"] = p.ConfirmedOn, t.Actor().Account()
	if p.ConfirmedOn.IsZero() && p.Until.IsZero() && !t.Actor().IsSystem() {
		a["confirmed"] = t.Today()
	}
	if a["confirmed"] == (core.Date{}) {
		a["by"] = nil
	}
	return a
}

func restrictionOf(r *Restriction) []any {
	return []any{&r.ID, &r.Detention, &r.Parent, &r.From, &r.ExpectedUntil, &r.LiftedOn, &r.Version}
}

func (r Restriction) args(d core.DossierID) db.Args {
	return db.Args{"dossier": d, "id": r.ID, "detention": r.Detention, "from": r.From, "expected": r.ExpectedUntil, "lifted": r.LiftedOn}
}

func leaveOf(l *Leave) []any { return []any{&l.ID, &l.Detention, &l.From, &l.Until, &l.Version} }

func (l Leave) args(d core.DossierID) db.Args {
	return db.Args{"dossier": d, "id": l.ID, "detention": l.Detention, "from": l.From, "until": l.Until}
}
