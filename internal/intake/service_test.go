package intake_test

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/consent"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/dossier"
	"maatje/internal/facility"
	"maatje/internal/intake"
	"maatje/internal/setting"
	"maatje/internal/task"
	"maatje/internal/web"
	"maatje/internal/web/text"
)

const why = "a test makes the people that it needs"

var (
	xAccount = db.CrossX("intake.test_account", authz.Works, why, `INSERT INTO account (id, email, email_fold, name, created_at) VALUES (:id, :name, :name, :name, :now)`, db.Probe{})
	xTown    = db.CrossX("intake.test_town", authz.Works, why, `INSERT INTO account_municipality (account_id, municipality_id) VALUES (:id, :place)`, db.Probe{})
	xGlass   = db.CrossX("intake.test_glass", authz.Works, why, `INSERT INTO broken_glass (id, account_id, dossier_id, reason, from_at, until_at) VALUES (:id, :account, :dossier, NULL, :now, '2099-01-01T00:00:00.000Z')`, db.Probe{})
	qUnmet   = db.CrossQ("intake.test_unmet", authz.Works, why, `SELECT u.kind, COALESCE(m.name, ''), u.referred_to FROM unmet_need u LEFT JOIN municipality m ON m.id = u.municipality_id ORDER BY u.id`, db.Probe{})
)

// family is grandmother Wil with Sara (9) and Kim, who is detained, in the intake of Petra.
type family struct {
	*intake.Service
	t                   *testing.T
	db                  *db.DB
	id                  core.DossierID
	sara, kim, wil      core.PersonID
	detention           core.ID
	petra, omar, leader authz.Actor
}

func newFamily(t *testing.T, d *db.DB) *family {
	t.Helper()
	f := &family{Service: intake.NewService(d, rand.Reader), t: t, db: d}
	f.write(authz.System("test"), func(x *db.Tx) error {
		zwolle, err := facility.Municipality(x, "Zwolle")
		if err != nil {
			return err
		}
		f.petra, f.omar, f.leader = f.person(x, "Petra", authz.OutsideCoordinator), f.person(x, "Omar", authz.OutsideCoordinator), f.person(x, "Loes", authz.ProjectLeader)
		if err := db.Do(x, xTown, db.Args{"id": f.petra.Account(), "place": zwolle}); err != nil {
			return err
		}
		f.id, err = dossier.New(x, dossier.Opening{Name: "Familie Wil", Municipality: zwolle, Coordinator: f.petra.Account(), Persons: []dossier.NewPerson{
			{Person: dossier.Person{Name: "Sara", Birth: core.MustDate("2017-03-01"), IsChild: true}},
			{Person: dossier.Person{Name: "Kim", IsParent: true}, ParentOf: []int{0}, DecidesOver: []int{0}, Detentions: []dossier.Stay{{Place: "ergens"}}},
			{Person: dossier.Person{Name: "Wil", IsCaregiver: true, Relation: "oma"}},
		}})
		if err != nil {
			return err
		}
		file, err := dossier.Load(x, f.id)
		for _, p := range file.People {
			*map[string]*core.PersonID{"Sara": &f.sara, "Kim": &f.kim, "Wil": &f.wil}[p.Name] = p.ID
		}
		if err != nil {
			return err
		}
		f.detention = file.Detentions[0].ID
		_, err = intake.OpenFor(x, f.id, 0, f.petra.Account())
		return err
	})
	return f
}

func (f *family) person(x *db.Tx, name string, role authz.Role) authz.Actor {
	f.t.Helper()
	id := db.NewID[core.AccountID](x)
	if err := db.Do(x, xAccount, db.Args{"id": id, "name": name}); err != nil {
		f.t.Fatal(err)
	}
	return authz.SignedIn(id, 0, name, role, authz.Origin{Address: "127.0.0.1"})
}

func (f *family) write(a authz.Actor, do func(*db.Tx) error) {
	f.t.Helper()
	f.must(f.db.Write(context.Background(), a, do))
}

func (f *family) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// refused says that an error names each of these messages.
func (f *family) refused(err error, messages ...string) {
	f.t.Helper()
	fail, ok := core.AsFail(err)
	if !ok {
		f.t.Fatalf("got %v, want %v", err, messages)
	}
	said := fail.Error()
	for _, m := range messages {
		if !strings.Contains(said, m) {
			f.t.Errorf("got %q, want %s in it", said, m)
		}
	}
}

