package trajectory

import (
	"slices"
	"strings"

	"maatje/internal/core"
)

// CheckPeople says whether a trajectory can be for these people of the family: at least one, in any mix, each once (TRA-2).
func CheckPeople(chosen []core.PersonID, family []Person) error {
	if len(chosen) == 0 {
		return core.Invalid("people", "trajectory_for_nobody")
	}
	for i, id := range chosen {
		known := slices.ContainsFunc(family, func(p Person) bool { return p.ID == id })
		if !known || slices.Contains(chosen[:i], id) {
			return core.NotFound()
		}
	}
	return nil
}

// PlannedEnd is when a trajectory of this kind that starts on the day is meant to end (TRA-1, TRA-7).
func PlannedEnd(k Kind, start core.Date) core.Date { return start.AddMonths(k.Months) }

// Checkpoints are the coordinator's contacts of a trajectory: at the start, after three months, at the end (TRA-4). A
// trajectory that ends within three months has none between. With the norm adopted, its contacts come beside them.
func Checkpoints(start, end core.Date, strict bool) []Checkpoint {
	all := []Checkpoint{{Kind: CheckIntake, DueOn: start}}
	if three := start.AddMonths(3); three.Before(end) {
		all = append(all, Checkpoint{Kind: CheckThree, DueOn: three})
	}
	if strict {
		for _, d := range Norm(start, end) {
			all = append(all, Checkpoint{Kind: CheckNorm, DueOn: d})
		}
	}
	return append(all, Checkpoint{Kind: CheckFinal, DueOn: end})
}

// Norm are the contacts of the stricter international norm: twice in the first month, then every month (TRA-4).
func Norm(start, end core.Date) []core.Date {
	all := []core.Date{start.AddDays(14), start.AddMonths(1)}
	for n := 2; start.AddMonths(n).Before(end); n++ {
		all = append(all, start.AddMonths(n))
	}
	return slices.DeleteFunc(all, func(d core.Date) bool { return !d.Before(end) })
}

// CheckMore says what is wrong with one contact more (TRA-4): the trajectory runs, the day is still to come and not after
// the planned end, when the final contact is, and somebody says why.
func CheckMore(x Trajectory, due core.Date, why string, today core.Date) error {
	if !x.State.Runs() {
		return core.Refuse("TRA-4", "trajectory_not_running")
	}
	var fails []*core.Fail
	switch {
	case due.IsZero():
		fails = append(fails, core.Invalid("due_on", "trajectory_checkpoint_when"))
	case due.Before(today):
		fails = append(fails, core.Invalid("due_on", "trajectory_checkpoint_past"))
	case due.After(x.PlannedEnd):
		fails = append(fails, core.Invalid("due_on", "trajectory_checkpoint_late", x.PlannedEnd))
	}
	if strings.TrimSpace(why) == "" {
		fails = append(fails, core.Invalid("why", "trajectory_checkpoint_why"))
	}
	return core.Join(fails...)
}

// fewestDays and mostDays bound the days between visits (TRA-5).
const (
	fewestDays = 1
	mostDays   = 92
)

// CheckRhythm says what is wrong with another rhythm (TRA-5): it differs from the one there is, and somebody says why.
func CheckRhythm(x Trajectory, c RhythmChange) error {
	if !x.State.IsOpen() {
		return core.Refuse("TRA-5", "trajectory_ended_already")
	}
	var fails []*core.Fail
	switch {
	case c.Every < fewestDays || c.Every > mostDays:
		fails = append(fails, core.Invalid("every", "trajectory_rhythm"))
	case c.Every == x.VisitEveryDays:
		fails = append(fails, core.Invalid("every", "trajectory_rhythm_same"))
	}
	if strings.TrimSpace(c.Why) == "" {
		fails = append(fails, core.Invalid("why", "trajectory_rhythm_why"))
	}
	return core.Join(fails...)
}

// CheckHeld says what is wrong with a checkpoint that was held (TRA-4).
func CheckHeld(c Checkpoint, today core.Date) error {
	switch {
	case c.HeldOn.IsZero():
		return core.Invalid("held_on", "trajectory_checkpoint_day")
	case c.HeldOn.After(today):
		return core.Invalid("held_on", "trajectory_date_ahead")
	}
	return nil
}

// Lateness says to whom it shows that no visit came (TRA-5).
type Lateness uint8

const (
	OnTime          Lateness = iota
	ShowVolunteer            // the volunteer sees it first
	ShowCoordinator          // a week later the coordinator as well
)

// NextVisitBefore is the last day on which the next visit is in time: counted from the last visit, or from the start.
func NextVisitBefore(start, last core.Date, every int) core.Date {
	if last.Before(start) {
		last = start
	}
	return last.AddDays(every)
}

