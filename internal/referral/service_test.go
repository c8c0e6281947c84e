package referral_test

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/dossier"
	"maatje/internal/facility"
	"maatje/internal/intake"
	"maatje/internal/referral"
	"maatje/internal/task"
	"maatje/internal/web"
	"maatje/internal/web/text"
)

const why = "a test makes the people that it needs"

var (
	xAccount = db.CrossX("referral.test_account", authz.Works, why, `INSERT INTO account (id, email, email_fold, name, created_at) VALUES (:id, :name, :name, :name, :now)`, db.Probe{})
	xRole    = db.CrossX("referral.test_role", authz.Works, why, `INSERT INTO account_role (account_id, role) VALUES (:id, :role)`, db.Probe{})
	xTown    = db.CrossX("referral.test_town", authz.Works, why, `INSERT INTO account_municipality (account_id, municipality_id) VALUES (:id, :place)`, db.Probe{})
	xPrison  = db.CrossX("referral.test_prison", authz.Works, why, `INSERT INTO account_facility (account_id, facility_id) VALUES (:id, :place)`, db.Probe{})
)

// office is a programme with two towns and a prison.
type office struct {
	*referral.Service
	t                         *testing.T
	db                        *db.DB
	petra, omar, ilse, leader authz.Actor
}

func newOffice(t *testing.T, d *db.DB) *office {
	t.Helper()
	o := &office{Service: referral.NewService(d, rand.Reader, intake.NewService(d, rand.Reader)), t: t, db: d}
	o.write(authz.System("test"), func(x *db.Tx) error {
		zwolle, err := facility.Municipality(x, "Zwolle")
		if err != nil {
			return err
		}
		venlo, err := facility.Municipality(x, "Venlo")
		if err != nil {
			return err
		}
		prison, err := facility.Make(x, "PI Oost")
		if err != nil {
			return err
		}
		o.petra = o.person(x, "Petra", authz.OutsideCoordinator, xTown, zwolle)
		o.omar = o.person(x, "Omar", authz.OutsideCoordinator, xTown, venlo)
		o.ilse = o.person(x, "Ilse", authz.InsideCoordinator, xPrison, prison)
		o.leader = o.person(x, "Loes", authz.ProjectLeader, nil, 0)
		return nil
	})
	return o
}

func (o *office) person(x *db.Tx, name string, role authz.Role, covers *db.Query, place core.ID) authz.Actor {
	o.t.Helper()
	id := db.NewID[core.AccountID](x)
	err := db.Do(x, xAccount, db.Args{"id": id, "name": name})
	if err == nil {
		err = db.Do(x, xRole, db.Args{"id": id, "role": role.Codes()[0]})
	}
	if err == nil && covers != nil {
		err = db.Do(x, covers, db.Args{"id": id, "place": place})
	}
	if err != nil {
		o.t.Fatal(err)
	}
	return authz.SignedIn(id, 0, name, role, authz.Origin{Address: "127.0.0.1"})
}

func (o *office) write(a authz.Actor, f func(*db.Tx) error) {
	o.t.Helper()
	if err := o.db.Write(context.Background(), a, f); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) kinds(a authz.Actor) string {
	o.t.Helper()
	var kinds []string
	err := o.db.Read(context.Background(), a, func(x *db.Tx) error {
		rows, err := task.Mine(x, task.Filter{})
		for _, r := range rows {
			kinds = append(kinds, r.Kind)
		}
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return strings.Join(kinds, " ")
}

func visitor() authz.Actor { return authz.Visitor(authz.Origin{Address: "192.0.2.1"}) }

func asked() referral.Referral {
	return referral.Referral{Channel: "school", Phone: "038 1234567", MunicipalityName: "zwolle", FacilityName: "PI Oost", Words: "Een jongen van negen.",
		Parent:   referral.Person{Name: "Anna de Vries", Sex: "f"},
		Children: []referral.Person{{Name: "Sem de Vries", Birth: core.MustDate("2017-02-01"), Sex: "m"}}, Caregiver: "Wil de Vries", CaregiverRelation: "oma"}
}

func (o *office) receive(in referral.Referral) core.ID {
	o.t.Helper()
	r, err := o.Receive(context.Background(), visitor(), in, "")
	if err != nil {
		o.t.Fatal(err)
	}
	return r.ID
}

func TestREF2_TheSameFormTwiceIsOneReferral(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		send := func(in referral.Referral, token string) referral.Received {
			r, err := o.Receive(context.Background(), visitor(), in, token)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		first, again, other := send(asked(), "one"), send(asked(), "one"), send(asked(), "two")
		corrected := asked()
		corrected.Words += " Zijn zusje ook."
		if first != again || first == other || send(corrected, "one") == first {
			t.Errorf("got %v, %v and %v", first, again, other)
		}
		if got := o.kinds(o.petra); got != "answer_referral answer_referral answer_referral" {
			t.Errorf("on the worklist: %s", got)
		}
	})
}

func TestREF2_OneAddressCannotFloodUs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		for range 10 {
			o.receive(asked())
		}
		_, err := o.Receive(context.Background(), visitor(), asked(), "")
		if fail, ok := core.AsFail(err); !ok || fail.Rule != "REF-2" {
			t.Errorf("the eleventh: %v", err)
		}
		if _, err := o.Receive(context.Background(), authz.Visitor(authz.Origin{Address: "192.0.2.2"}), asked(), ""); err != nil {
			t.Errorf("from elsewhere: %v", err)
		}
		if _, err := o.Receive(context.Background(), o.ilse, asked(), ""); err != nil {
			t.Errorf("signed in: %v", err)
		}
	})
}

