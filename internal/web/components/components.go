// Package components holds the parts every screen is made of. Each takes typed values, never a map; each reads well
// without style, works without script, and says in words what it says in colour.
package components

import (
	"cmp"
	"fmt"
	"strconv"

	"github.com/a-h/templ"

	"maatje/internal/core"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Weight is how loud a button is. A screen has one Main; Worry is for safety alone.
type Weight string

const (
	Main  Weight = "main"
	Quiet Weight = "quiet"
	Worry Weight = "worry"
)

// Tone colours a chip, a notice or an event. Alarm is for safety alone.
type Tone string

const (
	Plain Tone = "plain"
	Done  Tone = "done"
	Late  Tone = "late"
	Alarm Tone = "alarm"
)

// Link is a place to go; Here says that it is where the reader is.
type Link struct {
	Href, Label string
	Here        bool
}

func here(is bool) string {
	if is {
		return "page"
	}
	return "false"
}

// Pair is a term and what is said of it. Content, if there is any, stands in place of Text.
type Pair struct {
	Term, Text string
	Content    templ.Component
}

// ChildKnows is what one child knows about why the parent is away (INT-8).
type ChildKnows struct{ Name, What string }

// Task is a line of a worklist: when, what, and the one thing to do about it.
type Task struct {
	When, Kind    string // "vandaag", "signaal"
	Title, Detail string
	Href, Action  string // where the button goes and what it says
	Main, Alarm   bool
}

// Event is a moment on a timeline; Machine is its date as 2026-11-14.
type Event struct {
	Machine, When string
	Title, Detail string
	Href          string
	Tone          Tone
}

// Column heads a table. Sort is the address that sorts by it, Order how it is sorted now: "ascending", "descending".
type Column struct {
	Label       string
	Num         bool
	Sort, Order string
}

// Cell is one value of a table: a text, a link, or any content.
type Cell struct {
	Text, Href string
	Content    templ.Component
}

// Table is a table that becomes a list of cards on a phone. The first column names the row. Empty says what to do when
// there is nothing in it.
type Table struct {
	Caption string
	Columns []Column
	Rows    [][]Cell
	Empty   string
	Tight   bool // few short columns: stays a table on a phone
}

// column of a cell; a row that is longer than the head is a fault of the page.
func (t Table) column(i int) Column { return t.Columns[i] }

// Bar is one bar of a small bar chart. Shown replaces the number in the reader's notation.
type Bar struct {
	Label, Shown, Href string
	Value              int
}

func (b Bar) number(l text.Lang) string {
	if b.Shown != "" {
		return b.Shown
	}
	return l.Number(b.Value)
}

// width is the bar's share of the longest, from 0 to 100.
func width(value int, bars []Bar) string {
	longest := 1
	for _, b := range bars {
		longest = max(longest, b.Value)
	}
	return strconv.FormatFloat(100*float64(max(value, 0))/float64(longest), 'f', 1, 64)
}

// Funnel is a picture of how many remain at each step, with a table that says the same. ID must be unique on the page.
type Funnel struct {
	ID, Title, Description string
	Steps                  []FunnelStep
}

// FunnelStep has its share of the first step in percent, counted by whoever counts the figures.
type FunnelStep struct {
	Label   string
	Value   int
	Percent float64
}

const (
	funnelWidth = 360
	funnelStep  = 42 // from one bar to the next
)

func (f Funnel) viewBox() string {
	return fmt.Sprintf("0 0 %d %d", funnelWidth, funnelStep*max(len(f.Steps), 1))
}

// share of the longest step, from 0 to 1.
func (f Funnel) share(s FunnelStep) float64 {
	longest := 1
	for _, o := range f.Steps {
		longest = max(longest, o.Value)
	}
	return float64(max(s.Value, 0)) / float64(longest)
}

func (f Funnel) length(s FunnelStep) string {
	return strconv.FormatFloat(max(funnelWidth*f.share(s), 2), 'f', 1, 64)
}

// inside says whether the bar is long enough to carry its label.
func (f Funnel) inside(s FunnelStep) bool { return f.share(s) >= 0.6 }

func (f Funnel) labelAt(s FunnelStep) string {
	if f.inside(s) {
		return "12"
	}
	return strconv.FormatFloat(max(funnelWidth*f.share(s), 2)+10, 'f', 1, 64)
}

// Pager leads through pages of a list; Href makes the address of a page, counted from 1.
type Pager struct {
	Page, Pages int
	Href        func(page int) string
}

// Search is a box that finds as you type; what it finds stands in Results.
type Search struct {
	Action, Name, Value, Label string
}

// Field says what an input asks. Hint stands under the label; Optional says that it may stay empty.
type Field struct {
	Name, Label, Hint string
	Optional          bool
	Autocomplete      string // a token of HTML's list, such as "email"
	Type              string // of a TextField: "text" if empty; email, tel, password, search
	Code              bool   // of a TextField: digits to be typed over, such as a one-time code
	Min, Max          string // of a date or number
	Rows              int    // of a TextArea: 5 if 0
	Unit              string // of a NumberField: "minuten"
	Blank             string // of a Select: what choosing nothing means, such as "alle"; "Kies" if empty
}

func (d Field) hintID(f *form.Form) string  { return f.ID(d.Name) + "-hint" }
func (d Field) errorID(f *form.Form) string { return f.ID(d.Name) + "-error" }
func (d Field) option(f *form.Form, i int) string {
	if i == 0 {
		return f.ID(d.Name)
	}
	return f.ID(d.Name) + "-" + strconv.Itoa(i+1)
}

func (d Field) kind() string {
	if d.Type == "" {
		return "text"
	}
	return d.Type
}

func (d Field) blank(l text.Lang) string { return cmp.Or(d.Blank, l.FormChoose()) }

func (d Field) rows() string {
	if d.Rows == 0 {
		return "5"
	}
	return strconv.Itoa(d.Rows)
}

// attributes are those that every input has: what describes it, whether it is wrong, how to fill it in.
func (d Field) attributes(f *form.Form) templ.Attributes {
	a := templ.Attributes{}
	describedBy := ""
	if d.Hint != "" {
		describedBy = d.hintID(f)
	}
	if f.Error(d.Name) != "" {
		a["aria-invalid"] = "true"
		describedBy += " " + d.errorID(f)
	}
	for name, value := range map[string]string{
		"aria-describedby": describedBy, "autocomplete": d.Autocomplete, "min": d.Min, "max": d.Max,
	} {
		if value != "" {
			a[name] = value
		}
	}
	if d.Code {
		a["inputmode"], a["autocapitalize"], a["spellcheck"] = "numeric", "none", "false"
	}
	return a
}

// dateType lets a browser's date field keep what is no date: it would show nothing of it.
func dateType(f *form.Form, d Field) string {
	if _, err := core.ParseDate(f.Value(d.Name)); err != nil {
		return "text"
	}
	return "date"
}

// Option is one choice; Hint stands under its label.
type Option struct{ Value, Label, Hint string }

// Options pairs codes with their words: Options(text.ChannelCodes(), l.Channel).
func Options(codes []string, word func(string) string) []Option {
	out := make([]Option, len(codes))
	for i, code := range codes {
		out[i] = Option{Value: code, Label: word(code)}
	}
	return out
}

// Sending says where a form goes. Autosave, if set, is the address that keeps it while somebody types.
type Sending struct {
	Action   string
	Autosave string
}

// saving holds the words that the script shows; it has none of its own.
func (s Sending) saving(l text.Lang) templ.Attributes {
	if s.Autosave == "" {
		return nil
	}
	return templ.Attributes{
		"data-autosave": s.Autosave, "data-saved": l.FormSaved("{time}"), "data-saving": l.FormSaving(),
		"data-unsaved": l.FormUnsaved(), "data-conflict": l.FormConflict(), "data-signedout": l.FormSignedOut(),
	}
}

// typed is what a text field shows again; a password never comes back.
func typed(f *form.Form, d Field) string {
	if d.Type == "password" {
		return ""
	}
	return f.Value(d.Name)
}

// group describes a fieldset as attributes does an input.
func group(f *form.Form, d Field) templ.Attributes {
	if by, ok := d.attributes(f)["aria-describedby"]; ok {
		return templ.Attributes{"aria-describedby": by}
	}
	return nil
}

func sorted(c Column) templ.Attributes {
	if c.Order == "" {
		return nil
	}
	return templ.Attributes{"aria-sort": c.Order}
}

func noticeRole(t Tone) string {
	if t == Alarm {
		return "alert"
	}
	return "note"
}
