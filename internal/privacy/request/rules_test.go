package request

import (
	"slices"
	"strings"
	"testing"

	"maatje/internal/core"
)

func day(s string) core.Date {
	if s == "" {
		return core.Date{}
	}
	return core.MustDate(s)
}

func TestPRV4_AnAnswerWithinAMonth(t *testing.T) {
	for name, c := range map[string]struct {
		received, extended, today, due string
		late                           bool
	}{
		"on the day itself":             {"2026-10-23", "", "2026-10-23", "2026-11-23", false},
		"the last day":                  {"2026-10-23", "", "2026-11-23", "2026-11-23", false},
		"the day after":                 {"2026-10-23", "", "2026-11-24", "2026-11-23", true},
		"asked on 31 January":           {"2027-01-31", "", "2027-02-28", "2027-02-28", false},
		"and in a leap year":            {"2028-01-31", "", "2028-03-01", "2028-02-29", true},
		"over the turn of the year":     {"2026-12-31", "", "2027-01-31", "2027-01-31", false},
		"prolonged: the day after":      {"2026-10-23", "2026-11-20", "2026-11-24", "2027-01-23", false},
		"prolonged: the last day":       {"2026-10-23", "2026-11-20", "2027-01-23", "2027-01-23", false},
		"prolonged: the day after that": {"2026-10-23", "2026-11-20", "2027-01-24", "2027-01-23", true},
		"prolonged from 30 November":    {"2026-11-30", "2026-12-01", "2027-02-28", "2027-02-28", false},
	} {
		t.Run(name, func(t *testing.T) {
			r := Request{Received: day(c.received), ExtendedOn: day(c.extended)}
			if due, late := r.Due(), r.IsLate(day(c.today)); due != day(c.due) || late != c.late {
				t.Errorf("due %s, late %v; want %s, %v", due, late, c.due, c.late)
			}
			if r.Outcome = Refused; r.IsLate(day(c.today)) {
				t.Error("what was answered is late")
			}
		})
	}
}

func refusals(err error) []string {
	f, ok := core.AsFail(err)
	if !ok {
		return nil
	}
	var out []string
	for _, one := range f.All() {
		out = append(out, strings.TrimPrefix(one.Message, "request_"))
	}
	slices.Sort(out)
	return out
}

var testCodes = codes{[]string{"access", "correction", "erasure", "objection"}, []string{"talk"}, []string{"known"}}

func TestPRV4_WhatTheRegisterTakes(t *testing.T) {
	for name, c := range map[string]struct {
		put  func(*Request)
		want []string
	}{
		"all of it":              {func(*Request) {}, nil},
		"nothing":                {func(r *Request) { *r = Request{} }, []string{"about_missing", "asker_missing", "how_missing", "kind_missing", "received_missing"}},
		"by an organisation":     {func(r *Request) { r.Asker, r.AskerName = 0, "Bureau Voogd" }, nil},
		"an unknown kind":        {func(r *Request) { r.Kind = "sale" }, []string{"kind_missing"}},
		"asked today":            {func(r *Request) { r.Received = day("2026-11-23") }, nil},
		"asked tomorrow":         {func(r *Request) { r.Received = day("2026-11-24") }, []string{"received_in_future"}},
		"asked a year ago":       {func(r *Request) { r.Received = day("2025-11-23") }, nil},
		"asked longer ago":       {func(r *Request) { r.Received = day("2025-11-22") }, []string{"received_long_ago"}},
		"made sure in some way":  {func(r *Request) { r.Checked = "by their eyes" }, []string{"checked_odd"}},
		"a correction":           {func(r *Request) { r.Kind, r.Asked, r.Should = Correction, "birth", "1 March" }, nil},
		"a correction of what":   {func(r *Request) { r.Kind, r.Should = Correction, "1 March" }, []string{"which_missing"}},
		"a correction into what": {func(r *Request) { r.Kind, r.Asked = Correction, "birth" }, []string{"should_missing"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := Request{Kind: Access, About: 1, Asker: 1, Received: day("2026-11-01"), How: "talk"}
			c.put(&r)
			if got := refusals(checkNew(r, testCodes, day("2026-11-23"))); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

func TestPRV4_ProlongedOnceWithinTheFirstMonth(t *testing.T) {
	r := Request{Received: day("2026-10-23")}
	for name, c := range map[string]struct {
		r          Request
		why, today string
		want       []string
	}{
		"on the last day":     {r, "much", "2026-11-23", nil},
		"a day later":         {r, "much", "2026-11-24", []string{"extend_late"}},
		"no reason":           {r, " ", "2026-11-01", []string{"why_longer"}},
		"a second time":       {Request{Received: r.Received, ExtendedOn: day("2026-11-01")}, "much", "2026-11-20", []string{"is_extended"}},
		"answered long since": {Request{Received: r.Received, Outcome: Done}, "much", "2026-11-20", []string{"is_ended"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := refusals(checkExtend(c.r, c.why, day(c.today))); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

func TestPRV4_WhatAnAnswerNeeds(t *testing.T) {
	made := core.MustInstant("2026-11-02T10:00:00.000Z")
	for name, c := range map[string]struct {
		put    func(*Request)
		shared bool
		want   []string
	}{
		"handed over":                          {func(*Request) {}, false, nil},
		"no package made":                      {func(r *Request) { r.MadeAt = core.Instant{} }, false, []string{"not_made"}},
		"not said how":                         {func(r *Request) { r.Answer = "" }, false, []string{"handed_how"}},
		"refused with a reason":                {func(r *Request) { r.Outcome, r.MadeAt = Refused, core.Instant{} }, false, nil},
		"refused without":                      {func(r *Request) { r.Outcome, r.Answer = Refused, "" }, false, []string{"why_refused"}},
		"nothing chosen":                       {func(r *Request) { r.Outcome = Open }, false, []string{"outcome_missing"}},
		"on the day of asking":                 {func(r *Request) { r.EndedOn = r.Received }, false, nil},
		"before it was asked":                  {func(r *Request) { r.EndedOn = day("2026-10-31") }, false, []string{"ended_before"}},
		"tomorrow":                             {func(r *Request) { r.EndedOn = day("2026-11-24") }, false, []string{"ended_in_future"}},
		"no day":                               {func(r *Request) { r.EndedOn = core.Date{} }, false, []string{"ended_missing"}},
		"corrected, nobody had it":             {func(r *Request) { r.Kind, r.Answer = Correction, "" }, false, nil},
		"corrected, somebody had it":           {func(r *Request) { r.Kind = Correction }, true, []string{"recipients"}},
		"corrected, and they heard":            {func(r *Request) { r.Kind, r.Recipients = Correction, "the school, by telephone" }, true, nil},
		"erased, somebody had it":              {func(r *Request) { r.Kind = Erasure }, true, []string{"recipients"}},
		"a correction refused: nobody to tell": {func(r *Request) { r.Kind, r.Outcome = Correction, Refused }, true, nil},
		"an objection":                         {func(r *Request) { r.Kind = Objection }, true, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := Request{Kind: Access, Received: day("2026-11-01"), Outcome: Done, EndedOn: day("2026-11-23"), MadeAt: made, Words: Words{Answer: "by hand"}}
			c.put(&r)
			if got := refusals(checkEnd(r, c.shared, day("2026-11-23"))); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}