// Late holds the rhythm against the day (TRA-5). Visits come at least every so many days; a rhythm of none is never late.
// For so many days of grace the volunteer alone sees it.
func Late(start, last core.Date, every, grace int, today core.Date) Lateness {
	if start.IsZero() || every <= 0 {
		return OnTime
	}
	days := NextVisitBefore(start, last, every).DaysUntil(today)
	switch {
	case days <= 0:
		return OnTime
	case days <= grace:
		return ShowVolunteer
	}
	return ShowCoordinator
}

// ExtensionReasons are the answers to why a trajectory goes on (TRA-7).
func ExtensionReasons() []string {
	return []string{"not_reached", "new_question", "release_nearby", "hard_to_let_go", "funder_allows"}
}

// CheckExtension says what is wrong with an extension: it needs a reason and words, and ends later than planned and after
// today; how long is free, because duration follows the question (TRA-7).
func CheckExtension(x Trajectory, e Extension, today core.Date) error {
	if !x.State.Runs() {
		return core.Refuse("TRA-7", "trajectory_not_running")
	}
	var fails []*core.Fail
	if !slices.Contains(ExtensionReasons(), e.Reason) {
		fails = append(fails, core.Invalid("reason", "trajectory_why_longer"))
	}
	if strings.TrimSpace(e.Words) == "" {
		fails = append(fails, core.Invalid("words", "trajectory_why_longer_words"))
	}
	switch {
	case e.NewEnd.IsZero():
		fails = append(fails, core.Invalid("new_end", "trajectory_no_end"))
	case !e.NewEnd.After(x.PlannedEnd):
		fails = append(fails, core.Invalid("new_end", "trajectory_not_longer", x.PlannedEnd))
	case e.NewEnd.Before(today):
		fails = append(fails, core.Invalid("new_end", "trajectory_end_past"))
	}
	return core.Join(fails...)
}

// AsksForChoice says whether a moved release asks what becomes of a running trajectory (TRA-8): the parent comes home
// earlier than was known, and not so late that the trajectory will be over. A release that was not known at all asks too;
// support that was handed over already stands for the time after it.
func AsksForChoice(x Trajectory, old, now core.Date) bool {
	earlier := !now.IsZero() && (old.IsZero() || now.Before(old))
	return earlier && x.State.Runs() && x.Continues.IsZero() && (x.PlannedEnd.IsZero() || now.Before(x.PlannedEnd))
}

// CheckChoice says whether there still is something to choose about an early release (TRA-8), and whether it was chosen.
func CheckChoice(c ReleaseChoice, x Trajectory, choice string) error {
	switch {
	case c.Choice != "":
		return core.Conflict("trajectory_choice_made")
	case !x.State.Runs():
		return core.Refuse("TRA-8", "trajectory_not_running")
	case !slices.Contains([]string{ChoiceContinue, ChoiceHandOver, ChoiceEnd}, choice):
		return core.Invalid("choice", "trajectory_choice")
	}
	return nil
}

// HandOver lets a trajectory end because aftercare with the same volunteer follows on it (TRA-8). It needs a kind that
// takes over and a volunteer whom the family accepted; no farewell, because nobody leaves.
func HandOver(x Trajectory, k Kind, with Companion) (Closure, error) {
	switch {
	case !x.State.Runs():
		return Closure{}, core.Refuse("TRA-8", "trajectory_not_running")
	case k.AfterRelease == "":
		return Closure{}, core.Refuse("TRA-8", "trajectory_no_aftercare_kind")
	case with.State != "accepted":
		return Closure{}, core.Refuse("TRA-8", "trajectory_no_volunteer_to_keep")
	}
	return Closure{trajectory: x.ID, reason: "handed_over"}, nil
}

// EndReasons are why a trajectory ended, as it should or abruptly.
func EndReasons() []string {
	return []string{
		"question_answered", "network_takes_over", "handed_over", "released", "moved", "family_stopped", "volunteer_stopped", "unsafe", "other",
	}
}

// The parts of an ending, as the refusal names them (TRA-9).
const (
	MissingPlan        = "plan"
	MissingChild       = "child"
	MissingTask        = "task"
	MissingLastVisit   = "last_visit"
	MissingCheckpoint  = "final_checkpoint"
	MissingFamilySaid  = "family_said"
	MissingVolunteer   = "volunteer_said"
	MissingFinalReport = "final_report"
)

