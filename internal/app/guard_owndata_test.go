package app

import (
	"slices"
	"strings"
	"testing"

	"maatje/internal/db"
	"maatje/internal/privacy/owndata"
	"maatje/internal/web/text"
)

// TestPRV4_EveryTableHasItsPlaceInAPackage: a new table cannot be forgotten when somebody asks what is kept about them.
func TestPRV4_EveryTableHasItsPlaceInAPackage(t *testing.T) {
	all := map[string]bool{}
	for _, one := range tables(t) {
		all[one.name] = true
		if !slices.ContainsFunc(owndata.Places, func(p owndata.Place) bool { return p.Table == one.name }) {
			t.Errorf("%s: say in internal/privacy/owndata/places.go what becomes of it when somebody asks for their data", one.name)
		}
	}
	read := readForPackages()
	seen := map[string]bool{}
	for _, p := range owndata.Places {
		if !all[p.Table] || seen[p.Table] {
			t.Errorf("%s is no table, or has two places", p.Table)
		}
		seen[p.Table] = true
		given := []owndata.Treatment{owndata.Own, owndata.Shared}
		if (slices.Contains(given, p.Family) || slices.Contains(given, p.Account)) && !read[p.Table] {
			t.Errorf("%s goes into packages, and no query of theirs reads it", p.Table)
		}
		if withheld := p.Family == owndata.Withheld || p.Account == owndata.Withheld; withheld && p.Why == "" || p.Why != "" && !slices.Contains(text.OwnLeftCodes(), p.Why) {
			t.Errorf("%s stays out, and the package does not say why: %q", p.Table, p.Why)
		}
	}
}

// readForPackages are the tables that the queries read from which packages are made.
func readForPackages() map[string]bool {
	others := []string{"dossier.people", "dossier.ties", "dossier.authorities", "dossier.detentions", "dossier.placements", "dossier.professionals", "dossier.knows",
		"consent.of_dossier", "consent.about_whom", "privacy.file_log", "kin.changes", "triptych.sheets", "goal.changes", "goal.ratings", "goal.from_wishes", "dossier.cover", "account.broken_glass"}
	out := map[string]bool{}
	for _, q := range db.Registered() {
		if !strings.HasPrefix(q.Name(), "owndata.") && !slices.Contains(others, q.Name()) {
			continue
		}
		for _, table := range q.Tables() {
			out[strings.TrimPrefix(table, "visible_")] = true
		}
	}
	return out
}