func (f *family) give(purpose consent.Purpose, giver, about core.PersonID, as consent.Capacity) core.ID {
	f.t.Helper()
	var id core.ID
	f.write(f.petra, func(x *db.Tx) (err error) {
		id, err = consent.Give(x, f.id, consent.Consent{Giver: giver, Capacity: as, About: []core.PersonID{about}, Purpose: purpose,
			From: x.Today(), How: consent.Written, Evidence: "map 3"})
		return err
	})
	return id
}

// ready gives every consent and asks every contraindication.
func (f *family) ready() (authority core.ID) {
	f.t.Helper()
	authority = f.give(consent.StartSupport, f.kim, f.sara, consent.AsAuthority)
	f.give(consent.HouseholdReceives, f.wil, f.wil, consent.AsSelf)
	f.give(consent.TellChildren, f.kim, f.kim, consent.AsSelf)
	f.asked("")
	return authority
}

// asked records every contraindication as asked; one may be there.
func (f *family) asked(present string) {
	f.t.Helper()
	answers := map[string]bool{}
	for _, kind := range setting.Contraindications() {
		answers[kind] = kind == present
	}
	f.must(f.Check(context.Background(), f.petra, f.id, answers))
}

// decide decides as Petra, on the page as it is now.
func (f *family) decide(k intake.Decision) error {
	f.t.Helper()
	return f.Decide(context.Background(), f.petra, f.id, f.version(), k)
}

func (f *family) version() int {
	f.t.Helper()
	body := get(f.site(f.petra), f.path("")).Body.String()
	_, decision, _ := strings.Cut(body, `/intake/decision"`)
	_, after, found := strings.Cut(decision, `name="version" value="`)
	if !found {
		return 0
	}
	n := 0
	for _, c := range after[:strings.IndexByte(after, '"')] {
		n = n*10 + int(c-'0')
	}
	return n
}

func (f *family) kinds() string {
	f.t.Helper()
	var kinds []string
	f.must(f.db.Read(context.Background(), f.petra, func(x *db.Tx) error {
		rows, err := task.Mine(x, task.Filter{})
		for _, r := range rows {
			kinds = append(kinds, r.Kind)
		}
		return err
	}))
	return strings.Join(kinds, " ")
}

func (f *family) state() dossier.State {
	f.t.Helper()
	var s dossier.State
	f.must(f.db.Read(context.Background(), f.petra, func(x *db.Tx) error {
		cover, err := dossier.Cover(x, f.id)
		s = cover.State
		return err
	}))
	return s
}

func (f *family) started() (s intake.Started, err error) {
	err = f.db.Read(context.Background(), f.petra, func(x *db.Tx) (failed error) {
		s, failed = intake.StartedOf(x, f.id)
		return failed
	})
	return s, err
}

func (f *family) unmet() string {
	f.t.Helper()
	var out []string
	f.must(f.db.Read(context.Background(), authz.System("test"), func(x *db.Tx) error {
		rows, err := db.All(x, qUnmet, db.Args{}, func(r *[3]string) []any { return []any{&r[0], &r[1], &r[2]} })
		for _, r := range rows {
			out = append(out, strings.Join(r[:], "/"))
		}
		return err
	}))
	return strings.Join(out, " ")
}

func each(t *testing.T, test func(t *testing.T, f *family)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { test(t, newFamily(t, d)) })
}

func TestINT4_AStartNamesWhatIsMissingAndWaitsWhenNothingIs(t *testing.T) {
	each(t, func(t *testing.T, f *family) {
		f.refused(f.decide(intake.Decision{Outcome: intake.Begin}), "intake_missing_a", "intake_missing_b", "intake_missing_c", "intake_not_asked", "consent_missing")
		if _, err := f.started(); err == nil {
			t.Error("a trajectory may begin before the decision")
		}
		authority := f.ready()
		f.must(f.decide(intake.Decision{Outcome: intake.Begin}))
		s, err := f.started()
		if err != nil || s.Dossier() != f.id || !s.Receives(f.wil) || f.state() != dossier.Waiting || s.Complex() {
			t.Errorf("got %+v, %v, %s", s, err, f.state())
		}
		f.write(f.petra, func(x *db.Tx) error { return consent.Withdraw(x, f.id, authority) })
		_, err = f.started()
		f.refused(err, "intake_missing_a", "consent_withdrawn")
	})
}

