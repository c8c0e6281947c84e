package trajectory

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Routes mounts the pages of trajectories.
func (s *Service) Routes(m *web.Router) {
	read, write := authz.RightTo("trajectory.read"), authz.RightTo("trajectory.write")
	m.Handle("GET /dossiers/{id}/trajectories", read, s.showOfDossier)
	m.Handle("GET /dossiers/{id}/trajectories/new", write, s.showNew)
	m.Handle("POST /dossiers/{id}/trajectories/new", write, s.postNew)
	m.Handle("GET /trajectories/{id}", read, s.showFile)
	m.Handle("POST /trajectories/{id}/checkpoint", write, s.postCheckpoint)
	m.Handle("POST /trajectories/{id}/checkpoints", write, s.postMore)
	m.Handle("POST /trajectories/{id}/rhythm", write, s.postRhythm)
	m.Handle("POST /trajectories/{id}/extend", write, s.postExtend)
	m.Handle("POST /trajectories/{id}/end", write, s.postEnd)
	m.Handle("POST /trajectories/{id}/break-off", write, s.postBreakOff)
	m.Handle("POST /trajectories/{id}/aftercare", write, s.postAftercare)
	m.Handle("POST /trajectories/{id}/answered", write, s.postAnswered)
	m.Handle("GET /trajectories/{id}/release", write, s.showRelease)
	m.Handle("POST /trajectories/{id}/release", write, s.postRelease)
	m.Handle("GET /trajectories/{id}/farewell", write, s.showFarewell)
	m.Handle("POST /trajectories/{id}/farewell", write, s.postFarewell)
}

var (
	newFields       = form.Fields{Lines: []string{"kind", "people", "every", "complex"}}
	checkFields     = form.Fields{Part: "check", Lines: []string{"checkpoint", "held_on"}, Texts: []string{"words"}}
	moreFields      = form.Fields{Part: "more", Lines: []string{"due_on"}, Texts: []string{"why"}}
	rhythmFields    = form.Fields{Part: "rhythm", Lines: []string{"every"}, Texts: []string{"why"}}
	extendFields    = form.Fields{Part: "extend", Lines: []string{"new_end", "reason"}, Texts: []string{"words"}}
	endFields       = form.Fields{Part: "end", Lines: []string{"reason"}, Texts: []string{"words"}}
	breakFields     = form.Fields{Part: "break", Lines: []string{"reason"}, Texts: []string{"words"}}
	aftercareFields = form.Fields{Part: "aftercare", Lines: []string{"taken_by", "contact", "until"}}
	releaseFields   = form.Fields{Lines: []string{"choice"}, Texts: []string{"words"}}
	farewellFields  = form.Fields{
		Lines: []string{"planned_on", "last_visits", "held_on", "told_on_*", "taken_by_*", "family_mood", "volunteer_mood"},
		Texts: []string{"told_*", "task_*", "family_words", "volunteer_words", "final_report"},
	}
)

func href(id core.TrajectoryID) string { return "/trajectories/" + id.String() }

