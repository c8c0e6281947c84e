package expense

import (
	"reflect"
	"slices"
	"testing"

	"maatje/internal/core"
)

var today = core.MustDate("2026-11-14")

func m(s string) Month {
	month, err := ParseMonth(s)
	if err != nil {
		panic(err)
	}
	return month
}

func TestVOL8_KilometresInWholeCents(t *testing.T) {
	for _, c := range []struct{ km, tenths, want int }{
		{0, 230, 0}, {1, 230, 23}, {100, 230, 2300},
		{1, 235, 24}, // 23.5: half a cent goes up
		{2, 235, 47}, // 47.0
		{3, 235, 71}, // 70.5
		{1, 234, 23}, // 23.4
		{1, 236, 24}, // 23.6
		{1, 5, 1},    // half a cent alone
		{1, 4, 0},    // less than half
		{1500, 999, 149850},
	} {
		if got := KmCents(c.km, c.tenths); got != c.want {
			t.Errorf("%d km at %d tenths of a cent is %d cents, not %d", c.km, c.tenths, got, c.want)
		}
	}
}

func TestVOL8_AmountsAsPeopleWriteThem(t *testing.T) {
	for s, want := range map[string]int{
		"": 0, "12": 1200, "12,5": 1250, "12,50": 1250, "12.50": 1250, "€ 12,50": 1250, " €12 ": 1200, "0,05": 5, "007": 700,
		"-1": -1, "12,505": -1, "1.234,50": -1, "1,": -1, ",50": -1, "twaalf": -1, "12,5x": -1, "1e3": -1, "9999999": -1, "€": 0, "+5": -1, "１２": -1,
	} {
		got, ok := ParseCents(s)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("%q is %d cents, %v", s, got, ok)
		}
	}
}

func TestVOL8_WhatALineNeeds(t *testing.T) {
	whole := Entry{On: today, Kind: "travel", Km: 10}
	for name, c := range map[string]struct {
		change func(*Entry)
		wrong  []string
	}{
		"whole":                  {func(*Entry) {}, nil},
		"no day":                 {func(e *Entry) { e.On = core.Date{} }, []string{"held_on"}},
		"tomorrow":               {func(e *Entry) { e.On = today.AddDays(1) }, []string{"held_on"}},
		"a year ago":             {func(e *Entry) { e.On = core.MustDate("2025-11-14") }, nil},
		"a year and a day":       {func(e *Entry) { e.On = core.MustDate("2025-11-13") }, []string{"held_on"}},
		"unknown kind":           {func(e *Entry) { e.Kind = "gift" }, []string{"kind"}},
		"a whole day":            {func(e *Entry) { e.Minutes = 1440 }, nil},
		"more than a day":        {func(e *Entry) { e.Minutes = 1441 }, []string{"minutes"}},
		"less than no time":      {func(e *Entry) { e.Minutes = -1 }, []string{"minutes"}},
		"too far":                {func(e *Entry) { e.Km = 1501 }, []string{"km"}},
		"a thousand euros":       {func(e *Entry) { e.Cents, e.What = 100_000, "tent" }, nil},
		"a cent more":            {func(e *Entry) { e.Cents, e.What = 100_001, "tent" }, []string{"amount"}},
		"money for nothing":      {func(e *Entry) { e.Cents, e.What = 500, " " }, []string{"what"}},
		"nothing at all":         {func(e *Entry) { e.Km = 0 }, []string{"minutes"}},
		"several things at once": {func(e *Entry) { e.Kind, e.Km = "", -1 }, []string{"kind", "km"}},
	} {
		e := whole
		c.change(&e)
		var wrong []string
		if fail, is := core.AsFail(Check(e, today)); is {
			for _, f := range fail.All() {
				wrong = append(wrong, f.Field)
			}
		}
		if !slices.Equal(wrong, c.wrong) {
			t.Errorf("%s: wrong is %v", name, wrong)
		}
	}
}

func TestVOL8_WhatComesLateCountsInTheNextMonth(t *testing.T) {
	for name, c := range map[string]struct {
		on     string
		closed []Month
		want   string
	}{
		"nothing checked":                   {"2026-10-31", nil, "2026-10"},
		"its month was checked":             {"2026-10-31", []Month{m("2026-10")}, "2026-11"},
		"so was the next":                   {"2026-10-01", []Month{m("2026-11"), m("2026-10")}, "2026-12"},
		"another month was checked":         {"2026-10-01", []Month{m("2026-09")}, "2026-10"},
		"December was checked, over a year": {"2025-12-31", []Month{m("2025-12")}, "2026-01"},
	} {
		if got := CountsIn(core.MustDate(c.on), c.closed); got != m(c.want) {
			t.Errorf("%s: counts in %v", name, got)
		}
	}
}

