package genogram

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"maatje/internal/kin"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// abouts are what people write before a year of which they are not sure.
var abouts = []string{"ongeveer", "rond", "circa", "ca.", "ca", "about", "around", "±", "~"}

// ReadWhen reads a day as people write it: 3-5-1961, 3 mei 1961, mei 1961, 5-1961, 1961, ongeveer 1961.
func ReadWhen(l text.Lang, s string) (kin.When, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	about := false
	for _, word := range abouts {
		if rest, cut := strings.CutPrefix(s, word); cut {
			s, about = strings.TrimSpace(rest), true
			break
		}
	}
	w, ok := exact(l, s)
	w.About = about && !w.IsZero()
	return w, ok && !(about && w.IsZero())
}

func exact(l text.Lang, s string) (kin.When, bool) {
	if w, err := kin.ParseWhen(s); err == nil {
		return w, true
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '-' || r == '/' || r == '.' || r == ' ' })
	if len(parts) == 0 || len(parts) > 3 {
		return kin.When{}, false
	}
	year := parts[len(parts)-1]
	out := year
	if len(parts) > 1 {
		out += "-" + month(l, parts[len(parts)-2])
	}
	if len(parts) > 2 {
		out += "-" + digits(parts[0])
	}
	w, err := kin.ParseWhen(out)
	return w, err == nil && len(year) == 4
}

// month is a month in two digits: of its number, its name or the begin of that.
func month(l text.Lang, s string) string {
	for m := time.January; m <= time.December; m++ {
		n := strconv.Itoa(int(m))
		if utf8.RuneCountInString(s) >= 3 && (strings.HasPrefix(l.Month(n), s) || s == l.MonthShort(n)) {
			return digits(n)
		}
	}
	return digits(s)
}

func digits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// typed writes a day as ReadWhen reads it, for a field that is changed.
func typed(l text.Lang, w kin.When) string {
	if w.IsZero() {
		return ""
	}
	out := fmt.Sprintf("%04d", w.Year)
	for _, n := range []int16{w.Month, w.Day} {
		if n > 0 {
			out = strconv.Itoa(int(n)) + "-" + out
		}
	}
	if w.About {
		return l.GenogramAbout(out)
	}
	return out
}

// when reads a field; what is no date becomes its error.
func when(f *form.Form, name string) kin.When {
	w, ok := ReadWhen(f.Lang, f.Value(name))
	if !ok && f.Errors[name] == "" {
		f.Errors[name] = f.Lang.GenogramNoDate()
	}
	return w
}
