package dossier

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/web"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// somebody is whoever the test says is asking.
type somebody struct{ actor authz.Actor }

func (s *somebody) Session(context.Context, *http.Request, authz.Origin) (web.Session, error) {
	return web.Session{Actor: s.actor}, nil
}

// site is the pages of the files with one reader.
type site struct {
	t      *testing.T
	reader *somebody
	router *web.Router
}

func newSite(n town, clock *dbtest.Clock) site {
	s := site{n.t, &somebody{n.petra}, nil}
	s.router = web.NewRouter(s.reader, web.Config{Clock: clock.Now, Log: slog.New(slog.DiscardHandler)})
	NewService(n.db, nil).Routes(s.router)
	return s
}

// get asks for a page, and says its status and text.
func (s site) get(path string) (int, string) {
	w := httptest.NewRecorder()
	s.router.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Code, w.Body.String()
}

func (s site) post(path string, values url.Values) (int, string) {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	s.router.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

func (s site) must(code int, status int, what string) {
	s.t.Helper()
	if code != status {
		s.t.Errorf("%s: %d, want %d", what, code, status)
	}
}

// grownFamily is a family with one of everything.
func grownFamily(n town) (core.DossierID, []Person) {
	m := mother("Anouk", 0, 1)
	m.Birth = day("1990-04-04")
	m.Detentions = []Stay{{Detention: Detention{From: day("2025-06-01"), ExpectedUntil: day("2026-12-01")}, Facility: n.prison}}
	id, people := n.open(Opening{Persons: []NewPerson{child("Sara", "2016-02-01"), child("Noor", "2018-03-01"), m, caregiver("Oma Wil", "grandmother")},
		Households: []NewHousehold{{Household: Household{Name: "oma Wil"}, Members: []int{0, 1, 3}, From: day("2025-06-02")}}})
	n.as(n.petra, func(x *db.Tx) error {
		d := detentionsOf(n.t, x, id)[0].ID
		if _, err := RecordRestriction(x, id, Restriction{Detention: d, From: day("2025-06-01"), LiftedOn: day("2025-07-01")}); err != nil {
			return err
		}
		if _, err := RecordLeave(x, id, Leave{Detention: d, From: x.Today(), Until: x.Today().AddDays(2)}); err != nil {
			return err
		}
		if _, err := RecordProfessional(x, id, Professional{Organisation: "Wijkteam", Kind: "neighbourhood_team"}); err != nil {
			return err
		}
		if err := Tell(x, id, Knows{Child: people[0].ID, Level: Story, Story: "mama werkt ver weg", ToldBy: "oma"}); err != nil {
			return err
		}
		return AddNote(x, id, "Oma is moe")
	})
	return id, people
}

func TestDossierPages(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		n := newTown(t, d)
		id, people := grownFamily(n)
		s := newSite(n, clock)
		base := "/dossiers/" + id.String()
		code, page := s.get(base)
		s.must(code, http.StatusOK, base)
		for _, want := range []string{"Sara", "mama werkt ver weg", "Oma Wil", "PI Oost", "Wijkteam", "Oma is moe", "Zwolle", "met verlof tot en met"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
		if i, j := strings.Index(page, "mama werkt ver weg"), strings.Index(page, "PI Oost"); i > j {
			t.Error("what the children know does not stand on top")
		}
		f := n.load(id)
		forms := []string{"/log", "/cover", "/people/new", "/people/" + people[0].ID.String(), "/households/new", "/households/" + f.Households[0].ID.String(),
			"/members/new", "/members/" + f.Members[0].ID.String(), "/authority/new", "/authority/" + f.Authorities[0].ID.String(), "/detentions/new",
			"/detentions/" + f.Detentions[0].ID.String(), "/placements/new", "/placements/" + f.Placements[0].ID.String(), "/restrictions/new",
			"/restrictions/" + f.Restrictions[0].ID.String(), "/leaves/new", "/leaves/" + f.Leaves[0].ID.String(), "/professionals/new",
			"/professionals/" + f.Professionals[0].ID.String(), "/knowledge/new", "/notes/new"}
		for _, path := range forms {
			code, _ := s.get(base + path)
			s.must(code, http.StatusOK, path)
		}
		s.reader.actor = n.neighbour
		for _, path := range append(forms, "") {
			code, _ := s.get(base + path)
			s.must(code, http.StatusNotFound, "the neighbour at "+path)
		}
		code, _ = s.post(base+"/notes", url.Values{"words": {"gluren"}})
		s.must(code, http.StatusNotFound, "the neighbour's note")
	})
}

// Whatever sheet two people have open at once: the second one to save sees what the first one did.
func TestEverySheetShowsThatItWasChangedMeanwhile(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		n := newTown(t, d)
		id, people := grownFamily(n)
		s := newSite(n, clock)
		f := n.load(id)
		rows := map[string]core.ID{"people": core.ID(people[0].ID), "households": f.Households[0].ID, "members": f.Members[0].ID, "authority": f.Authorities[0].ID,
			"detentions": f.Detentions[0].ID, "placements": f.Placements[0].ID, "restrictions": f.Restrictions[0].ID, "leaves": f.Leaves[0].ID,
			"professionals": f.Professionals[0].ID}
		for _, sh := range sheets {
			if sh.fill == nil {
				continue
			}
			row, ok := rows[sh.path]
			in := form.New(text.NL, sh.fields)
			if !ok || !sh.fill(n.load(id), row, in) {
				t.Errorf("%s has no row here", sh.path)
				continue
			}
			sent := maps.Clone(in.Values)
			save := func(version, status int) {
				t.Helper()
				sent.Set("version", strconv.Itoa(version))
				code, _ := s.post(sh.at(id, row), sent)
				s.must(code, status, fmt.Sprintf("%s with version %d", sh.path, version))
			}
			was := in.Version
			save(was, http.StatusSeeOther)
			save(was, http.StatusConflict)
			save(was+1, http.StatusSeeOther)
			code, _ := s.post(sh.at(id, row+1), sent)
			s.must(code, http.StatusNotFound, "another row of "+sh.path)
		}
	})
}

