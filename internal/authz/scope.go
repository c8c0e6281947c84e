package authz

import (
	"slices"
	"strings"
)

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

// Bonds are the scope's relations one by one, in the order in which they count: what somebody has themselves before what they
// have for another.
func (s Scope) Bonds() []Scope {
	var out []Scope
	for _, r := range Relations() {
		if s.via&r != 0 {
			out = append(out, Scope{s.root, r})
		}
	}
	return out
}

// Absent is, of a bond of somebody who stands in, how to find for whom in the dossier :row; for other bonds it is empty.
func (s Scope) Absent() string {
	const today = `SELECT si.absent_id FROM ` + absentToday + ` AND si.absent_id IN (`
	switch {
	case s.root != DossierRoot:
		return ""
	case s.via == StandingIn:
		return today + `SELECT am.account_id FROM account_municipality am JOIN dossier d ON d.municipality_id = am.municipality_id
			WHERE d.id = :row) ORDER BY si.absent_id LIMIT 1`
	case s.via == StandingInside:
		return today + `SELECT af.account_id FROM account_facility af JOIN placement p ON p.facility_id = af.facility_id
			WHERE p.dossier_id = :row) ORDER BY si.absent_id LIMIT 1`
	}
	return ""
}

// SQL is what `visible_dossier` (and its like) stands for: the rows of the root that the scope reaches. The arguments are
// :actor, :volunteer, :today, :now, :month_ago and :fortnight_ago, which db fills in from the actor and the clock.
//
// Relations through one column become one `column IN (... UNION ALL ...)`, which costs an index look-up for each value.
// Through several columns they become `id IN (... UNION ALL ...)`, because an OR makes the engine walk the whole table.
func (s Scope) SQL() string {
	table := s.root.Name()
	if s.isAll() {
		return "(SELECT * FROM " + table + " x WHERE 1 = 1)"
	}
	columns, values := s.byColumn()
	switch len(columns) {
	case 0:
		return "(SELECT * FROM " + table + " WHERE 1 = 0)"
	case 1:
		return "(SELECT * FROM " + table + " x WHERE " + in("x."+columns[0], values[columns[0]]) + ")"
	}
	ids := values["id"]
	for _, c := range columns {
		if c != "id" {
			ids = append(ids, "SELECT x.id FROM "+table+" x WHERE "+in("x."+c, values[c]))
		}
	}
	return "(SELECT * FROM " + table + " WHERE " + in("id", ids) + ")"
}

func in(column string, values []string) string {
	return column + " IN (" + strings.Join(values, " UNION ALL ") + ")"
}

// isAll says that one of the relations reaches every row.
func (s Scope) isAll() bool {
	return s.via&SystemRelation != 0 || s.root == VolunteerRoot && s.via&Office != 0
}

// byColumn gathers, for each column of the root, what it may hold.
func (s Scope) byColumn() (columns []string, values map[string][]string) {
	values = map[string][]string{}
	for _, r := range Relations() {
		if s.via&r == 0 {
			continue
		}
		for _, b := range reach[s.root][r] {
			if values[b.column] == nil {
				columns = append(columns, b.column)
			}
			if !slices.Contains(values[b.column], b.among) {
				values[b.column] = append(values[b.column], b.among)
			}
		}
	}
	return columns, values
}

const (
	ownMunicipalities = `SELECT am.municipality_id FROM account_municipality am WHERE am.account_id = :actor`
	ownFacilities     = `SELECT af.facility_id FROM account_facility af WHERE af.account_id = :actor`
	oneself           = `SELECT CAST(:actor AS BIGINT)`

	absentToday = `standing_in si WHERE si.backup_id = :actor AND si.from_date <= :today AND si.until_date >= :today`

	absentMunicipalities = `SELECT am.municipality_id FROM account_municipality am WHERE am.account_id IN (SELECT si.absent_id FROM ` + absentToday + `)`
	absentFacilities     = `SELECT af.facility_id FROM account_facility af WHERE af.account_id IN (SELECT si.absent_id FROM ` + absentToday + `)`
	absentAccounts       = `SELECT si.absent_id FROM ` + absentToday
)

