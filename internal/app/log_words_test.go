package app

import (
	"slices"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/db"
	"maatje/internal/web/text"
)

// TestEveryLookHasItsWords: what a family's log says of a look or a change is said in words, whichever part of the product it was.
func TestEveryLookHasItsWords(t *testing.T) {
	for _, s := range authz.Sections() {
		if s.Root() == authz.DossierRoot && !slices.Contains(text.LogSectionCodes(), strings.ReplaceAll(s.String(), " ", "_")) {
			t.Errorf("the section %q has no words in [codes log_section]", s.String())
		}
	}
	for _, q := range db.Registered() {
		part, _, _ := strings.Cut(q.Name(), ".")
		if q.Section().Root() == authz.DossierRoot && q.IsWrite() && !testsOwn(part) && !slices.Contains(text.LogPartCodes(), part) {
			t.Errorf("the change %q has no words in [codes log_part]", q.Name())
		}
	}
}

// testsOwn are the names of queries that only tests register.
func testsOwn(part string) bool {
	return part == "guard" || part == "mutant" || strings.HasSuffix(part, "test")
}
