package request

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/url"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/dossier"
	"maatje/internal/dossier/stated"
	"maatje/internal/familytest"
	"maatje/internal/web/text"
	"maatje/internal/web/webtest"
)

const why = "tests look at what came of it"

var (
	tTasks = db.CrossQ("requesttest.tasks", authz.Works, why, `SELECT COUNT(*) FROM task t WHERE t.kind = 'data_request' AND t.done_at IS NULL AND t.account_id = :account`, db.Probe{})
	tLog   = db.CrossQ("requesttest.log", authz.Works, why, `SELECT COUNT(*) FROM log_entry g WHERE g.dossier_id = :dossier AND g.action = 'export' AND g.account_id = :account AND g.outcome = 'done'`, db.Probe{})
	tHeld  = db.CrossX("requesttest.authority", authz.Works, why, `INSERT INTO authority (id, dossier_id, child_id, holder_id) VALUES (:id, :dossier, :child, :holder)`, db.Probe{})
)

// desk is a family with a coordinator at the register.
type desk struct {
	*familytest.Family
	t    *testing.T
	site *webtest.Site
	svc  *Service
	base string
}

func open(t *testing.T, d *db.DB, clock *dbtest.Clock) *desk {
	t.Helper()
	clock.Set(core.MustInstant(familytest.Start))
	k := &desk{Family: familytest.New(t, d), t: t, site: webtest.New(t, clock.Now), svc: NewService(d)}
	k.svc.Routes(k.site.Router)
	k.base = "/dossiers/" + k.Dossier.String() + "/requests"
	k.Do(t, func(x *db.Tx) error {
		return db.Do(x, tHeld, db.Args{"id": db.NewID[core.ID](x), "dossier": k.Dossier, "child": k.Sara, "holder": k.Mother})
	})
	return k
}

func (k *desk) count(q *db.Query, args db.Args) (n int) {
	k.t.Helper()
	k.Do(k.t, func(x *db.Tx) (err error) {
		n, err = db.Count(x, q, args)
		return err
	})
	return n
}

func (k *desk) waits() int { return k.count(tTasks, db.Args{"account": k.Petra.Account()}) }

func (k *desk) asked(in url.Values) string {
	k.t.Helper()
	return k.site.As(k.Petra).Post(k.base, in).Is(303).Location
}

func (k *desk) access(about, by core.PersonID) url.Values {
	return url.Values{"kind": {"access"}, "about": {about.String()}, "asker": {by.String()}, "received": {"2026-11-13"}, "how": {"talk"}, "token": {about.String() + by.String()}}
}

func TestPRV4_FromTheQuestionToTheHand(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		k := open(t, d, clock)
		k.site.As(k.Petra).Get(k.base).Is(200, "Er is nog niets gevraagd.")
		k.site.Get(k.base+"/new").Is(200, "Sara", "Kim")
		path := k.asked(k.access(k.Sara, k.Mother))
		if again := k.asked(k.access(k.Sara, k.Mother)); again != path || k.waits() != 1 {
			t.Error("a double tap made two")
		}
		k.site.Get(path).Is(200, "antwoord vóór het einde van 13 december 2026", "Ga eerst na of het echt Kim is").Without("Pakket ophalen")
		k.site.Post(path+"/package", nil).Is(422, "Ga eerst na of het echt Kim is")
		k.site.Post(path+"/end", url.Values{"version": {"1"}, "outcome": {"done"}, "ended_on": {"2026-11-14"}, "answer": {"op papier"}}).Is(422, "Er is nog geen pakket gemaakt.", "op papier")
		k.site.Post(path+"/check", url.Values{"version": {"1"}, "checked": {"document"}}).Is(303)
		k.site.Get(path).Is(200, "Pakket ophalen in het Nederlands", "Je geeft gegevens van Sara, een kind", "Let op wat Sara weet")
		made := k.site.Post(path+"/package?lang=en", nil).Is(200)
		k.mustHold(made.Body, "Sara")
		if n := k.count(tLog, db.Args{"dossier": k.Dossier, "account": k.Petra.Account()}); n == 0 {
			t.Error("the log does not say that it was exported")
		}
		k.site.Post(path+"/end", url.Values{"version": {"2"}, "outcome": {"done"}, "ended_on": {"2026-11-14"}, "answer": {"x"}}).Is(409, "Iemand anders heeft dit intussen veranderd.")
		k.site.Post(path+"/end", url.Values{"version": {"3"}, "outcome": {"done"}, "ended_on": {"2026-11-14"}, "answer": {"Op papier gegeven"}}).Is(303)
		k.site.Get(path).Is(200, "gedaan op 14 november 2026", "Op papier gegeven").Without("Pakket ophalen")
		k.site.Post(path+"/package", nil).Is(404)
		k.site.Post(path+"/end", url.Values{"version": {"4"}, "outcome": {"refused"}, "ended_on": {"2026-11-14"}, "answer": {"x"}}).Is(422, "Dit verzoek is al beantwoord.")
		if k.waits() != 0 {
			t.Error("it still stands on the list")
		}
	})
}