func TestAStaleFormShowsBothAndOverwritesNothing(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		n := newTown(t, d)
		id, people := grownFamily(n)
		s := newSite(n, clock)
		kid, base := people[0].ID.String(), "/dossiers/"+id.String()
		sara := func(name, version string) url.Values {
			return url.Values{"name": {name}, "roles": {"child"}, "birth": {"2016-02-01"}, "parents": {people[2].ID.String()}, "version": {version}}
		}
		code, _ := s.post(base+"/people/"+kid, sara("Sarah", "1"))
		s.must(code, http.StatusSeeOther, "the first")
		code, page := s.post(base+"/people/"+kid, sara("Saar", "1"))
		s.must(code, http.StatusConflict, "the stale one")
		if !strings.Contains(page, "Sarah") || !strings.Contains(page, `value="Saar"`) || !strings.Contains(page, `name="version" value="2"`) {
			t.Error("the page does not show what is kept beside what was typed")
		}
		if got := n.load(id).Person(people[0].ID).Name; got != "Sarah" {
			t.Errorf("kept is %q", got)
		}
		code, _ = s.post(base+"/people/"+kid, sara("Saar", "2"))
		s.must(code, http.StatusSeeOther, "chosen again")

		det := n.load(id).Detentions[0]
		stale := url.Values{"parent": {people[2].ID.String()}, "from": {"2025-06-01"}, "expected_until": {"2026-11-01"}, "version": {"9"}}
		code, _ = s.post(base+"/detentions/"+det.ID.String(), stale)
		s.must(code, http.StatusConflict, "a stale detention")
		code, _ = s.post(base+"/cover", url.Values{"name": {"x"}, "municipality": {n.place.String()}, "version": {"9"}})
		s.must(code, http.StatusConflict, "a stale cover")
	})
}

func TestARefusedFormKeepsWhatWasTypedAndWritesNothing(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		n := newTown(t, d)
		id, people := grownFamily(n)
		s := newSite(n, clock)
		base := "/dossiers/" + id.String()
		det := n.load(id).Detentions[0].ID.String()
		tests := []struct {
			name, path string
			in         url.Values
			want       []string
		}{
			{"several at once", "/people", url.Values{"name": {""}, "birth": {"2027-01-01"}, "relation": {"buurvrouw"}}, []string{"Vul een naam in", "in de toekomst", "buurvrouw"}},
			{"no such day", "/people", url.Values{"name": {"Bo"}, "birth": {"31-02-2020"}}, []string{"geen datum die bestaat", "31-02-2020", `value="Bo"`}},
			{"a release before the detention", "/detentions/" + det, url.Values{"parent": {people[2].ID.String()}, "from": {"2025-06-01"}, "released_on": {"2025-05-01"}, "version": {"1"}}, []string{"vóór het begin"}},
			{"a second open detention", "/detentions", url.Values{"parent": {people[2].ID.String()}, "from": {"2026-01-01"}}, []string{"zit al vast"}},
			{"a second open placement", "/placements", url.Values{"detention": {det}, "place": {"bureau"}, "from": {"2025-06-01"}}, []string{"Er staat al een verblijf open"}},
			{"a story without the story", "/knowledge", url.Values{"child": {people[0].ID.String()}, "level": {"story"}, "told_by": {"tante Fien"}}, []string{"welk verhaal", "tante Fien"}},
			{"authority by nobody", "/authority", url.Values{"child": {people[0].ID.String()}}, []string{"wie het gezag heeft"}},
			{"nobody chosen", "/members", url.Values{"from": {"2026-01-01"}}, []string{"Kies een persoon"}},
		}
		before := n.load(id)
		for _, tt := range tests {
			code, page := s.post(base+tt.path, tt.in)
			s.must(code, http.StatusUnprocessableEntity, tt.name)
			for _, want := range tt.want {
				if !strings.Contains(page, want) {
					t.Errorf("%s: the page does not say %q", tt.name, want)
				}
			}
		}
		after := n.load(id)
		if len(after.People) != len(before.People) || len(after.Detentions) != 1 || len(after.Placements) != 1 || after.Detentions[0] != before.Detentions[0] {
			t.Error("a refused form changed something")
		}
	})
}

func TestNobodyOfAnotherFamilyIsPulledIn(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		n := newTown(t, d)
		id, _ := grownFamily(n)
		other, others := grownFamily(n)
		s := newSite(n, clock)
		theirs := n.load(other)
		for path, in := range map[string]url.Values{
			"/members":      {"person": {others[0].ID.String()}, "household": {n.load(id).Households[0].ID.String()}},
			"/authority":    {"child": {others[0].ID.String()}, "holder_name": {"x"}},
			"/knowledge":    {"child": {others[0].ID.String()}, "level": {"all"}},
			"/placements":   {"detention": {theirs.Detentions[0].ID.String()}, "place": {"x"}},
			"/restrictions": {"detention": {theirs.Detentions[0].ID.String()}, "from": {"2026-01-01"}},
		} {
			code, _ := s.post("/dossiers/"+id.String()+path, in)
			s.must(code, http.StatusNotFound, path)
		}
	})
}
