// Package form reads what somebody typed, keeps it, and says what is wrong with it. A form that is refused comes back
// with everything in it, and every mistake of one sending is named at once.
package form

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"maatje/internal/core"
	"maatje/internal/web/text"
)

// Fields declares what a form has, in the order of the screen. Everything else that is sent is dropped. A name ending
// in * stands for all names that begin so: "knows_*".
type Fields struct {
	Part  string   // tells forms apart that stand on one page: it goes into the ids of their inputs
	Lines []string // one line, a choice, a date, a number: at most 200 characters
	Texts []string // stories: at most 20,000 characters
	Max   map[string]int
}

// Form is one form on its way between a screen and a service.
type Form struct {
	Values  url.Values
	Errors  map[string]string // by field
	General []string          // what belongs to no field
	Token   string            // idempotency key: one form shown, one thing done
	Version int               // what the screen started from, so that nobody overwrites unseen
	Lang    text.Lang

	fields Fields
}

// ID is the id of a field's input on the page.
func (f *Form) ID(name string) string {
	if f.fields.Part == "" {
		return "f-" + name
	}
	return "f-" + f.fields.Part + "-" + name
}

// New is an empty form for a screen; Set fills it with what is known.
func New(l text.Lang, fields Fields) *Form {
	return &Form{Values: url.Values{}, Errors: map[string]string{}, Lang: l, fields: fields}
}

// Set puts values into a field, in place of what is there; of no values or one empty value nothing remains.
func (f *Form) Set(name string, values ...string) *Form {
	values = slices.DeleteFunc(slices.Clone(values), func(s string) bool { return s == "" })
	if len(values) == 0 {
		delete(f.Values, name)
	} else {
		f.Values[name] = values
	}
	return f
}

// Value is the first value of the field, trimmed; empty if there is none.
func (f *Form) Value(name string) string { return f.Values.Get(name) }

// List is every value of the field: the boxes that are ticked.
func (f *Form) List(name string) []string { return slices.Clone(f.Values[name]) }

// Has says whether the value is among the field's.
func (f *Form) Has(name, value string) bool { return slices.Contains(f.Values[name], value) }

// Bool says whether a single box is ticked; its value is "1".
func (f *Form) Bool(name string) bool { return f.Value(name) == "1" }

// Date reads the field as a day: 2026-11-14 as a browser's date field sends it, or 14-11-2026 as people type it. Empty
// is the zero Date; a day that does not exist becomes the field's error.
func (f *Form) Date(name string) core.Date {
	d, err := core.ParseDate(f.Value(name))
	if err == nil {
		return d
	}
	typed, err := time.Parse("2-1-2006", f.Value(name))
	if err != nil || typed.Year() < 1 {
		f.add(name, f.Lang.FormNoDate())
		return core.Date{}
	}
	return core.NewDate(typed.Date())
}

// Int reads the field as a whole number. Empty is 0; anything else that is no number becomes the field's error.
func (f *Form) Int(name string) int {
	if f.Value(name) == "" {
		return 0
	}
	n, err := strconv.Atoi(f.Value(name))
	if err != nil || n < -1e9 || n > 1e9 {
		f.add(name, f.Lang.FormNoNumber())
		return 0
	}
	return n
}

// Error is what is wrong with the field; empty if nothing is.
func (f *Form) Error(name string) string { return f.Errors[name] }

// OK says whether nothing is wrong so far.
func (f *Form) OK() bool { return len(f.Errors) == 0 && len(f.General) == 0 }

// Fill puts a fail and those found with it on their fields, and in General what belongs to no field of this form. It
// returns false for an error that no form can show: none at all, something not found, or a fault of ours.
func (f *Form) Fill(err error) bool {
	fail, ok := core.AsFail(err)
	if !ok || fail.Kind == core.KindNotFound {
		return false
	}
	for _, one := range fail.All() {
		if sentence := f.Lang.Fail(one); f.knows(one.Field) {
			f.add(one.Field, sentence)
		} else {
			f.General = append(f.General, sentence)
		}
	}
	return true
}

// add keeps the first error of a field: the first thing to mend.
func (f *Form) add(name, sentence string) {
	if _, ok := f.Errors[name]; !ok {
		f.Errors[name] = sentence
	}
}

func (f *Form) knows(name string) bool { return name != "" && f.fields.place(name) >= 0 }

// Wrong lists the fields that have an error, in the order of the screen.
func (f *Form) Wrong() []string {
	return slices.SortedFunc(maps.Keys(f.Errors), func(a, b string) int {
		if d := f.fields.place(a) - f.fields.place(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
}

// place is where the name stands in the declaration, or -1.
func (fs Fields) place(name string) int {
	match := func(pattern string) bool {
		stem, open := strings.CutSuffix(pattern, "*")
		return pattern == name || open && strings.HasPrefix(name, stem)
	}
	if i := slices.IndexFunc(fs.Lines, match); i >= 0 {
		return i
	}
	if i := slices.IndexFunc(fs.Texts, match); i >= 0 {
		return len(fs.Lines) + i
	}
	return -1
}