func TestINT4_YouthCareAgreesHowToStart(t *testing.T) {
	each(t, func(_ *testing.T, f *family) {
		ctx := context.Background()
		f.ready()
		f.write(f.petra, func(x *db.Tx) error {
			_, err := dossier.RecordProfessional(x, f.id, dossier.Professional{Organisation: "Jeugdhulp", Kind: "youth_care"})
			return err
		})
		f.refused(f.decide(intake.Decision{Outcome: intake.Begin}), "intake_missing_d")
		f.refused(f.AgreeWithYouthCare(ctx, f.petra, f.id, core.MustDate("2026-11-24"), " "), "intake_talk_in_future", "intake_no_evidence")
		f.must(f.AgreeWithYouthCare(ctx, f.petra, f.id, core.MustDate("2026-11-23"), "mevrouw Bos, brief in map 3"))
		f.must(f.decide(intake.Decision{Outcome: intake.Begin}))
	})
}

func TestINT5_TheProjectLeaderDecidesInWriting(t *testing.T) {
	each(t, func(t *testing.T, f *family) {
		ctx := context.Background()
		f.ready()
		f.asked("offence_against_child")
		f.refused(f.decide(intake.Decision{Outcome: intake.Begin}), "intake_excluded")
		f.refused(f.Overrule(ctx, f.petra, f.id, "offence_against_child", "het kan"), "intake_leader_decides")
		if err := f.Overrule(ctx, f.leader, f.id, "offence_against_child", "het kan"); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("without breaking the glass: %v", err)
		}
		f.write(authz.System("test"), func(x *db.Tx) error {
			return db.Do(x, xGlass, db.Args{"id": db.NewID[core.ID](x), "account": f.leader.Account(), "dossier": f.id})
		})
		f.must(f.Overrule(ctx, f.leader, f.id, "offence_against_child", "het kan"))
		f.must(f.decide(intake.Decision{Outcome: intake.Begin}))
		if s, err := f.started(); err != nil || !s.Complex() {
			t.Errorf("got %+v, %v", s, err)
		}
	})
}

func TestINT6_CaseC19_RestrictionsKeepHomeOut(t *testing.T) {
	each(t, func(_ *testing.T, f *family) {
		ctx := context.Background()
		today := core.MustDate("2026-11-23")
		f.write(f.petra, func(x *db.Tx) error {
			_, err := dossier.RecordRestriction(x, f.id, dossier.Restriction{Detention: f.detention, From: today.AddDays(-3), ExpectedUntil: today.AddDays(30)})
			return err
		})
		f.must(f.AddTalk(ctx, f.petra, f.id, intake.Talk{HeldOn: today, With: intake.Parent, Place: "inside", Said: "ze wil naar huis"}, core.Sending{}))
		f.refused(f.AddTalk(ctx, f.petra, f.id, intake.Talk{HeldOn: today, With: intake.Caregiver, Place: "telephone"}, core.Sending{}), "INT-6")
		f.refused(f.FollowUp(ctx, f.petra, f.id, intake.FollowUp{DueOn: today.AddDays(7), With: intake.Caregiver, Try: "koffie"}), "INT-6")
		f.must(f.AddTalk(ctx, f.petra, f.id, intake.Talk{HeldOn: today.AddDays(-4), With: intake.Caregiver, Place: "telephone"}, core.Sending{}))
	})
}

func TestINT3_CaseC17_NoStartAndStillInNeed(t *testing.T) {
	each(t, func(t *testing.T, f *family) {
		ctx := context.Background()
		today := core.MustDate("2026-11-23")
		for range 2 {
			f.must(f.AddTalk(ctx, f.petra, f.id, intake.Talk{HeldOn: today, With: intake.Parent, Place: "inside", Minutes: 40, Said: "vijf keer verhuisd"}, core.Sending{}))
		}
		no := intake.Decision{Outcome: intake.NoStart, Reasons: []string{"no_support_question", "contact_difficult"}, Unmet: "veilig wonen"}
		f.refused(f.decide(no), "intake_try_once_more")
		f.must(f.FollowUp(ctx, f.petra, f.id, intake.FollowUp{DueOn: today.AddDays(14), With: intake.Caregiver, Person: f.wil, Try: "koffie drinken"}))
		f.must(f.decide(intake.Decision{Outcome: intake.KeepOpen}))
		if f.state() != dossier.Intake {
			t.Errorf("kept open, and %s", f.state())
		}
		body := get(f.site(f.petra), f.path("")).Body.String()
		_, after, _ := strings.Cut(body, "/intake/follow-ups/")
		row, err := core.ParseID[core.ID](after[:13])
		f.must(err)
		f.refused(f.Followed(ctx, f.petra, f.id, row, " "), "intake_what_came")
		f.must(f.Followed(ctx, f.petra, f.id, row, "niemand thuis"))
		f.must(f.decide(no))
		if f.unmet() != "no_offer/Zwolle/" || f.state() != dossier.Closed || f.kinds() != "" {
			t.Errorf("unmet %q, %s, worklist %q", f.unmet(), f.state(), f.kinds())
		}
	})
}

