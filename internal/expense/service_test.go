package expense

import (
	"bytes"
	"context"
	"encoding/csv"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/web/text"
	"maatje/internal/web/webtest"
)

var xVisit = db.CrossX("expensetest.visit", authz.Works, "a test makes the visits that it needs", `INSERT INTO visit (id, dossier_id, trajectory_id, volunteer_id, state, held_at, minutes, km)
	VALUES (:id, :dossier, :trajectory, :for_volunteer, :state, :at, :minutes, :km)`, db.Probe{})

func each(t *testing.T, do func(t *testing.T, f *familytest.Family, s *Service)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { do(t, familytest.New(t, d), NewService(d)) })
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// visited is a finished visit of Ria.
func visited(t *testing.T, f *familytest.Family, on, state string, minutes, km int) {
	t.Helper()
	at := core.At(core.MustDate(on).Time().Add(13 * time.Hour))
	f.Do(t, func(x *db.Tx) error {
		return db.Do(x, xVisit, db.Args{"id": db.NewID[core.ID](x), "dossier": f.Dossier, "trajectory": f.Trajectory, "for_volunteer": f.Ria.Volunteer(), "state": state,
			"at": at, "minutes": minutes, "km": km})
	})
}

func (s *Service) of(t *testing.T, f *familytest.Family, month string) Sheet {
	t.Helper()
	v, err := s.Of(context.Background(), f.Petra, f.Ria.Volunteer())
	must(t, err)
	for _, x := range v.Months {
		if x.Month == m(month) {
			return x
		}
	}
	return Sheet{}
}

// From what a volunteer notes to what is paid; what comes after that counts in the next month.
func TestVOL8_NotedCheckedPaid(t *testing.T) {
	each(t, func(t *testing.T, f *familytest.Family, s *Service) {
		ctx, ria, oct := context.Background(), f.Ria.Volunteer(), m("2026-10")
		visited(t, f, "2026-10-02", "held", 90, 20)
		visited(t, f, "2026-10-09", "draft", 90, 1000)
		must(t, s.Note(ctx, f.Ria, ria, Entry{On: core.MustDate("2026-10-03"), Kind: "other", What: "verf", Cents: 1250}, "a"))
		must(t, s.Note(ctx, f.Ria, ria, Entry{On: core.MustDate("2026-10-03"), Kind: "other", What: "verf", Cents: 1250}, "a"))
		must(t, s.Note(ctx, f.Ria, ria, Entry{On: core.MustDate("2026-10-04"), Kind: "training", Minutes: 60, Km: 10}, "b"))
		before := s.of(t, f, "2026-10")
		if before.Cents() != 690+1250 || before.Minutes != 150 || len(before.Entries) != 2 {
			t.Fatalf("October is %+v", before)
		}
		if err := s.Check(ctx, f.Petra, ria, oct, before.Cents()-1); !core.IsKind(err, core.KindConflict) {
			t.Errorf("checked another amount than was shown: %v", err)
		}
		if err := s.Check(ctx, f.Petra, ria, m("2026-11"), 0); !core.IsKind(err, core.KindRefused) {
			t.Errorf("checked while it runs: %v", err)
		}
		must(t, s.Check(ctx, f.Petra, ria, oct, before.Cents()))
		if err := s.Check(ctx, f.Backup, ria, oct, before.Cents()); !core.IsKind(err, core.KindConflict) {
			t.Errorf("checked twice: %v", err)
		}
		for name, err := range map[string]error{
			"taken back":    s.Withdraw(ctx, f.Ria, ria, before.Entries[0].ID),
			"declined":      s.Decline(ctx, f.Petra, ria, before.Entries[0].ID, "toch niet"),
			"a new receipt": s.SawReceipt(ctx, f.Petra, ria, before.Entries[0].ID),
		} {
			if !core.IsKind(err, core.KindConflict) {
				t.Errorf("%s in a month that was checked: %v", name, err)
			}
		}
		if err := s.Pay(ctx, f.Leader, oct, 1); !core.IsKind(err, core.KindConflict) {
			t.Errorf("paid another amount: %v", err)
		}
		must(t, s.Pay(ctx, f.Leader, oct, before.Cents()))
		if err := s.Pay(ctx, f.Leader, oct, before.Cents()); !core.IsKind(err, core.KindConflict) {
			t.Errorf("paid twice: %v", err)
		}
		visited(t, f, "2026-10-16", "held", 30, 5)
		must(t, s.Note(ctx, f.Ria, ria, Entry{On: core.MustDate("2026-10-20"), Kind: "travel", Km: 7}, "c"))
		after, next := s.of(t, f, "2026-10"), s.of(t, f, "2026-11")
		if after.State != Paid || after.Cents() != before.Cents() || len(after.Entries) != 2 {
			t.Errorf("a paid month changed: %+v", after)
		}
		if next.Km != 12 || next.Cents() != 276 || len(next.Rides) != 1 || next.Rides[0].Of != oct {
			t.Errorf("the correction is %+v", next)
		}
	})
}

