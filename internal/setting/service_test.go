package setting

import (
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
)

var (
	leader   = authz.SignedIn(1, 0, "Ingrid", authz.ProjectLeader, authz.Origin{})
	buddy    = authz.SignedIn(2, 3, "Wil", authz.Volunteer, authz.Origin{})
	defaults = func() map[string]string {
		v, out := Default(), map[string]string{}
		for _, f := range fields {
			out[f.name] = f.get(&v)
		}
		return out
	}
)

func TestSettingsAreKeptWithinTheirBounds(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		s := NewService(d)
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(d.Write(t.Context(), authz.System("test"), func(tx *db.Tx) error {
			return db.Do(tx, xSomebody, db.Args{"id": leader.Account()})
		}))
		v, version, err := s.Current(t.Context(), leader)
		must(err)
		if v != Default() || version != 0 {
			t.Errorf("%+v, version %d", v, version)
		}

		typed := defaults()
		typed["signal_workdays"], typed["kindcheck_days"] = "3", "0"
		err = s.Change(t.Context(), leader, typed, 0)
		if f, ok := core.AsFail(err); !ok || f.Field != "kindcheck_days" {
			t.Fatalf("out of bounds: %v", err)
		}
		if v, _, _ := s.Current(t.Context(), leader); v != Default() {
			t.Error("half of it was kept")
		}

		typed["kindcheck_days"], typed["organisation"] = "10", "Vrienden\U0001F642 van 't gezin"
		must(s.Change(t.Context(), leader, typed, 0))
		v, version, err = s.Current(t.Context(), buddy)
		must(err)
		if v.SignalWorkdays != 3 || v.KindcheckDays != 10 || v.Organisation != typed["organisation"] || version == 0 {
			t.Errorf("%+v, version %d", v, version)
		}

		clock.Set(clock.Now().Add(time.Hour))
		if err := s.Change(t.Context(), leader, defaults(), 0); !core.IsKind(err, core.KindConflict) {
			t.Errorf("a stale form: %v", err)
		}
		if err := s.Change(t.Context(), buddy, defaults(), version); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("a volunteer changes settings: %v", err)
		}
		must(s.Change(t.Context(), leader, defaults(), version))
		if v, _, _ := s.Current(t.Context(), leader); v != Default() {
			t.Errorf("%+v", v)
		}
	})
}

func TestWhatIsKeptOutOfBoundsCountsAsNotChosen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Write(t.Context(), authz.System("test"), func(tx *db.Tx) error {
			for name, value := range map[string]string{"kindcheck_days": "4000", "gone_since": "x", "many_helpers": "6"} {
				if err := db.Do(tx, xChange, db.Args{"name": name, "value": value, "by": core.AccountID(0)}); err != nil {
					return err
				}
			}
			v, err := Load(tx)
			if want := Default(); v.KindcheckDays != want.KindcheckDays || v.ManyHelpers != 6 {
				t.Errorf("%+v", v)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

var xSomebody = db.X("setting_test.somebody", authz.Accounts,
	`INSERT INTO account (id, email, email_fold, name, created_at) VALUES (:id, 'i', 'i', 'Ingrid', :now)`,
	db.Probe{"id": db.Theirs("account")})
