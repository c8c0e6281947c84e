package material

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/web/components"
	"maatje/internal/web/text"
)

func ages(l text.Lang, m Material) string {
	if m.AgeTo >= oldest {
		return l.MaterialAgeOn(l.Number(m.AgeFrom))
	}
	return l.MaterialAge(l.Number(m.AgeFrom), l.Number(m.AgeTo))
}

// cupboardTable is all there is; who keeps it goes on to change a title.
func cupboardTable(l text.Lang, c Cupboard, keeps bool) components.Table {
	t := components.Table{Caption: l.MaterialTitle(), Empty: l.MaterialEmpty(), Columns: []components.Column{
		{Label: l.MaterialName()}, {Label: l.MaterialKindLabel()}, {Label: l.MaterialTopicLabel()}, {Label: l.MaterialAges()}, {Label: l.MaterialThere()}}}
	for _, m := range c.All {
		if !keeps && !m.EndedOn.IsZero() {
			continue
		}
		name := components.Cell{Text: m.Name}
		if keeps {
			name.Href = "/materials/" + m.ID.String() + "/change"
		}
		t.Rows = append(t.Rows, []components.Cell{name, {Text: l.MaterialKind(m.Kind)}, {Text: l.MaterialTopic(m.Topic)}, {Text: ages(l, m)}, {Content: there(l, m)}})
	}
	return t
}

// outTable is what is asked for and what is out, with those who have it.
func outTable(l text.Lang, out []Loan, today core.Date) components.Table {
	t := components.Table{Caption: l.MaterialOut(), Empty: l.MaterialOutEmpty(), Columns: []components.Column{
		{Label: l.MaterialWho()}, {Label: l.MaterialName()}, {Label: l.MaterialStateLabel()}}}
	for _, x := range out {
		t.Rows = append(t.Rows, []components.Cell{
			{Text: x.VolunteerName, Href: "/volunteers/" + x.Volunteer.String() + "/materials"}, {Text: x.Name}, {Content: stateChip(l, x, today)}})
	}
	return t
}

func loanTitle(l text.Lang, x Loan) string {
	if x.Family == "" {
		return x.Name
	}
	return l.MaterialFor(x.Name, x.Family)
}

// stateWords says where a copy is, and until when.
func stateWords(l text.Lang, x Loan, today core.Date) string {
	switch {
	case x.IsLate(today):
		return l.MaterialLate(l.Date(x.DueOn))
	case x.State == Lent:
		return l.MaterialUntil(l.Date(x.DueOn))
	case x.State == Asked:
		return l.MaterialAskedOn(l.Date(x.AskedOn))
	}
	return l.MaterialEnded(l.MaterialState(string(x.State)), l.Date(x.EndedOn))
}

func tone(x Loan, today core.Date) components.Tone {
	switch {
	case x.IsLate(today):
		return components.Late
	case x.State == Returned || x.State == Given:
		return components.Done
	}
	return components.Plain
}

// past are the loans that are over, on a line each.
func past(l text.Lang, all []Loan, today core.Date) []components.Event {
	var out []components.Event
	for _, x := range all {
		if x.State != Asked && x.State != Lent {
			out = append(out, components.Event{Machine: x.EndedOn.String(), When: l.Date(x.EndedOn), Title: loanTitle(l, x),
				Detail: joined(l.MaterialState(string(x.State)), x.Why), Tone: tone(x, today)})
		}
	}
	return out
}

func joined(a, b string) string {
	if b == "" {
		return a
	}
	return a + ": " + b
}

func isOpen(x Loan) bool { return x.State == Asked || x.State == Lent }

func familyOptions(all []Family) []components.Option {
	var out []components.Option
	for _, f := range all {
		out = append(out, components.Option{Value: f.Trajectory.String(), Label: f.Name})
	}
	return out
}

func childTitle(l text.Lang, c Child, today core.Date) string {
	if c.Birth.IsZero() {
		return c.Name
	}
	return l.MaterialChild(c.Name, l.Number(c.Birth.AgeOn(today)))
}

// nothingSuits says why there is nothing: no age, or no title for it.
func nothingSuits(l text.Lang, c Child) string {
	if c.Birth.IsZero() {
		return l.MaterialNoAge()
	}
	return l.MaterialNothing()
}

func otherThan(names []string, name string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == name })
}
