package figures_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/figures"
	"maatje/internal/importer"
)

func bringYears(t *testing.T, d *db.DB) {
	t.Helper()
	for _, y := range []int{2012, 2013, 2014} {
		text, err := os.ReadFile(filepath.Join("testdata", "years", fmt.Sprintf("%d.jsonl", y)))
		if err != nil {
			t.Fatal(err)
		}
		if _, failed, err := importer.Text(context.Background(), d, string(text)); err != nil || len(failed) > 0 {
			t.Fatal(failed, err)
		}
	}
}

func of(t *testing.T, d *db.DB, p figures.Period) []figures.Cell {
	t.Helper()
	cells, err := figures.NewService(d).Of(context.Background(), authz.System("figures"), p)
	if err != nil {
		t.Fatal(err)
	}
	return cells
}

// TestFIG1_TheYearsComeOutOnTheirBases holds the three years against what was published of them; docs/figures.md says why
// trajectories count as started and people as running.
func TestFIG1_TheYearsComeOutOnTheirBases(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		bringYears(t, d)
		counted := map[int][]figures.Cell{}
		for _, y := range []int{2012, 2013, 2014} {
			counted[y] = of(t, d, figures.Year(y))
		}
		for _, tt := range []struct {
			year          int
			figure, basis string
			by            string
			want          float64
		}{
			{2012, "children", "running", "", 51}, {2013, "children", "running", "", 76}, {2014, "children", "running", "", 69},
			{2012, "trajectories", "started", "kind=family_buddy", 37}, {2013, "trajectories", "started", "kind=family_buddy", 36},
			{2014, "trajectories", "started", "kind=family_buddy", 17},
			{2012, "trajectories", "started", "kind=accompanied_visits", 14}, {2013, "trajectories", "started", "kind=accompanied_visits", 27},
			{2014, "trajectories", "started", "kind=accompanied_visits", 4}, {2014, "trajectories", "started", "kind=tailored", 5},
			{2012, "detained_parents", "running", "sex=f", 25}, {2012, "detained_parents", "running", "sex=m", 2},
			{2013, "detained_parents", "running", "sex=f", 26}, {2013, "detained_parents", "running", "sex=m", 14},
			{2014, "detained_parents", "running", "sex=f", 39}, {2014, "detained_parents", "running", "sex=m", 6},
			// What the other bases make of the same year.
			{2012, "children", "started", "", 51}, {2012, "children", "ended", "", 38}, {2013, "children", "started", "", 63},
			{2014, "children", "started", "", 26}, {2013, "trajectories", "running", "kind=family_buddy", 44}, {2014, "detained_parents", "started", "", 23},
		} {
			var by []string
			if dim, code, ok := strings.Cut(tt.by, "="); ok {
				by = []string{dim, code}
			}
			if c, _ := figures.Find(counted[tt.year], tt.figure, tt.basis, by...); c.Value != tt.want {
				t.Errorf("%d %s %s %s: %v, want %v", tt.year, tt.figure, tt.basis, tt.by, c.Value, tt.want)
			}
		}
		funnelOf2013(t, counted[2013])
	})
}

// funnelOf2013 is FIG-2 with the published numbers.
func funnelOf2013(t *testing.T, cells []figures.Cell) {
	t.Helper()
	for _, tt := range []struct {
		figure, dim, code       string
		value, of, wantsPercent float64
	}{
		{"intakes_started", "", "", 27, 226, 11.9}, {"intakes_not_started", "", "", 199, 226, 88.1},
		{"non_starts_by_reason_count", "reason_count", "1", 150, 199, 75.4}, {"non_starts_by_reason_count", "reason_count", "2", 46, 199, 23.1},
		{"non_starts_by_reason_count", "reason_count", "3", 3, 199, 1.5},
	} {
		var by []string
		if tt.dim != "" {
			by = []string{tt.dim, tt.code}
		}
		c, ok := figures.Find(cells, tt.figure, "decided", by...)
		if !ok || c.Value != tt.value || *c.Of != tt.of || *c.Percent != tt.wantsPercent {
			t.Errorf("%s %s: %+v", tt.figure, tt.code, c)
		}
	}
	if c, _ := figures.Find(cells, "intakes_decided", "decided"); c.Value != 226 {
		t.Errorf("decided %v", c.Value)
	}
	mentions := 0.0
	for _, c := range cells {
		if c.Figure == "non_start_reasons" {
			mentions += c.Value
		}
	}
	if mentions != 150+2*46+3*3 {
		t.Errorf("%v mentions of reasons", mentions)
	}
}

