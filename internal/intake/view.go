package intake

import (
	"strings"

	"maatje/internal/dossier"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

func (v page) path(deed string) string {
	return "/dossiers/" + v.Dossier.ID.String() + "/intake/" + deed
}

func (v page) has() bool { return !v.ID.IsZero() }

// mayWrite says that the forms stand on the page: a decided intake is read only.
func (v page) mayWrite() bool { return v.has() && v.MayWrite && v.IsOpen() }

func (v page) waits() bool { return v.State == dossier.Waiting }

func (v page) people() []components.Option {
	var out []components.Option
	for _, p := range v.People {
		out = append(out, components.Option{Value: p.ID.String(), Label: p.Name})
	}
	return out
}

func groups() []string { return []string{Parent, Child, Caregiver} }

func (v page) questionsOf(group string) []Question {
	var out []Question
	for _, k := range v.Questions {
		if k.Group == group {
			out = append(out, k)
		}
	}
	return out
}

func (k Question) title(l text.Lang) string {
	title := k.PersonName
	if k.Need != "" {
		title = joined(": ", title, l.IntakeNeed(k.Need))
	}
	return title
}

func joined(by string, parts ...string) string {
	var known []string
	for _, p := range parts {
		if p != "" {
			known = append(known, p)
		}
	}
	return strings.Join(known, by)
}

func (v page) talkEvents(l text.Lang) []components.Event {
	var out []components.Event
	for _, k := range v.Talks {
		minutes := ""
		if k.Minutes > 0 {
			minutes = l.IntakeMinutes(k.Minutes)
		}
		title := joined(", ", joined(" ", l.IntakeWith(k.With), k.PersonName), l.IntakePlace(k.Place), minutes)
		next := ""
		if k.Next != "" {
			next = l.IntakeNextIs(k.Next)
		}
		out = append(out, components.Event{Machine: k.HeldOn.String(), When: l.Date(k.HeldOn), Title: title, Detail: joined(" ", k.Said, next)})
	}
	return out
}

// typedPairs are the texts of the talk that was begun.
func (v page) typedPairs(l text.Lang) []components.Pair {
	var out []components.Pair
	for _, one := range []components.Pair{{Term: l.IntakeSaid(), Text: v.Typed.Fields.Get("talk_said")}, {Term: l.IntakeNext(), Text: v.Typed.Fields.Get("talk_next")}} {
		if one.Text != "" {
			out = append(out, one)
		}
	}
	return out
}

// line is one line of the checklist: what is there, or what is missing and where to get it.
type line struct {
	Label, Detail string
	Met           bool
	Why           []string
	Href          string
}

func (v page) checklist(l text.Lang) []line {
	var out []line
	for _, c := range v.Facts.Conditions {
		k := line{Label: l.IntakeCondition(c.Letter), Detail: c.Name, Met: c.Met, Href: "/dossiers/" + v.Dossier.ID.String() + "/consents"}
		if c.Letter == "d" {
			k.Href, k.Detail = "#youth-care", joined(", ", c.Name, c.Evidence)
		}
		for _, f := range c.Missing {
			k.Why = append(k.Why, l.Fail(f))
		}
		out = append(out, k)
	}
	return out
}

func (v page) asksYouthCare() bool {
	for _, c := range v.Facts.Conditions {
		if c.Letter == "d" && !c.Met {
			return true
		}
	}
	return false
}

func (v page) manyHelpers() bool { return v.Facts.Helpers >= v.Facts.Many }

// toDecide are the contraindications that are there and that somebody must decide about before a start.
func (v page) toDecide() []Contraindication {
	var out []Contraindication
	for _, c := range v.Facts.Contraindications {
		if c.Checked && mayStartWith(c, v.Facts.Practice[c.Kind]) != nil {
			out = append(out, c)
		}
	}
	return out
}

// decidePath is where a decision about a contraindication goes, or nowhere when the reader may not make it.
func (v page) decidePath(kind string) string {
	switch {
	case !v.IsOpen():
		return ""
	case v.MayRule:
		return v.path("overrule/" + kind)
	case v.MayWrite && v.Facts.Practice[kind] == decide:
		return v.path("contraindications/" + kind)
	}
	return ""
}

func there(l text.Lang) []components.Option {
	return components.Options([]string{"no", "yes"}, l.IntakeThere)
}

func (v page) missing(l text.Lang) []string {
	var out []string
	for _, f := range v.Missing {
		out = append(out, l.Fail(f))
	}
	return out
}

func (i Intake) decision(l text.Lang) []components.Pair {
	pairs := []components.Pair{{Term: l.IntakeDecision(), Text: l.IntakeOutcome(string(i.Outcome))},
		{Term: l.IntakeDecidedBy(), Text: joined(", ", i.DecidedBy, l.Date(i.DecidedOn))}}
	if len(i.Reasons) > 0 {
		words := make([]string, len(i.Reasons))
		for n, r := range i.Reasons {
			words[n] = l.Reason(r)
		}
		pairs = append(pairs, components.Pair{Term: l.IntakeReasons(), Text: l.And(words)})
	}
	if i.Words != "" {
		pairs = append(pairs, components.Pair{Term: l.IntakeWords(), Text: i.Words})
	}
	return pairs
}

func (v page) word(w Word, l text.Lang) components.Event {
	return components.Event{Machine: w.ToldOn.String(), When: l.Date(w.ToldOn), Title: w.How, Detail: w.Said}
}

func (v page) told(l text.Lang) []components.Event {
	var out []components.Event
	for _, w := range v.Told {
		out = append(out, v.word(w, l))
	}
	return out
}

// needForm is the form for one group; what was refused in another group's form is not shown here.
func (v page) needForm(group string) *form.Form {
	f := v.Forms["needs"]
	if refused := f.Value("group"); refused != "" && refused != group {
		empty := form.New(f.Lang, needFields)
		empty.Token = f.Token
		return empty
	}
	return f
}
