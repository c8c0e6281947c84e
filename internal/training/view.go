package training

import (
	"strings"

	"maatje/internal/core"
	"maatje/internal/web/components"
	"maatje/internal/web/text"
)

// When is the day and the hours of something: "dinsdag 1 december 2026, 19:30 tot 21:30".
func When(l text.Lang, on core.Date, starts, ends string) string {
	day := l.Weekday(on) + " " + l.Date(on)
	switch {
	case starts == "":
		return day
	case ends == "":
		return l.TrainingFrom(day, starts)
	}
	return l.TrainingFromTo(day, starts, ends)
}

func (s Session) when(l text.Lang) string { return When(l, s.On, s.Starts, s.Ends) }

// AreaWords says for whom something is.
func AreaWords(l text.Lang, a Area) string {
	if a.IsEverybody() {
		return l.TrainingEverybody()
	}
	return a.Name
}

func (s Session) href() string { return "/sessions/" + s.ID.String() }

func sessionTable(l text.Lang, caption, empty string, all []Listed, past bool) components.Table {
	t := components.Table{Caption: caption, Empty: empty, Columns: []components.Column{
		{Label: l.TrainingWhen()}, {Label: l.TrainingWhat()}, {Label: l.TrainingFor()}, {Label: l.TrainingPlace()}, {Label: l.TrainingHowFull()},
	}}
	for _, x := range all {
		full := components.Cell{Content: components.Chip(fullness(l, x, past))}
		t.Rows = append(t.Rows, []components.Cell{{Text: x.when(l), Href: x.href()}, {Text: x.Part.Title(l)}, {Text: AreaWords(l, x.Area)}, {Text: x.Place}, full})
	}
	return t
}

func fullness(l text.Lang, x Listed, past bool) (components.Tone, string) {
	n, waiting := len(x.Roll.Enrolled), len(x.Roll.Waiting)
	switch {
	case x.IsOff():
		return components.Plain, l.TrainingOff()
	case past:
		return components.Plain, l.TrainingPeople(n)
	case waiting > 0:
		return components.Late, l.TrainingFullWaiting(l.Number(n), l.Number(x.Places), l.Number(waiting))
	case x.Roll.Free() == 0:
		return components.Late, l.TrainingFull(l.Number(n), l.Number(x.Places))
	}
	return components.Done, l.TrainingTaken(l.Number(n), l.Number(x.Places))
}

func sessionPairs(l text.Lang, x Session) []components.Pair {
	all := []components.Pair{
		{Term: l.TrainingWhen(), Text: x.when(l)}, {Term: l.TrainingPlace(), Text: x.Place}, {Term: l.TrainingFor(), Text: AreaWords(l, x.Area)},
		{Term: l.TrainingCourse(), Text: x.Course.Title(l)}, {Term: l.TrainingTrainer(), Text: x.Trainer}, {Term: l.TrainingPlaces(), Text: l.Number(x.Places)},
	}
	var out []components.Pair
	for _, p := range all {
		if p.Text != "" {
			out = append(out, p)
		}
	}
	return out
}

func inState(all []Seat, state string) (out []Seat) {
	for _, x := range all {
		if x.State == state {
			out = append(out, x)
		}
	}
	return out
}

func seatOptions(all []Seat) []components.Option {
	out := make([]components.Option, len(all))
	for i, x := range all {
		out[i] = components.Option{Value: x.Volunteer.String(), Label: x.Name}
	}
	return out
}

func (h Had) title(l text.Lang) string { return title(l, h.Code, h.Name) }

// hadTone says whether a course that was done is to be done again.
func (h Had) chip(l text.Lang, today core.Date) (components.Tone, string) {
	switch {
	case h.Again.IsZero():
		return components.Done, l.TrainingStays()
	case today.After(h.Again):
		return components.Late, l.TrainingWasDue(l.DateShort(h.Again))
	case AsksAgain(h.Again, today):
		return components.Late, l.TrainingDueSoon(l.DateShort(h.Again))
	}
	return components.Done, l.TrainingDue(l.DateShort(h.Again))
}

