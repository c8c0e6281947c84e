package breach

import (
	"slices"
	"strings"
	"testing"
	"time"

	"maatje/internal/core"
)

func at(s string) core.Instant { return core.MustInstant(s) }

// local is a moment by the clock on the wall in the Netherlands.
func local(t *testing.T, s string) core.Instant {
	t.Helper()
	when, err := time.ParseInLocation("2006-01-02 15:04", s, core.Amsterdam)
	if err != nil {
		t.Fatal(err)
	}
	return core.At(when)
}

func TestPRV6_TheClockRunsFor72RealHours(t *testing.T) {
	for name, c := range map[string]struct {
		found, now string
		left       time.Duration
		stage      Stage
	}{
		"just found":                   {"2026-11-02 10:00", "2026-11-02 10:00", 72 * time.Hour, Calm},
		"25 hours left":                {"2026-11-02 10:00", "2026-11-04 09:00", 25 * time.Hour, Calm},
		"24 hours left":                {"2026-11-02 10:00", "2026-11-04 10:00", 24 * time.Hour, Soon},
		"71:59":                        {"2026-11-02 10:00", "2026-11-05 09:59", time.Minute, Soon},
		"72:00 is in time":             {"2026-11-02 10:00", "2026-11-05 10:00", 0, Soon},
		"72:01":                        {"2026-11-02 10:00", "2026-11-05 10:01", -time.Minute, Late},
		"the night of 25 hours":        {"2026-10-24 10:00", "2026-10-27 09:00", 0, Soon},
		"and a minute after it":        {"2026-10-24 10:00", "2026-10-27 09:01", -time.Minute, Late},
		"the night of 23 hours":        {"2027-03-27 10:00", "2027-03-30 11:00", 0, Soon},
		"not late yet at the old hour": {"2027-03-27 10:00", "2027-03-30 10:01", 59 * time.Minute, Soon},
		"over the turn of the year":    {"2026-12-30 23:30", "2027-01-02 23:30", 0, Soon},
	} {
		t.Run(name, func(t *testing.T) {
			b, now := Breach{Discovered: local(t, c.found)}, local(t, c.now)
			if left, stage := b.Left(now), b.At(now); left != c.left || stage != c.stage {
				t.Errorf("%s left, %q; want %s, %q", left, stage, c.left, c.stage)
			}
		})
	}
	b := Breach{Discovered: at("2026-11-02T10:00:00.000Z"), Authority: No}
	if b.At(at("2026-12-01T00:00:00.000Z")) != Decided {
		t.Error("the clock runs on after the decision")
	}
	if b.ClosedAt = at("2026-11-03T10:00:00.000Z"); b.At(at("2026-12-01T00:00:00.000Z")) != Done {
		t.Error("closed is closed")
	}
}

var allKinds = []string{"lost_device", "other"}

const found, now = "2026-11-02T10:00:00.000Z", "2026-11-10T10:00:00.000Z"

// good is an entry with both decisions, in time.
func good() Breach {
	return Breach{Kind: "other", Discovered: at(found), Authority: Yes, AuthorityAt: at("2026-11-05T10:00:00.000Z"), Told: Yes, ToldOn: core.MustDate("2026-11-03"),
		Words: Words{Happened: "x", Whose: "x", Consequences: "x", Measures: "x", Number: "x"}}
}

func refusals(err error) []string {
	f, ok := core.AsFail(err)
	if !ok {
		return nil
	}
	var out []string
	for _, one := range f.All() {
		out = append(out, strings.TrimPrefix(one.Message, "breach_"))
	}
	slices.Sort(out)
	return out
}

