package app

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"maatje/internal/authz"
)

func TestTheTableOfRightsIsCurrent(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("../..", RightsPath))
	if err != nil {
		t.Fatal(err)
	}
	own := regexp.MustCompile(`(?m)^\| (guard|mutant)\..*\n`) // registered by the tests beside this one
	if own.ReplaceAllString(Rights(), "") != string(text) {
		t.Errorf("%s is not current; run go generate ./internal/app", RightsPath)
	}
}

// What crosses families says why, and no volunteer crosses by being one: of the relations that volunteers have, only those
// with the own volunteer file open such a query, and what everybody may do.
func TestCrossingSaysWhy(t *testing.T) {
	_, crossing := queries()
	for _, q := range crossing {
		if len(q.Cross()) < 15 {
			t.Errorf("%s crosses families and says only %q", q.Name(), q.Cross())
		}
		want := authz.Read
		if q.IsWrite() {
			want = authz.Write
		}
		for _, r := range []authz.Relation{authz.RunningMatch, authz.ProposedMatch, authz.EndedMatch, authz.JustEnded} {
			if authz.Cell(r, q.Section()) >= want {
				t.Errorf("%s crosses families, and a volunteer with a %s may run it", q.Name(), r)
			}
		}
	}
}
