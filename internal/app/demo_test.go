package app

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/demo"
	"maatje/internal/home"
	"maatje/internal/web"
)

// invented is the demo as it stands when its address is printed.
func invented(t *testing.T, d *db.DB) (*App, map[string]demo.Person) {
	t.Helper()
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	people, err := demo.Fill(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	a := Build(d, web.Config{Clock: d.Now, Demo: true, Base: "http://127.0.0.1", Log: log})
	if err := a.liveOn(t.Context(), people, log); err != nil {
		t.Fatal(err)
	}
	demo.Routes(a.Router, people, a.Accounts.Become)
	by := map[string]demo.Person{}
	for _, p := range people {
		by[p.Name] = p
	}
	return a, by
}

func homeOf(t *testing.T, d *db.DB, p demo.Person) home.Home {
	t.Helper()
	h, err := home.NewService(d).Of(context.Background(), authz.SignedIn(p.Account, p.Volunteer, p.Name, p.Roles, authz.Origin{}))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func kindsOf(h home.Home) map[string]int {
	kinds := map[string]int{}
	for _, k := range h.Tasks {
		kinds[k.Kind]++
	}
	return kinds
}

func TestTheDemoIsInTheMiddleOfItsWork(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a, people := invented(t, d)
		t.Run("coordinators have work of many kinds", func(t *testing.T) { busy(t, d, people) })
		t.Run("volunteers see whom they visit and what the children know", func(t *testing.T) { visiting(t, d, people) })
		t.Run("an inside coordinator sees parents", func(t *testing.T) { inside(t, d, people["Anneke Postma"]) })
		t.Run("families told who belongs to them", func(t *testing.T) { toldOf(t, d) })
		t.Run("one click opens everybody's home", func(t *testing.T) {
			for _, p := range people {
				opens(t, a, p)
			}
		})
	})
}

func busy(t *testing.T, d *db.DB, people map[string]demo.Person) {
	for name, asked := range map[string][]string{
		"Marleen Hoekstra": {"answer_referral", "match", "introduction", "release_choice"}, "Samira Bouali": {"answer_referral"},
	} {
		h := homeOf(t, d, people[name])
		kinds := kindsOf(h)
		if h.Open < 5 || len(kinds) < 4 || len(h.Caseload) == 0 {
			t.Errorf("%s has %d tasks %v, caseload %v", name, h.Open, kinds, h.Caseload)
		}
		for _, k := range asked {
			if kinds[k] == 0 {
				t.Errorf("%s is not asked for %s: %v", name, k, kinds)
			}
		}
	}
	if h := homeOf(t, d, people["Ingrid Meijer"]); len(h.Pipeline) < 3 || kindsOf(h)["answer_referral"] == 0 {
		t.Errorf("the leader sees %v and has %v", h.Pipeline, kindsOf(h))
	}
}

func visiting(t *testing.T, d *db.DB, people map[string]demo.Person) {
	for _, name := range []string{"Wil Verhoef", "Tineke Bos", "Rachid el Amrani", "Joke van Dam"} {
		h, knows := homeOf(t, d, people[name]), 0
		for _, v := range h.Visits {
			knows += len(v.Knows)
		}
		if len(h.Visits) == 0 || knows == 0 || len(h.Families) < 2 {
			t.Errorf("%s has %d visits, %d children who know something and %d families", name, len(h.Visits), knows, len(h.Families))
		}
	}
	if h := homeOf(t, d, people["Wil Verhoef"]); len(h.Proposals) != 1 || len(h.Visits) < 2 {
		t.Errorf("Wil has %d proposals and %d visits", len(h.Proposals), len(h.Visits))
	}
}

func inside(t *testing.T, d *db.DB, p demo.Person) {
	h, restricted := homeOf(t, d, p), 0
	for _, s := range h.Inside {
		if s.Restricted {
			restricted++
		}
	}
	if len(h.Inside) < 5 || restricted == 0 || kindsOf(h)["confirm_placement"] < 2 {
		t.Errorf("%d parents, %d in restrictions, tasks %v", len(h.Inside), restricted, kindsOf(h))
	}
}

// opens is the one click: a session of their own, and their home.
func opens(t *testing.T, a *App, p demo.Person) {
	h := a.Handler(Listen{Addr: "127.0.0.1:0"})
	ask := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://localhost/demo", strings.NewReader(url.Values{"account": {p.Account.String()}}.Encode()))
	ask.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	in := httptest.NewRecorder()
	h.ServeHTTP(in, ask)
	page := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://localhost/", nil)
	for _, c := range in.Result().Cookies() {
		page.AddCookie(c)
	}
	seen := httptest.NewRecorder()
	h.ServeHTTP(seen, page)
	if seen.Code != http.StatusOK || !strings.Contains(seen.Body.String(), p.Name) {
		t.Errorf("%s gets %d", p.Name, seen.Code)
	}
}