// placedIn finds dossiers with a parent staying in one of the facilities, or who last stayed there and is nowhere else
// since, in this detention or a later one: an inside coordinator keeps sight of a parent until another facility has them.
// The look at other placements goes by the dossier, for which there is an index.
func placedIn(facilities string) string {
	return `SELECT p.dossier_id FROM placement p WHERE p.facility_id IN (` + facilities + `)
		AND (p.until_date IS NULL OR p.until_date >= :today OR NOT EXISTS (
			SELECT 1 FROM detention e JOIN detention f ON f.dossier_id = e.dossier_id AND f.parent_id = e.parent_id
			JOIN placement q ON q.dossier_id = f.dossier_id AND q.detention_id = f.id
			WHERE e.id = p.detention_id AND q.id <> p.id AND (q.until_date IS NULL OR q.until_date > p.until_date)))`
}

// bond reaches the rows of the root whose column is among what a SELECT gives.
type bond struct{ column, among string }

// reach is, per root and relation, which rows of the root it reaches: those that any of its bonds does.
var reach = map[Root]map[Relation][]bond{
	DossierRoot: {
		RunningMatch: {{"id", `SELECT m.dossier_id FROM volunteer_match m JOIN trajectory t ON t.id = m.trajectory_id
			WHERE m.volunteer_id = :volunteer AND m.state IN ('introduced', 'accepted') AND m.ended_on IS NULL
			AND m.declined_at IS NULL AND t.ended_on IS NULL`}},
		ProposedMatch: {{"id", `SELECT m.dossier_id FROM volunteer_match m
			WHERE m.volunteer_id = :volunteer AND m.state IN ('proposed', 'agreed') AND m.ended_on IS NULL AND m.declined_at IS NULL`}},
		EndedMatch: {{"id", `SELECT m.dossier_id FROM volunteer_match m
			WHERE m.volunteer_id = :volunteer AND m.state = 'ended' AND m.ended_on >= :month_ago`}},
		JustEnded: {{"id", `SELECT m.dossier_id FROM volunteer_match m
			WHERE m.volunteer_id = :volunteer AND m.state = 'ended' AND m.ended_on >= :fortnight_ago`}},
		InFacility:     {{"id", placedIn(ownFacilities)}},
		StandingInside: {{"id", placedIn(absentFacilities)}},
		AskedSignal: {{"id", `SELECT k.dossier_id FROM task k WHERE k.kind = 'answer_signal' AND k.dossier_id IS NOT NULL
			AND k.account_id IN (` + oneself + ` UNION ALL ` + absentAccounts + `)`}},
		InMunicipality: {{"municipality_id", ownMunicipalities}},
		StandingIn:     {{"municipality_id", absentMunicipalities}},
		BrokenGlass:    {{"id", `SELECT g.dossier_id FROM broken_glass g WHERE g.account_id = :actor AND g.from_at <= :now AND g.until_at > :now`}},
	},
	ReferralRoot: {
		InMunicipality: {{"municipality_id", ownMunicipalities}, {"coordinator_id", oneself}},
		StandingIn:     {{"municipality_id", absentMunicipalities}, {"coordinator_id", absentAccounts}},
		InFacility:     {{"facility_id", ownFacilities}, {"coordinator_id", oneself}},
		StandingInside: {{"facility_id", absentFacilities}, {"coordinator_id", absentAccounts}},
		Office:         {{"coordinator_id", oneself}},
	},
	VolunteerRoot: {
		InMunicipality: {{"municipality_id", ownMunicipalities}},
		StandingIn:     {{"municipality_id", absentMunicipalities}},
		InFacility:     {{"facility_id", ownFacilities}},
		StandingInside: {{"facility_id", absentFacilities}},
		OwnFile:        {{"account_id", oneself}},
	},
	TaskRoot: {
		Addressee: {{"account_id", oneself}, {"account_id", absentAccounts}},
	},
}
