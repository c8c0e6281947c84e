package families

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
)

// coordinator makes an outside coordinator of a municipality.
func coordinator(t *testing.T, d *db.DB, name, town string) (who authz.Actor, place core.ID) {
	t.Helper()
	var id core.AccountID
	if err := d.Write(context.Background(), authz.System("test"), func(x *db.Tx) (err error) {
		if place, err = facility.Municipality(x, town); err != nil {
			return err
		}
		id = db.NewID[core.AccountID](x)
		if err := db.Do(x, tAccount, db.Args{"id": id, "email": name + "@example.org", "name": name}); err != nil {
			return err
		}
		return db.Do(x, tTown, db.Args{"id": id, "place": place})
	}); err != nil {
		t.Fatal(err)
	}
	return authz.SignedIn(id, 0, name, authz.OutsideCoordinator, authz.Origin{}), place
}

type asking struct{ actor authz.Actor }

func (s asking) Session(context.Context, *http.Request, authz.Origin) (web.Session, error) {
	return web.Session{Actor: s.actor}, nil
}

func ask(d *db.DB, clock *dbtest.Clock, a authz.Actor, method, path string, in url.Values) (*httptest.ResponseRecorder, string) {
	m := web.NewRouter(asking{a}, web.Config{Clock: clock.Now, Log: slog.New(slog.DiscardHandler)})
	NewService(d).Routes(m)
	r := httptest.NewRequest(method, path, strings.NewReader(in.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	m.ServeHTTP(w, r)
	return w, w.Body.String()
}

func TestFindByTheBeginningsOfNames(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ria, zwolle := coordinator(t, d, "Ria", "Zwolle")
		omar, venlo := coordinator(t, d, "Omar", "Venlo")
		open := func(a authz.Actor, place core.ID, names ...string) {
			t.Helper()
			o := dossier.Opening{Municipality: place}
			for _, name := range names {
				o.Persons = append(o.Persons, dossier.NewPerson{Person: dossier.Person{Name: name, IsChild: true}})
			}
			if err := d.Write(context.Background(), a, func(x *db.Tx) error { _, err := dossier.New(x, o); return err }); err != nil {
				t.Fatal(err)
			}
		}
		open(ria, zwolle, "José van Dijk", "Zoë van Dijk")
		open(ria, zwolle, "Bram Bakker")
		open(omar, venlo, "José Bakker")
		tests := []struct {
			name   string
			who    authz.Actor
			search Search
			want   []string
		}{
			{"everything in reach, by name", ria, Search{}, []string{"Bram Bakker", "José van Dijk, Zoë van Dijk"}},
			{"without the accent", ria, Search{Words: "jose"}, []string{"José van Dijk, Zoë van Dijk"}},
			{"a beginning", ria, Search{Words: "BRA"}, []string{"Bram Bakker"}},
			{"words of two people of one family", ria, Search{Words: "zoe jos"}, []string{"José van Dijk, Zoë van Dijk"}},
			{"four words", ria, Search{Words: "jose van dijk zoe"}, []string{"José van Dijk, Zoë van Dijk"}},
			{"the end of a word", ria, Search{Words: "akker"}, nil},
			{"a neighbour's family", ria, Search{Words: "jose bakker"}, nil},
			{"the neighbour's own", omar, Search{Words: "jose"}, []string{"José Bakker"}},
			{"another state", ria, Search{State: "closed"}, nil},
			{"in the municipality", ria, Search{Municipality: zwolle, Words: "b"}, []string{"Bram Bakker"}},
			{"in another municipality", ria, Search{Municipality: venlo}, nil},
			{"coordinated by nobody", ria, Search{Mine: true}, nil},
			{"a page too far", ria, Search{Page: 9}, nil},
		}
		for _, tt := range tests {
			if err := d.Read(context.Background(), tt.who, func(x *db.Tx) error {
				lines, _, err := Find(x, tt.search)
				var got []string
				for _, l := range lines {
					got = append(got, l.Name)
				}
				if strings.Join(got, "|") != strings.Join(tt.want, "|") {
					t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestAFamilyIsOpenedByHand(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		ria, zwolle := coordinator(t, d, "Ria", "Zwolle")
		in := url.Values{"municipality": {zwolle.String()}, "child1_name": {"Sara"}, "child1_birth": {"2030-01-01"}, "child2_name": {"Noor"},
			"parent1_name": {"Anouk"}, "parent1_decides": {"1"}, "parent1_detained": {"1"}, "parent1_from": {"2026-10-01"},
			"caregiver1_name": {"Oma Wil"}, "caregiver1_relation": {"oma"}, "together": {"1"}}
		w, page := ask(d, clock, ria, "POST", "/dossiers", in)
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(page, "in de toekomst") || !strings.Contains(page, `value="Oma Wil"`) {
			t.Errorf("a birth in the future: %d", w.Code)
		}
		in.Set("child1_birth", "2016-01-01")
		w, _ = ask(d, clock, ria, "POST", "/dossiers", in)
		path := w.Header().Get("Location")
		if w.Code != http.StatusSeeOther || !strings.HasPrefix(path, "/dossiers/") {
			t.Fatalf("opened: %d %s", w.Code, path)
		}
		id, err := core.ParseID[core.DossierID](strings.TrimPrefix(path, "/dossiers/"))
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Read(context.Background(), ria, func(x *db.Tx) error {
			f, err := dossier.Load(x, id)
			if len(f.People) != 4 || len(f.Ties) != 2 || len(f.Authorities) != 2 || len(f.Detentions) != 1 || len(f.Members) != 3 || f.CoordinatorName != "Ria" {
				t.Errorf("the file reads %+v", f)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		in.Set("municipality", "")
		if w, page := ask(d, clock, ria, "POST", "/dossiers", in); w.Code != http.StatusUnprocessableEntity || !strings.Contains(page, "zelf niet meer kunnen zien") {
			t.Errorf("out of her own reach: %d", w.Code)
		}
		for path, want := range map[string]string{"/dossiers/new": "Nieuw gezin", "/dossiers": "1 gezin", "/dossiers?q=no&state=intake&sort=since": "Noor", "/dossiers?q=xx": "Geen gezin gevonden"} {
			if w, page := ask(d, clock, ria, "GET", path, nil); w.Code != http.StatusOK || !strings.Contains(page, want) {
				t.Errorf("%s: %d, want it to say %q", path, w.Code, want)
			}
		}
	})
}
