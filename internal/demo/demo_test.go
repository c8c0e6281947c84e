package demo

import (
	"context"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
)

var look = map[string]*db.Query{}

func init() {
	for name, text := range map[string]string{
		"families": `SELECT state, COUNT(*) FROM dossier GROUP BY state`, "volunteers": `SELECT status, COUNT(*) FROM volunteer GROUP BY status`,
		"imported": `SELECT 'imported', COUNT(*) FROM dossier WHERE imported`, "silent": `SELECT 'silent', COUNT(*) FROM visit_report WHERE words IS NULL`,
		"reports": `SELECT 'reports', COUNT(*) FROM visit_report`,
	} {
		look[name] = db.CrossQ("demo.look_"+name, authz.Works, "a test counts", text, db.Probe{})
	}
}

type counted struct {
	code string
	n    int
}

func counts(t *testing.T, d *db.DB, name string) map[string]int {
	t.Helper()
	out := map[string]int{}
	err := d.Read(context.Background(), system, func(tx *db.Tx) error {
		all, err := db.All(tx, look[name], db.Args{}, func(c *counted) []any { return []any{&c.code, &c.n} })
		for _, c := range all {
			out[c.code] = c.n
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheInventedProgrammeHasFamiliesInEveryState(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		people, err := Fill(context.Background(), d)
		if err != nil {
			t.Fatal(err)
		}
		families := counts(t, d, "families")
		for _, state := range []string{"intake", "waiting", "running", "closed"} {
			if families[state] == 0 {
				t.Errorf("no family is %s: %v", state, families)
			}
		}
		if c := counts(t, d, "volunteers"); c["active"] < 40 || c["resting"] == 0 || c["applied"] == 0 {
			t.Errorf("volunteers %v", c)
		}
		if c := counts(t, d, "imported"); c["imported"] != 0 {
			t.Error("it looks imported")
		}
		if counts(t, d, "reports")["reports"] < 50 || counts(t, d, "silent")["silent"] != 0 {
			t.Error("reports have no words")
		}
		for _, p := range people {
			if p.Roles == authz.Volunteer && p.Volunteer.IsZero() {
				t.Errorf("%s has no file", p.Name)
			}
		}
		if groups := byRole(people); len(groups) != 5 {
			t.Errorf("%d roles to choose from", len(groups))
		}
	})
}

func TestEverybodyWhoCanBeChosenComesBackInTheirOwnRole(t *testing.T) {
	p := Person{Account: 5, Volunteer: 6, Name: "Wil", Roles: authz.Volunteer}
	if a := p.actor(); a.Account() != core.AccountID(5) || a.Volunteer() != core.VolunteerID(6) || a.Roles() != authz.Volunteer {
		t.Errorf("%+v", a)
	}
}
