package expense

import (
	"slices"
	"strconv"
	"strings"

	"maatje/internal/core"
)

const (
	mostMinutes = 24 * 60
	mostKm      = 1500
	mostCents   = 100_000 // a thousand euros for one thing: more is a slip of the comma
	longAgo     = 12      // months back in which something can still be noted
)

// KmCents applies VOL-8: kilometres at a rate in tenths of a cent, to whole cents, halves up.
func KmCents(km, tenths int) int { return (km*tenths + 5) / 10 }

// ParseCents reads an amount in euros as people write it: 12, 12,5, 12,50, 12.50, € 12,50. Nothing is no money. What is below nought, or
// has more than two decimals, is no amount.
func ParseCents(s string) (cents int, ok bool) {
	s = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(s), "€"))
	if s == "" {
		return 0, true
	}
	whole, part, has := strings.Cut(strings.Replace(s, ".", ",", 1), ",")
	if !digits(whole, 6) || has && !digits(part, 2) {
		return 0, false
	}
	euros, _ := strconv.Atoi(whole)
	rest, _ := strconv.Atoi((part + "00")[:2])
	return 100*euros + rest, true
}

// digits says that a text is one or more digits, and at most so many.
func digits(s string, most int) bool {
	return s != "" && len(s) <= most && strings.Trim(s, "0123456789") == ""
}

// Check applies VOL-8 to what somebody notes: when, what, and at least one of time, way and money.
func Check(e Entry, today core.Date) error {
	var f []*core.Fail
	when := func(wrong bool, field, message string, values ...any) {
		if wrong {
			f = append(f, core.Invalid(field, message, values...))
		}
	}
	when(e.On.IsZero(), "held_on", "expense_when_missing")
	when(e.On.After(today), "held_on", "expense_in_future")
	when(!e.On.IsZero() && e.On.Before(today.AddMonths(-longAgo)), "held_on", "expense_long_ago")
	when(!slices.Contains(Kinds, e.Kind), "kind", "expense_kind_missing")
	when(e.Minutes < 0 || e.Minutes > mostMinutes, "minutes", "expense_minutes", mostMinutes)
	when(e.Km < 0 || e.Km > mostKm, "km", "expense_km", mostKm)
	when(e.Cents < 0 || e.Cents > mostCents, "amount", "expense_amount_much", mostCents/100)
	when(e.Cents > 0 && strings.TrimSpace(e.What) == "", "what", "expense_what_missing")
	when(e.Minutes == 0 && e.Km == 0 && e.Cents == 0, "minutes", "expense_nothing")
	return core.Join(f...)
}

// CountsIn applies VOL-8: something counts in the month of its day; once that was checked, in the first one after it that was not.
func CountsIn(on core.Date, closed []Month) Month {
	m := MonthOf(on)
	for slices.Contains(closed, m) {
		m = m.Next()
	}
	return m
}

// Rides applies VOL-8: what visits bring to a month that is checked now. Visits is what is reported of each month by now, settled what
// was counted of each before. A report that came after its month was checked counts in this one; what is no longer there, because a
// family's data were erased, is not asked back.
func Rides(m Month, visits, settled []Ride, closed []Month) (out []Ride) {
	for _, v := range visits {
		if v.Of != m && (!slices.Contains(closed, v.Of) || v.Of.After(m)) {
			continue
		}
		for _, s := range settled {
			if s.Of == v.Of {
				v.Minutes, v.Km = v.Minutes-s.Minutes, v.Km-s.Km
			}
		}
		v.Minutes, v.Km = max(v.Minutes, 0), max(v.Km, 0)
		if v.Minutes > 0 || v.Km > 0 {
			out = append(out, v)
		}
	}
	return out
}

// Total adds a month up (VOL-8): kilometres are paid together, so that they are rounded once.
func Total(s Sheet) Sheet {
	s.Minutes, s.Km, s.OwnCents = 0, 0, 0
	for _, r := range s.Rides {
		s.Minutes, s.Km = s.Minutes+r.Minutes, s.Km+r.Km
	}
	for _, e := range s.Entries {
		if e.Counts() {
			s.Minutes, s.Km, s.OwnCents = s.Minutes+e.Minutes, s.Km+e.Km, s.OwnCents+e.Cents
		}
	}
	s.KmCents = KmCents(s.Km, s.KmTenths)
	return s
}

// MayCheck applies VOL-8: a month is checked once, when it is over, and by somebody else than whose it is. Seen is the amount that the
// screen showed: when something came meanwhile, nothing is checked.
func MayCheck(s Sheet, own bool, seen int, today core.Date) error {
	switch {
	case own:
		return core.Refuse("VOL-8", "expense_own")
	case s.State != Noted:
		return core.Conflict("expense_checked_already")
	case !MonthOf(today).After(s.Month):
		return core.Refuse("VOL-8", "expense_month_runs")
	case s.Cents() != seen:
		return core.Conflict("expense_changed")
	}
	return nil
}

// MayPay applies VOL-8: there is something to pay, and it is what the screen showed.
func MayPay(list []Sheet, seen int) error {
	total, any := ToPay(list)
	switch {
	case !any:
		return core.Conflict("expense_nothing_to_pay")
	case total != seen:
		return core.Conflict("expense_changed")
	}
	return nil
}

// ToPay adds up what was checked and not paid yet.
func ToPay(list []Sheet) (cents int, any bool) {
	for _, s := range list {
		if s.State == Checked {
			cents, any = cents+s.Cents(), true
		}
	}
	return cents, any
}