const edges = `{"type":"family","key":"f","children":[{"key":"a","name":"Daan"},{"key":"b","name":"Noor","sex":"f"}],"parents":[{"key":"m","name":"Mia","sex":"f","detained":true},{"key":"v","name":"Jan","sex":"m","detained":true}]}
{"type":"trajectory","key":"first day","family":"f","kind":"tailored","children":["a"],"parent":"m","start":"2025-01-01","end":"2025-12-31"}
{"type":"trajectory","key":"last day","family":"f","kind":"transport","children":["a","b"],"start":"2025-12-31"}
{"type":"trajectory","key":"day after","family":"f","kind":"family_buddy","children":["a"],"start":"2026-01-01"}
{"type":"trajectory","key":"ended before","family":"f","kind":"family_buddy","children":["a"],"start":"2024-01-01","end":"2024-12-31"}
{"type":"visit","key":"midnight","trajectory":"first day","at":"2025-01-01T00:00","minutes":30,"km":3}
{"type":"visit","key":"midnight before","trajectory":"ended before","at":"2024-12-31T23:59","minutes":30}
{"type":"visit","key":"last minute","trajectory":"first day","at":"2025-12-31T23:59","minutes":65}
{"type":"visit","key":"midnight after","trajectory":"last day","at":"2026-01-01T00:00","minutes":30}
{"type":"intake","key":"open","family":"f","decision":{"date":"2025-06-01","outcome":"keep_open","reasons":["no_support_question"]}}
{"type":"intake","key":"other help","family":"f","decision":{"date":"2025-12-31","outcome":"other_help","reasons":["other_help_needed"]}}
{"type":"intake","key":"no reason","family":"f","decision":{"date":"2025-01-01","outcome":"no_start"}}
{"type":"intake","key":"too late","family":"f","decision":{"date":"2026-01-01","outcome":"start"}}
{"type":"referral","key":"r1","date":"2025-01-01","channel":"school","facility":"PI Waterkant"}
{"type":"referral","key":"r2","date":"2025-12-31","channel":"school"}
{"type":"referral","key":"r3","date":"2024-12-31","channel":"cjg"}
`

func TestFIG1_TheEdgesOfAPeriod(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if _, failed, err := importer.Text(context.Background(), d, edges); err != nil || len(failed) > 0 {
			t.Fatal(failed, err)
		}
		cells := of(t, d, figures.Year(2025))
		for _, tt := range []struct {
			figure, basis, by string
			want              float64
		}{
			{"trajectories", "started", "", 2}, {"trajectories", "running", "", 2}, {"trajectories", "ended", "", 1},
			{"children", "started", "", 2}, {"children", "started", "kind=tailored", 1}, {"children", "started", "kind=transport", 2},
			{"children", "started", "sex=unknown", 1}, {"children", "ended", "", 1},
			{"detained_parents", "started", "", 2}, {"detained_parents", "started", "kind=tailored", 1}, {"detained_parents", "ended", "sex=f", 1},
			{"trajectories", "started", "sex=f", 2}, {"trajectories", "started", "sex=m", 1},
			{"visits", "held", "", 2}, {"hours", "held", "", 1.6}, {"km", "held", "", 3}, {"duration_days", "ended", "", 364},
			{"days_to_first_visit", "started", "kind=tailored", 0}, {"days_to_first_visit", "started", "kind=transport", 1},
			{"intakes_decided", "decided", "", 2}, {"intakes_started", "decided", "", 0}, {"intakes_not_started", "decided", "", 2},
			{"intakes_kept_open", "decided", "", 1}, {"non_starts_by_reason_count", "decided", "reason_count=0", 1},
			{"non_starts_by_reason_count", "decided", "reason_count=1", 1}, {"non_start_reasons", "decided", "reason=other_help_needed", 1},
			{"non_start_reasons", "decided", "reason=no_support_question", 0}, {"referrals", "received", "channel=school", 2},
			{"referrals", "received", "", 2}, {"referrals", "received", "facility=PI Waterkant", 1}, {"referrals", "received", "facility=unknown", 1},
		} {
			var by []string
			if dim, code, ok := strings.Cut(tt.by, "="); ok {
				by = []string{dim, code}
			}
			if c, _ := figures.Find(cells, tt.figure, tt.basis, by...); c.Value != tt.want {
				t.Errorf("%s %s %s: %v, want %v", tt.figure, tt.basis, tt.by, c.Value, tt.want)
			}
		}
	})
}

