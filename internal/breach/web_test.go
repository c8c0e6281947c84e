package breach

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/web/webtest"
)

const why = "tests make the accounts that they need, and look at what came of it"

var (
	tAccount = db.CrossX("breachtest.account", authz.Works, why, `INSERT INTO account (id, email, email_fold, name, created_at) VALUES (:id, :email, :email, :name, :now)`, db.Probe{})
	tRole    = db.CrossX("breachtest.role", authz.Works, why, `INSERT INTO account_role (account_id, role) VALUES (:id, :role)`, db.Probe{})
	tTasks   = db.CrossQ("breachtest.tasks", authz.Works, why, `SELECT t.kind, t.account_id FROM task t WHERE t.done_at IS NULL ORDER BY t.kind, t.account_id`, db.Probe{})
	tMails   = db.CrossQ("breachtest.mails", authz.Works, why, `SELECT COUNT(*) FROM outbox o WHERE o.template = 'breach'`, db.Probe{})
	tForge   = db.CrossX("breachtest.forge", authz.Works, why, `UPDATE breach_change SET account_id = 1`, db.Probe{})
	tForget  = db.CrossX("breachtest.forget", authz.Works, why, `DELETE FROM breach_change`, db.Probe{})
	tErase   = db.CrossX("breachtest.erase", authz.Works, why, `DELETE FROM breach`, db.Probe{})
)

type office struct {
	db                  *db.DB
	clock               *dbtest.Clock
	svc                 *Service
	site                *webtest.Site
	lea, ad, ria, other authz.Actor
}

func open4(t *testing.T, d *db.DB, clock *dbtest.Clock) *office {
	t.Helper()
	o := &office{db: d, clock: clock, svc: NewService(d), site: webtest.New(t, clock.Now)}
	o.svc.Routes(o.site.Router)
	for _, p := range []struct {
		who  *authz.Actor
		name string
		role authz.Role
	}{{&o.lea, "Lea", authz.ProjectLeader}, {&o.ad, "Ad", authz.Administrator}, {&o.ria, "Ria", authz.Volunteer}, {&o.other, "Omar", authz.OutsideCoordinator}} {
		o.do(t, func(x *db.Tx) error {
			id := db.NewID[core.AccountID](x)
			*p.who = authz.SignedIn(id, 0, p.name, p.role, authz.Origin{})
			if err := db.Do(x, tAccount, db.Args{"id": id, "email": p.name, "name": p.name}); err != nil {
				return err
			}
			return db.Do(x, tRole, db.Args{"id": id, "role": p.role.Codes()[0]})
		})
	}
	return o
}

func (o *office) do(t *testing.T, f func(*db.Tx) error) {
	t.Helper()
	if err := o.db.Write(t.Context(), authz.System("test"), f); err != nil {
		t.Fatal(err)
	}
}

// waits are the kinds of the open tasks of one account.
func (o *office) waits(t *testing.T, a authz.Actor) (kinds []string) {
	t.Helper()
	type row struct {
		kind string
		of   core.AccountID
	}
	o.do(t, func(x *db.Tx) error {
		all, err := db.All(x, tTasks, nil, func(r *row) []any { return []any{&r.kind, &r.of} })
		for _, r := range all {
			if r.of == a.Account() {
				kinds = append(kinds, r.kind)
			}
		}
		return err
	})
	return kinds
}

func (o *office) mustWait(t *testing.T, want string) {
	t.Helper()
	for _, a := range []authz.Actor{o.lea, o.ad} {
		if got := strings.Join(o.waits(t, a), " "); got != want {
			t.Errorf("%s has %q on the list, want %q", a.Name(), got, want)
		}
	}
	if got := o.waits(t, o.ria); len(got) > 0 {
		t.Errorf("the reporter has %v on the list", got)
	}
}

