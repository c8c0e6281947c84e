// Package authz decides who may reach what. Access comes from a relation to a family, never from a role alone: a role
// says which relations somebody can have, the matrix says which sections each relation opens, and the scope turns that
// into the one condition on which every query stands (METHOD ch. 9). Deny is what is left when nothing is said.
package authz

import (
	"strings"

	"maatje/internal/core"
)

// Role is what somebody does for the programme. One person may hold several.
type Role uint16

const (
	Volunteer Role = 1 << iota
	InsideCoordinator
	OutsideCoordinator
	ProjectLeader
	Administrator
)

var roleCodes = []struct {
	role Role
	code string
}{
	{Volunteer, "volunteer"},
	{InsideCoordinator, "inside_coordinator"},
	{OutsideCoordinator, "outside_coordinator"},
	{ProjectLeader, "project_leader"},
	{Administrator, "administrator"},
}

// ParseRole reads a role's code; an unknown code is no role.
func ParseRole(code string) (Role, bool) {
	for _, r := range roleCodes {
		if r.code == code {
			return r.role, true
		}
	}
	return 0, false
}

// Codes lists the codes of the roles in the set.
func (r Role) Codes() []string {
	var out []string
	for _, c := range roleCodes {
		if r&c.role != 0 {
			out = append(out, c.code)
		}
	}
	return out
}

// Has says whether any of the wanted roles is in the set.
func (r Role) Has(any Role) bool { return r&any != 0 }

// Origin says from where a request came, for the log.
type Origin struct {
	Address string // IP address, without port
	Route   string // the route's pattern, never the address with its query
	Device  string // the kind of device and browser, such as "phone, Android, Firefox"
	Use     Use    // what the page is read for, when it is more than reading
}

// Use is what rows are read for when it is more than reading them, for the log.
type Use string

const (
	Search Use = "search" // asked for by words; the words are not logged
	Print  Use = "print"  // made to go on paper
	Export Use = "export" // made to leave as a file
)

// Using is the actor who reads for this.
func (a Actor) Using(u Use) Actor {
	a.origin.Use = u
	return a
}

// Actor is somebody who acts. The zero Actor opens nothing, and only this package makes others.
type Actor struct {
	account   core.AccountID
	volunteer core.VolunteerID
	name      string
	roles     Role
	relations Relation
	system    string
	origin    Origin
}

// SignedIn is somebody with a session. The volunteer is the one this account belongs to, if any.
func SignedIn(account core.AccountID, volunteer core.VolunteerID, name string, roles Role, from Origin) Actor {
	if account.IsZero() {
		return Actor{}
	}
	a := Actor{account: account, volunteer: volunteer, name: name, roles: roles, origin: from, relations: Member}
	for _, r := range roleCodes {
		if roles&r.role != 0 {
			a.relations |= rolesRelations[r.role]
		}
	}
	return a
}

// Visitor is somebody without a session: the public form and the sign-in page.
func Visitor(from Origin) Actor { return Actor{relations: Anyone, origin: from, name: "visitor"} }

// System is a job that acts by itself; its name goes into the log.
func System(job string) Actor {
	return Actor{system: job, name: "system: " + job, relations: SystemRelation}
}

func (a Actor) Account() core.AccountID     { return a.account }
func (a Actor) Volunteer() core.VolunteerID { return a.volunteer }
func (a Actor) Name() string                { return a.name }
func (a Actor) Roles() Role                 { return a.roles }
func (a Actor) Origin() Origin              { return a.origin }
func (a Actor) Relations() Relation         { return a.relations }
func (a Actor) IsSystem() bool              { return a.system != "" }
func (a Actor) IsSignedIn() bool            { return a.account != 0 }
func (a Actor) IsZero() bool                { return a.relations == 0 }

// Label names the actor in the log: a role or a job, not a person. The account stands beside it.
func (a Actor) Label() string {
	switch {
	case a.system != "":
		return a.name
	case a.account == 0:
		return "visitor"
	default:
		return strings.Join(a.roles.Codes(), "+")
	}
}
