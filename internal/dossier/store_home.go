package dossier

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Households, who lives there, and who decides.
var (
	householdProbe = with(db.Probe{"id": db.Theirs("household"), "name": "x", "kind": "home", "address": "", "town": "", "phone": ""})

	qHouseholds = db.Q("dossier.households", authz.Identity, `SELECT h.id, h.name, h.kind, h.address, h.town, h.phone, h.version
		FROM visible_dossier d JOIN household h ON h.dossier_id = d.id WHERE d.id = :dossier ORDER BY h.id`, theirs)
	qAddHousehold = db.X("dossier.add_household", authz.Identity, `INSERT INTO household (id, dossier_id, name, kind, address, town, phone)
		SELECT :id, d.id, :name, :kind, :address, :town, :phone FROM visible_dossier d WHERE d.id = :dossier`, householdProbe)
	qChangeHousehold = db.X("dossier.change_household", authz.Identity, `UPDATE household SET name = :name, kind = :kind, address = :address,
		town = :town, phone = :phone, version = version + 1
		WHERE id = :id AND version = :version AND dossier_id = :dossier AND dossier_id IN (SELECT v.id FROM visible_dossier v)`, versioned(householdProbe))

	memberProbe = with(db.Probe{"id": db.Theirs("household_member"), "household": db.Theirs("household"), "person": db.Theirs("person"), "from": nil, "until": nil})

	qMembers = db.Q("dossier.members", authz.Identity, `SELECT hm.id, hm.household_id, h.name, hm.person_id, hm.from_date, hm.until_date, hm.version
		FROM visible_dossier d JOIN household_member hm ON hm.dossier_id = d.id JOIN household h ON h.id = hm.household_id AND h.dossier_id = d.id
		WHERE d.id = :dossier ORDER BY hm.from_date, hm.id`, theirs)
	qAddMember = db.X("dossier.add_member", authz.Identity, `INSERT INTO household_member (id, dossier_id, household_id, person_id, from_date, until_date)
		SELECT :id, d.id, :household, :person, :from, :until FROM visible_dossier d WHERE d.id = :dossier`, memberProbe)
	qChangeMember = db.X("dossier.change_member", authz.Identity, `UPDATE household_member SET household_id = :household, person_id = :person,
		from_date = :from, until_date = :until, version = version + 1
		WHERE id = :id AND version = :version AND dossier_id = :dossier AND dossier_id IN (SELECT v.id FROM visible_dossier v)`, versioned(memberProbe))

	authorityProbe = with(db.Probe{"id": db.Theirs("authority"), "child": db.Theirs("person"), "holder": nil, "holder_name": "x", "kind": "parental", "from": nil, "until": nil})

	qAuthorities = db.Q("dossier.authorities", authz.Identity, `SELECT a.id, a.child_id, a.holder_id, COALESCE(p.name, a.holder_name), a.kind, a.from_date, a.until_date, a.version
		FROM visible_dossier d JOIN authority a ON a.dossier_id = d.id LEFT JOIN person p ON p.id = a.holder_id AND p.dossier_id = d.id
		WHERE d.id = :dossier ORDER BY a.child_id, a.id`, theirs)
	qAddAuthority = db.X("dossier.add_authority", authz.Identity, `INSERT INTO authority (id, dossier_id, child_id, holder_id, holder_name, kind, from_date, until_date)
		SELECT :id, d.id, :child, :holder, :holder_name, :kind, :from, :until FROM visible_dossier d WHERE d.id = :dossier`, authorityProbe)
	qChangeAuthority = db.X("dossier.change_authority", authz.Identity, `UPDATE authority SET child_id = :child, holder_id = :holder,
		holder_name = :holder_name, kind = :kind, from_date = :from, until_date = :until, version = version + 1
		WHERE id = :id AND version = :version AND dossier_id = :dossier AND dossier_id IN (SELECT v.id FROM visible_dossier v)`, versioned(authorityProbe))
)

func householdOf(h *Household) []any {
	return []any{&h.ID, &h.Name, &h.Kind, &h.Address, &h.Town, &h.Phone, &h.Version}
}

func (h Household) args(d core.DossierID) db.Args {
	return db.Args{"dossier": d, "id": h.ID, "name": h.Name, "kind": orElse(h.Kind, "home"), "address": h.Address, "town": h.Town, "phone": h.Phone}
}

func memberOf(m *Member) []any {
	return []any{&m.ID, &m.Household, &m.HouseholdName, &m.Person, &m.From, &m.Until, &m.Version}
}

func (m Member) args(d core.DossierID) db.Args {
	return db.Args{"dossier": d, "id": m.ID, "household": m.Household, "person": m.Person, "from": m.From, "until": m.Until}
}

func authorityOf(a *Authority) []any {
	return []any{&a.ID, &a.Child, &a.Holder, &a.HolderName, &a.Kind, &a.From, &a.Until, &a.Version}
}

func (a Authority) args(d core.DossierID) db.Args {
	return db.Args{"dossier": d, "id": a.ID, "child": a.Child, "holder": a.Holder, "holder_name": a.HolderName,
		"kind": orElse(a.Kind, "parental"), "from": a.From, "until": a.Until}
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
