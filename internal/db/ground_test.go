package db_test

import (
	"errors"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
)

var (
	xStandsIn = db.X("groundtest.stands_in", authz.Accounts, `INSERT INTO standing_in (id, absent_id, backup_id, from_date, until_date)
		VALUES (:id, :absent, :backup, :today, :today)`, db.Probe{"id": 1, "absent": 1, "backup": 1})
	xGlass = db.CrossX("groundtest.glass", authz.Works, why, `INSERT INTO broken_glass (id, account_id, dossier_id, reason, from_at, until_at)
		VALUES (:id, :who, :dossier, '', :now, '2027-01-01T00:00:00.000Z')`, db.Probe{"id": 1, "who": 1, "dossier": 1})
)

// The log says through which of several possible relations somebody reached a family, and for whom: what somebody has
// themselves comes before what they have for another, and an emergency is one only for who has no other way.
func TestTheGroundIsTheBondThatThereIs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		home(t, d)
		const backup, leader = core.AccountID(12), core.AccountID(13)
		err := d.Write(t.Context(), system, func(tx *db.Tx) error {
			return errors.Join(db.Do(tx, xWho2, db.Args{"id": backup, "mail": "b"}), db.Do(tx, xWho2, db.Args{"id": leader, "mail": "l"}),
				db.Do(tx, xStandsIn, db.Args{"id": core.ID(1), "absent": coordinator, "backup": backup}),
				db.Do(tx, xGlass, db.Args{"id": core.ID(1), "who": leader, "dossier": family}),
				db.Do(tx, xGlass, db.Args{"id": core.ID(2), "who": coordinator, "dossier": family}))
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name   string
			who    core.AccountID
			roles  authz.Role
			rule   authz.Relation
			behalf core.AccountID
		}{
			{"own area", coordinator, authz.OutsideCoordinator, authz.InMunicipality, 0},
			{"standing in", backup, authz.OutsideCoordinator, authz.StandingIn, coordinator},
			{"broken glass", leader, authz.ProjectLeader, authz.BrokenGlass, 0},
			{"a leader who coordinates elsewhere", leader, authz.ProjectLeader | authz.OutsideCoordinator, authz.BrokenGlass, 0},
			{"a leader who coordinates here", coordinator, authz.ProjectLeader | authz.OutsideCoordinator, authz.InMunicipality, 0},
		} {
			actor := authz.SignedIn(c.who, 0, "", c.roles, authz.Origin{})
			if err := d.Read(t.Context(), actor, both(all(qFile, db.Args{"dossier": family}), all(qVisits, db.Args{"dossier": family}))); err != nil {
				t.Fatal(c.name, err)
			}
			got := entries(t, d)
			last := got[len(got)-1]
			if last.Rule != c.rule.String() || last.BehalfOf != c.behalf.Int64() || last.Account != c.who.Int64() {
				t.Errorf("%s: %q for %d, want %q for %d", c.name, last.Rule, last.BehalfOf, c.rule, c.behalf)
			}
		}
		whole(t, d)
	})
}

var xWho2 = db.X("groundtest.account", authz.Accounts, `INSERT INTO account (id, email, email_fold, name, created_at) VALUES (:id, :mail, :mail, 'x', :now)`, db.Probe{"id": 1, "mail": ""})