func hadTable(l text.Lang, all []Had, today core.Date, back string) components.Table {
	t := components.Table{Caption: l.TrainingDone(), Empty: l.TrainingDoneNone(), Columns: []components.Column{
		{Label: l.TrainingCourse()}, {Label: l.TrainingDoneOn()}, {Label: l.TrainingAgain()},
	}}
	if back != "" {
		t.Columns = append(t.Columns, components.Column{Label: l.TrainingBackWhat()})
	}
	for _, h := range all {
		row := []components.Cell{{Text: h.title(l)}, {Text: l.Date(h.On)}, {Content: components.Chip(h.chip(l, today))}}
		if back != "" {
			row = append(row, components.Cell{Content: button(back, "course", h.Code, l.TrainingBack())})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func kindTitle(l text.Lang, k Kind) string {
	if k.Name != "" {
		return k.Name
	}
	return l.TrajectoryKind(k.Code)
}

func courseOptions(l text.Lang, all []Course) []components.Option {
	var out []components.Option
	for _, c := range all {
		if c.Published {
			out = append(out, components.Option{Value: c.Code, Label: c.Title(l)})
		}
	}
	return out
}

func courseTable(l text.Lang, all []Course, shape bool) components.Table {
	t := components.Table{Caption: l.TrainingCoursesTitle(), Empty: l.TrainingCoursesNone(), Columns: []components.Column{
		{Label: l.TrainingCourse()}, {Label: l.TrainingMadeOf()}, {Label: l.TrainingMonthsShort()}, {Label: l.TrainingState()},
	}}
	for _, c := range all {
		name := components.Cell{Text: c.Title(l)}
		if shape {
			name.Href = "/courses/" + c.ID.String()
		}
		t.Rows = append(t.Rows, []components.Cell{name, {Text: partWords(l, c)}, {Text: monthWords(l, c.Months)}, {Content: components.Chip(courseTone(l, c))}})
	}
	return t
}

func partWords(l text.Lang, c Course) string {
	names := make([]string, len(c.Parts))
	for i, p := range c.Parts {
		names[i] = p.Title(l)
	}
	if len(names) == 0 {
		return l.TrainingPartsNone()
	}
	return strings.Join(names, ", ")
}

func monthWords(l text.Lang, months int) string {
	if months == 0 {
		return l.TrainingNever()
	}
	return l.TrainingMonths(months)
}

func courseTone(l text.Lang, c Course) (components.Tone, string) {
	if c.Published {
		return components.Done, l.TrainingOpen()
	}
	return components.Plain, l.TrainingHidden()
}

func moduleOptions(all []Part) []components.Option {
	out := make([]components.Option, len(all))
	for i, p := range all {
		out[i] = components.Option{Value: p.Module.String(), Label: p.Name}
	}
	return out
}

func partKind(l text.Lang, p Part) string {
	if p.IsLive() {
		return l.TrainingLive()
	}
	return l.TrainingModule()
}

func stepPairs(l text.Lang, s Step) []components.Pair {
	out := make([]components.Pair, len(s.Parts))
	for i, p := range s.Parts {
		out[i] = components.Pair{Term: p.Title(l), Text: l.TrainingNotYet()}
		switch {
		case !p.On.IsZero():
			out[i].Text = l.TrainingDidOn(l.Date(p.On))
		case p.Page > 0:
			out[i].Text = l.TrainingHalfway(l.Number(p.Page))
		}
	}
	return out
}

func withdrawWords(l text.Lang, x Meeting) string {
	if x.Turn > 0 {
		return l.TrainingOffList()
	}
	return l.TrainingICannot()
}

func toldWords(l text.Lang, x Meeting) string {
	if x.IsOff() {
		return l.TrainingToldOff()
	}
	return l.TrainingTold()
}

func freeWords(l text.Lang, m Meeting) string {
	switch {
	case m.State == Enrolled:
		return l.TrainingYouCome()
	case m.State == Waiting:
		return l.TrainingTurn(l.Number(m.Turn))
	case m.Free > 0:
		return l.TrainingFree(m.Free)
	}
	return l.TrainingFullNow()
}

func courseHref(c Course) string { return "/courses/" + c.ID.String() }

func openOrHide(c Course) string {
	if c.Published {
		return "/hide"
	}
	return "/open"
}

func needWords(l text.Lang, k Kind, o Outline) string {
	var names []string
	for _, code := range k.Courses {
		name := l.Course(code)
		for _, c := range o.Courses {
			if c.Code == code {
				name = c.Title(l)
			}
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}
