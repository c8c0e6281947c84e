package gedcom

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"maatje/internal/kin"
)

// months are GEDCOM's, and those that Dutch programs write.
var months = map[string]int{
	"JAN": 1, "FEB": 2, "MAR": 3, "APR": 4, "MAY": 5, "JUN": 6, "JUL": 7, "AUG": 8, "SEP": 9, "OCT": 10, "NOV": 11, "DEC": 12,
	"MRT": 3, "MEI": 5, "OKT": 10,
}

var monthNames = []string{"", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"}

// abouts are the words before a date that make it about that date.
var abouts = []string{"ABT", "ABT.", "ABOUT", "CA", "CA.", "CAL", "EST", "BEF", "BEFORE", "AFT", "AFTER", "INT", "CIRCA"}

var (
	numbers = regexp.MustCompile(`^(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})$`)
	unknown = []string{"", "?", "UNKNOWN", "ONBEKEND", "-"}
)

// span is from when until when; of a single date until is the zero When.
type span struct{ from, until kin.When }

// dateIn is the first day in the part's line DATE, as exact as it stands there.
func (t *Told) dateIn(p *part) kin.When { return t.spanIn(p).from }

// spanIn reads the part's line DATE.
func (t *Told) spanIn(p *part) span {
	d := p.first("DATE")
	if d.tag == "" {
		return span{}
	}
	s, why := parseSpan(d.text())
	if why != "" {
		t.miss(d.n, why, d.text())
	}
	return s
}

// parseSpan reads a date of GEDCOM: a day, a period, a range, about, before or after. What kin.When cannot say becomes about that
// year, or not known, with the reason.
func parseSpan(text string) (span, Why) {
	s := strings.ToUpper(strings.TrimSpace(text))
	if rest, ok := strings.CutPrefix(s, "@#DGREGORIAN@"); ok {
		s = strings.TrimSpace(rest)
	}
	s = strings.TrimPrefix(s, "GREGORIAN ")
	if strings.Contains(s, "@#D") || strings.HasPrefix(s, "JULIAN ") || strings.HasPrefix(s, "HEBREW ") || strings.HasPrefix(s, "FRENCH_R ") {
		return span{}, OtherCalendar
	}
	if slices.Contains(unknown, s) {
		return span{}, ""
	}
	if rest, ok := strings.CutPrefix(s, "FROM "); ok {
		return period(rest)
	}
	if rest, ok := strings.CutPrefix(s, "TO "); ok {
		w, why := parseDate(rest)
		return span{until: w}, why
	}
	for _, word := range []string{"BET ", "BTW ", "BETWEEN "} {
		if rest, ok := strings.CutPrefix(s, word); ok {
			return between(rest)
		}
	}
	w, why := parseDate(s)
	return span{from: w}, why
}

func period(s string) (span, Why) {
	from, until, both := strings.Cut(s, " TO ")
	a, why := parseDate(from)
	if !both || why != "" {
		return span{from: a}, why
	}
	b, why := parseDate(until)
	return span{a, b}, why
}

// between is about the year in the middle.
func between(s string) (span, Why) {
	from, until, both := strings.Cut(s, " AND ")
	a, why := parseDate(from)
	if !both || why != "" {
		a.About = !a.IsZero()
		return span{from: a}, why
	}
	b, why := parseDate(until)
	if why != "" || b.IsZero() {
		a.About = !a.IsZero()
		return span{from: a}, why
	}
	return span{from: kin.When{Year: (a.Year + b.Year) / 2, About: true}}, ""
}

// parseDate reads one date, with or without a word before it.
func parseDate(s string) (kin.When, Why) {
	s = strings.TrimSpace(s)
	if i := strings.Index(s, "("); i > 0 {
		s = strings.TrimSpace(s[:i])
	}
	first, rest, _ := strings.Cut(s, " ")
	if slices.Contains(abouts, first) && rest != "" {
		w, why := parseDate(rest)
		w.About = !w.IsZero()
		return w, why
	}
	for _, era := range []string{"BC", "B.C.", "BCE", "V.CHR."} {
		if strings.HasSuffix(s, era) {
			return kin.When{}, BeforeChrist
		}
	}
	if m := numbers.FindStringSubmatch(s); m != nil {
		return numeric(m)
	}
	return worded(strings.Fields(s))
}

// numeric reads 1950-3-4 wholly. Of 4-3-1950 nobody knows whether it is March or April, unless the day is after the twelfth.
func numeric(m []string) (kin.When, Why) {
	a, b, c := number(m[1]), number(m[2]), number(m[3])
	switch {
	case len(m[1]) == 4:
		return day(a, b, c)
	case len(m[3]) == 4 && a > 12:
		return day(c, b, a)
	case len(m[3]) == 4 && b > 12:
		return day(c, a, b)
	case len(m[3]) == 4 && a == b:
		return day(c, a, b)
	case len(m[3]) == 4:
		return kin.When{Year: int16(c), About: true}, ""
	}
	return kin.When{}, NoDate
}

// worded reads "3 MAR 1950", "MAR 1950" and "1950".
func worded(words []string) (kin.When, Why) {
	if len(words) == 0 || len(words) > 3 {
		return kin.When{}, NoDate
	}
	year, doubled, dual := strings.Cut(strings.TrimSuffix(words[len(words)-1], "."), "/")
	y := number(year)
	if y < 1 || len(year) < 3 || dual && len(doubled) != 2 && len(doubled) != 4 {
		return kin.When{}, NoDate
	}
	if dual { // the year began in March; 1699/00 is our 1700
		y++
	}
	w := kin.When{Year: int16(y), About: dual}
	if len(words) == 1 {
		return w, ""
	}
	name := strings.TrimSuffix(words[len(words)-2], ".")
	month := months[name[:min(3, len(name))]]
	if month == 0 {
		return kin.When{}, NoDate
	}
	w.Month = int16(month)
	if len(words) == 2 {
		return w, ""
	}
	d := number(strings.TrimSuffix(words[0], "."))
	exact, why := day(y, month, d)
	if why != "" {
		return w, why
	}
	exact.About = dual
	return exact, ""
}

// day is a day that exists; of one that does not, what is left of it.
func day(y, m, d int) (kin.When, Why) {
	w := kin.When{Year: int16(y), Month: int16(m), Day: int16(d)}
	if _, err := kin.ParseWhen(w.String()); err == nil && y > 0 && m > 0 && d > 0 {
		return w, ""
	}
	w.Day = 0
	if _, err := kin.ParseWhen(w.String()); err == nil && y > 0 && m > 0 {
		return w, NoSuchDay
	}
	w.Month = 0
	if y > 0 {
		return w, NoSuchDay
	}
	return kin.When{}, NoDate
}

// number is a whole number of up to four digits, or -1.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || len(s) > 4 || n < 0 {
		return -1
	}
	return n
}

// dateText writes a When as GEDCOM does.
func dateText(w kin.When) string {
	if w.IsZero() {
		return ""
	}
	var words []string
	if w.About {
		words = append(words, "ABT")
	}
	if w.Day > 0 && w.Month > 0 {
		words = append(words, strconv.Itoa(int(w.Day)))
	}
	if w.Month > 0 && w.Month <= 12 {
		words = append(words, monthNames[w.Month])
	}
	return strings.Join(append(words, yearText(w.Year)), " ")
}

// yearText has three digits at least, so that it cannot be taken for a day.
func yearText(y int16) string {
	s := strconv.Itoa(int(y))
	for len(s) < 3 {
		s = "0" + s
	}
	return s
}