// Missing lists what an ending still lacks (TRA-9): a plan with how each child is told and who takes over which task, the
// last visit held, the final checkpoint, what family and volunteer say of it, and a short final report. A kind without
// reports (a driver) needs only that the children were told.
func Missing(x Trajectory, k Kind, f Farewell, checks []Checkpoint) []string {
	if f.IsZero() {
		return []string{MissingPlan}
	}
	var missing []string
	lacks := func(is bool, what string) {
		if is {
			missing = append(missing, what)
		}
	}
	for _, child := range x.Children() {
		told := slices.ContainsFunc(f.Children, func(c Told) bool { return c.Child == child.ID && !c.On.IsZero() })
		lacks(!told && !slices.Contains(missing, MissingChild), MissingChild)
	}
	if !k.Reports {
		return missing
	}
	handed := len(f.Tasks) > 0 && !slices.ContainsFunc(f.Tasks, func(h Handed) bool { return strings.TrimSpace(h.TakenBy) == "" })
	final := slices.ContainsFunc(checks, func(c Checkpoint) bool { return c.Kind == CheckFinal && !c.HeldOn.IsZero() })
	lacks(!handed, MissingTask)
	lacks(f.HeldOn.IsZero(), MissingLastVisit)
	lacks(!final, MissingCheckpoint)
	lacks(f.FamilyMood == "", MissingFamilySaid)
	lacks(f.VolunteerMood == "", MissingVolunteer)
	lacks(strings.TrimSpace(f.FinalReport) == "", MissingFinalReport)
	return missing
}

// Closure is proof that a trajectory may end: with everything in place, or abruptly with a reason, or because
// aftercare follows on it. Only Close, BreakOff and HandOver make one.
type Closure struct {
	trajectory core.TrajectoryID
	reason     string
	words      string
	abrupt     bool
}

// Close lets a trajectory end as it should, or refuses and names what is missing (TRA-9).
func Close(x Trajectory, k Kind, f Farewell, checks []Checkpoint, reason, words string) (Closure, error) {
	if err := checkEnd(x, reason); err != nil {
		return Closure{}, err
	}
	if missing := Missing(x, k, f, checks); len(missing) > 0 {
		return Closure{}, core.Refuse("TRA-9", "trajectory_farewell_missing", missing)
	}
	return Closure{trajectory: x.ID, reason: reason, words: words}, nil
}

// BreakOff lets a trajectory end abruptly; that asks a reason and words (TRA-9).
func BreakOff(x Trajectory, reason, words string) (Closure, error) {
	if err := checkEnd(x, reason); err != nil {
		return Closure{}, err
	}
	if strings.TrimSpace(words) == "" {
		return Closure{}, core.Invalid("words", "trajectory_abrupt_words")
	}
	return Closure{trajectory: x.ID, reason: reason, words: words, abrupt: true}, nil
}

func checkEnd(x Trajectory, reason string) error {
	switch {
	case !x.State.IsOpen():
		return core.Conflict("trajectory_ended_already")
	case !slices.Contains(EndReasons(), reason):
		return core.Invalid("reason", "trajectory_why_end")
	}
	return nil
}

// CheckFarewell says what is wrong with a farewell plan as typed (TRA-9).
func CheckFarewell(x Trajectory, f Farewell, today core.Date) error {
	if !x.State.Runs() {
		return core.Refuse("TRA-9", "trajectory_not_running")
	}
	var fails []*core.Fail
	switch {
	case f.PlannedOn.IsZero():
		fails = append(fails, core.Invalid("planned_on", "trajectory_farewell_day"))
	case f.PlannedOn.Before(x.StartOn):
		fails = append(fails, core.Invalid("planned_on", "trajectory_farewell_before_start", x.StartOn))
	}
	if f.LastVisits < 0 || f.LastVisits > 50 {
		fails = append(fails, core.Invalid("last_visits", "trajectory_last_visits"))
	}
	if f.HeldOn.After(today) {
		fails = append(fails, core.Invalid("held_on", "trajectory_date_ahead"))
	}
	if !f.HeldOn.IsZero() && f.HeldOn.Before(x.StartOn) {
		fails = append(fails, core.Invalid("held_on", "trajectory_farewell_before_start", x.StartOn))
	}
	for _, c := range f.Children {
		if c.On.After(today) {
			fails = append(fails, core.Invalid("told_on_"+c.Child.String(), "trajectory_date_ahead"))
		}
	}
	return core.Join(fails...)
}

// CheckAftercare says what is wrong with who takes over (TRA-10).
func CheckAftercare(a Aftercare) error {
	var fails []*core.Fail
	if strings.TrimSpace(a.TakenBy) == "" {
		fails = append(fails, core.Invalid("taken_by", "trajectory_aftercare_who"))
	}
	if !a.Until.IsZero() && a.Until.Before(a.From) {
		fails = append(fails, core.Invalid("until", "trajectory_aftercare_until"))
	}
	return core.Join(fails...)
}
