package volunteer

import (
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web/components"
	"maatje/internal/web/text"
)

func words(codes []string, word func(string) string) string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = word(c)
	}
	return strings.Join(out, ", ")
}

// tabs lead to what is done for all volunteers; a project leader proposes no match.
func tabs(l text.Lang, a authz.Actor) []components.Link {
	out := []components.Link{
		{Href: "/volunteers", Label: l.VolunteerEverybody(), Here: true}, {Href: "/volunteers/pipeline", Label: l.PipelineTitle()},
		{Href: "/sessions", Label: l.TrainingLink()}, {Href: "/contacts", Label: l.CareTitle()}, {Href: "/expenses", Label: l.ExpenseTitle()},
		{Href: "/materials", Label: l.MaterialTitle()},
	}
	if authz.RightTo("match.propose").Allows(a) {
		out = append(out, components.Link{Href: "/matching", Label: l.BoardTitle()}, components.Link{Href: "/matching/map", Label: l.MappedLink()})
	}
	return out
}

func statusTone(s Status) components.Tone {
	switch s {
	case Active:
		return components.Done
	case Resting:
		return components.Late
	default:
		return components.Plain
	}
}

// certificateWords says until when the certificate counts, or what is the matter with it.
func certificateWords(l text.Lang, c Certificate, today core.Date) (string, components.Tone) {
	switch days, due := Warning(c, today); {
	case c.IsZero():
		return l.VolunteerNoCertificate(), components.Late
	case due && days == 0:
		return l.VolunteerCertificateEnded(l.DateShort(c.RenewBefore)), components.Late
	case due:
		return l.VolunteerCertificateSoon(l.DateShort(c.RenewBefore)), components.Late
	}
	return l.VolunteerCertificateUntil(l.DateShort(c.RenewBefore)), components.Done
}

// hasEnded says that there was a certificate and it counts no more.
func hasEnded(c Certificate, today core.Date) bool {
	days, due := Warning(c, today)
	return !c.IsZero() && due && days == 0
}

func table(l text.Lang, found []Profile, today core.Date) components.Table {
	t := components.Table{
		Caption: l.VolunteerListTitle(), Empty: l.VolunteerListEmpty(),
		Columns: []components.Column{
			{Label: l.VolunteerName()}, {Label: l.VolunteerPlace()}, {Label: l.VolunteerStatusLabel()}, {Label: l.VolunteerKinds()},
			{Label: l.VolunteerCertificate()}, {Label: l.VolunteerFamilies(), Num: true},
		},
	}
	for _, p := range found {
		sentence, tone := certificateWords(l, p.Certificate, today)
		t.Rows = append(t.Rows, []components.Cell{
			{Text: p.Name, Href: href(p.ID)}, {Text: place(p)}, {Content: components.Chip(statusTone(p.Status), l.VolunteerStatus(string(p.Status)))},
			{Text: words(p.Wishes.Kinds, l.TrajectoryKind)}, {Content: components.Chip(tone, sentence)},
			{Text: l.VolunteerRoom(l.Number(p.Families), l.Number(p.Capacity))},
		})
	}
	return t
}

func place(p Profile) string {
	if p.MunicipalityName != "" && p.FacilityName != "" {
		return p.MunicipalityName + ", " + p.FacilityName
	}
	return p.MunicipalityName + p.FacilityName
}

func yesNo(l text.Lang, is bool) string {
	if is {
		return l.CommonYes()
	}
	return l.CommonNo()
}

func pairs(l text.Lang, p Profile) []components.Pair {
	w := p.Wishes
	all := []components.Pair{
		{Term: l.VolunteerStatusLabel(), Text: l.VolunteerSince(l.VolunteerStatus(string(p.Status)), l.Date(p.StatusSince))},
		{Term: l.VolunteerPlace(), Text: place(p)}, {Term: l.VolunteerEmail(), Text: p.Email}, {Term: l.VolunteerPhone(), Text: w.Phone},
		{Term: l.VolunteerKinds(), Text: words(w.Kinds, l.TrajectoryKind)},
		{Term: l.VolunteerFamilies(), Text: l.VolunteerRoom(l.Number(p.Families), l.Number(p.Capacity))},
		{Term: l.VolunteerComplex(), Text: complexWords(l, p)}, {Term: l.VolunteerLanguages(), Text: languages(l, w)},
		{Term: l.VolunteerAges(), Text: ages(l, w)}, {Term: l.VolunteerPostcode(), Text: w.Postcode}, {Term: l.VolunteerTravelMost(), Text: travel(l, w)},
		{Term: l.VolunteerDays(), Text: words(w.Days, l.VolunteerDay)}, {Term: l.VolunteerCar(), Text: yesNo(l, w.Car)}, {Term: l.VolunteerWishes(), Text: w.Words},
	}
	var out []components.Pair
	for _, pair := range all {
		if pair.Text != "" {
			out = append(out, pair)
		}
	}
	return out
}

