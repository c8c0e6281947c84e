package genogram

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"maatje/internal/core"
	"maatje/internal/dossier"
	"maatje/internal/genogram/draw"
	"maatje/internal/genogram/told"
	"maatje/internal/kin"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
)

// view is the picture as somebody looks at it.
type view struct {
	sheet
	look
	f       kin.Family  // what is shown
	secrets kin.Secrets // names that a child must not read
	lacks   int         // how much the dossier has that is not here, or is otherwise
}

// day is the day of the picture.
func (v view) day() core.Date { return cmp.Or(v.on, v.today) }

// of is the family as it was on a day, as far as this reader sees it.
func (v view) of(day core.Date) kin.Family {
	f := v.Family
	if !v.known.IsZero() {
		f = v.At(endOf(v.known))
	}
	if !v.child.IsZero() { // before the day is chosen: who was inside is known of every day
		f = kin.About(v.secrets.ForChild(f, v.level()), v.child)
	}
	return kin.OnDay(f, day)
}

// endOf is the last moment of a day.
func endOf(d core.Date) core.Instant {
	y, m, n := d.Time().Date()
	return core.At(time.Date(y, m, n+1, 0, 0, 0, 0, core.Amsterdam)).Add(-time.Millisecond)
}

// level is how much the child knows for whom the picture is made (INT-8).
func (v view) level() dossier.Level {
	for _, k := range v.Head.Knows {
		if k.Child == v.child {
			return k.Level
		}
	}
	return dossier.NotAsked
}

// hides says whether the mark of who stays inside is left out: by choice, or since a child reads along who does not know.
func (v view) hides() bool { return v.hide || !v.child.IsZero() && v.level() != dossier.Everything }

func (v view) options(id string, day core.Date) draw.Options {
	o := draw.Options{Lang: v.l, On: day, ID: id, Focus: v.near, HideDetention: v.hides(), ShowAbuse: v.abuse, ShowContacts: true}
	if v.isPlain() {
		o.Link = v.person
	}
	return o
}

// whole draws everybody.
func (v view) whole() templ.Component {
	return draw.Figure(v.f, arranged(v.f, v.Drawing), v.options("p", v.day()))
}

// other draws the day beside it.
func (v view) other() templ.Component {
	f := v.of(v.beside)
	return draw.Figure(f, arranged(f, v.Drawing), v.options("b", v.beside))
}

// centre is the one around whom a phone begins.
func (v view) centre() core.ID {
	if !v.near.IsZero() {
		return v.near
	}
	if len(v.f.Index) > 0 {
		return v.f.Index[0]
	}
	for _, p := range v.f.Persons {
		if p.IsKin() {
			return p.ID
		}
	}
	return 0
}

// cut is one generation around the centre, and how many were left out where.
func (v view) cut() (kin.Family, map[core.ID]int) { return draw.Around(v.f, v.centre(), 1) }

// isCut says that a phone begins with fewer people than there are.
func (v view) isCut() bool {
	_, left := v.cut()
	return !v.look.whole && len(left) > 0
}

// some draws those near the centre; "7 more" leads on from whom it belongs to.
func (v view) some() templ.Component {
	f, left := v.cut()
	o := v.options("near", v.day())
	o.More, o.MoreLink = left, func(id core.ID) string {
		next := v.look
		next.near = id
		return v.root() + next.query() + "#near-" + id.String()
	}
	return draw.Figure(f, arranged(f, v.Drawing), o)
}

// everyone is how many people the whole picture has: who is no family stands in the network alone.
func (v view) everyone() (n int) {
	for _, p := range v.f.Persons {
		if p.IsKin() {
			n++
		}
	}
	return n
}

// loose is how many people a cut picture leaves out to whom no line leads.
func (v view) loose() int {
	_, left := v.cut()
	return left[0]
}

// everybody is the address of the picture with everybody in it, on a phone too.
func (v view) everybody() string {
	next := v.look
	next.whole = true
	return v.root() + next.query()
}

// when says of which day the picture is, if it is not today's.
func (v view) when() string {
	words := v.l.GenogramAsOf(v.l.Date(v.day()))
	switch {
	case !v.known.IsZero():
		return words + ", " + v.l.GenogramKnownOn(v.l.Date(v.known))
	case v.on.IsZero() && v.beside.IsZero():
		return ""
	}
	return words
}

// told are the facts of what is shown, as the picture shows them.
func (v view) told() []told.Fact { return v.says(v.f, told.New(v.l, v.f, v.day())) }

func (v view) says(f kin.Family, t told.Teller) []told.Fact {
	return slices.DeleteFunc(t.Facts(), func(x told.Fact) bool {
		return x.Kind == told.Detention && v.hides() || x.Kind == told.Tie && !v.abuse && isAbuse(f, x.ID)
	})
}

