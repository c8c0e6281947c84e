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
}

// places stand in the order in which their users need them.
var places = []place{
	{"/", "home.see", text.Lang.NavToday},
	{"/my-families", "family.see", text.Lang.NavMyFamilies},
	{"/dossiers", "dossier.list", text.Lang.NavFamilies},
	{"/referrals", "referral.answer", text.Lang.NavReferrals},
	{"/volunteers", "volunteer.see", text.Lang.NavVolunteers},
	{"/figures", "figures.see", text.Lang.NavFigures},
	{"/accounts", "account.manage", text.Lang.NavAccounts},
	{"/settings", "setting.change", text.Lang.NavSettings},
	{"/facilities", "facility.see", text.Lang.NavFacilities},
}

func navigation(q *Request) []layout.Link {
	var out []layout.Link
	for _, p := range places {
		if authz.RightTo(p.right).Allows(q.Actor) {
			here := q.R.URL.Path == p.path || p.path != "/" && strings.HasPrefix(q.R.URL.Path, p.path+"/")
			out = append(out, layout.Link{Href: p.path, Label: p.label(q.Lang), Here: here})
		}
	}
	return out
}
