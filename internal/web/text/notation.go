package text

import (
	"math"
	"strconv"
	"strings"

	"maatje/internal/core"
)

// Date writes "14 november 2026"; nothing for a date that is not known.
func (l Lang) Date(d core.Date) string {
	if d.IsZero() {
		return ""
	}
	return strconv.Itoa(d.Day()) + " " + l.Month(strconv.Itoa(int(d.Month()))) + " " + strconv.Itoa(d.Year())
}

// DateShort writes "14 nov 2026".
func (l Lang) DateShort(d core.Date) string {
	if d.IsZero() {
		return ""
	}
	return strconv.Itoa(d.Day()) + " " + l.MonthShort(strconv.Itoa(int(d.Month()))) + " " + strconv.Itoa(d.Year())
}

// Weekday writes "zaterdag".
func (l Lang) Weekday(d core.Date) string {
	if d.IsZero() {
		return ""
	}
	return l.DayOfWeek(strconv.Itoa(int(d.Time().Weekday())))
}

// Day says how far the date lies from today: "vandaag", "over 3 dagen", and the date itself from two weeks on.
func (l Lang) Day(d, today core.Date) string {
	if d.IsZero() {
		return ""
	}
	switch n := today.DaysUntil(d); {
	case n == 0:
		return l.DayToday()
	case n == 1:
		return l.DayTomorrow()
	case n == -1:
		return l.DayYesterday()
	case n > 1 && n < 14:
		return l.DayIn(n)
	case n < -1 && n > -14:
		return l.DayAgo(-n)
	}
	return l.Date(d)
}

// Time writes "14:03", as clocks in the Netherlands stand.
func (l Lang) Time(i core.Instant) string {
	if i.IsZero() {
		return ""
	}
	return i.In(core.Amsterdam).Format("15:04")
}

// DateTime writes "14 november 2026, 14:03", as clocks in the Netherlands stand.
func (l Lang) DateTime(i core.Instant) string {
	if i.IsZero() {
		return ""
	}
	return l.Date(i.Date()) + ", " + l.Time(i)
}

// Number writes 12345 as "12.345", in English as "12,345".
func (l Lang) Number(n int) string { return l.localize(strconv.Itoa(n)) }

// Decimal writes 88.1 with so many digits as "88,1", in English as "88.1"; a figure that does not exist as a dash.
func (l Lang) Decimal(x float64, digits int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "–"
	}
	return l.localize(strconv.FormatFloat(x, 'f', digits, 64))
}

// Percent writes 88.1 as "88,1 %", in English as "88.1%". The argument is in percent, not a fraction.
func (l Lang) Percent(x float64) string {
	if l == EN {
		return l.Decimal(x, 1) + "%"
	}
	return l.Decimal(x, 1) + " %"
}

// localize gives a plain decimal the reader's marks: a point every three digits and a comma before the fraction in
// Dutch, the other way round in English.
func (l Lang) localize(plain string) string {
	group, point := ".", ","
	if l == EN {
		group, point = ",", "."
	}
	sign := ""
	if strings.HasPrefix(plain, "-") {
		sign, plain = "-", plain[1:]
	}
	whole, fraction, broken := strings.Cut(plain, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + group + whole[i:]
	}
	if broken {
		whole += point + fraction
	}
	return sign + whole
}
