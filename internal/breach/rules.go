package breach

import (
	"slices"
	"strings"
	"time"

	"maatje/internal/core"
)

const (
	window  = 72 * time.Hour // within which the authority hears of it (AVG art. 33)
	nearing = 24 * time.Hour // left, from where on it is said again
	longAgo = 10             // years back in which nothing is discovered: a mistyped year
	crowd   = 1_000_000      // more people than any programme knows
)

// Deadline applies PRV-6: 72 hours by the clock on the wall of nobody, so that a night of 23 or 25 hours takes nothing off
// and gives nothing.
func (b Breach) Deadline() core.Instant { return b.Discovered.Add(window) }

// Left is how much of the 72 hours is left; below zero it is over.
func (b Breach) Left(now core.Instant) time.Duration { return b.Deadline().Sub(now) }

// Stage is where the clock of 72 hours stands.
type Stage string

const (
	Calm    Stage = ""        // there is time
	Soon    Stage = "soon"    // at most 24 hours are left
	Late    Stage = "late"    // the 72 hours are over
	Decided Stage = "decided" // the authority heard, or need not: the clock stands still
	Done    Stage = "closed"
)

// At is the stage on that instant (PRV-6). Exactly 72 hours is in time.
func (b Breach) At(now core.Instant) Stage {
	switch left := b.Left(now); {
	case b.IsClosed():
		return Done
	case b.Authority != Undecided:
		return Decided
	case left < 0:
		return Late
	case left <= nearing:
		return Soon
	}
	return Calm
}

// WasLate says that the authority heard after the 72 hours.
func (b Breach) WasLate() bool { return b.Authority == Yes && b.AuthorityAt.After(b.Deadline()) }

// checkReport applies PRV-6 to what somebody says went wrong: what, and when it was found out.
func checkReport(b Breach, kinds []string, now core.Instant) error {
	return core.Join(append(checkFound(b, now), checkWhat(b, kinds)...)...)
}

func checkWhat(b Breach, kinds []string) (f []*core.Fail) {
	if !slices.Contains(kinds, b.Kind) {
		f = append(f, core.Invalid("kind", "breach_kind_missing"))
	}
	if empty(b.Words.Happened) {
		f = append(f, core.Invalid("happened", "breach_happened_missing"))
	}
	return f
}

func checkFound(b Breach, now core.Instant) (f []*core.Fail) {
	switch {
	case b.Discovered.IsZero():
		f = append(f, core.Invalid("found_on", "breach_found_missing"))
	case b.Discovered.After(now):
		f = append(f, core.Invalid("found_on", "breach_found_in_future"))
	case b.Discovered.Date().Before(now.Date().AddMonths(-12 * longAgo)):
		f = append(f, core.Invalid("found_on", "breach_found_long_ago", longAgo))
	}
	return f
}

// checkRecord applies PRV-6 to what the register is to say. What is not decided yet may stay open; what is decided has its
// date or its reason, and what the authority heard too late has why.
func checkRecord(b Breach, kinds []string, now core.Instant) error {
	f := append(checkFound(b, now), checkWhat(b, kinds)...)
	if b.People < 0 || b.People > crowd {
		f = append(f, core.Invalid("people", "breach_people_odd"))
	}
	return core.Join(append(append(f, checkAuthority(b, now)...), checkTold(b, now)...)...)
}

func checkAuthority(b Breach, now core.Instant) (f []*core.Fail) {
	when := func(wrong bool, field, message string) {
		if wrong {
			f = append(f, core.Invalid(field, message))
		}
	}
	switch b.Authority {
	case Undecided:
	case Yes:
		when(b.AuthorityAt.IsZero(), "authority_on", "breach_authority_when")
		when(b.AuthorityAt.After(now), "authority_on", "breach_authority_in_future")
		when(!b.AuthorityAt.IsZero() && b.AuthorityAt.Before(b.Discovered), "authority_on", "breach_authority_before")
		when(empty(b.Words.Number), "number", "breach_number_missing")
		when(b.WasLate() && empty(b.Words.WhyLate), "why_late", "breach_why_late")
	case No:
		when(empty(b.Words.WhyNoReport), "why_no", "breach_why_no_report")
	default:
		when(true, "authority", "breach_answer_odd")
	}
	return f
}

func checkTold(b Breach, now core.Instant) (f []*core.Fail) {
	when := func(wrong bool, field, message string) {
		if wrong {
			f = append(f, core.Invalid(field, message))
		}
	}
	switch b.Told {
	case Undecided:
	case Yes:
		when(b.ToldOn.IsZero(), "told_on", "breach_told_when")
		when(b.ToldOn.After(now.Date()), "told_on", "breach_told_in_future")
		when(!b.ToldOn.IsZero() && b.ToldOn.Before(b.Discovered.Date()), "told_on", "breach_told_before")
	case No:
		when(empty(b.Words.WhyNotTold), "why_untold", "breach_why_untold")
	default:
		when(true, "told", "breach_answer_odd")
	}
	return f
}

// checkClose applies PRV-6: nothing is closed without both decisions and the facts that the register must hold.
func checkClose(b Breach) error {
	var f []*core.Fail
	when := func(wrong bool, message string) {
		if wrong {
			f = append(f, core.Refuse("PRV-6", message))
		}
	}
	when(b.Authority == Undecided, "breach_close_authority")
	when(b.Told == Undecided, "breach_close_told")
	when(empty(b.Words.Whose), "breach_close_whose")
	when(empty(b.Words.Consequences), "breach_close_consequences")
	when(empty(b.Words.Measures), "breach_close_measures")
	return core.Join(f...)
}

// changed names the fields in which two versions of an entry differ, in the order of the form.
func changed(old, now Breach) (fields []string) {
	for _, c := range []struct {
		field     string
		different bool
	}{
		{"kind", old.Kind != now.Kind},
		{"found", old.Discovered != now.Discovered},
		{"happened", old.Words.Happened != now.Words.Happened},
		{"whose", old.Words.Whose != now.Words.Whose},
		{"people", old.People != now.People},
		{"consequences", old.Words.Consequences != now.Words.Consequences},
		{"measures", old.Words.Measures != now.Words.Measures},
		{"authority", old.Authority != now.Authority || old.AuthorityAt != now.AuthorityAt || old.Words.Number != now.Words.Number},
		{"why_no", old.Words.WhyNoReport != now.Words.WhyNoReport},
		{"why_late", old.Words.WhyLate != now.Words.WhyLate},
		{"told", old.Told != now.Told || old.ToldOn != now.ToldOn},
		{"why_untold", old.Words.WhyNotTold != now.Words.WhyNotTold},
		{"closed", old.IsClosed() != now.IsClosed()},
	} {
		if c.different {
			fields = append(fields, c.field)
		}
	}
	return fields
}

func empty(s string) bool { return strings.TrimSpace(s) == "" }