func (s *Service) showOfDossier(q *web.Request) error {
	id, err := web.PathID[core.DossierID](q, "id")
	if err != nil {
		return err
	}
	head, all, err := s.OfDossier(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	decided, err := s.IsDecided(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	return q.Show(listPage(q.Frame(q.Lang.TrajectoryListTitle()), head, all, decided))
}

func (s *Service) newForm(q *web.Request, f *form.Form, err error) error {
	id, e := web.PathID[core.DossierID](q, "id")
	if e != nil {
		return e
	}
	kinds, family, e := s.Choices(q.Context(), q.Actor, id)
	if e != nil {
		return e
	}
	page := func() templ.Component { return newPage(q.Frame(q.Lang.TrajectoryNewTitle()), id, f, kinds, family) }
	if err == nil && f.OK() {
		return q.Show(page())
	}
	return q.Again(err, f, page)
}

func (s *Service) showNew(q *web.Request) error {
	return s.newForm(q, form.New(q.Lang, newFields), nil)
}

func (s *Service) postNew(q *web.Request) error {
	id, err := web.PathID[core.DossierID](q, "id")
	if err != nil {
		return err
	}
	f := q.Form(newFields)
	start := Start{Kind: f.Value("kind"), Every: f.Int("every"), Complex: f.Bool("complex")}
	for _, p := range f.List("people") {
		person, err := core.ParseID[core.PersonID](p)
		if err != nil {
			return err
		}
		start.People = append(start.People, person)
	}
	if f.OK() {
		var made core.TrajectoryID
		if made, err = s.Begin(q.Context(), q.Actor, id, start); err == nil {
			return q.See(href(made)+"/match", q.Lang.TrajectoryBegun())
		}
	}
	return s.newForm(q, f, err)
}

// forms are the forms on a trajectory's page; the one that was refused keeps what was typed.
type forms struct{ check, more, rhythm, extend, end, breakOff, aftercare *form.Form }

func emptyForms(l text.Lang, f File) forms {
	extend := form.New(l, extendFields)
	extend.Version = f.Version
	rhythm := form.New(l, rhythmFields)
	rhythm.Version = f.Version
	return forms{form.New(l, checkFields), form.New(l, moreFields), rhythm, extend, form.New(l, endFields), form.New(l, breakFields), form.New(l, aftercareFields)}
}

func (s *Service) file(q *web.Request) (File, error) {
	id, err := web.PathID[core.TrajectoryID](q, "id")
	if err != nil {
		return File{}, err
	}
	return s.File(q.Context(), q.Actor, id)
}

func (s *Service) showFile(q *web.Request) error {
	f, err := s.file(q)
	if err != nil {
		return err
	}
	return q.Show(filePage(q.Frame(q.Lang.TrajectoryTitle()), f, emptyForms(q.Lang, f), q.Today()))
}

// deed does something with a trajectory; refused, the page comes back with the form as it was typed.
func (s *Service) deed(q *web.Request, f *form.Form, put func(*forms), do func(core.TrajectoryID) error) error {
	file, err := s.file(q)
	if err != nil {
		return err
	}
	if f.OK() {
		if err = do(file.ID); err == nil {
			return q.See(href(file.ID), q.Lang.TrajectorySaved())
		}
	}
	all := emptyForms(q.Lang, file)
	put(&all)
	return q.Again(err, f, func() templ.Component { return filePage(q.Frame(q.Lang.TrajectoryTitle()), file, all, q.Today()) })
}

func (s *Service) postCheckpoint(q *web.Request) error {
	f := q.Form(checkFields)
	c := Checkpoint{HeldOn: f.Date("held_on"), Words: f.Value("words")}
	var err error
	if c.ID, err = core.ParseID[core.ID](f.Value("checkpoint")); err != nil {
		c.ID = 0
	}
	return s.deed(q, f, func(all *forms) { all.check = f }, func(id core.TrajectoryID) error {
		return s.HoldCheckpoint(q.Context(), q.Actor, id, c)
	})
}

func (s *Service) postMore(q *web.Request) error {
	f := q.Form(moreFields)
	due := f.Date("due_on")
	return s.deed(q, f, func(all *forms) { all.more = f }, func(id core.TrajectoryID) error {
		return s.AddCheckpoint(q.Context(), q.Actor, id, due, f.Value("why"))
	})
}

func (s *Service) postRhythm(q *web.Request) error {
	f := q.Form(rhythmFields)
	c := RhythmChange{Every: f.Int("every"), Why: f.Value("why")}
	return s.deed(q, f, func(all *forms) { all.rhythm = f }, func(id core.TrajectoryID) error {
		return s.ChangeRhythm(q.Context(), q.Actor, id, f.Version, c)
	})
}

func (s *Service) postExtend(q *web.Request) error {
	f := q.Form(extendFields)
	e := Extension{NewEnd: f.Date("new_end"), Reason: f.Value("reason"), Words: f.Value("words")}
	return s.deed(q, f, func(all *forms) { all.extend = f }, func(id core.TrajectoryID) error {
		return s.Extend(q.Context(), q.Actor, id, f.Version, e)
	})
}

func (s *Service) postEnd(q *web.Request) error {
	f := q.Form(endFields)
	return s.deed(q, f, func(all *forms) { all.end = f }, func(id core.TrajectoryID) error {
		return s.End(q.Context(), q.Actor, id, f.Value("reason"), f.Value("words"))
	})
}

func (s *Service) postBreakOff(q *web.Request) error {
	f := q.Form(breakFields)
	return s.deed(q, f, func(all *forms) { all.breakOff = f }, func(id core.TrajectoryID) error {
		return s.BreakOff(q.Context(), q.Actor, id, f.Value("reason"), f.Value("words"))
	})
}

func (s *Service) postAftercare(q *web.Request) error {
	f := q.Form(aftercareFields)
	c := Aftercare{TakenBy: f.Value("taken_by"), Contact: f.Value("contact"), Until: f.Date("until")}
	return s.deed(q, f, func(all *forms) { all.aftercare = f }, func(id core.TrajectoryID) error {
		return s.Follow(q.Context(), q.Actor, id, c)
	})
}

func (s *Service) postAnswered(q *web.Request) error {
	f := q.Form(form.Fields{})
	return s.deed(q, f, func(*forms) {}, func(id core.TrajectoryID) error { return s.Answered(q.Context(), q.Actor, id) })
}

func (s *Service) showRelease(q *web.Request) error {
	f, err := s.file(q)
	if err != nil {
		return err
	}
	return q.Show(releasePage(q.Frame(q.Lang.TrajectoryChoiceTitle()), f, form.New(q.Lang, releaseFields)))
}

func (s *Service) postRelease(q *web.Request) error {
	file, err := s.file(q)
	if err != nil {
		return err
	}
	f := q.Form(releaseFields)
	if f.OK() {
		var next core.TrajectoryID
		if next, err = s.Choose(q.Context(), q.Actor, file.ID, f.Value("choice"), f.Value("words")); err == nil {
			to := href(next)
			if f.Value("choice") == ChoiceEnd {
				to += "/farewell"
			}
			return q.See(to, q.Lang.TrajectorySaved())
		}
	}
	return q.Again(err, f, func() templ.Component { return releasePage(q.Frame(q.Lang.TrajectoryChoiceTitle()), file, f) })
}

func (s *Service) showFarewell(q *web.Request) error {
	f, err := s.file(q)
	if err != nil {
		return err
	}
	return q.Show(farewellPage(q.Frame(q.Lang.TrajectoryFarewellTitle()), f, filledFarewell(q.Lang, f)))
}

func (s *Service) postFarewell(q *web.Request) error {
	file, err := s.file(q)
	if err != nil {
		return err
	}
	f := q.Form(farewellFields)
	plan := farewellOf(f, file)
	if f.OK() {
		if err = s.PlanFarewell(q.Context(), q.Actor, file.ID, plan); err == nil {
			return q.See(href(file.ID), q.Lang.TrajectorySaved())
		}
	}
	return q.Again(err, f, func() templ.Component { return farewellPage(q.Frame(q.Lang.TrajectoryFarewellTitle()), file, f) })
}

const handedLines = 5 // tasks that a farewell plan has room for

func filledFarewell(l text.Lang, x File) *form.Form {
	w := x.Farewell
	f := form.New(l, farewellFields).Set("planned_on", w.PlannedOn.String()).Set("held_on", w.HeldOn.String()).Set("family_mood", w.FamilyMood).
		Set("family_words", w.FamilyWords).Set("volunteer_mood", w.VolunteerMood).Set("volunteer_words", w.VolunteerWords).Set("final_report", w.FinalReport)
	if w.LastVisits > 0 {
		f.Set("last_visits", strconv.Itoa(w.LastVisits))
	}
	for _, c := range w.Children {
		f.Set("told_"+c.Child.String(), c.Words).Set("told_on_"+c.Child.String(), c.On.String())
	}
	for i, h := range w.Tasks {
		f.Set("task_"+strconv.Itoa(i), h.Task).Set("taken_by_"+strconv.Itoa(i), h.TakenBy)
	}
	f.Version = w.Version
	return f
}

func farewellOf(f *form.Form, x File) Farewell {
	w := Farewell{
		PlannedOn: f.Date("planned_on"), LastVisits: f.Int("last_visits"), HeldOn: f.Date("held_on"), FamilyMood: f.Value("family_mood"),
		FamilyWords: f.Value("family_words"), VolunteerMood: f.Value("volunteer_mood"), VolunteerWords: f.Value("volunteer_words"),
		FinalReport: f.Value("final_report"), Version: f.Version,
	}
	for _, c := range x.Children() {
		w.Children = append(w.Children, Told{c.ID, f.Value("told_" + c.ID.String()), f.Date("told_on_" + c.ID.String())})
	}
	for i := range handedLines {
		h := Handed{f.Value("task_" + strconv.Itoa(i)), f.Value("taken_by_" + strconv.Itoa(i))}
		if h.Task != "" {
			w.Tasks = append(w.Tasks, h)
		}
	}
	return w
}

// KindWord is the name of a kind: its word in the catalogue, or the organisation's own.
func KindWord(l text.Lang, code, name string) string {
	return cmp.Or(name, l.TrajectoryKind(code), code)
}

func names(people []Person) string {
	out := make([]string, len(people))
	for i, p := range people {
		out[i] = p.Name
	}
	return strings.Join(out, ", ")
}

func kindOptions(l text.Lang, kinds []Kind) []components.Option {
	out := make([]components.Option, len(kinds))
	for i, k := range kinds {
		out[i] = components.Option{Value: k.Code, Label: KindWord(l, k.Code, k.Name), Hint: l.TrajectoryMonths(k.Months)}
	}
	return out
}

func personOptions(people []Person) []components.Option {
	out := make([]components.Option, len(people))
	for i, p := range people {
		out[i] = components.Option{Value: p.ID.String(), Label: p.Name}
	}
	return out
}

func stateTone(s State) components.Tone {
	switch s {
	case Running:
		return components.Done
	case Waiting, Introducing, Closing:
		return components.Late
	default:
		return components.Plain
	}
}

func listTable(l text.Lang, all []Trajectory) components.Table {
	t := components.Table{
		Caption: l.TrajectoryListTitle(), Empty: l.TrajectoryListEmpty(),
		Columns: []components.Column{{Label: l.TrajectoryKindLabel()}, {Label: l.TrajectoryFor()}, {Label: l.TrajectoryStateLabel()}, {Label: l.TrajectoryFrom()}, {Label: l.TrajectoryUntil()}},
	}
	for _, x := range all {
		t.Rows = append(t.Rows, []components.Cell{
			{Text: KindWord(l, x.Kind, x.KindName), Href: href(x.ID)}, {Text: names(x.People)},
			{Content: components.Chip(stateTone(x.State), l.TrajectoryState(string(x.State)))}, {Text: l.DateShort(x.StartOn)},
			{Text: l.DateShort(lastDay(x))},
		})
	}
	return t
}

func lastDay(x Trajectory) core.Date {
	if !x.EndedOn.IsZero() {
		return x.EndedOn
	}
	return x.PlannedEnd
}

func filePairs(l text.Lang, f File) []components.Pair {
	var with []string
	for _, c := range f.Companions {
		with = append(with, c.Name+" ("+l.MatchState(c.State)+")")
	}
	all := []components.Pair{
		{Term: l.TrajectoryFor(), Text: names(f.People)}, {Term: l.TrajectoryStateLabel(), Text: l.TrajectoryState(string(f.State))},
		{Term: l.TrajectoryCompanion(), Text: strings.Join(with, ", ")}, {Term: l.TrajectoryCoordinator(), Text: f.CoordinatorName},
		{Term: l.TrajectoryWaiting(), Text: l.Date(f.WaitingSince)}, {Term: l.TrajectoryFrom(), Text: l.Date(f.StartOn)},
		{Term: l.TrajectoryUntil(), Text: l.Date(f.PlannedEnd)}, {Term: l.TrajectoryEnded(), Text: l.Date(f.EndedOn)},
		{Term: l.TrajectoryWhyEnd(), Text: l.EndReason(f.EndReason)}, {Term: l.TrajectoryEndWords(), Text: f.EndWords},
	}
	if f.Visits > 0 {
		all = append(all, components.Pair{Term: l.TrajectoryVisits(), Text: l.TrajectoryVisitsSum(f.Visits, l.Date(f.LastVisit))})
	}
	if f.State.Runs() {
		all = append(all, components.Pair{Term: l.TrajectoryNextBefore(), Text: l.Date(f.NextBefore)})
	}
	return slices.DeleteFunc(all, func(p components.Pair) bool { return p.Text == "" })
}

func checkTable(l text.Lang, f File) components.Table {
	t := components.Table{
		Caption: l.TrajectoryCheckpoints(), Empty: l.TrajectoryNoCheckpoints(),
		Columns: []components.Column{{Label: l.TrajectoryWhich()}, {Label: l.TrajectoryDue()}, {Label: l.TrajectoryHeld()}, {Label: l.TrajectoryWords()}},
	}
	for _, c := range f.Checkpoints {
		t.Rows = append(t.Rows, []components.Cell{{Text: l.Checkpoint(c.Kind)}, {Text: l.Date(c.DueOn)}, {Text: l.Date(c.HeldOn)}, {Text: cmp.Or(c.Words, c.Why)}})
	}
	return t
}

func openChecks(l text.Lang, f File) []components.Option {
	var out []components.Option
	for _, c := range f.Checkpoints {
		if c.HeldOn.IsZero() {
			out = append(out, components.Option{Value: c.ID.String(), Label: l.Checkpoint(c.Kind), Hint: l.Date(c.DueOn)})
		}
	}
	return out
}

func normWords(l text.Lang, days []core.Date) string {
	out := make([]string, len(days))
	for i, d := range days {
		out[i] = l.DateShort(d)
	}
	return strings.Join(out, ", ")
}

func extensionEvents(l text.Lang, all []Extension) []components.Event {
	out := make([]components.Event, len(all))
	for i, e := range all {
		out[i] = components.Event{
			Machine: e.At.Date().String(), When: l.Date(e.At.Date()), Title: l.TrajectoryExtendedTo(l.Date(e.NewEnd)),
			Detail: l.ExtensionReason(e.Reason) + ": " + e.Words,
		}
	}
	return out
}

func rhythmEvents(l text.Lang, all []RhythmChange) []components.Event {
	out := make([]components.Event, len(all))
	for i, c := range all {
		out[i] = components.Event{
			Machine: c.At.Date().String(), When: l.Date(c.At.Date()), Title: l.TrajectoryRhythmWas(l.Number(c.Old), l.Number(c.Every)), Detail: c.Why,
		}
	}
	return out
}

func missingWords(l text.Lang, missing []string) []string {
	out := make([]string, len(missing))
	for i, m := range missing {
		out[i] = l.FarewellPart(m)
	}
	return out
}

func choiceOptions(l text.Lang, f File) []components.Option {
	var out []components.Option
	_, kept := f.Accepted()
	for _, c := range []string{ChoiceContinue, ChoiceHandOver, ChoiceEnd} {
		if c != ChoiceHandOver || kept && f.Support.AfterRelease != "" {
			out = append(out, components.Option{Value: c, Label: l.ReleaseChoice(c)})
		}
	}
	return out
}
