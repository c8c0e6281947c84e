package applicant_test

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/task"
	"maatje/internal/volunteer"
	"maatje/internal/volunteer/applicant"
	"maatje/internal/volunteer/screening"
	"maatje/internal/web/webtest"
)

var (
	xTown    = db.X("applicanttest.municipality", authz.Directory, `INSERT INTO municipality (id, name, name_fold) VALUES (:id, 'Zwolle', 'zwolle')`, db.Probe{"id": 1})
	xAccount = db.X("applicanttest.account", authz.Accounts, `INSERT INTO account (id, email, email_fold, name, created_at) VALUES (:id, :name, :name, :name, :now)`,
		db.Probe{"id": 1, "name": "n"})
	xRole = db.X("applicanttest.role", authz.Accounts, `INSERT INTO account_role (account_id, role) VALUES (:id, :role)`, db.Probe{"id": 1, "role": "volunteer"})
	xArea = db.X("applicanttest.area", authz.Accounts, `INSERT INTO account_municipality (account_id, municipality_id) VALUES (:id, 1)`, db.Probe{"id": 1})
)

const petra, ingrid = core.AccountID(11), core.AccountID(12)

// world has Petra in Zwolle, and Ingrid who leads the project.
func world(t *testing.T, d *db.DB) (*webtest.Site, authz.Actor, authz.Actor) {
	t.Helper()
	err := d.Write(context.Background(), authz.System("test"), func(t *db.Tx) error {
		for _, s := range []struct {
			q    *db.Query
			args db.Args
		}{
			{xTown, db.Args{"id": core.ID(1)}}, {xAccount, db.Args{"id": petra, "name": "Petra"}}, {xAccount, db.Args{"id": ingrid, "name": "Ingrid"}},
			{xRole, db.Args{"id": petra, "role": "outside_coordinator"}}, {xRole, db.Args{"id": ingrid, "role": "project_leader"}}, {xArea, db.Args{"id": petra}},
		} {
			if err := db.Do(t, s.q, s.args); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	w := webtest.New(t, d.Now)
	applicant.NewService(d, rand.Reader).Routes(w.Router)
	return w, authz.SignedIn(petra, 0, "Petra", authz.OutsideCoordinator, authz.Origin{}), authz.SignedIn(ingrid, 0, "Ingrid", authz.ProjectLeader, authz.Origin{})
}

func tasks(t *testing.T, d *db.DB, a authz.Actor) (rows []task.Row) {
	t.Helper()
	err := d.Read(context.Background(), a, func(x *db.Tx) (err error) {
		rows, err = task.Mine(x, task.Filter{Kind: "answer_application"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func typed(change ...string) url.Values {
	v := url.Values{"name": {"Ria de Wit"}, "email": {"ria@example.org"}, "municipality": {"zwolle"}, "words": {"Ik heb tijd en een groot hart."}, "kinds": {"family_buddy", "nonsense"},
		"days": {"mon"}, "token": {"one"}}
	for i := 0; i < len(change); i += 2 {
		v.Set(change[i], change[i+1])
	}
	return v
}

func TestVOL1_AnybodyMayApply(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, a, leader := world(t, d)
		w.As(authz.Visitor(authz.Origin{Address: "192.0.2.1"}))
		w.Get("/apply").Is(http.StatusOK, "luistert", "diploma", "VOG")
		w.Post("/apply", typed("name", "", "municipality", "")).Is(http.StatusUnprocessableEntity, "ria@example.org", "Ik heb tijd en een groot hart.")
		first := w.Post("/apply", typed()).Is(http.StatusSeeOther)
		w.Get(first.Location).Is(http.StatusOK, "5 werkdagen")
		w.Get("/apply/thanks?code=zomaar-iets").Is(http.StatusNotFound)

		mine := tasks(t, d, a)
		if len(mine) != 1 || mine[0].VolunteerName != "Ria de Wit" || len(tasks(t, d, leader)) != 0 {
			t.Fatalf("tasks %+v", mine)
		}
		talks := screening.NewService(d, volunteer.Unchanged)
		look := func() screening.Sheet {
			v, err := talks.Sheet(context.Background(), a, mine[0].Volunteer)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		v := look()
		if v.Status != volunteer.Applied || v.MunicipalityName != "Zwolle" || len(v.Wishes.Kinds) != 1 || v.Wishes.Days[0] != "mon" || len(v.Applications) != 1 ||
			v.Applications[0].Words != "Ik heb tijd en een groot hart." {
			t.Errorf("%+v", v)
		}

		if again := w.Post("/apply", typed()).Is(http.StatusSeeOther); again.Location != first.Location {
			t.Error("the same form twice is two applications")
		}
		other := w.Post("/apply", typed("token", "two", "email", "RIA@example.org", "name", "R. de Wit", "words", "Nog een keer.")).Is(http.StatusSeeOther)
		w.Get(other.Location).Is(http.StatusOK, "5 werkdagen").Without("Ria", "bekend", "al eerder")
		if v := look(); len(v.Applications) != 2 || v.Applications[0].Words != "Nog een keer." || v.Name != "Ria de Wit" {
			t.Errorf("a second application: %+v", v.Applications)
		}
		if all := tasks(t, d, a); len(all) != 1 {
			t.Errorf("%d tasks after the second", len(all))
		}

		w.Post("/apply", typed("token", "three", "email", "", "phone", "06", "municipality", "Verweggistan")).Is(http.StatusSeeOther)
		if all := tasks(t, d, leader); len(all) != 1 {
			t.Errorf("from a place that nobody looks after: %d tasks for the project leader", len(all))
		}
		trapped := w.Post("/apply", typed("token", "four", "website", "https://example.org", "email", "spam@example.org")).Is(http.StatusSeeOther)
		w.Get(trapped.Location).Is(http.StatusOK, "5 werkdagen")
		if all := append(tasks(t, d, a), tasks(t, d, leader)...); len(all) != 2 {
			t.Errorf("a program made work: %d tasks", len(all))
		}
	})
}

func TestVOL1_OneAddressDoesNotFloodTheList(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, a, _ := world(t, d)
		w.As(authz.Visitor(authz.Origin{Address: "192.0.2.1"}))
		for i := range 12 {
			name := strings.Repeat("x", i+1)
			want := http.StatusSeeOther
			if i >= 10 {
				want = http.StatusTooManyRequests
			}
			w.Post("/apply", typed("token", name, "email", name+"@example.org")).Is(want)
		}
		if all := tasks(t, d, a); len(all) != 10 {
			t.Errorf("%d tasks", len(all))
		}
	})
}
