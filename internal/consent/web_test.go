package consent

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/dossier"
	"maatje/internal/facility"
	"maatje/internal/web"
)

const forTests = "tests make the accounts that the families need"

var (
	tAccount = db.CrossX("testing.account", authz.Works, forTests, `INSERT INTO account (id, email, email_fold, name, created_at)
		VALUES (:id, :email, :email, :name, :now)`, db.Probe{})
	tTown = db.CrossX("testing.town", authz.Works, forTests, `INSERT INTO account_municipality (account_id, municipality_id)
		VALUES (:id, :place)`, db.Probe{})
	tTasks = db.CrossQ("testing.tasks", authz.Works, forTests, `SELECT t.kind FROM task t WHERE t.dossier_id = :dossier AND t.done_at IS NULL ORDER BY t.kind`, db.Probe{})
)

type asking struct{ actor authz.Actor }

func (s asking) Session(context.Context, *http.Request, authz.Origin) (web.Session, error) {
	return web.Session{Actor: s.actor}, nil
}

// coordinated opens a family in a town, with its outside coordinator.
func coordinated(t *testing.T, d *db.DB, age int) (authz.Actor, core.DossierID, []dossier.Person) {
	t.Helper()
	var ria core.AccountID
	var id core.DossierID
	var people []dossier.Person
	write(t, d, func(x *db.Tx) error {
		place, err := facility.Municipality(x, "Zwolle")
		if err != nil {
			return err
		}
		ria = db.NewID[core.AccountID](x)
		if err := db.Do(x, tAccount, db.Args{"id": ria, "email": "ria@example.org", "name": "Ria"}); err != nil {
			return err
		}
		if err := db.Do(x, tTown, db.Args{"id": ria, "place": place}); err != nil {
			return err
		}
		id, err = dossier.New(x, dossier.Opening{Municipality: place, Coordinator: ria, Persons: []dossier.NewPerson{
			{Person: dossier.Person{Name: "Sara", IsChild: true, Birth: x.Today().AddMonths(-age * 12).AddDays(10)}},
			{Person: dossier.Person{Name: "Anouk", IsParent: true}, ParentOf: []int{0}, DecidesOver: []int{0}},
		}})
		if err == nil {
			people, err = dossier.People(x, id)
		}
		return err
	})
	return authz.SignedIn(ria, 0, "Ria", authz.OutsideCoordinator, authz.Origin{}), id, people
}

func TestCON1_ThePages(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		ria, id, people := coordinated(t, d, 9)
		ask := func(a authz.Actor, method, path string, in url.Values) (int, string) {
			m := web.NewRouter(asking{a}, web.Config{Clock: clock.Now, Log: slog.New(slog.DiscardHandler)})
			NewService(d).Routes(m)
			r := httptest.NewRequest(method, path, strings.NewReader(in.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			w := httptest.NewRecorder()
			m.ServeHTTP(w, r)
			return w.Code, w.Body.String()
		}
		base := "/dossiers/" + id.String() + "/consents"
		in := url.Values{"purpose": {"start_support"}, "about": {people[0].ID.String()}, "giver": {people[0].ID.String()}, "capacity": {"self"}, "how": {"written"}, "from": {"2026-11-23"}}
		code, page := ask(ria, "POST", base, in)
		if code != http.StatusUnprocessableEntity || !strings.Contains(page, "jonger dan 12") || !strings.Contains(page, "waar het papier ligt") {
			t.Errorf("a child of eight itself, without paper: %d; want both mistakes named", code)
		}
		in.Set("giver", people[1].ID.String())
		in.Set("capacity", "authority")
		in.Set("evidence", "de blauwe map")
		if code, _ := ask(ria, "POST", base, in); code != http.StatusSeeOther {
			t.Fatalf("recorded: %d", code)
		}
		var given []Consent
		write(t, d, func(x *db.Tx) (err error) { given, err = OfDossier(x, id); return err })
		withdraw := base + "/" + given[0].ID.String() + "/withdraw"
		again := base + "/new?again=" + given[0].ID.String()
		if _, page := ask(ria, "GET", again, nil); strings.Count(page, " checked") != 2 || strings.Count(page, " selected") != 2 || strings.Contains(page, "blauwe map") {
			t.Errorf("asked again: want who, whom, what and as what filled in, and no paper:\n%s", page)
		}
		if _, page := ask(ria, "GET", base+"/new?about="+people[0].ID.String(), nil); strings.Count(page, " checked") != 1 {
			t.Error("the form does not know about whom it is asked")
		}
		for path, want := range map[string]string{base: "de blauwe map", base + "/new": "Sara", base + "/paper": "handtekening", withdraw: "Wil Anouk"} {
			if code, page := ask(ria, "GET", path, nil); code != http.StatusOK || !strings.Contains(page, want) {
				t.Errorf("%s: %d; want it to say %q", path, code, want)
			}
		}
		stranger := authz.SignedIn(99, 0, "Omar", authz.OutsideCoordinator, authz.Origin{})
		for _, path := range []string{base, base + "/new", base + "/paper", withdraw} {
			if code, _ := ask(stranger, "GET", path, nil); code != http.StatusNotFound {
				t.Errorf("somebody else at %s: %d", path, code)
			}
		}
		if code, _ := ask(stranger, "POST", withdraw, nil); code != http.StatusNotFound {
			t.Errorf("somebody else withdraws: %d", code)
		}
		if code, _ := ask(ria, "POST", withdraw, nil); code != http.StatusSeeOther {
			t.Errorf("withdrawn: %d", code)
		}
		if _, page := ask(ria, "GET", base, nil); !strings.Contains(page, "ingetrokken op") || strings.Contains(page, withdraw) {
			t.Error("the list does not say that it was withdrawn")
		}
	})
}

func TestCON2_ABirthdayAndAnEndAskForRenewal(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		_, id, people := coordinated(t, d, 12) // turns 12 in ten days
		run := func(want ...string) {
			t.Helper()
			for range 2 {
				if err := NewService(d).Jobs()[0].Run(context.Background(), system); err != nil {
					t.Fatal(err)
				}
			}
			var kinds []string
			write(t, d, func(x *db.Tx) (err error) {
				kinds, err = db.All(x, tTasks, db.Args{"dossier": id}, func(k *string) []any { return []any{k} })
				return err
			})
			if strings.Join(kinds, " ") != strings.Join(want, " ") {
				t.Errorf("waiting are %v, want %v", kinds, want)
			}
		}
		run()
		write(t, d, func(x *db.Tx) error {
			_, err := Give(x, id, Consent{Giver: people[1].ID, Capacity: AsAuthority, About: []core.PersonID{people[0].ID}, Purpose: StartSupport,
				From: x.Today(), Until: x.Today().AddDays(40), How: OnScreen})
			return err
		})
		run("consent_birthday")
		clock.Set(dbtest.Start.Add(10 * 24 * 3600e9))
		run("consent_birthday", "consent_expires")
		more := func(giver core.PersonID, as Capacity) {
			t.Helper()
			write(t, d, func(x *db.Tx) error {
				_, err := Give(x, id, Consent{Giver: giver, Capacity: as, About: []core.PersonID{people[0].ID}, Purpose: StartSupport, From: x.Today(),
					Until: x.Today().AddDays(400), How: OnScreen})
				return err
			})
		}
		more(people[1].ID, AsAuthority)
		run("consent_birthday")
		more(people[0].ID, AsSelf)
		run()
	})
}
