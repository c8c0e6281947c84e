// Package demo fills a database with an invented programme and lets a visitor be anybody in it with one click. Nobody in
// it exists, and every page says so.
package demo

import (
	"maatje/internal/authz"
	"maatje/internal/core"
)

// Person is somebody a visitor of the demo can be.
type Person struct {
	Account   core.AccountID
	Volunteer core.VolunteerID
	Name      string
	Roles     authz.Role
	Where     string // the places this person works for
}

// group is a role's part of the page.
type group struct {
	code   string
	people []Person
}

// byRole puts people under the first of their roles, in the order of the page.
func byRole(people []Person) []group {
	var out []group
	for _, r := range []authz.Role{authz.Volunteer, authz.OutsideCoordinator, authz.InsideCoordinator, authz.ProjectLeader, authz.Administrator} {
		g := group{code: r.Codes()[0]}
		for _, p := range people {
			if p.Roles.Codes()[0] == g.code {
				g.people = append(g.people, p)
			}
		}
		if len(g.people) > 0 {
			out = append(out, g)
		}
	}
	return out
}
