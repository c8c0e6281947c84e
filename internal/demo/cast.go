package demo

import (
	"time"

	"maatje/internal/authz"
)

const day = 24 * time.Hour

// member is somebody who works for the invented programme.
type member struct {
	name                       string
	roles                      authz.Role
	municipalities, facilities []string
	home                       string        // of a volunteer
	away                       time.Duration // since they last signed in
}

var cast = []member{
	{name: "Wil Verhoef", roles: authz.Volunteer, home: "Almere", away: 2 * day},
	{name: "Tineke Bos", roles: authz.Volunteer, home: "Almere", away: day},
	{name: "Rachid el Amrani", roles: authz.Volunteer, home: "Utrecht", away: 5 * day},
	{name: "Joke van Dam", roles: authz.Volunteer, home: "Utrecht", away: 33 * day},
	{name: "Marleen Hoekstra", roles: authz.OutsideCoordinator, municipalities: []string{"Almere", "Lelystad"}, away: day},
	{name: "Samira Bouali", roles: authz.OutsideCoordinator | authz.InsideCoordinator, municipalities: []string{"Utrecht", "Zeist"},
		facilities: []string{"PI Waterkant"}, away: day},
	{name: "Bert Kuipers", roles: authz.InsideCoordinator, facilities: []string{"PI Waterkant"}, away: 3 * day},
	{name: "Anneke Postma", roles: authz.InsideCoordinator, facilities: []string{"PI Duinzicht"}, away: day},
	{name: "Ingrid Meijer", roles: authz.ProjectLeader, away: 4 * day},
	{name: "Patrick de Wit", roles: authz.Administrator, away: 12 * day},
}