func TestVOL8_TwoCheckAtOnce(t *testing.T) {
	each(t, func(t *testing.T, f *familytest.Family, s *Service) {
		visited(t, f, "2026-10-02", "held", 90, 20)
		var wait sync.WaitGroup
		errs := make([]error, 2)
		for i, who := range []authz.Actor{f.Petra, f.Backup} {
			wait.Go(func() { errs[i] = s.Check(context.Background(), who, f.Ria.Volunteer(), m("2026-10"), 460) })
		}
		wait.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || !core.IsKind(errs[0], core.KindConflict) && !core.IsKind(errs[1], core.KindConflict) {
			t.Errorf("both heard %v", errs)
		}
	})
}

func TestVOL8_WhoSeesAndChecksExpenses(t *testing.T) {
	each(t, func(t *testing.T, f *familytest.Family, s *Service) {
		ctx, ria := context.Background(), f.Ria.Volunteer()
		e := Entry{On: core.MustDate("2026-10-03"), Kind: "other", What: "verf", Cents: 1250}
		must(t, s.Note(ctx, f.Ria, ria, e, ""))
		for name, a := range map[string]authz.Actor{"another volunteer": f.Tom, "a coordinator elsewhere": f.Omar} {
			if _, err := s.Of(ctx, a, ria); !core.IsKind(err, core.KindNotFound) {
				t.Errorf("%s sees it: %v", name, err)
			}
			if err := s.Note(ctx, a, ria, e, ""); !core.IsKind(err, core.KindNotFound) {
				t.Errorf("%s writes it: %v", name, err)
			}
		}
		both := authz.SignedIn(f.Petra.Account(), ria, "Petra", authz.OutsideCoordinator|authz.Volunteer, authz.Origin{})
		if err := s.Check(ctx, both, ria, m("2026-10"), 1250); !core.IsKind(err, core.KindRefused) {
			t.Errorf("her own month: %v", err)
		}
		must(t, s.Decline(ctx, f.Petra, ria, s.of(t, f, "2026-10").Entries[0].ID, "geen bon"))
		if x := s.of(t, f, "2026-10"); x.Cents() != 0 || x.Entries[0].Declined != "geen bon" {
			t.Errorf("declined, and October is %+v", x)
		}
	})
}

// The treasurer's list is opened again: amounts are numbers, days are days, names are no formulas and no family is in it.
func TestVOL8_TheTreasurersList(t *testing.T) {
	list := []Sheet{
		{Name: "=SUM(A1:A9)", Month: m("2026-10"), State: Checked, Km: 30, KmCents: 690, OwnCents: 1250},
		{Name: "@Ria", Month: m("2026-10"), State: Paid, Km: 1, KmCents: 24, PaidOn: core.MustDate("2026-11-05")},
		{Name: "-Tom", Month: m("2026-10"), State: Checked, OwnCents: 5},
	}
	var book, table bytes.Buffer
	must(t, WriteXLSX(&book, text.NL, list))
	must(t, WriteCSV(&table, text.NL, list))
	x, err := excelize.OpenReader(&book)
	must(t, err)
	rows, err := x.GetRows(sheetName, excelize.Options{RawCellValue: true})
	must(t, err)
	lines, err := csv.NewReader(&table).ReadAll()
	must(t, err)
	if len(rows) != 5 || len(lines) != 4 {
		t.Fatalf("%d rows, %d lines", len(rows), len(lines))
	}
	for i, want := range []string{"'=SUM(A1:A9)", "'@Ria", "'-Tom"} {
		formula, _ := x.GetCellFormula(sheetName, "A"+string(rune('2'+i)))
		if rows[i+1][0] != want || lines[i+1][0] != want || formula != "" {
			t.Errorf("the name goes out as %q and %q, formula %q", rows[i+1][0], lines[i+1][0], formula)
		}
	}
	if rows[4][5] != "19.69" || lines[1][5] != "19.40" || lines[3][5] != "0.05" {
		t.Errorf("the total is %q, the lines %v", rows[4][5], lines)
	}
	for cell, kind := range map[string]excelize.CellType{"F2": excelize.CellTypeUnset, "F5": excelize.CellTypeUnset, "H3": excelize.CellTypeUnset, "A2": excelize.CellTypeSharedString} {
		if got, err := x.GetCellType(sheetName, cell); err != nil || got != kind {
			t.Errorf("%s is of kind %v: %v", cell, got, err)
		}
	}
	if paid, err := x.GetCellValue(sheetName, "H3"); err != nil || paid != "05-11-2026" {
		t.Errorf("it was paid on %q: %v", paid, err)
	}
}