func TestFiguresAreForThoseWhoMayHaveThem(t *testing.T) {
	d := dbtest.Open(t, db.SQLite, &dbtest.Clock{})
	for _, role := range []authz.Role{authz.Volunteer, authz.InsideCoordinator, authz.OutsideCoordinator, authz.Administrator} {
		_, err := figures.NewService(d).Of(context.Background(), authz.SignedIn(1, 1, "x", role, authz.Origin{}), figures.Year(2026))
		if !core.IsKind(err, core.KindNotFound) {
			t.Errorf("%s: %v", role.Codes(), err)
		}
	}
	leader := authz.SignedIn(1, 0, "x", authz.ProjectLeader, authz.Origin{})
	if _, err := figures.NewService(d).Of(context.Background(), leader, figures.Year(2026)); err != nil {
		t.Error(err)
	}
	_, err := figures.NewService(d).Of(context.Background(), leader, figures.Period{From: core.MustDate("2026-02-01"), To: core.MustDate("2026-01-31")})
	if !core.IsKind(err, core.KindInvalid) {
		t.Errorf("an end before its start: %v", err)
	}
}

func TestFormats(t *testing.T) {
	of, share := 226.0, 88.1
	cells := []figures.Cell{
		{Figure: "intakes_not_started", Unit: "intake", Basis: "decided", Value: 199, Of: &of, Percent: &share},
		{Figure: "referrals", Unit: "referral", Basis: "received", By: map[string]string{"municipality": "=1+1"}, Value: 7},
		{Figure: "children", Unit: "child", Basis: "started", By: map[string]string{"kind": "tailored"}, Hidden: true},
	}
	for format, want := range map[string]string{
		"json": `[{"figure":"intakes_not_started","unit":"intake","basis":"decided","by":{},"value":199,"of":226,"percent":88.1},` +
			`{"figure":"referrals","unit":"referral","basis":"received","by":{"municipality":"=1+1"},"value":7,"of":null,"percent":null},` +
			`{"figure":"children","unit":"child","basis":"started","by":{"kind":"tailored"},"value":null,"of":null,"percent":null,"hidden":true}]`,
		"csv": "figure,unit,basis,by,part,value,of,percent\nintakes_not_started,intake,decided,,all,199,226,88.1\nreferrals,referral,received,municipality,'=1+1,7,,\n" +
			"children,child,started,kind,tailored,hidden,,\n",
		"text": "\nintakes_not_started (decided)\n    all  199  88.1 %\n\nreferrals (received)\n  municipality  =1+1  7  \n\nchildren (started)\n  kind  tailored  hidden  \n",
	} {
		var b bytes.Buffer
		if err := figures.Write(&b, format, cells); err != nil {
			t.Fatal(err)
		}
		got := b.String()
		if format == "json" {
			var flat bytes.Buffer
			if err := json.Compact(&flat, b.Bytes()); err != nil {
				t.Fatal(err)
			}
			got = flat.String()
		}
		if got != want {
			t.Errorf("%s:\n%s\nwant\n%s", format, got, want)
		}
	}
	if err := figures.Write(&bytes.Buffer{}, "xml", cells); err == nil {
		t.Error("there is no format xml")
	}
}