// isAbuse says that a tie is one of those that are shown by choice alone.
func isAbuse(f kin.Family, id core.ID) bool {
	return kin.Unspoken(get(f.Ties, id, func(b kin.Tie) core.ID { return b.ID }).Kind)
}

// differences are what changed between the two days, in words.
func (v view) differences() []string {
	f := v.of(v.beside)
	before, now := v.says(v.f, told.New(v.l, v.f, v.day()).Ageless()), v.says(f, told.New(v.l, f, v.beside).Ageless())
	if v.beside.Before(v.day()) {
		before, now = now, before
	}
	return v.sentences(told.Differences(before, now))
}

func (x sheet) sentences(all []told.Difference) (out []string) {
	for _, d := range all {
		switch {
		case d.Before == "":
			out = append(out, x.l.GenogramNew(d.Now))
		case d.Now == "":
			out = append(out, x.l.GenogramNoMore(d.Before))
		default:
			out = append(out, x.l.GenogramWas(d.Before, d.Now))
		}
	}
	return out
}

// shownSentences is how much of one change the history tells.
const shownSentences = 3

// did says what one change did, as far as the picture shows such things now.
func (v view) did(seq int) []string {
	n := slices.IndexFunc(v.Changes, func(c kin.Change) bool { return c.Seq == seq })
	before, after := kin.Fold(v.Changes[:n]), kin.Fold(v.Changes[:n+1])
	facts := func(f kin.Family) []told.Fact { return v.says(f, told.New(v.l, f, v.today).Ageless()) }
	out := v.sentences(told.Differences(facts(before), facts(after)))
	if len(out) > shownSentences {
		out = append(out[:shownSentences], v.l.GenogramAndMore(len(out)-shownSentences))
	}
	return out
}

// mostEvents is how far back the history on the page goes.
const mostEvents = 40

// events are the changes, the newest first.
func (v view) events() (out []components.Event) {
	for i := len(v.Changes) - 1; i >= max(0, len(v.Changes)-mostEvents); i-- {
		c := v.Changes[i]
		title := c.By
		if c.Undoes != 0 {
			title = v.l.GenogramTookBack(c.By)
		}
		out = append(out, components.Event{
			Machine: c.At.Date().String(), When: v.l.DateTime(c.At), Title: title, Detail: strings.Join(v.did(c.Seq), " "),
		})
	}
	return out
}

// table says facts of one kind, or of one person, with the way to change each.
func (x sheet) table(kind told.Kind, facts []told.Fact) components.Table {
	t := components.Table{Caption: x.l.GenogramInWords(), Columns: []components.Column{{Label: x.l.GenogramFact()}}}
	if x.writes {
		t.Columns = append(t.Columns, components.Column{Label: x.l.GenogramChange()})
	}
	if kind != "" {
		t.Caption = x.l.GenogramKind(string(kind))
	}
	for _, f := range facts {
		words := factWords(f)
		if kind == told.Person {
			words = personWords(x, f)
		}
		row := []components.Cell{{Content: words}}
		if x.writes {
			row = append(row, components.Cell{Content: changeLink(x, f)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// quietTable says the same with nothing that leads on: a child reads along.
func (x sheet) quietTable(kind told.Kind, facts []told.Fact) components.Table {
	t := components.Table{Caption: x.l.GenogramKind(string(kind)), Columns: []components.Column{{Label: x.l.GenogramFact()}}}
	for _, f := range facts {
		t.Rows = append(t.Rows, []components.Cell{{Content: factWords(f)}})
	}
	return t
}

// list is the table of one kind of facts for who looks.
func (v view) list(kind told.Kind, facts []told.Fact) components.Table {
	if !v.child.IsZero() {
		return v.quietTable(kind, facts)
	}
	return v.table(kind, facts)
}

var lookFields = form.Fields{Part: "look", Lines: []string{"on", "beside", "known", "for", "hide", "abuse", "show", "near"}}

// form is the form of the look, filled in.
func (v view) form() *form.Form {
	f := form.New(v.l, lookFields)
	f.Set("on", v.on.String()).Set("beside", v.beside.String()).Set("known", v.known.String())
	if !v.child.IsZero() {
		f.Set("for", v.child.String())
	}
	return f.Set("hide", tick(v.hide)).Set("abuse", tick(v.abuse))
}

// children are those of the file: for each a picture can be made.
func (v view) children() (out []components.Option) {
	for _, k := range v.Head.Knows {
		out = append(out, components.Option{Value: k.Child.String(), Label: k.ChildName})
	}
	return out
}

// title is neutral on a child's picture.
func (v view) title() string {
	if !v.child.IsZero() {
		return v.l.GenogramChildTitle()
	}
	return v.l.GenogramTitle()
}

// printed says of which day the sheet is; names stand in the picture.
func (v view) printed() string { return cmp.Or(v.when(), v.l.Date(v.today)) }
