// Package support says who looks after a volunteer: whose list something about her comes on (VOL-8).
package support

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// ByArea is the account of who works in the area of the volunteer v: the outside coordinator of the municipality, or else the inside
// coordinator of the facility. It is SQL for queries on visible_volunteer under that name.
const ByArea = `COALESCE(
	(SELECT MIN(am.account_id) FROM account_municipality am JOIN account_role r ON r.account_id = am.account_id AND r.role = 'outside_coordinator'
		JOIN account a ON a.id = am.account_id AND a.ended_at IS NULL WHERE am.municipality_id = v.municipality_id),
	(SELECT MIN(af.account_id) FROM account_facility af JOIN account_role r ON r.account_id = af.account_id AND r.role = 'inside_coordinator'
		JOIN account a ON a.id = af.account_id AND a.ended_at IS NULL WHERE af.facility_id = v.facility_id))`

// Active is since when a volunteer is active: the first time that the history says so, or else since when the status is what it is.
const Active = `(SELECT MIN(s.at) FROM volunteer_status s WHERE s.volunteer_id = v.id AND s.status = 'active')`

var (
	qCoordinator = db.Q("support.coordinator", authz.Entries, `SELECT `+ByArea+` FROM visible_volunteer v WHERE v.id = :id`, db.Probe{"id": db.Theirs("volunteer")})
	qWho         = db.Q("support.who", authz.Entries, `SELECT v.id, v.name, v.status, v.status_since FROM visible_volunteer v WHERE v.id = :id`,
		db.Probe{"id": db.Theirs("volunteer")})
)

// Coordinator is who looks after the volunteer; nobody if the area has nobody.
func Coordinator(t *db.Tx, id core.VolunteerID) (who core.AccountID, err error) {
	return db.One(t, qCoordinator, db.Args{"id": id}, func(a *core.AccountID) []any { return []any{a} })
}

// Volunteer is the head of a page about a volunteer.
type Volunteer struct {
	ID     core.VolunteerID
	Name   string
	Status string
	Since  core.Date
}

// Who reads the head; a volunteer who may not be seen is not found.
func Who(t *db.Tx, id core.VolunteerID) (Volunteer, error) {
	return db.One(t, qWho, db.Args{"id": id}, func(v *Volunteer) []any { return []any{&v.ID, &v.Name, &v.Status, &v.Since} })
}
