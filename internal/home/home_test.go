package home

import (
	"context"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/signal"
	"maatje/internal/task"
	"maatje/internal/visit"
	"maatje/internal/web/webtest"
)

const forTests = "a test makes the referral that it needs"

var (
	tReferral = db.CrossX("home.test_referral", authz.Works, forTests, `INSERT INTO referral (id, code, received_at, channel, municipality_id, parent_name, state, coordinator_id)
		VALUES (7, 'bad-kof-mur', :now, 'school', (SELECT m.id FROM municipality m WHERE m.name = 'Zwolle'), 'Kim Smit', 'open', :account)`, db.Probe{})
	tChild = db.CrossX("home.test_child", authz.Works, forTests, `INSERT INTO referral_child (id, referral_id, name) VALUES (8, 7, 'Bo Smit')`, db.Probe{})
)

// referred: school asks for support for a child, and a coordinator has to answer.
func referred(x *db.Tx, who authz.Actor) error {
	if err := db.Do(x, tReferral, db.Args{"account": who.Account()}); err != nil {
		return err
	}
	if err := db.Do(x, tChild, nil); err != nil {
		return err
	}
	return task.Open(x, task.Task{Key: "r", Account: who.Account(), Kind: "answer_referral", Urgency: task.Normal, Due: x.Now(), Referral: 7})
}

func TestEachHomeAnswersWhatNow(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		clock.Set(core.MustInstant(familytest.Start))
		f := familytest.New(t, d)
		ctx := context.Background()
		visits := visit.NewService(d)
		signals := signal.NewService(d, func(*db.Tx) (int, error) { return 5, nil }, func(*db.Tx, core.DossierID) (bool, error) { return false, nil })
		if err := visits.Plan(ctx, f.Ria, f.Trajectory, core.MustInstant("2026-11-16T13:00:00Z"), "Speeltuin"); err != nil {
			t.Fatal(err)
		}
		raised := signal.Raising{ID: core.NewID[core.ID](clock.Now()), Trajectory: f.Trajectory, Urgency: "now", Saw: "Noor had niets gegeten."}
		if err := signals.Raise(ctx, f.Ria, raised); err != nil {
			t.Fatal(err)
		}
		site := webtest.New(t, clock.Now)
		NewService(d).Routes(site.Router)

		report := "/my-families/" + f.Trajectory.String() + "/report"
		site.As(f.Ria).Get("/").Is(200, "Dag Ria", "Je hebt 1 bezoek gepland.", "Familie Wil", "Speeltuin", "Wat weten de kinderen", report, "Ik maak me zorgen")
		site.As(f.Stranger).Get("/").Is(200, "Je hebt nu geen gezin").Without("Wil ", report)
		site.As(f.Petra).Get("/").Is(200, "1 ding vraagt iets van je.", "1 daarvan vandaag.", "Familie Wil", "zorg van een vrijwilliger", "Beantwoorden", "loopt")
		site.As(f.Omar).Get("/").Is(200, "Alles is gedaan").Without("Familie Wil")
		f.Do(t, func(x *db.Tx) error { return referred(x, f.Petra) })
		site.As(f.Petra).Get("/").Is(200, "Via school, Zwolle", "14 november 2026, code bad-kof-mur").Without("Kim", "Smit")
		site.As(f.Leader).Get("/").Is(200, "Vrijwilligers", "Naar de cijfers").Without("Familie Wil", "Noor")
		site.As(authz.Actor{}).Get("/").Is(303)

		clock.Set(core.MustInstant("2026-11-16T15:00:00Z"))
		site.As(f.Ria).Get("/").Is(200, "Nog te doen", "afmaken")
		site.As(authz.Actor{}).Get("/help").Is(200, "112", "geld of een telefoon uitlenen", "Een gezin aanmelden")
	})
}