// mustHold reads the package: a page, the data and a text, none of which is called after somebody.
func (k *desk) mustHold(body, name string) {
	k.t.Helper()
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		k.t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			k.t.Fatal(err)
		}
		all, _ := io.ReadAll(r)
		files[f.Name] = string(all)
	}
	var data map[string]any
	if len(files) != 3 || files["readme.txt"] == "" || !strings.Contains(files["index.html"], name) || json.Unmarshal([]byte(files["data.json"]), &data) != nil || data["format"] != "maatje.own-data.1" {
		k.t.Errorf("%v", files)
	}
}

func TestPRV4_WhoMayAndWhoMayNot(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		k := open(t, d, clock)
		in := k.access(k.Sara, k.Sara) // nine years old
		in.Set("checked", "known")
		path := k.asked(in)
		k.site.Post(path+"/package", nil).Is(422, "Sara mag deze gegevens van Sara niet krijgen.")
		inside := authz.SignedIn(k.Petra.Account(), 0, "Petra", authz.InsideCoordinator, authz.Origin{})
		for name, a := range map[string]authz.Actor{"a volunteer": k.Ria, "a coordinator elsewhere": k.Omar, "the leader": k.Leader, "who works inside elsewhere": inside} {
			if page := k.site.As(a).Post(path+"/package", nil); page.Status != 404 {
				t.Errorf("%s takes the package: %d", name, page.Status)
			}
			for _, at := range []string{k.base, k.base + "/new", path} {
				if page := k.site.As(a).Get(at); page.Status != 404 {
					t.Errorf("%s at %s: %d", name, at, page.Status)
				}
			}
			if page := k.site.Post(path+"/end", url.Values{"version": {"1"}, "outcome": {"refused"}, "ended_on": {"2026-11-14"}, "answer": {"x"}}); page.Status != 404 {
				t.Errorf("%s answers: %d", name, page.Status)
			}
		}
		k.site.As(k.Backup).Get(path).Is(200)
	})
}

func TestPRV4_ACorrectionAndWhatStandsBeside(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		k := open(t, d, clock)
		in := k.access(k.Mother, k.Mother)
		in.Set("kind", "correction")
		k.site.As(k.Petra).Post(k.base, in).Is(422, "Schrijf om welke gegevens het gaat.", "Schrijf wat er moet staan.")
		in.Set("words", "mijn geboortedag")
		in.Set("says", "2 februari")
		in.Set("should", "3 februari")
		path := k.asked(in)
		k.site.Get(path).Is(200, "mijn geboortedag", "2 februari", "3 februari", "Verander de gegevens in het dossier")
		k.site.Post(path+"/extend", url.Values{"version": {"1"}, "why_longer": {" "}}).Is(422, "Schrijf waarom het langer duurt.")
		k.site.Post(path+"/extend", url.Values{"version": {"1"}, "why_longer": {"de gemeente zoekt het uit"}}).Is(303)
		k.site.Get(path).Is(200, "13 februari 2027", "de gemeente zoekt het uit")
		k.site.Post(path+"/end", url.Values{"version": {"2"}, "outcome": {"refused"}, "ended_on": {"2026-11-14"}, "statement": {"Ik ben <b>toch</b> van 3 februari"}}).
			Is(422, "Schrijf waarom niet.", "Ik ben <b>toch</b> van 3 februari")
		k.site.Post(path+"/end", url.Values{"version": {"2"}, "outcome": {"refused"}, "ended_on": {"2026-11-14"}, "answer": {"De gemeente zegt 2 februari"},
			"statement": {"Ik ben <b>toch</b> van 3 februari"}}).Is(303)
		k.Do(t, func(x *db.Tx) error {
			said, err := stated.Of(x, k.Dossier)
			if len(said) != 1 || said[0].Name != "Kim" || said[0].Words != "Ik ben <b>toch</b> van 3 februari" {
				t.Errorf("%+v", said)
			}
			return err
		})
		dossier.NewService(d, nil).Routes(k.site.Router)
		k.site.Get("/dossiers/"+k.Dossier.String()).Is(200, "Kim wil hierbij hebben staan", "Ik ben <b>toch</b> van 3 februari")
	})
}

