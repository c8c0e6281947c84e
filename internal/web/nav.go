package web

import (
	"strings"

	"maatje/internal/authz"
	"maatje/internal/web/layout"
	"maatje/internal/web/text"
)

// place is one place of the navigation, shown to whoever holds its right.
type place struct {
	path  string
	right string
	label func(text.Lang) string
	also  string // where the pages behind it stand when their address begins otherwise
}

// places stand in the order in which their users need them.
var places = []place{
	{"/", "home.see", text.Lang.NavToday, "/proposals/"},
	{"/my-families", "family.see", text.Lang.NavMyFamilies, "/reports/"},
	{"/training", "training.own", text.Lang.NavTraining, "/my-peer-days"},
	{"/dossiers", "dossier.list", text.Lang.NavFamilies, "/trajectories/"},
	{"/referrals", "referral.answer", text.Lang.NavReferrals, ""},
	{"/volunteers", "volunteer.see", text.Lang.NavVolunteers, ""},
	{"/figures", "figures.see", text.Lang.NavFigures, ""},
	{"/accounts", "account.manage", text.Lang.NavAccounts, ""},
	{"/breaches", "breach.keep", text.Lang.NavBreaches, ""},
	{"/settings", "setting.change", text.Lang.NavSettings, "/backups"},
	{"/facilities", "facility.see", text.Lang.NavFacilities, ""},
}

func (p place) holds(path string) bool {
	return path == p.path || p.path != "/" && strings.HasPrefix(path, p.path+"/") || p.also != "" && strings.HasPrefix(path, p.also)
}

func navigation(q *Request) []layout.Link {
	var out []layout.Link
	for _, p := range places {
		if authz.RightTo(p.right).Allows(q.Actor) {
			out = append(out, layout.Link{Href: p.path, Label: p.label(q.Lang), Here: p.holds(q.R.URL.Path)})
		}
	}
	return out
}