func TestPagesOfExpenses(t *testing.T) {
	each(t, func(t *testing.T, f *familytest.Family, s *Service) {
		w := webtest.New(t, f.DB.Now)
		s.Routes(w.Router)
		visited(t, f, "2026-10-02", "held", 90, 20)
		w.As(f.Ria).Post("/my-expenses", url.Values{"held_on": {"2026-10-05"}, "kind": {"other"}, "what": {"verf"}, "amount": {"12,505"}}).
			Is(http.StatusUnprocessableEntity, "geen bedrag", `value="12,505"`, `value="verf"`)
		w.Post("/my-expenses", url.Values{"held_on": {"2099-10-05"}, "what": {"verf"}}).Is(http.StatusUnprocessableEntity, "moet nog komen", "Kies waarvoor", "Vul tijd")
		w.Post("/my-expenses", url.Values{"held_on": {"2026-10-05"}, "kind": {"other"}, "what": {"verf"}, "amount": {"12,50"}}).Is(http.StatusSeeOther)
		w.Get("/my-expenses").Is(http.StatusOK, "oktober 2026", "12,50", "20 km × 23 cent", "opgeschreven").Without("Familie Wil")
		path := "/volunteers/" + f.Ria.Volunteer().String() + "/expenses"
		w.Get(path).Is(http.StatusNotFound)
		w.As(f.Petra).Get(path).Is(http.StatusOK, "Bon gezien", "Nagekeken: € 17,10")
		w.Get("/expenses?month=2026-10").Is(http.StatusOK, "Ria", "€ 17,10").Without("penningmeester")
		w.Get("/expenses?month=2026-99").Is(http.StatusNotFound)
		line := path + "/" + s.of(t, f, "2026-10").Entries[0].ID.String()
		w.Post(line+"/decline", url.Values{}).Is(http.StatusUnprocessableEntity, "Schrijf op waarom niet")
		w.Post(line+"/receipt", url.Values{}).Is(http.StatusSeeOther)
		w.Post(line+"/receipt", url.Values{}).Is(http.StatusConflict, "net iets veranderd")
		w.Post(path+"/check", url.Values{"month": {"2026-10"}, "seen": {"1"}}).Is(http.StatusConflict, "net iets veranderd")
		w.Post(path+"/check", url.Values{"month": {"2026-10"}, "seen": {"1710"}}).Is(http.StatusSeeOther)
		w.Post("/expenses/paid", url.Values{"month": {"2026-10"}, "seen": {"1710"}}).Is(http.StatusNotFound)
		w.As(f.Leader).Get("/expenses?month=2026-10").Is(http.StatusOK, "penningmeester", "Dit is betaald: € 17,10")
		w.Post("/expenses/paid", url.Values{"month": {"2026-10"}, "seen": {"1710"}}).Is(http.StatusSeeOther)
		w.Post("/expenses/paid", url.Values{"month": {"2026-10"}, "seen": {"1710"}}).Is(http.StatusConflict, "niets meer te betalen")
		w.As(f.Ria).Get("/my-expenses").Is(http.StatusOK, "betaald")
	})
}

// A session alone does not give the treasurer's list: it asks once more who it is, and is on record as an export.
func TestVOL8_TheListAsksForProof(t *testing.T) {
	for _, name := range []string{"/expenses/list.xlsx", "/expenses/list.csv"} {
		w := webtest.New(t, func() core.Instant { return dbtest.Start })
		NewService(nil).Routes(w.Router)
		found := false
		for _, r := range w.Routes() {
			if strings.HasSuffix(r.Pattern, name) {
				found = r.Right.NeedsProof() && r.Right.Use() == authz.Export && r.Right.Roles() == authz.ProjectLeader
			}
		}
		if !found {
			t.Errorf("%s is open to a session alone", name)
		}
	}
}