func TestINT9_CaseC21_NoFundingIsAnUnmetNeed(t *testing.T) {
	each(t, func(t *testing.T, f *family) {
		f.must(f.decide(intake.Decision{Outcome: intake.NoStart, Reasons: []string{"no_funding"}}))
		if f.unmet() != "no_funding/Zwolle/" {
			t.Errorf("got %q", f.unmet())
		}
		f.refused(f.decide(intake.Decision{Outcome: intake.Begin}), "intake_decided")
	})
}

func TestINT9_CaseC14_ANoBecomesAYes(t *testing.T) {
	each(t, func(t *testing.T, f *family) {
		ctx := context.Background()
		f.must(f.decide(intake.Decision{Outcome: intake.NoStart, Reasons: []string{"household_does_not_want"}, Words: "op hun laatste benen"}))
		f.must(f.Again(ctx, f.petra, f.id))
		if f.state() != dossier.Intake || f.kinds() != "intake_talk" {
			t.Errorf("%s, worklist %q", f.state(), f.kinds())
		}
		f.ready()
		f.must(f.decide(intake.Decision{Outcome: intake.Begin}))
		if _, err := f.started(); err != nil {
			t.Error(err)
		}
		if body := get(f.site(f.petra), f.path("")).Body.String(); !strings.Contains(body, "op hun laatste benen") {
			t.Error("the first decision is gone")
		}
	})
}

func TestINT4_CaseC16_TheChildsOwnWishDecidesThePace(t *testing.T) {
	each(t, func(_ *testing.T, f *family) {
		f.write(f.petra, func(x *db.Tx) error {
			file, err := dossier.Load(x, f.id)
			p := file.Person(f.sara)
			p.Birth = core.MustDate("2013-11-23")
			if err == nil {
				err = dossier.ChangePerson(x, f.id, p)
			}
			return err
		})
		f.ready()
		f.refused(f.decide(intake.Decision{Outcome: intake.Begin}), "intake_missing_a", "intake_missing_b", "Sara")
		f.give(consent.StartSupport, f.sara, f.sara, consent.AsSelf)
		f.refused(f.decide(intake.Decision{Outcome: intake.Begin}), "intake_missing_b", "Sara")
		f.give(consent.HouseholdReceives, f.sara, f.sara, consent.AsSelf)
		f.must(f.decide(intake.Decision{Outcome: intake.Begin}))
	})
}

func TestINT10_AFamilyThatWaitsHearsSomething(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		f := newFamily(t, d)
		ctx := context.Background()
		f.ready()
		f.must(f.decide(intake.Decision{Outcome: intake.Begin}))
		if f.kinds() != "" {
			t.Errorf("asked on the day itself: %q", f.kinds())
		}
		clock.Set(core.MustInstant("2026-12-15T09:00:00Z"))
		if f.kinds() != "waiting_word" {
			t.Errorf("after three weeks: %q", f.kinds())
		}
		f.must(f.TellWaiting(ctx, f.petra, f.id, intake.Word{ID: 5, ToldOn: core.MustDate("2026-12-15"), Said: "we zoeken nog"}))
		f.must(f.TellWaiting(ctx, f.petra, f.id, intake.Word{ID: 5, ToldOn: core.MustDate("2026-12-15"), Said: "we zoeken nog"}))
		if f.kinds() != "" {
			t.Errorf("told, and still asked: %q", f.kinds())
		}
		clock.Set(core.MustInstant("2027-01-11T09:00:00Z"))
		if f.kinds() != "waiting_word" {
			t.Errorf("four weeks later: %q", f.kinds())
		}
		f.write(f.petra, func(x *db.Tx) error { return intake.WaitingOver(x, f.id) })
		if f.kinds() != "" {
			t.Errorf("a volunteer is there, and still asked: %q", f.kinds())
		}
	})
}