func TestPRV4_BadInputComesBack(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		k := open(t, d, clock)
		for says, put := range map[string]url.Values{
			"Kies wat er wordt gevraagd.":           {"kind": {"<script>"}},
			"Kies over wie het gaat.":               {"about": {""}},
			"Kies wie het vraagt":                   {"asker": {""}},
			"Kies hoe het is gevraagd.":             {"how": {"telepathy"}},
			"Vul in op welke dag":                   {"received": {""}},
			"30-02-2026":                            {"received": {"30-02-2026"}},
			"Deze dag moet nog komen.":              {"received": {"2026-11-15"}},
			"Klopt het jaar?":                       {"received": {"1026-11-15"}},
			"Kies hoe je weet dat het deze persoon": {"checked": {"x"}},
		} {
			in := k.access(k.Sara, k.Mother)
			in.Set("words", "wat ik typte")
			maps.Copy(in, put)
			k.site.As(k.Petra).Post(k.base, in).Is(422, says, "wat ik typte")
		}
		for field, who := range map[string]string{"about": core.PersonID(12345).String(), "asker": "x"} {
			in := k.access(k.Sara, k.Mother)
			in.Set(field, who)
			if page := k.site.Post(k.base, in); page.Status != 404 {
				t.Errorf("%s: %d", field, page.Status)
			}
		}
		k.site.Get(k.base + "/1").Is(404)
		k.site.Get(k.base + "/x").Is(404)
	})
}

// Nobody makes a package of what they may not see: it would miss something without saying so.
func TestPRV4_WhoSeesTooLittleMakesNoPackage(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		k := open(t, d, clock)
		in := k.access(k.Sara, k.Mother)
		in.Set("checked", "known")
		path := k.asked(in)
		row := path[strings.LastIndex(path, "/")+1:]
		id, err := core.ParseID[core.ID](row)
		if err != nil {
			t.Fatal(err)
		}
		ilse := k.insideHere()
		k.site.As(ilse).Get(path).Is(200, "De buitencoördinator maakt het pakket").Without("Pakket ophalen")
		_, made, err := k.svc.Package(context.Background(), ilse, k.Dossier, id, text.NL)
		if f, ok := core.AsFail(err); !ok || f.Message != "request_sees_too_little" || bytes.Contains(made, []byte("PK")) {
			t.Errorf("%v", err)
		}
	})
}

var (
	tPlace  = db.CrossX("requesttest.placement", authz.Works, why, `INSERT INTO placement (id, dossier_id, detention_id, facility_id) VALUES (:id, :dossier, :detention, :facility)`, db.Probe{})
	tHeldIn = db.CrossX("requesttest.detention", authz.Works, why, `INSERT INTO detention (id, dossier_id, parent_id) VALUES (:id, :dossier, :parent)`, db.Probe{})
	tPrison = db.CrossX("requesttest.facility", authz.Works, why, `INSERT INTO facility (id, name, name_fold) VALUES (:id, 'PI', 'pi')`, db.Probe{})
	tWorks  = db.CrossX("requesttest.works_at", authz.Works, why, `INSERT INTO account_facility (account_id, facility_id) VALUES (:account, :facility)`, db.Probe{})
	tInside = db.CrossX("requesttest.account", authz.Works, why, `INSERT INTO account (id, email, email_fold, name, created_at) VALUES (:id, 'ilse', 'ilse', 'Ilse', :now)`, db.Probe{})
)

// insideHere is an inside coordinator of the prison where the mother stays.
func (k *desk) insideHere() authz.Actor {
	k.t.Helper()
	const account, prison, stay core.ID = 501, 502, 503
	k.Do(k.t, func(x *db.Tx) error {
		for _, step := range []struct {
			q    *db.Query
			args db.Args
		}{{tPrison, db.Args{"id": prison}}, {tInside, db.Args{"id": account}}, {tWorks, db.Args{"account": account, "facility": prison}},
			{tHeldIn, db.Args{"id": stay, "dossier": k.Dossier, "parent": k.Mother}}, {tPlace, db.Args{"id": stay, "dossier": k.Dossier, "detention": stay, "facility": prison}}} {
			if err := db.Do(x, step.q, step.args); err != nil {
				return err
			}
		}
		return nil
	})
	return authz.SignedIn(core.AccountID(account), 0, "Ilse", authz.InsideCoordinator, authz.Origin{})
}
