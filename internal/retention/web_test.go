package retention_test

import (
	"net/url"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/dossier"
	"maatje/internal/familytest"
	"maatje/internal/retention"
	"maatje/internal/web/webtest"
)

var (
	xOver = []*db.Query{
		db.CrossX("retention_test.end_trajectories", authz.Works, "a test ends support", `UPDATE trajectory SET state = 'ended', ended_on = :today WHERE dossier_id = :dossier`, db.Probe{}),
		db.CrossX("retention_test.end_matches", authz.Works, "a test ends support", `UPDATE volunteer_match SET state = 'ended', ended_on = :today WHERE dossier_id = :dossier`, db.Probe{}),
		db.CrossX("retention_test.close", authz.Works, "a test closes a file", `UPDATE dossier SET state = 'closed', closed_on = :today WHERE id = :dossier`, db.Probe{}),
	}
	qTold = db.CrossQ("retention_test.tasks", authz.Works, "a test looks", `SELECT COUNT(*) FROM task WHERE kind = 'erasing_dossier' AND done_at IS NULL`, db.Probe{})
	qMail = db.CrossQ("retention_test.mails", authz.Works, "a test looks", `SELECT COUNT(*) FROM outbox WHERE template = 'erasing_announced'`, db.Probe{})
)

type site struct {
	*webtest.Site
	*familytest.Family
	t     *testing.T
	clock *dbtest.Clock
	s     *retention.Service
	page  string
}

// closedFamily is a family whose file was closed today.
func closedFamily(t *testing.T) *site {
	clock := &dbtest.Clock{}
	clock.Set(core.MustInstant(familytest.Start))
	d := dbtest.Open(t, db.SQLite, clock)
	w := &site{Site: webtest.New(t, clock.Now), Family: familytest.New(t, d), t: t, clock: clock, s: retention.NewService(d)}
	w.s.Routes(w.Router)
	w.page = "/dossiers/" + w.Dossier.String() + "/keeping"
	return w
}