// as lets a test be somebody.
type as struct{ authz.Actor }

func (s as) Session(context.Context, *http.Request, authz.Origin) (web.Session, error) {
	return web.Session{Actor: s.Actor, Lang: text.EN, HasLang: true}, nil
}

func (f *family) site(who authz.Actor) *web.Router {
	m := web.NewRouter(as{who}, web.Config{Clock: f.db.Now, Log: slog.New(slog.DiscardHandler)})
	f.Routes(m)
	return m
}

func (f *family) path(deed string) string { return "/dossiers/" + f.id.String() + "/intake" + deed }

func get(m http.Handler, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	m.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

func post(m http.Handler, path string, v url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(v.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	m.ServeHTTP(w, r)
	return w
}

func TestINT2_ThePageKeepsWhatWasTyped(t *testing.T) {
	each(t, func(t *testing.T, f *family) {
		m := f.site(f.petra)
		talk := func(change func(url.Values)) url.Values {
			v := url.Values{"talk_on": {"2026-11-23"}, "talk_with": {"parent"}, "talk_place": {"inside"}, "talk_minutes": {"45"}, "talk_said": {"zij wil bellen"}, "token": {"a"}}
			change(v)
			return v
		}
		for name, tt := range map[string]struct {
			deed   string
			form   url.Values
			status int
			says   string
		}{
			"a talk":               {"/talks", talk(func(url.Values) {}), 303, ""},
			"the same talk again":  {"/talks", talk(func(url.Values) {}), 303, ""},
			"no day":               {"/talks", talk(func(v url.Values) { v.Set("talk_on", "32-13-2026") }), 422, "32-13-2026"},
			"minutes in words":     {"/talks", talk(func(v url.Values) { v.Set("talk_minutes", "lang") }), 422, "zij wil bellen"},
			"a megabyte":           {"/talks", talk(func(v url.Values) { v.Set("talk_said", strings.Repeat("lang ", 200_000)) }), 422, "lang lang"},
			"NUL":                  {"/talks", talk(func(v url.Values) { v.Set("talk_said", "voor\x00na") }), 422, "voorna"},
			"somebody else's":      {"/talks", talk(func(v url.Values) { v.Set("talk_person", core.PersonID(9).String()) }), 404, ""},
			"a need":               {"/needs", url.Values{"group": {"child"}, "need_child": {"child_talk"}, "words_child": {"met iemand praten"}}, 303, ""},
			"nothing needed":       {"/needs", url.Values{"group": {"child"}}, 422, "in their words"},
			"nobody's need":        {"/needs", url.Values{"group": {"dog"}, "words_dog": {"x"}}, 422, ""},
			"a follow-up past":     {"/follow-ups", url.Values{"follow_on": {"2026-11-01"}, "follow_with": {"parent"}, "follow_try": {"koffie"}}, 422, "koffie"},
			"no such kind":         {"/contraindications/lateness", url.Values{}, 404, ""},
			"a stale decision":     {"/decision", url.Values{"version": {"0"}, "outcome": {"no_start"}, "reasons": {"no_consent"}, "decision_words": {"jammer"}}, 409, "jammer"},
			"not a start":          {"/decision", url.Values{"version": {"1"}, "outcome": {"start"}, "decision_words": {"toch"}}, 422, "toch"},
			"a word without words": {"/words", url.Values{"word_on": {"2026-11-23"}}, 422, ""},
		} {
			if w := post(m, f.path(tt.deed), tt.form); w.Code != tt.status || !strings.Contains(w.Body.String(), tt.says) {
				t.Errorf("%s: got %d", name, w.Code)
			}
		}
		body := get(m, f.path("")).Body.String()
		if strings.Count(body, "zij wil bellen") != 1 || !strings.Contains(body, "met iemand praten") || !strings.Contains(body, "Sara") {
			t.Error("the page does not show what was saved, or twice")
		}
		if w := get(f.site(f.omar), f.path("")); w.Code != 404 {
			t.Errorf("somebody elsewhere: %d", w.Code)
		}
		if w := post(f.site(f.omar), f.path("/talks"), talk(func(url.Values) {})); w.Code != 404 {
			t.Errorf("somebody elsewhere writes: %d", w.Code)
		}
	})
}
