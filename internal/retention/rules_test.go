package retention

import (
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
)

var usual = Terms{RejectedDays: 28, LeftMonths: 12, NotStartedMonths: 12, ClosedMonths: 24, NoticeDays: 30}

func day(s string) core.Date {
	if s == "" {
		return core.Date{}
	}
	return core.MustDate(s)
}

func TestPRV3_TheFirstDayOnWhichNothingIsKept(t *testing.T) {
	for name, tt := range map[string]struct {
		life Life
		want string
	}{
		"two years and the day after":    {Life{Kind: ClosedDossier, Ended: day("2024-03-10")}, "2026-03-11"},
		"a leap day ends on the 28th":    {Life{Kind: ClosedDossier, Ended: day("2024-02-29")}, "2026-03-01"},
		"a term that ends on a leap day": {Life{Kind: NotStarted, Ended: day("2027-02-28")}, "2028-02-29"},
		"never started: a year":          {Life{Kind: NotStarted, Ended: day("2025-12-31")}, "2027-01-01"},
		"a referral: a year":             {Life{Kind: DeclinedReferral, Ended: day("2025-11-24")}, "2026-11-25"},
		"rejected: four weeks":           {Life{Kind: RejectedVolunteer, Ended: day("2026-11-01")}, "2026-11-30"},
		"left: a year":                   {Life{Kind: LeftVolunteer, Ended: day("2026-01-31")}, "2027-02-01"},
		"still open":                     {Life{Kind: ClosedDossier}, ""},
		"opened again":                   {Life{Kind: ClosedDossier, Ended: day("2020-01-01"), Runs: true}, ""},
		"held without an end":            {Life{Kind: ClosedDossier, Ended: day("2020-01-01"), Held: true}, ""},
		"held until before its end":      {Life{Kind: ClosedDossier, Ended: day("2024-03-10"), HeldUntil: day("2026-03-09")}, "2026-03-11"},
		"held until the day it would go": {Life{Kind: ClosedDossier, Ended: day("2024-03-10"), HeldUntil: day("2026-03-11")}, "2026-03-12"},
		"held until long after":          {Life{Kind: ClosedDossier, Ended: day("2024-03-10"), HeldUntil: day("2029-01-01")}, "2029-01-02"},
	} {
		due, ok := Due(tt.life, usual)
		if got := due.String(); ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("%s: %s, want %q", name, got, tt.want)
		}
	}
}