func TestREF3_WhoAnswers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		far := asked()
		far.MunicipalityName = "Nergenshuizen"
		o.receive(far)
		nowhere := far
		nowhere.FacilityName = ""
		o.receive(nowhere)
		if o.kinds(o.petra) != "" || o.kinds(o.ilse) != "answer_referral" || o.kinds(o.leader) != "answer_referral" {
			t.Errorf("petra %q, ilse %q, leader %q", o.kinds(o.petra), o.kinds(o.ilse), o.kinds(o.leader))
		}
		places := 0
		o.write(o.petra, func(x *db.Tx) error {
			all, err := facility.Municipalities(x)
			places = len(all)
			return err
		})
		if places != 2 {
			t.Errorf("a visitor made a municipality: %d", places)
		}
	})
}

func TestREF3_ADossierIsMadeOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		id, ctx := o.receive(asked()), context.Background()
		if _, err := o.Make(ctx, o.omar, id, 1, asked()); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("somebody elsewhere: %v", err)
		}
		made, err := o.Make(ctx, o.petra, id, 1, asked())
		if err != nil {
			t.Fatal(err)
		}
		o.write(o.petra, func(x *db.Tx) error {
			f, err := dossier.Load(x, made)
			if len(f.Children()) != 1 || len(f.Parents()) != 1 || len(f.Placements) != 1 || len(f.Ties) != 1 || len(f.Authorities) != 0 || f.Coordinator != o.petra.Account() ||
				f.InsideCoordinator != o.ilse.Account() {
				t.Errorf("got %+v", f)
			}
			return err
		})
		if _, err := o.Make(ctx, o.petra, id, 1, asked()); !core.IsKind(err, core.KindConflict) {
			t.Errorf("a second time: %v", err)
		}
		if got := o.kinds(o.petra); got != "intake_talk" {
			t.Errorf("on the worklist: %s", got)
		}
	})
}

func TestREF3_ASecondDetentionReopensTheDossier(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		ctx := context.Background()
		first := asked()
		first.FacilityName = ""
		made, err := o.Make(ctx, o.petra, o.receive(first), 1, first)
		if err != nil {
			t.Fatal(err)
		}
		o.write(o.petra, func(x *db.Tx) error { return dossier.Close(x, made, x.Today()) })
		again := asked()
		again.Children = append(again.Children, referral.Person{Name: "Noor de Vries", Birth: core.MustDate("2020-05-01")})
		id := o.receive(again)
		if err := o.Join(ctx, o.omar, id, 1, made); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("somebody elsewhere: %v", err)
		}
		if err := o.Join(ctx, o.petra, id, 2, made); !core.IsKind(err, core.KindConflict) {
			t.Errorf("a stale form: %v", err)
		}
		if err := o.Join(ctx, o.petra, id, 1, made); err != nil {
			t.Fatal(err)
		}
		o.write(o.petra, func(x *db.Tx) error {
			f, err := dossier.Load(x, made)
			if f.State != dossier.Intake || len(f.Children()) != 2 || len(f.Detentions) != 1 || len(f.People) != 4 {
				t.Errorf("got %s with %d people and %d detentions", f.State, len(f.People), len(f.Detentions))
			}
			return err
		})
	})
}

