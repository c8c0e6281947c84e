package uniformity

import (
	"testing"

	"maatje/internal/core"
)

var (
	today = core.MustDate("2026-11-14")
	now   = core.MustInstant("2026-11-14T14:00:00.000Z")
)

func TestFIG4_ContactsAndReportsOnTheirLastDay(t *testing.T) {
	for name, c := range map[string]struct {
		due, done      string
		counts, onTime bool
	}{
		"on the last day":         {"2026-11-10", "2026-11-10T22:59:00.000Z", true, true}, // one minute to midnight in the Netherlands
		"a day later":             {"2026-11-10", "2026-11-10T23:00:00.000Z", true, false},
		"ahead":                   {"2026-11-30", "2026-11-10T10:00:00.000Z", true, true},
		"not done, due tomorrow":  {"2026-11-15", "", false, false},
		"not done, due today":     {"2026-11-14", "", false, false},
		"not done, due yesterday": {"2026-11-13", "", true, false},
	} {
		x := Case{Due: core.MustDate(c.due)}
		if c.done != "" {
			x.Done = core.MustInstant(c.done)
		}
		if counts, onTime := OnDay(x, today); counts != c.counts || onTime != c.onTime {
			t.Errorf("%s: counts %v, on time %v", name, counts, onTime)
		}
	}
	if due := ReportDue(core.MustInstant("2026-11-01T13:00:00.000Z")); due != core.MustDate("2026-11-08") {
		t.Errorf("the report of 1 November is due on %v", due)
	}
}

func TestFIG4_WorriesAtTheirHour(t *testing.T) {
	for name, c := range map[string]struct {
		due, done      string
		counts, onTime bool
	}{
		"at that moment":               {"2026-11-14T12:00:00.000Z", "2026-11-14T12:00:00.000Z", true, true},
		"a moment later":               {"2026-11-14T12:00:00.000Z", "2026-11-14T12:00:00.001Z", true, false},
		"not answered, not due":        {"2026-11-14T14:00:00.001Z", "", false, false},
		"not answered, due now":        {"2026-11-14T14:00:00.000Z", "", false, false},
		"not answered, due before now": {"2026-11-14T13:59:59.999Z", "", true, false},
	} {
		x := Case{DueAt: core.MustInstant(c.due)}
		if c.done != "" {
			x.Done = core.MustInstant(c.done)
		}
		if counts, onTime := OnHour(x, now); counts != c.counts || onTime != c.onTime {
			t.Errorf("%s: counts %v, on time %v", name, counts, onTime)
		}
	}
}

func TestFIG4_SideBySideInTheOrderOfNames(t *testing.T) {
	var x Table
	x.Add(Abrupt, []Case{{Coordinator: 2, Name: "Wim", Is: true}, {Coordinator: 1, Name: "Anna"}, {Coordinator: 2, Name: "Wim"}, {Is: true}}, Always)
	x.Add(Tools, []Case{{Coordinator: 1, Name: "Anna", Is: true, Tools: []string{"diary", "genogram"}}}, Always)
	x.ByName()
	if len(x.Lines) != 2 || x.Lines[0].Name != "Anna" || x.Lines[1].Shares[Abrupt] != (Share{1, 2}) || x.All.Shares[Abrupt] != (Share{2, 4}) {
		t.Errorf("the lines are %+v, the whole %+v", x.Lines, x.All)
	}
	if x.Lines[0].Tools["diary"] != 1 || x.All.Tools["genogram"] != 1 {
		t.Errorf("the tools are %v and %v", x.Lines[0].Tools, x.All.Tools)
	}
	x.For(1)
	if len(x.Lines) != 1 || x.Lines[0].Name != "Anna" || x.All.Shares[Abrupt].M != 4 {
		t.Errorf("Anna sees %+v beside %+v", x.Lines, x.All)
	}
}

func TestFIG4_APeriodThatCanBeCounted(t *testing.T) {
	for name, c := range map[string]struct {
		from, to string
		ok       bool
	}{
		"one day":            {"2026-11-14", "2026-11-14", true},
		"turned":             {"2026-11-14", "2026-11-13", false},
		"five years":         {"2021-11-14", "2026-11-14", true},
		"five years and one": {"2021-11-13", "2026-11-14", false},
		"no first day":       {"", "2026-11-14", false},
		"no last day":        {"2026-11-14", "", false},
	} {
		day := func(s string) (d core.Date) {
			if s != "" {
				d = core.MustDate(s)
			}
			return d
		}
		if got := CheckPeriod(day(c.from), day(c.to)) == nil; got != c.ok {
			t.Errorf("%s: allowed is %v", name, got)
		}
	}
}

// FIG-1: every figure says what it counts, and how something belongs to the period.
func TestFIG1_FIG4_EveryFigureHasItsUnitAndBasis(t *testing.T) {
	for _, f := range Figures {
		if Units[f] == "" || Bases[f] == "" {
			t.Errorf("%s has the unit %q and the basis %q", f, Units[f], Bases[f])
		}
	}
	if len(Units) != len(Figures) || len(Bases) != len(Figures) {
		t.Error("there are units or bases of no figure")
	}
}

func TestFIG4_ToolsThemselvesByCoordinatorAndVolunteer(t *testing.T) {
	use := func(id core.AccountID, name, tool string, of core.AccountID) row {
		return row{Case: Case{Coordinator: id, Name: name}, tools: tool, of: of}
	}
	rows := []row{use(5, "Wim", "genogram", 1), use(4, "Anna", "triptych", 2), use(5, "Wim", "genogram", 2), use(0, "", "triptych", 0)}
	for name, c := range map[string]struct {
		only              core.AccountID
		lines             int
		genograms, whole3 int
	}{
		"everybody":          {0, 2, 2, 2},
		"of one coordinator": {1, 1, 1, 0},
		"of nobody":          {9, 0, 0, 0},
	} {
		lines, whole := useLines(rows, c.only)
		if len(lines) != c.lines || whole.Tools["genogram"] != c.genograms || whole.Tools["triptych"] != c.whole3 {
			t.Errorf("%s: %+v, the whole %+v", name, lines, whole)
		}
	}
	x := Table{Used: []Line{{Coordinator: 4}, {Coordinator: 5}}}
	if x.For(5); len(x.Used) != 1 || x.Used[0].Coordinator != 5 {
		t.Errorf("one coordinator sees %+v", x.Used)
	}
}