func TestPRV3_NothingGoesUnannouncedOrHeld(t *testing.T) {
	closed := Life{Subject: Subject{authz.DossierRoot, 7}, Kind: ClosedDossier, Ended: day("2024-03-10")} // due on 2026-03-11
	told := func(on, until string) Life {
		l := closed
		l.Announced, l.For = day(on), day(until)
		return l
	}
	with := func(l Life, change func(*Life)) Life {
		change(&l)
		return l
	}
	long, short, quick := usual, usual, usual
	long.ClosedMonths, short.ClosedMonths, quick.NoticeDays = 36, 12, 14
	for name, tt := range map[string]struct {
		life  Life
		terms Terms
		today string
		want  Step
		on    string
	}{
		"31 days ahead":                           {closed, usual, "2026-02-08", Nothing, ""},
		"30 days ahead":                           {closed, usual, "2026-02-09", Announce, "2026-03-11"},
		"the job was late: 30 days from now":      {closed, usual, "2026-05-01", Announce, "2026-05-31"},
		"announced, the last day":                 {told("2026-02-09", "2026-03-11"), usual, "2026-03-10", Nothing, "2026-03-11"},
		"announced, the day":                      {told("2026-02-09", "2026-03-11"), usual, "2026-03-11", Erase, "2026-03-11"},
		"announced, weeks later":                  {told("2026-02-09", "2026-03-11"), usual, "2026-06-01", Erase, "2026-03-11"},
		"announced late, one day short":           {told("2026-05-01", "2026-05-31"), usual, "2026-05-30", Nothing, "2026-05-31"},
		"the term was shortened: announced first": {closed, short, "2025-06-01", Announce, "2025-07-01"},
		"shortened after it was announced":        {told("2026-02-09", "2026-03-11"), short, "2026-02-20", Nothing, "2026-03-11"},
		"lengthened after it was announced":       {told("2026-02-09", "2026-03-11"), long, "2026-02-20", Withdraw, ""},
		"a shorter notice does not come sooner":   {told("2026-02-20", "2026-03-22"), quick, "2026-03-12", Nothing, "2026-03-22"},
		"opened again after it was announced":     {with(told("2026-02-09", "2026-03-11"), func(l *Life) { l.Runs = true }), usual, "2026-03-11", Withdraw, ""},
		"held on the day":                         {with(told("2026-02-09", "2026-03-11"), func(l *Life) { l.Held = true }), usual, "2026-03-11", Withdraw, ""},
		"held until the day itself":               {with(told("2026-02-09", "2026-03-11"), func(l *Life) { l.HeldUntil = day("2026-03-11") }), usual, "2026-03-11", Announce, "2026-03-12"},
		"that hold is over":                       {with(told("2026-02-09", "2026-03-12"), func(l *Life) { l.HeldUntil = day("2026-03-11") }), usual, "2026-03-12", Erase, "2026-03-12"},
		"held for years":                          {with(told("2026-02-09", "2026-03-11"), func(l *Life) { l.HeldUntil = day("2028-01-01") }), usual, "2026-03-11", Withdraw, ""},
		"asked for and confirmed":                 {with(closed, func(l *Life) { l.Confirmed = true }), usual, "2024-03-12", Erase, "2024-03-12"},
		"confirmed, and opened again":             {with(closed, func(l *Life) { l.Confirmed, l.Runs = true, true }), usual, "2024-03-12", Nothing, ""},
		"confirmed, and held since":               {with(closed, func(l *Life) { l.Confirmed, l.Held = true, true }), usual, "2024-03-12", Nothing, ""},
		"confirmed, and held that day":            {with(closed, func(l *Life) { l.Confirmed, l.HeldUntil = true, day("2024-03-12") }), usual, "2024-03-12", Nothing, ""},
		"rejected: told two weeks ahead":          {Life{Kind: RejectedVolunteer, Ended: day("2026-11-01")}, usual, "2026-11-16", Announce, "2026-11-30"},
		"rejected: 15 days ahead":                 {Life{Kind: RejectedVolunteer, Ended: day("2026-11-01")}, usual, "2026-11-15", Nothing, ""},
	} {
		step, on, cleared := Decide(tt.life, tt.terms, day(tt.today))
		if step != tt.want || tt.on != "" && on != day(tt.on) {
			t.Errorf("%s: step %d on %s, want %d on %s", name, step, on, tt.want, tt.on)
		}
		if (cleared == Cleared{}) != (step != Erase) {
			t.Errorf("%s: proof %+v with step %d", name, cleared, step)
		}
	}
}

func TestPRV3_AHoldSaysWhy(t *testing.T) {
	today := day("2026-11-23")
	for name, tt := range map[string]struct {
		why, until string
		ok         bool
	}{
		"until it is lifted": {"a complaint runs", "", true}, "until today": {"x", "2026-11-23", true},
		"until yesterday": {"x", "2026-11-22", false}, "no reason": {"", "2027-01-01", false},
	} {
		if err := MayHold(tt.why, day(tt.until), today); (err == nil) != tt.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPRV4_EarlyErasingNeedsTwoPairsOfEyes(t *testing.T) {
	today := day("2026-11-23")
	over := Life{Kind: ClosedDossier, Ended: day("2026-11-01")}
	runs, held, until := over, over, over
	runs.Runs, held.Held, until.HeldUntil = true, true, today
	for name, tt := range map[string]struct {
		life        Life
		asked, by   core.AccountID
		why         string
		mayAsk, may bool
	}{
		"over, somebody else": {over, 1, 2, "the mother asks", true, true},
		"the same eyes":       {over, 1, 1, "the mother asks", true, false},
		"no reason":           {over, 1, 2, "", false, true},
		"something runs":      {runs, 1, 2, "x", false, false},
		"held":                {held, 1, 2, "x", false, false},
		"held until today":    {until, 1, 2, "x", false, false},
	} {
		if err := MayAsk(tt.life, tt.why, today); (err == nil) != tt.mayAsk {
			t.Errorf("%s: asking: %v", name, err)
		}
		if err := MayConfirm(tt.life, tt.asked, tt.by, today); (err == nil) != tt.may {
			t.Errorf("%s: confirming: %v", name, err)
		}
	}
}
