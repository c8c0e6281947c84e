package care

import (
	"strconv"

	"maatje/internal/core"
	"maatje/internal/web/components"
	"maatje/internal/web/text"
)

func number(n int) string { return strconv.Itoa(n) }

func everyWords(l text.Lang, s Standing) string {
	if s.Every == Never {
		return l.CareNone()
	}
	return l.ContactEvery(string(s.Every))
}

func lastWords(l text.Lang, s Standing) string {
	if s.Last.IsZero() {
		return l.CareNever()
	}
	return l.Date(s.Last)
}

func dueChip(l text.Lang, s Standing, today core.Date) (components.Tone, string) {
	switch {
	case s.Due.IsZero():
		return components.Plain, l.CareNone()
	case s.IsLate(today):
		return components.Late, l.CareLate(l.Date(s.Due))
	}
	return components.Done, l.CareDue(l.Date(s.Due))
}

func table(l text.Lang, caption, empty string, all []Standing, today core.Date) components.Table {
	t := components.Table{Caption: caption, Empty: empty, Columns: []components.Column{
		{Label: l.VolunteerName()}, {Label: l.CareLast()}, {Label: l.CareEvery()}, {Label: l.CareNext()}}}
	for _, s := range all {
		tone, says := dueChip(l, s, today)
		t.Rows = append(t.Rows, []components.Cell{
			{Text: s.Name, Href: "/volunteers/" + s.Volunteer.String() + "/contacts"}, {Text: lastWords(l, s)}, {Text: everyWords(l, s)}, {Content: components.Chip(tone, says)}})
	}
	return t
}

func events(l text.Lang, log []Contact) []components.Event {
	out := make([]components.Event, len(log))
	for i, c := range log {
		title := l.ContactHow(c.How)
		if c.By != "" {
			title = l.CareBy(l.ContactHow(c.How), c.By)
		}
		out[i] = components.Event{Machine: c.On.String(), When: l.Date(c.On), Title: title, Detail: c.Words, Tone: components.Plain}
	}
	return out
}

// rhythmOptions are the rhythms, and on top what the weight of the case says.
func rhythmOptions(l text.Lang) []components.Option {
	return append([]components.Option{{Value: "", Label: l.CareByWeight()}}, components.Options(text.ContactEveryCodes(), l.ContactEvery)...)
}

func thanksWords(l text.Lang, m Moment) string { return l.CareThanks(m.Years, l.Date(m.On)) }
