package visit

import (
	"net/url"
	"strings"
	"testing"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/web/webtest"
)

// onPhone gives a family and the pages of visits, with Ria signed in.
func onPhone(t *testing.T, test func(t *testing.T, f *familytest.Family, site *webtest.Site)) {
	clock := &dbtest.Clock{}
	clock.Set(core.MustInstant(familytest.Start))
	d := dbtest.Open(t, db.SQLite, clock)
	f := familytest.New(t, d)
	site := webtest.New(t, clock.Now)
	NewService(d).Routes(site.Router)
	test(t, f, site.As(f.Ria))
}

func TestTRA6_AReportWithoutScript(t *testing.T) {
	onPhone(t, func(t *testing.T, f *familytest.Family, site *webtest.Site) {
		path := "/my-families/" + f.Trajectory.String() + "/report"
		page := site.Get(path).Is(200, "Sara", "Noor", "Wat weten de kinderen", "Dat is nog niet gevraagd.")
		action := "/reports/" + reportID(t, page.Body)
		empty := page.Form(action)

		refused := site.Post(action, with(empty, "words", "Naar het park 🙂\n<script>alert(1)</script>")).
			Is(422, "Kies wie erbij waren.", "Vul in hoeveel minuten het duurde.", "Kies hoe het was.", "Naar het park 🙂")
		if strings.Contains(refused.Body, "<script>alert(1)") {
			t.Error("what was typed became markup")
		}
		kept := refused.Form(action)
		if kept.Get("words") != "Naar het park 🙂\n<script>alert(1)</script>" {
			t.Errorf("what was typed came back as %q", kept.Get("words"))
		}
		done := with(kept, "present", f.Sara.String(), "minutes", "90", "held_time", "13:00", "activities", "talking", "mood", "good")
		site.Post(action, done).Is(303)
		again := site.Post(action, done).Is(303)
		if again.Location != action {
			t.Errorf("a double tap leads to %s", again.Location)
		}
		site.Get(action).Is(200, "Klaar op", "Naar het park", "fijn")
		site.As(f.Tom).Get(action).Is(404).Without("park")
		site.As(f.Petra).Get("/dossiers/"+f.Dossier.String()+"/visits").Is(200, "1 bezoek")
	})
}

func TestTRA6_AutosaveAnswersTheScript(t *testing.T) {
	onPhone(t, func(t *testing.T, f *familytest.Family, site *webtest.Site) {
		path := "/my-families/" + f.Trajectory.String() + "/report"
		page := site.Get(path)
		action := "/reports/" + reportID(t, page.Body)
		values := with(page.Form(action), "words", "Naar het")
		site.Post(action+"/save", values, "Idempotency-Key", "tab1.1").Is(200, `"saved_at":"15:00"`, `"version":1`)
		site.Post(action+"/save", values, "Idempotency-Key", "tab2.1").Is(409, "op een ander scherm veranderd", "Naar het")
		if to := site.Get(path).Is(303).Location; to != action {
			t.Errorf("a reload leads to %s and not to what was begun", to)
		}
		site.Get(action).Is(200, "Naar het")
		site.Post(action+"/save", values).Is(500)
	})
}

func TestTRA6_AMegabyteComesBackWithItsSentence(t *testing.T) {
	onPhone(t, func(t *testing.T, f *familytest.Family, site *webtest.Site) {
		page := site.Get("/my-families/" + f.Trajectory.String() + "/report")
		action := "/reports/" + reportID(t, page.Body)
		long := strings.Repeat("woord ", 1_000_000/6)
		refused := site.Post(action, with(page.Form(action), "words", long)).Is(422, "20.000")
		if kept := refused.Form(action).Get("words"); len(kept) < len(long)-1 {
			t.Errorf("of %d characters %d came back", len(long), len(kept))
		}
	})
}

func with(values url.Values, pairs ...string) url.Values {
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values
}

func reportID(t *testing.T, body string) string {
	t.Helper()
	_, rest, ok := strings.Cut(body, `action="/reports/`)
	id, _, also := strings.Cut(rest, `"`)
	if !ok || !also {
		t.Fatal("no report form on the page")
	}
	return id
}
