package core

import "time"

// AddWorkdays moves n workdays ahead: Monday to Friday, without the public holidays. A promise to answer within five
// working days is a promise to a family, so it is counted as Dutch law counts its own terms.
func (d Date) AddWorkdays(n int) Date {
	for n > 0 {
		if d = d.AddDays(1); d.isWorkday() {
			n--
		}
	}
	return d
}

func (d Date) isWorkday() bool {
	w := d.Time().Weekday()
	return w != time.Saturday && w != time.Sunday && !d.IsHoliday()
}

// IsHoliday says whether d is a public holiday of the Netherlands: New Year's Day, Good Friday, Easter Monday, King's
// Day, Liberation Day, Ascension Day, Whit Monday and both days of Christmas, with Easter and Whitsun themselves. These are
// the days of article 3 of the Algemene termijnenwet, which counts 5 May every year and takes Good Friday for a holiday; a
// five-yearly day off is between an employer and its people. Days that a royal decree adds for one year are not known here.
func (d Date) IsHoliday() bool {
	switch easter := Easter(d.Year()); d {
	case easter.AddDays(-2), easter, easter.AddDays(1), easter.AddDays(39), easter.AddDays(49), easter.AddDays(50):
		return true
	}
	switch d {
	case NewDate(d.Year(), time.January, 1), kingsDay(d.Year()), NewDate(d.Year(), time.May, 5),
		NewDate(d.Year(), time.December, 25), NewDate(d.Year(), time.December, 26):
		return true
	}
	return false
}

// kingsDay is 27 April since 2014, and was 30 April until then; where that is a Sunday, the Saturday before.
func kingsDay(year int) Date {
	day := NewDate(year, time.April, 27)
	if year < 2014 {
		day = NewDate(year, time.April, 30)
	}
	if day.Time().Weekday() == time.Sunday {
		return day.AddDays(-1)
	}
	return day
}

// Easter is the Sunday after the first full moon of spring, as the Gregorian calendar reckons it (the rule of
// Meeus, Jones and Butcher: Meeus, Astronomical Algorithms, ch. 8).
func Easter(year int) Date {
	golden, century, rest := year%19, year/100, year%100
	moon := (19*golden + century - century/4 - (century-(century+8)/25+1)/3 + 15) % 30
	sunday := (32 + 2*(century%4) + 2*(rest/4) - moon - rest%4) % 7
	late := (golden + 11*moon + 22*sunday) / 451
	n := moon + sunday - 7*late + 114
	return NewDate(year, time.Month(n/31), n%31+1)
}