func (w *site) over() {
	w.t.Helper()
	w.Do(w.t, func(x *db.Tx) error {
		for _, q := range xOver {
			if err := db.Do(x, q, db.Args{"dossier": w.Dossier}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *site) days(n int) {
	w.t.Helper()
	w.clock.Set(w.clock.Now().Add(time.Duration(n) * 24 * time.Hour))
	if err := w.s.Run(w.t.Context(), by); err != nil {
		w.t.Fatal(err)
	}
}

// The whole way: it runs, it is over, it is shown and announced, held, lifted, and erased.
func TestPRV3_FromTheEndToErasing(t *testing.T) {
	w := closedFamily(t)
	w.As(w.Petra).Get(w.page).Is(200, "Er loopt nog iets").Without("Eerder wissen")
	w.over()
	w.Get(w.page).Is(200, "We bewaren het tot en met", "14 november 2028", "als er niets verandert", "15 november 2028")
	w.Get("/keeping").Is(200, "Er wordt voorlopig niets gewist").Without("Familie Wil")
	w.days(660) // 4 September 2028
	w.Get("/keeping").Is(200, "Familie Wil", "nog niet aangekondigd")
	w.As(w.Omar).Get("/keeping").Is(200).Without("Familie Wil")
	w.As(w.Leader).Get("/keeping").Is(200, "0 gezinnen").Without("Familie Wil")
	w.days(45)
	if count(t, w.DB, qTold, nil) != 1 || count(t, w.DB, qMail, nil) != 1 {
		t.Fatal("nobody was told, or more than once")
	}
	w.As(w.Petra).Get(w.page).Is(200, "Aangekondigd op")
	w.As(w.Leader).Get("/keeping").Is(200, "1 gezin is aangekondigd").Without("Familie Wil")

	form := w.As(w.Petra).Get(w.page).Is(200).Form(w.page + "/hold")
	form.Set("until", "1-1-2020")
	form = w.Post(w.page+"/hold", form).Is(422, "Schrijf op waarom.").Form(w.page + "/hold")
	form.Set("why", "Er loopt een klacht.")
	w.Post(w.page+"/hold", form).Is(422, "Kies een dag die nog komt.", "Er loopt een klacht.")
	form.Set("until", "")
	w.Post(w.page+"/hold", form).Is(303)
	w.days(400)
	w.As(w.Backup).Get(w.page).Is(200, "Nu wordt dit niet gewist", "Petra, sinds", "Er loopt een klacht.")
	w.Get("/keeping").Is(200, "Familie Wil", "wordt tegengehouden")
	if count(t, w.DB, qTold, nil) != 0 {
		t.Error("what is held is still announced")
	}
	lift := w.Get(w.page).Form(w.page + "/lift")
	lift = w.Post(w.page+"/lift", lift).Is(422, "Schrijf op waarom.").Form(w.page + "/lift")
	lift.Set("lifted_why", "De klacht is klaar.")
	w.Post(w.page+"/lift", lift).Is(303)
	w.Get(w.page).Is(200, "Opgeheven door Bram", "De klacht is klaar.")
	w.Post(w.page+"/lift", lift).Is(404)
	w.days(1) // announced anew
	w.days(29)
	w.Get(w.page).Is(200)
	w.days(1)
	w.Get(w.page).Is(404)
	w.Get("/keeping").Is(200).Without("Familie Wil")
	if count(t, w.DB, qThere, db.Args{"dossier": w.Dossier}) != 0 {
		t.Error("it is still there")
	}
	if _, err := dossier.ReadHead(t.Context(), w.DB, w.Petra, w.Dossier, ""); !core.IsKind(err, core.KindNotFound) {
		t.Error("its file opens:", err)
	}
}

func TestPRV4_ASecondPairOfEyesConfirms(t *testing.T) {
	w := closedFamily(t)
	w.As(w.Petra).Post(w.page+"/ask", url.Values{"why": {"moeder belde"}}).Is(422, "Er loopt nog iets")
	w.over()
	ask := w.Get(w.page).Is(200, "Eerder wissen").Form(w.page + "/ask")
	ask = w.Post(w.page+"/ask", ask).Is(422, "Schrijf op waarom.").Form(w.page + "/ask")
	ask.Set("why", "Moeder belde op 14 november.")
	w.Post(w.page+"/ask", ask).Is(303)
	w.Post(w.page+"/ask", ask).Is(409, "al gevraagd")
	seen := w.Get(w.page).Is(200, "Iemand anders moet ja zeggen").Form(w.page + "/drop")
	w.Post(w.page+"/confirm", seen).Is(422, "Jij schreef het op.")
	w.As(w.Omar).Post(w.page+"/confirm", seen).Is(404)
	w.As(w.Backup).Post(w.page+"/confirm", url.Values{"asked": {"2020-01-01"}, "by": {"1"}}).Is(409, "intussen veranderd")
	leader := w.As(w.Leader).Get("/keeping").Is(200, "Van een gezin", "Petra").Without("Familie Wil", "Moeder belde").Form("/keeping/confirm")
	w.days(1)
	w.As(w.Petra).Get(w.page).Is(200) // asked for is not agreed
	w.As(w.Leader).Post("/keeping/confirm", leader).Is(303)
	w.As(w.Petra).Get(w.page).Is(200, "Bij de volgende ronde wordt alles gewist")
	w.days(1)
	w.Get(w.page).Is(404)
}

func TestPRV3_NobodyElseSeesOrHolds(t *testing.T) {
	w := closedFamily(t)
	w.over()
	for name, who := range map[string]authz.Actor{"elsewhere": w.Omar, "the leader": w.Leader, "a volunteer": w.Ria} {
		for _, path := range []string{"/hold", "/ask", "/lift", "/confirm", "/drop"} {
			if got := w.As(who).Post(w.page+path, url.Values{"why": {"x"}, "hold": {"1"}}); got.Status != 404 && got.Status != 403 {
				t.Errorf("%s on %s: %d", name, path, got.Status)
			}
		}
		if got := w.As(who).Get(w.page); got.Status == 200 {
			t.Errorf("%s reads it", name)
		}
	}
}

var (
	xAsked = db.CrossX("retention_test.ask", authz.Works, "a test asks about its data", `INSERT INTO data_request (id, dossier_id, kind, person_id, received_on, how, recorded_at, recorded_by)
		SELECT :id, p.dossier_id, :kind, MIN(p.id), CAST(:today AS TEXT), 'talk', CAST(:now AS TEXT), (SELECT MIN(a.id) FROM account a) FROM person p WHERE p.dossier_id = :dossier GROUP BY p.dossier_id`, db.Probe{})
	xAnswered = db.CrossX("retention_test.answer", authz.Works, "a test answers", `UPDATE data_request SET ended_on = :today, outcome = 'done' WHERE dossier_id = :dossier`, db.Probe{})
)

// Nobody's data go while they wait for them (PRV-4): an open request stops the clock, and one to erase does not stop itself.
func TestPRV4_AnOpenRequestStopsTheClock(t *testing.T) {
	for kind, stops := range map[string]bool{"access": true, "correction": true, "objection": true, "erasure": false} {
		t.Run(kind, func(t *testing.T) {
			w := closedFamily(t)
			w.over()
			w.Do(t, func(x *db.Tx) error {
				return db.Do(x, xAsked, db.Args{"id": core.ID(77), "dossier": w.Dossier, "kind": kind})
			})
			page := w.As(w.Petra).Get(w.page).Is(200)
			if !stops {
				page.Without("Er loopt nog iets")
				return
			}
			page.Is(200, "Er loopt nog iets")
			w.Do(t, func(x *db.Tx) error { return db.Do(x, xAnswered, db.Args{"dossier": w.Dossier}) })
			w.Get(w.page).Is(200).Without("Er loopt nog iets")
		})
	}
}