func TestVOL8_RidesAreSettledOnce(t *testing.T) {
	oct, nov := m("2026-10"), m("2026-11")
	for name, c := range map[string]struct {
		visits, settled []Ride
		closed          []Month
		want            []Ride
	}{
		"of the month":            {[]Ride{{nov, 60, 10}}, nil, nil, []Ride{{nov, 60, 10}}},
		"none":                    {nil, nil, nil, nil},
		"a late report":           {[]Ride{{oct, 120, 30}, {nov, 60, 10}}, []Ride{{oct, 60, 10}}, []Month{oct}, []Ride{{oct, 60, 20}, {nov, 60, 10}}},
		"nothing late":            {[]Ride{{oct, 60, 10}}, []Ride{{oct, 60, 10}}, []Month{oct}, nil},
		"settled in two parts":    {[]Ride{{oct, 60, 30}}, []Ride{{oct, 30, 10}, {oct, 30, 20}}, []Month{oct}, nil},
		"not checked yet":         {[]Ride{{oct, 60, 10}}, nil, nil, nil},
		"erased since":            {nil, []Ride{{oct, 60, 10}}, []Month{oct}, nil},
		"a part was erased since": {[]Ride{{oct, 10, 5}}, []Ride{{oct, 60, 10}}, []Month{oct}, nil},
		"of a later month":        {[]Ride{{m("2026-12"), 60, 10}}, nil, []Month{m("2026-12")}, nil},
	} {
		if got := Rides(nov, c.visits, c.settled, c.closed); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestVOL8_AMonthAddsUpAndIsRoundedOnce(t *testing.T) {
	s := Total(Sheet{KmTenths: 235, Rides: []Ride{{m("2026-11"), 90, 1}}, Entries: []Entry{
		{Km: 1, Minutes: 30}, {Cents: 1250}, {Km: 99, Cents: 999, Minutes: 9, DeclinedBy: "Petra", Declined: "dubbel"}}})
	if s.Minutes != 120 || s.Km != 2 || s.KmCents != 47 || s.OwnCents != 1250 || s.Cents() != 1297 {
		t.Errorf("the month is %+v", s)
	}
}

func TestVOL8_WhoMayCheckWhatWhen(t *testing.T) {
	over := Sheet{Month: m("2026-10"), State: Noted, KmCents: 100}
	now := Sheet{Month: m("2026-11"), State: Noted, KmCents: 100}
	done, paid := over, over
	done.State, paid.State = Checked, Paid
	for name, c := range map[string]struct {
		s     Sheet
		own   bool
		seen  int
		today string
		says  string
	}{
		"the first day after":      {over, false, 100, "2026-11-01", ""},
		"the last day of it":       {over, false, 100, "2026-10-31", "expense_month_runs"},
		"while it runs":            {now, false, 100, "2026-11-14", "expense_month_runs"},
		"one's own":                {over, true, 100, "2026-11-14", "expense_own"},
		"twice":                    {done, false, 100, "2026-11-14", "expense_checked_already"},
		"once paid":                {paid, false, 100, "2026-11-14", "expense_checked_already"},
		"something came meanwhile": {over, false, 99, "2026-11-14", "expense_changed"},
	} {
		fail, _ := core.AsFail(MayCheck(c.s, c.own, c.seen, core.MustDate(c.today)))
		if got := message(fail); got != c.says {
			t.Errorf("%s: says %q", name, got)
		}
	}
}

func TestVOL8_WhatIsPaid(t *testing.T) {
	noted, checked, paid := Sheet{State: Noted, KmCents: 1}, Sheet{State: Checked, KmCents: 10, OwnCents: 5}, Sheet{State: Paid, KmCents: 100}
	for name, c := range map[string]struct {
		list []Sheet
		seen int
		says string
	}{
		"what was checked":  {[]Sheet{noted, checked, checked, paid}, 30, ""},
		"less than that":    {[]Sheet{checked, checked}, 15, "expense_changed"},
		"nothing is left":   {[]Sheet{noted, paid}, 0, "expense_nothing_to_pay"},
		"nothing is to pay": {[]Sheet{{State: Checked}}, 0, ""},
	} {
		fail, _ := core.AsFail(MayPay(c.list, c.seen))
		if got := message(fail); got != c.says {
			t.Errorf("%s: says %q", name, got)
		}
	}
	if cents, any := ToPay([]Sheet{noted, paid}); cents != 0 || any {
		t.Errorf("%d cents are to be paid of what nobody checked", cents)
	}
}

func message(f *core.Fail) string {
	if f == nil {
		return ""
	}
	return f.Message
}

func TestMonthsOfTheCalendar(t *testing.T) {
	for s, ok := range map[string]bool{"2026-11": true, "2026-13": false, "2026-1": false, "": false, "2026-11-01": false, "november": false} {
		if _, err := ParseMonth(s); (err == nil) != ok {
			t.Errorf("%q: %v", s, err)
		}
	}
	if m("2026-12").Next().String() != "2027-01" || m("2026-01").Before().String() != "2025-12" || MonthOf(today).String() != "2026-11" {
		t.Error("months do not follow each other")
	}
}