func TestREF3_PassingIsNoAnswer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		ctx := context.Background()
		id := o.receive(asked())
		if err := o.Pass(ctx, o.petra, id, 1, core.AccountID(99)); err == nil {
			t.Error("passed to nobody")
		}
		if err := o.Pass(ctx, o.petra, id, 1, o.omar.Account()); err != nil {
			t.Fatal(err)
		}
		if o.kinds(o.petra) != "" || o.kinds(o.omar) != "answer_referral" {
			t.Errorf("petra %q, omar %q", o.kinds(o.petra), o.kinds(o.omar))
		}
		if err := o.Decline(ctx, o.omar, id, 2, []string{"detention_too_short"}, ""); err != nil {
			t.Fatal(err)
		}
		if o.kinds(o.omar) != "" {
			t.Error("an answered referral still asks for an answer")
		}
	})
}

func TestREF5_CaseC18_TwoChildrenFoundAtAnArrest(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		o := newOffice(t, d)
		ctx := context.Background()
		in := asked()
		in.Channel = "kindcheck"
		id := o.receive(in)
		if _, err := o.Make(ctx, o.petra, id, 1, in); err != nil {
			t.Fatal(err)
		}
		if got := o.kinds(o.petra); strings.Contains(got, "kindcheck") {
			t.Errorf("asked on the day itself: %s", got)
		}
		clock.Set(core.MustInstant("2026-12-07T09:00:00Z"))
		if got := o.kinds(o.petra); !strings.Contains(got, "kindcheck") {
			t.Errorf("two weeks later: %s", got)
		}
		if err := o.FollowUp(ctx, o.omar, id); !core.IsKind(err, core.KindNotFound) {
			t.Errorf("somebody elsewhere: %v", err)
		}
		if err := o.FollowUp(ctx, o.petra, id); err != nil {
			t.Fatal(err)
		}
		if got := o.kinds(o.petra); strings.Contains(got, "kindcheck") {
			t.Errorf("still asked: %s", got)
		}
	})
}

// sessions lets a test be somebody.
type sessions struct{ actor authz.Actor }

func (s *sessions) Session(_ context.Context, _ *http.Request, from authz.Origin) (web.Session, error) {
	if s.actor.IsZero() {
		return web.Session{Actor: authz.Visitor(from)}, nil
	}
	return web.Session{Actor: s.actor, Lang: text.EN, HasLang: true}, nil
}

func (o *office) site(who *sessions) *web.Router {
	m := web.NewRouter(who, web.Config{Clock: o.db.Now, Log: slog.New(slog.DiscardHandler)})
	o.Routes(m)
	return m
}

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

func filled() url.Values {
	return url.Values{"channel": {"school"}, "phone": {"038 1234567"}, "municipality": {"Zwolle"}, "child_name_1": {"Sem de Vries"},
		"child_birth_1": {"2017-02-01"}, "words": {"Een jongen van negen."}, "token": {"t1"}}
}

func TestREF2_TheFormComesBackAsItWasTyped(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		m := o.site(&sessions{})
		tests := []struct {
			name, field, value string
			status             int
			says               string
		}{
			{"a day that is none", "child_birth_1", "31-02-2017", 422, "31-02-2017"},
			{"born tomorrow", "child_birth_1", "2026-11-24", 422, "2026-11-24"},
			{"a megabyte", "words", strings.Repeat("lang ", 200_000), 422, "lang lang"},
			{"ten thousand lines", "words", strings.Repeat("a\n", 10_000), 303, ""},
			{"NUL", "words", "voor\x00na", 422, "voorna"},
			{"nothing", "phone", "", 422, "Een jongen van negen."},
			{"right to left and a smile", "words", "\u202eabc 😀", 303, ""},
		}
		for _, tt := range tests {
			v := filled()
			v.Set(tt.field, tt.value)
			w := post(m, "/refer", v)
			if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.says) {
				t.Errorf("%s: got %d", tt.name, w.Code)
			}
		}
		if got := o.kinds(o.petra); got != "answer_referral answer_referral" {
			t.Errorf("on the worklist: %q, want the two that were right", got)
		}
	})
}

