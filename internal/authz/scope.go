package authz

import "strings"

// Scope is the set of relations through which one actor reaches one section, for reading or writing. It is a key: two
// actors with the same Scope run the same SQL with other arguments, so that prepared statements can be kept.
type Scope struct {
	root Root
	via  Relation
}

// ScopeFor finds the actor's scope; the empty one reaches nothing.
func ScopeFor(a Actor, s Section, want Access) Scope {
	return Scope{s.Root(), a.through(s, want)}
}

// IsEmpty says that nothing can be reached.
func (s Scope) IsEmpty() bool { return s.via == 0 }

// Via names the relations, for the log's "which rule".
func (s Scope) Via() string { return s.via.String() }

// SQL is what `visible_dossier` (and its like) stands for: the rows of the root that the scope reaches. The arguments are
// :actor, :volunteer, :today, :now and :month_ago, which db fills in from the actor and the clock.
//
// One relation becomes a plain condition, which costs an index look-up; several become `id IN (... UNION ...)`, because a
// general OR makes the engine walk the whole table.
func (s Scope) SQL() string {
	table := s.root.Name()
	conditions := s.conditions()
	switch len(conditions) {
	case 0:
		return "(SELECT * FROM " + table + " WHERE 1 = 0)"
	case 1:
		return "(SELECT * FROM " + table + " x WHERE " + conditions[0] + ")"
	}
	parts := make([]string, len(conditions))
	for i, c := range conditions {
		parts[i] = "SELECT x.id FROM " + table + " x WHERE " + c
	}
	return "(SELECT * FROM " + table + " WHERE id IN (" + strings.Join(parts, " UNION ") + "))"
}

func (s Scope) conditions() []string {
	if s.via&SystemRelation != 0 {
		return []string{"1 = 1"}
	}
	var out []string
	for _, r := range Relations() {
		if c := reach[s.root][r]; s.via&r != 0 && c != "" {
			out = append(out, c)
		}
	}
	return out
}

const (
	ownMunicipalities = `SELECT am.municipality_id FROM account_municipality am WHERE am.account_id = :actor`
	ownFacilities     = `SELECT af.facility_id FROM account_facility af WHERE af.account_id = :actor`

	absentToday = `standing_in si WHERE si.backup_id = :actor AND si.from_date <= :today AND si.until_date >= :today`

	absentMunicipalities = `SELECT am.municipality_id FROM account_municipality am WHERE am.account_id IN (SELECT si.absent_id FROM ` + absentToday + `)`
	absentFacilities     = `SELECT af.facility_id FROM account_facility af WHERE af.account_id IN (SELECT si.absent_id FROM ` + absentToday + `)`
	absentAccounts       = `SELECT si.absent_id FROM ` + absentToday
)

// placedIn finds dossiers with a parent staying in one of the facilities, or whose latest placement there ended and who
// stays nowhere else: an inside coordinator keeps sight of a parent until another facility has them.
func placedIn(facilities string) string {
	return `x.id IN (SELECT p.dossier_id FROM placement p WHERE p.facility_id IN (` + facilities + `)
		AND (p.until_date IS NULL OR p.until_date >= :today OR NOT EXISTS (
			SELECT 1 FROM placement q WHERE q.detention_id = p.detention_id AND q.id <> p.id AND (q.until_date IS NULL OR q.until_date > p.until_date))))`
}

// reach is, per root and relation, the condition on a row x of the root.
var reach = map[Root]map[Relation]string{
	DossierRoot: {
		RunningMatch: `x.id IN (SELECT m.dossier_id FROM volunteer_match m JOIN trajectory t ON t.id = m.trajectory_id
			WHERE m.volunteer_id = :volunteer AND m.state IN ('introduced', 'accepted') AND m.ended_on IS NULL
			AND m.declined_at IS NULL AND t.ended_on IS NULL)`,
		ProposedMatch: `x.id IN (SELECT m.dossier_id FROM volunteer_match m
			WHERE m.volunteer_id = :volunteer AND m.state IN ('proposed', 'agreed') AND m.ended_on IS NULL AND m.declined_at IS NULL)`,
		EndedMatch: `x.id IN (SELECT m.dossier_id FROM volunteer_match m
			WHERE m.volunteer_id = :volunteer AND m.state = 'ended' AND m.ended_on >= :month_ago)`,
		InFacility:     placedIn(ownFacilities),
		StandingInside: placedIn(absentFacilities),
		InMunicipality: `x.municipality_id IN (` + ownMunicipalities + `)`,
		StandingIn:     `x.municipality_id IN (` + absentMunicipalities + `)`,
		BrokenGlass:    `x.id IN (SELECT g.dossier_id FROM broken_glass g WHERE g.account_id = :actor AND g.from_at <= :now AND g.until_at > :now)`,
	},
	ReferralRoot: {
		InMunicipality: `x.municipality_id IN (` + ownMunicipalities + `) OR x.coordinator_id = :actor`,
		StandingIn:     `x.municipality_id IN (` + absentMunicipalities + `) OR x.coordinator_id IN (` + absentAccounts + `)`,
		InFacility:     `x.facility_id IN (` + ownFacilities + `) OR x.coordinator_id = :actor`,
		StandingInside: `x.facility_id IN (` + absentFacilities + `) OR x.coordinator_id IN (` + absentAccounts + `)`,
		Office:         `x.coordinator_id = :actor`,
	},
	VolunteerRoot: {
		InMunicipality: `x.municipality_id IN (` + ownMunicipalities + `)`,
		StandingIn:     `x.municipality_id IN (` + absentMunicipalities + `)`,
		InFacility:     `x.facility_id IN (` + ownFacilities + `)`,
		StandingInside: `x.facility_id IN (` + absentFacilities + `)`,
		OwnFile:        `x.account_id = :actor`,
		Office:         `1 = 1`,
	},
	TaskRoot: {
		Addressee: `x.account_id = :actor OR x.account_id IN (` + absentAccounts + `)`,
	},
}