func TestPRV6_FromAReportToItsEnd(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		o := open4(t, d, clock)
		form := o.site.As(o.ria).Get("/breaches/report").Is(200, "Er is iets misgegaan").Form("/breaches/report")
		form.Set("kind", "lost_device")
		o.site.Post("/breaches/report", form).Is(422, "Schrijf kort wat er misging.")
		form.Set("happened", "Mijn telefoon lag in de bus.")
		for range 2 { // a double tap is one report
			o.site.Post("/breaches/report", form).Is(303)
		}
		o.site.Get("/breaches/mine").Is(200, "Mijn telefoon lag in de bus.", "wordt naar gekeken")
		o.site.As(o.other).Get("/breaches/mine").Is(200).Without("telefoon lag")
		o.mustWait(t, "breach")

		all, err := o.svc.All(t.Context(), o.lea)
		if err != nil || len(all) != 1 {
			t.Fatal(all, err)
		}
		path := "/breaches/" + all[0].ID.String()
		o.site.As(o.lea).Get("/breaches").Is(200, "Ria", "nog 7")
		for _, a := range []authz.Actor{o.ria, o.other} {
			o.site.As(a).Get("/breaches").Is(404)
			o.site.Get(path).Is(404)
			o.site.Post(path+"/close", url.Values{}).Is(404)
		}
		o.watch(t, 49*time.Hour, "breach_soon")
		o.site.As(o.ad).Get(path).Is(200, "nog 23 uur")
		o.watch(t, 24*time.Hour, "breach_late")
		o.site.Get(path).Is(200, "1 uur te laat")

		entry := o.site.As(o.lea).Get(path).Form(path)
		o.site.Post(path+"/close", url.Values{"version": {entry.Get("version")}}).Is(422, "Beslis eerst of de Autoriteit Persoonsgegevens het hoort.", "Beslis eerst of de mensen")
		today := clock.Now().In(core.Amsterdam)
		for name, value := range map[string]string{"authority": "yes", "authority_on": today.Format("2006-01-02"), "authority_time": today.Format("15:04"), "number": "AP-1",
			"whose": "Adressen van twee gezinnen", "consequences": "Niets: vergrendeld", "measures": "Op afstand gewist", "told": "no", "why_untold": "Alles was versleuteld"} {
			entry.Set(name, value)
		}
		o.site.Post(path, entry).Is(422, "Dit is later dan 72 uur.", "Op afstand gewist")
		entry.Set("why_late", "De vrijwilliger was ziek")
		o.site.Post(path, entry).Is(303)
		o.site.Post(path, entry).Is(409, "Iemand anders heeft dit intussen veranderd.", "De vrijwilliger was ziek")
		o.mustWait(t, "breach_finish")
		entry = o.site.Get(path).Is(200, "Ria vertelde het", "Lea veranderde: ", "besloten over melden").Form(path)
		o.site.Post(path+"/close", url.Values{"version": {entry.Get("version")}}).Is(303)
		o.mustWait(t, "")
		o.site.Get(path+"/paper").Is(200, "AP-1", "De vrijwilliger was ziek", "Op afstand gewist")
		o.site.As(o.ria).Get("/breaches/mine").Is(200, "afgerond op")
		o.mustMail(t, 2*3)
	})
}

// watch lets time go by and the job look.
func (o *office) watch(t *testing.T, later time.Duration, want string) {
	t.Helper()
	o.clock.Set(o.clock.Now().Add(later))
	for range 2 { // twice is once
		if err := o.svc.Jobs()[0].Run(t.Context(), authz.System("breach.watch")); err != nil {
			t.Fatal(err)
		}
	}
	o.mustWait(t, want)
}

func (o *office) mustMail(t *testing.T, want int) {
	t.Helper()
	o.do(t, func(x *db.Tx) error {
		n, err := db.Count(x, tMails, nil)
		if n != want {
			t.Errorf("%d mails, want %d: one to each keeper at each stage", n, want)
		}
		return err
	})
}

func TestPRV6_TheRegisterOnlyGrows(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		o := open4(t, d, clock)
		first := Breach{Kind: "other", Discovered: clock.Now(), Words: Words{Happened: "the first words"}}
		if err := o.svc.Report(t.Context(), o.ria, first, ""); err != nil {
			t.Fatal(err)
		}
		all, err := o.svc.All(t.Context(), o.lea)
		if err != nil {
			t.Fatal(err)
		}
		b := all[0]
		b.Words.Happened = "other words"
		if err := o.svc.Record(t.Context(), o.lea, b); err != nil {
			t.Fatal(err)
		}
		_, said, err := o.svc.One(t.Context(), o.ad, b.ID)
		if err != nil || len(said) != 2 || said[0].Words.Happened != "the first words" || said[0].Who != "Ria" || said[1].Words.Happened != "other words" || said[1].Who != "Lea" {
			t.Errorf("%+v, %v", said, err)
		}
		for _, q := range []*db.Query{tForge, tForget, tErase} {
			err := o.db.Write(t.Context(), authz.System("test"), func(x *db.Tx) error {
				_, err := db.Exec(x, q, nil)
				return err
			})
			if err == nil || !strings.Contains(err.Error(), "only grows") {
				t.Errorf("%s: %v", q.Name(), err)
			}
		}
		o.site.As(o.lea).Get("/breaches/"+b.ID.String()).Is(200, "Wat ging er mis? was: the first words.")
	})
}

// What is typed comes back, whatever is wrong with it.
func TestPRV6_BadInputComesBack(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		o := open4(t, d, clock)
		for says, in := range map[string]url.Values{
			"Vul in wanneer je het merkte.": {"kind": {"other"}, "happened": {"typed"}},
			"Dit is geen tijd.":             {"kind": {"other"}, "happened": {"typed"}, "found_on": {"2026-11-01"}, "found_time": {"half drie"}},
			"Dit moment moet nog komen.":    {"kind": {"other"}, "happened": {"typed"}, "found_on": {"2027-11-01"}},
			"Klopt het jaar?":               {"kind": {"other"}, "happened": {"typed"}, "found_on": {"1026-11-01"}},
			"Kies wat er is gebeurd.":       {"kind": {"<script>"}, "happened": {"typed"}, "found_on": {"2026-11-01"}},
			"31-02-2026":                    {"kind": {"other"}, "happened": {"typed"}, "found_on": {"31-02-2026"}},
		} {
			o.site.As(o.ria).Post("/breaches/report", in).Is(422, says, "typed")
		}
		if all, err := o.svc.All(t.Context(), o.lea); err != nil || len(all) > 0 {
			t.Error(all, err)
		}
	})
}