func TestREF2_ACodeAndNothingElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		m := o.site(&sessions{})
		if w := get(m, "/refer"); w.Code != 200 || !strings.Contains(w.Body.String(), "0800-2000") || !strings.Contains(w.Body.String(), "112") {
			t.Errorf("the form: %d", w.Code)
		}
		first, again := post(m, "/refer", filled()), post(m, "/refer", filled())
		to := first.Header().Get("Location")
		if first.Code != 303 || to != again.Header().Get("Location") || !regexp.MustCompile(`^/refer/thanks\?code=[a-z]{3}-[a-z]{3}-[a-z]{3}$`).MatchString(to) {
			t.Errorf("got %d to %q and %q", first.Code, to, again.Header().Get("Location"))
		}
		if w := get(m, to); w.Code != 200 || strings.Contains(w.Body.String(), "Sem") {
			t.Errorf("thanks: %d", w.Code)
		}
		if w := get(m, "/refer/thanks?code=made-up-text"); w.Code != 404 {
			t.Errorf("a made up code: %d", w.Code)
		}
		trapped := filled()
		trapped.Set("website", "http://x")
		trapped.Set("token", "t2")
		if w := post(m, "/refer", trapped); w.Code != 303 || o.kinds(o.petra) != "answer_referral" {
			t.Errorf("a program: %d, worklist %q", w.Code, o.kinds(o.petra))
		}
		if w := get(m, "/referrals"); w.Code != 303 {
			t.Errorf("a visitor sees the list: %d", w.Code)
		}
	})
}

func TestREF3_AnsweredOnItsPage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		who := &sessions{o.petra}
		m := o.site(who)
		known := asked()
		if _, err := o.Make(context.Background(), o.petra, o.receive(known), 1, known); err != nil {
			t.Fatal(err)
		}
		path := "/referrals/" + o.receive(known).String()
		if w := get(m, path); w.Code != 200 || !strings.Contains(w.Body.String(), "Add to Sem de Vries") || !strings.Contains(w.Body.String(), "Een jongen van negen.") {
			t.Errorf("the page: %d", w.Code)
		}
		who.actor = o.ilse
		if w := get(m, path); w.Code != 200 {
			t.Errorf("the facility's coordinator: %d", w.Code)
		}
		who.actor = o.omar
		if w := get(m, path); w.Code != 404 {
			t.Errorf("somebody elsewhere: %d", w.Code)
		}
		who.actor = o.petra
		if w := post(m, path+"/decline", url.Values{"version": {"1"}, "reasons": {"other"}}); w.Code != 422 || !strings.Contains(w.Body.String(), "Write what the reason is") {
			t.Errorf("other, and nothing: %d", w.Code)
		}
		if w := post(m, path+"/decline", url.Values{"version": {"0"}, "reasons": {"no_funding"}}); w.Code != 409 {
			t.Errorf("a stale form: %d", w.Code)
		}
		if w := post(m, path+"/decline", url.Values{"version": {"1"}, "reasons": {"no_funding"}}); w.Code != 303 {
			t.Errorf("declined: %d", w.Code)
		}
		for _, show := range []string{"", "?show=mine", "?show=late", "?show=answered", "?show=all", "?show=x&page=-3&channel=x&code=%00"} {
			if w := get(m, "/referrals"+show); w.Code != 200 {
				t.Errorf("the list %s: %d", show, w.Code)
			}
		}
	})
}

func TestREF6_PaperAndScreenAskTheSameInTheSameOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		m := o.site(&sessions{o.ilse})
		l := text.EN
		screen, paper := get(m, "/referrals/new").Body.String(), get(m, "/forms/intake").Body.String()
		from := [2]int{}
		for _, label := range []string{l.ReferralChannel(), l.ReferralReferrer(), l.ReferralOrganisation(), l.ReferralPhone(), l.ReferralEmail(), l.ReferralMunicipality(),
			l.ReferralFacility(), l.ReferralParent(), l.ReferralParentBirth(), l.ReferralParentSex(), l.ReferralChild("1"), l.ReferralChild("2"), l.ReferralCaregiver(), l.ReferralRelation(),
			l.ReferralCaregiverPhone(), "in your own words"} {
			for i, page := range []string{screen, paper} {
				at := strings.Index(page[from[i]:], label)
				if at < 0 {
					t.Fatalf("%q is not asked, or in another place (page %d)", label, i)
				}
				from[i] += at
			}
		}
		if w := post(m, "/referrals/new", url.Values{"channel": {"inside_coordinator"}, "municipality": {"Zwolle"}, "parent_name": {"Anna"}, "token": {"p"}}); w.Code != 303 || o.kinds(o.petra) != "answer_referral" {
			t.Errorf("typed in: %d", w.Code)
		}
	})
}
