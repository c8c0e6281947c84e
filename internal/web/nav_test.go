package web

import "testing"

// TestWhereAPageStands says which place of the navigation is lit on a page.
func TestWhereAPageStands(t *testing.T) {
	for path, want := range map[string]string{
		"/": "/", "/dossiers": "/dossiers", "/dossiers/new": "/dossiers", "/dossiersold": "", "/trajectories/1": "/dossiers", "/reports/1": "/my-families",
		"/my-families/1/worry": "/my-families", "/proposals/1": "/", "/backups": "/settings", "/refer": "", "/referrals/1": "/referrals",
	} {
		lit := ""
		for _, p := range places {
			if p.holds(path) {
				lit += p.path
			}
		}
		if lit != want {
			t.Errorf("%s lights %q, want %q", path, lit, want)
		}
	}
}
