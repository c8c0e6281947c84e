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

// SQL is what `visible_dossier` (and its like) stands for: the rows of the root that the scope reaches. The arguments are
// :actor, :volunteer, :today, :now and :month_ago, which db fills in from the actor and the clock.
//
<<<<<<< HEAD
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
=======
// Relations of one shape become one condition, which costs an index look-up: who stands in for somebody looks in more
// towns, not twice. Where several are left they become `id IN (... UNION ...)`, because a general OR makes the engine walk
// the whole table.
func (s Scope) SQL() string {
	table := s.root.Name()
	conditions := s.conditions()
	switch {
	case len(conditions) == 0:
		return "(SELECT * FROM " + table + " WHERE 1 = 0)"
	case len(conditions) == 1:
		return "(SELECT * FROM " + table + " x WHERE " + conditions[0] + ")"
	}
	parts := make([]string, len(conditions))
	for i, c := range conditions {
		parts[i] = "SELECT x.id FROM " + table + " x WHERE " + c
	}
	return "(SELECT * FROM " + table + " WHERE id IN (" + strings.Join(parts, " UNION ") + "))"
}

// conditions are those of the scope's relations on a row x, of one shape together.
func (s Scope) conditions() []string {
	if s.via&SystemRelation != 0 {
		return []string{"1 = 1"}
	}
	var shapes []string
	of := map[string][]string{}
	for _, r := range Relations() {
		if s.via&r == 0 {
			continue
>>>>>>> 365db55 (authz: the edges of every relation are a table; a later detention elsewhere ends an inside coordinator's sight)
		}
		for _, one := range reach[s.root][r] {
			if of[one.shape] == nil {
				shapes = append(shapes, one.shape)
			}
			if !slices.Contains(of[one.shape], one.among) {
				of[one.shape] = append(of[one.shape], one.among)
			}
		}
	}
	out := make([]string, len(shapes))
	for i, shape := range shapes {
		out[i] = strings.ReplaceAll(shape, among, strings.Join(of[shape], " UNION ALL "))
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

// bond is a condition on a row x of the root: a shape, and the places or people among which one of its columns must be.
type bond struct{ shape, among string }

const among = "{among}" // in a shape: where what a relation brings in is written

const (
	inMunicipality = `x.municipality_id IN (` + among + `)`
	inFacility     = `x.facility_id IN (` + among + `)`
	ofCoordinator  = `x.coordinator_id IN (` + among + `)`
	ofAccount      = `x.account_id IN (` + among + `)`

	// placedIn finds dossiers with a parent staying in one of the facilities, or who last stayed there and is nowhere else
	// since, in this detention or a later one: an inside coordinator keeps sight of a parent until another facility has them.
	placedIn = `x.id IN (SELECT p.dossier_id FROM placement p WHERE p.facility_id IN (` + among + `)
		AND (p.until_date IS NULL OR p.until_date >= :today OR NOT EXISTS (
			SELECT 1 FROM detention e JOIN detention f ON f.dossier_id = e.dossier_id AND f.parent_id = e.parent_id
			JOIN placement q ON q.dossier_id = f.dossier_id AND q.detention_id = f.id
			WHERE e.id = p.detention_id AND q.id <> p.id AND (q.until_date IS NULL OR q.until_date > p.until_date))))`
)

const (
	ownMunicipalities = `SELECT am.municipality_id FROM account_municipality am WHERE am.account_id = :actor`
	ownFacilities     = `SELECT af.facility_id FROM account_facility af WHERE af.account_id = :actor`
<<<<<<< HEAD
	oneself           = `SELECT CAST(:actor AS BIGINT)`
=======
	self              = `SELECT CAST(:actor AS BIGINT)`
>>>>>>> 365db55 (authz: the edges of every relation are a table; a later detention elsewhere ends an inside coordinator's sight)

	absentToday = `standing_in si WHERE si.backup_id = :actor AND si.from_date <= :today AND si.until_date >= :today`

	absentMunicipalities = `SELECT am.municipality_id FROM account_municipality am WHERE am.account_id IN (SELECT si.absent_id FROM ` + absentToday + `)`
	absentFacilities     = `SELECT af.facility_id FROM account_facility af WHERE af.account_id IN (SELECT si.absent_id FROM ` + absentToday + `)`
	absentAccounts       = `SELECT si.absent_id FROM ` + absentToday
)

<<<<<<< HEAD
// placedIn finds dossiers with a parent staying in one of the facilities, or whose latest placement there ended and who
// stays nowhere else: an inside coordinator keeps sight of a parent until another facility has them.
func placedIn(facilities string) string {
	return `SELECT p.dossier_id FROM placement p WHERE p.facility_id IN (` + facilities + `)
		AND (p.until_date IS NULL OR p.until_date >= :today OR NOT EXISTS (
			SELECT 1 FROM placement q WHERE q.detention_id = p.detention_id AND q.id <> p.id AND (q.until_date IS NULL OR q.until_date > p.until_date)))`
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
		InFacility:     {{"id", placedIn(ownFacilities)}},
		StandingInside: {{"id", placedIn(absentFacilities)}},
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
=======
// reach is, per root and relation, how a row x of the root is bound to the actor.
var reach = map[Root]map[Relation][]bond{
	DossierRoot: {
		RunningMatch: {{shape: `x.id IN (SELECT m.dossier_id FROM volunteer_match m JOIN trajectory t ON t.id = m.trajectory_id
			WHERE m.volunteer_id = :volunteer AND m.state IN ('introduced', 'accepted') AND m.ended_on IS NULL
			AND m.declined_at IS NULL AND t.ended_on IS NULL)`}},
		ProposedMatch: {{shape: `x.id IN (SELECT m.dossier_id FROM volunteer_match m
			WHERE m.volunteer_id = :volunteer AND m.state IN ('proposed', 'agreed') AND m.ended_on IS NULL AND m.declined_at IS NULL)`}},
		EndedMatch: {{shape: `x.id IN (SELECT m.dossier_id FROM volunteer_match m
			WHERE m.volunteer_id = :volunteer AND m.state = 'ended' AND m.ended_on >= :month_ago)`}},
		InFacility:     {{placedIn, ownFacilities}},
		StandingInside: {{placedIn, absentFacilities}},
		InMunicipality: {{inMunicipality, ownMunicipalities}},
		StandingIn:     {{inMunicipality, absentMunicipalities}},
		BrokenGlass: {{shape: `x.id IN (SELECT g.dossier_id FROM broken_glass g
			WHERE g.account_id = :actor AND g.from_at <= :now AND g.until_at > :now)`}},
	},
	ReferralRoot: {
		InMunicipality: {{inMunicipality, ownMunicipalities}, {ofCoordinator, self}},
		StandingIn:     {{inMunicipality, absentMunicipalities}, {ofCoordinator, absentAccounts}},
		InFacility:     {{inFacility, ownFacilities}, {ofCoordinator, self}},
		StandingInside: {{inFacility, absentFacilities}, {ofCoordinator, absentAccounts}},
		Office:         {{ofCoordinator, self}},
	},
	VolunteerRoot: {
		InMunicipality: {{inMunicipality, ownMunicipalities}},
		StandingIn:     {{inMunicipality, absentMunicipalities}},
		InFacility:     {{inFacility, ownFacilities}},
		StandingInside: {{inFacility, absentFacilities}},
		OwnFile:        {{ofAccount, self}},
		Office:         {{shape: `1 = 1`}},
	},
	TaskRoot: {
		Addressee: {{ofAccount, self}, {ofAccount, absentAccounts}},
>>>>>>> 365db55 (authz: the edges of every relation are a table; a later detention elsewhere ends an inside coordinator's sight)
	},
}