func TestPRV6_WhatTheRegisterTakes(t *testing.T) {
	for name, c := range map[string]struct {
		put  func(*Breach)
		want []string
	}{
		"all of it":                    {func(*Breach) {}, nil},
		"nothing decided yet":          {func(b *Breach) { b.Authority, b.Told = Undecided, Undecided }, nil},
		"no kind, nothing told":        {func(b *Breach) { b.Kind, b.Words.Happened = "", " " }, []string{"happened_missing", "kind_missing"}},
		"an unknown kind":              {func(b *Breach) { b.Kind = "fire" }, []string{"kind_missing"}},
		"found: when":                  {func(b *Breach) { b.Discovered = core.Instant{} }, []string{"found_missing", "why_late"}},
		"found: this minute":           {func(b *Breach) { b.Discovered, b.Authority, b.Told = at(now), "", "" }, nil},
		"found: in a minute":           {func(b *Breach) { b.Discovered, b.Authority, b.Told = at(now).Add(time.Minute), "", "" }, []string{"found_in_future"}},
		"found: in another century":    {func(b *Breach) { b.Discovered, b.Authority, b.Told = at("1926-11-02T10:00:00.000Z"), "", "" }, []string{"found_long_ago"}},
		"less than nobody":             {func(b *Breach) { b.People = -1 }, []string{"people_odd"}},
		"half the country":             {func(b *Breach) { b.People = 9_000_000 }, []string{"people_odd"}},
		"reported: when":               {func(b *Breach) { b.AuthorityAt = core.Instant{} }, []string{"authority_when"}},
		"reported: after 71:59":        {func(b *Breach) { b.AuthorityAt = at(found).Add(72*time.Hour - time.Minute) }, nil},
		"reported: after 72:00":        {func(b *Breach) { b.AuthorityAt = at(found).Add(72 * time.Hour) }, nil},
		"reported: after 72:01":        {func(b *Breach) { b.AuthorityAt = at(found).Add(72*time.Hour + time.Minute) }, []string{"why_late"}},
		"late, with why":               {func(b *Breach) { b.AuthorityAt, b.Words.WhyLate = at(now), "ill" }, nil},
		"reported: tomorrow":           {func(b *Breach) { b.AuthorityAt, b.Words.WhyLate = at(now).Add(24*time.Hour), "x" }, []string{"authority_in_future"}},
		"reported: before it happened": {func(b *Breach) { b.AuthorityAt = at(found).Add(-time.Minute) }, []string{"authority_before"}},
		"reported: no number":          {func(b *Breach) { b.Words.Number = "" }, []string{"number_missing"}},
		"not reported, no reason":      {func(b *Breach) { b.Authority = No }, []string{"why_no_report"}},
		"not reported, with why":       {func(b *Breach) { b.Authority, b.Words.WhyNoReport = No, "the phone was locked" }, nil},
		"told: when":                   {func(b *Breach) { b.ToldOn = core.Date{} }, []string{"told_when"}},
		"told: tomorrow":               {func(b *Breach) { b.ToldOn = core.MustDate("2026-11-11") }, []string{"told_in_future"}},
		"told: the day before":         {func(b *Breach) { b.ToldOn = core.MustDate("2026-11-01") }, []string{"told_before"}},
		"not told, no reason":          {func(b *Breach) { b.Told = No }, []string{"why_untold"}},
		"odd answers":                  {func(b *Breach) { b.Authority, b.Told = "maybe", "maybe" }, []string{"answer_odd", "answer_odd"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := good()
			c.put(&b)
			if got := refusals(checkRecord(b, allKinds, at(now))); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

func TestPRV6_NothingIsClosedWithoutBothDecisions(t *testing.T) {
	for name, c := range map[string]struct {
		put  func(*Breach)
		want []string
	}{
		"all there":     {func(*Breach) {}, nil},
		"authority":     {func(b *Breach) { b.Authority = Undecided }, []string{"close_authority"}},
		"the people":    {func(b *Breach) { b.Told = Undecided }, []string{"close_told"}},
		"not to either": {func(b *Breach) { b.Authority, b.Told = No, No }, nil},
		"whose data":    {func(b *Breach) { b.Words.Whose = "" }, []string{"close_whose"}},
		"what it means": {func(b *Breach) { b.Words.Consequences = "" }, []string{"close_consequences"}},
		"what was done": {func(b *Breach) { b.Words.Measures = " \n" }, []string{"close_measures"}},
		"a report and no more": {func(b *Breach) { *b = Breach{Kind: "other", Discovered: at(found), Words: Words{Happened: "x"}} },
			[]string{"close_authority", "close_consequences", "close_measures", "close_told", "close_whose"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := good()
			c.put(&b)
			err := checkClose(b)
			if got := refusals(err); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
			if f, ok := core.AsFail(err); ok && f.Rule != "PRV-6" {
				t.Error("the refusal does not name its rule")
			}
		})
	}
}

func TestPRV6_AReportNeedsWhatAndWhen(t *testing.T) {
	b := Breach{Kind: "lost_device", Discovered: at(now), Words: Words{Happened: "my phone"}}
	if err := checkReport(b, allKinds, at(now)); err != nil {
		t.Error(err)
	}
	if got := refusals(checkReport(Breach{}, allKinds, at(now))); !slices.Equal(got, []string{"found_missing", "happened_missing", "kind_missing"}) {
		t.Error(got)
	}
	b.Discovered = at(now).Add(time.Second)
	if got := refusals(checkReport(b, allKinds, at(now))); !slices.Equal(got, []string{"found_in_future"}) {
		t.Error(got)
	}
}
