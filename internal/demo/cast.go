package demo

import "maatje/internal/authz"

// member is somebody who works for the invented programme.
type member struct {
	name                       string
	roles                      authz.Role
	municipalities, facilities []string
	home                       string // of a volunteer
}

var cast = []member{
	{name: "Wil Verhoef", roles: authz.Volunteer, home: "Almere"},
	{name: "Tineke Bos", roles: authz.Volunteer, home: "Almere"},
	{name: "Rachid el Amrani", roles: authz.Volunteer, home: "Utrecht"},
	{name: "Joke van Dam", roles: authz.Volunteer, home: "Utrecht"},
	{name: "Marleen Hoekstra", roles: authz.OutsideCoordinator, municipalities: []string{"Almere", "Lelystad"}},
	{name: "Samira Bouali", roles: authz.OutsideCoordinator | authz.InsideCoordinator, municipalities: []string{"Utrecht", "Zeist"},
		facilities: []string{"PI Waterkant"}},
	{name: "Bert Kuipers", roles: authz.InsideCoordinator, facilities: []string{"PI Waterkant"}},
	{name: "Anneke Postma", roles: authz.InsideCoordinator, facilities: []string{"PI Duinzicht"}},
	{name: "Ingrid Meijer", roles: authz.ProjectLeader},
	{name: "Patrick de Wit", roles: authz.Administrator},
}