// languages are the ones of the list and the others.
func languages(l text.Lang, w Wishes) string {
	all := words(w.Speaks, l.Spoken)
	if all != "" && w.Languages != "" {
		all += ", "
	}
	return all + w.Languages
}

func ages(l text.Lang, w Wishes) string {
	switch {
	case w.Youngest > 0 && w.Oldest > 0:
		return l.VolunteerAgesBetween(l.Number(w.Youngest), l.Number(w.Oldest))
	case w.Oldest > 0:
		return l.VolunteerAgesTo(l.Number(w.Oldest))
	case w.Youngest > 0:
		return l.VolunteerAgesFrom(l.Number(w.Youngest))
	}
	return ""
}

func travel(l text.Lang, w Wishes) string {
	if w.Travel == 0 {
		return ""
	}
	return l.VolunteerTravelMinutes(l.Number(w.Travel))
}

func complexWords(l text.Lang, p Profile) string {
	switch {
	case !p.Wishes.Complex:
		return l.VolunteerComplexNo()
	case !p.ComplexConfirmed:
		return l.VolunteerComplexAsked()
	}
	return l.VolunteerComplexYes()
}

// importedWhy is what the import writes for a reason.
const importedWhy = "import"

func events(l text.Lang, history []Moved) []components.Event {
	out := make([]components.Event, len(history))
	for i, m := range history {
		detail := m.By
		switch {
		case m.By == "" && m.Why == importedWhy:
			detail = l.VolunteerImported()
		case m.By == "":
			detail = m.Why
		case m.Why != "":
			detail = m.By + ": " + m.Why
		}
		if !m.Until.IsZero() {
			detail += " " + l.VolunteerRestUntil(l.Date(m.Until))
		}
		if m.WithoutTalk != "" {
			detail += " " + l.VolunteerWithoutTalk(m.WithoutTalk)
		}
		out[i] = components.Event{
			Machine: m.At.Date().String(), When: l.Date(m.At.Date()), Title: l.VolunteerStatus(string(m.Status)), Detail: detail, Tone: statusTone(m.Status),
		}
	}
	return out
}

func moveOptions(l text.Lang, s Status) []components.Option {
	var out []components.Option
	for _, to := range MovesFrom(s) {
		if asksWhy(to) {
			continue
		}
		out = append(out, components.Option{Value: string(to), Label: l.VolunteerStatus(string(to))})
	}
	return out
}

func statusCodes() []string {
	var out []string
	for _, s := range Statuses() {
		out = append(out, string(s))
	}
	return out
}

func certificatePairs(l text.Lang, c Certificate) []components.Pair {
	all := []components.Pair{
		{Term: l.VolunteerNumber(), Text: c.Number}, {Term: l.VolunteerProfileLabel(), Text: c.Profile}, {Term: l.VolunteerIssued(), Text: l.Date(c.IssuedOn)},
		{Term: l.VolunteerRenew(), Text: l.Date(c.RenewBefore)}, {Term: l.VolunteerSeen(), Text: strings.TrimSpace(l.Date(c.SeenOn) + " " + c.SeenBy)},
	}
	return all
}

func courseTable(l text.Lang, courses []Course) components.Table {
	t := components.Table{
		Caption: l.VolunteerCourses(), Empty: l.VolunteerNoCourses(), Columns: []components.Column{{Label: l.VolunteerCourseLabel()}, {Label: l.VolunteerCourseOn()}},
	}
	for _, c := range courses {
		t.Rows = append(t.Rows, []components.Cell{{Text: courseTitle(l, c)}, {Text: l.Date(c.On)}})
	}
	return t
}

// courseTitle is what people call a course.
func courseTitle(l text.Lang, c Course) string {
	if c.Name != "" {
		return c.Name
	}
	return l.Course(c.Code)
}

func courseOptions(l text.Lang, offered []Course) []components.Option {
	out := make([]components.Option, len(offered))
	for i, c := range offered {
		out[i] = components.Option{Value: c.Code, Label: courseTitle(l, c)}
	}
	return out
}

func runTable(l text.Lang, runs []Run) components.Table {
	t := components.Table{
		Caption: l.VolunteerRuns(), Empty: l.VolunteerNoRuns(),
		Columns: []components.Column{{Label: l.VolunteerFamily()}, {Label: l.VolunteerKind()}, {Label: l.VolunteerMatchState()}},
	}
	for _, r := range runs {
		t.Rows = append(t.Rows, []components.Cell{
			{Text: r.Family, Href: "/trajectories/" + r.Trajectory.String()}, {Text: l.TrajectoryKind(r.Kind)}, {Text: l.MatchState(r.State)},
		})
	}
	return t
}

func certificateText(l text.Lang, c Certificate, today core.Date) string {
	sentence, _ := certificateWords(l, c, today)
	return sentence
}
