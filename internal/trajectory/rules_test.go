package trajectory

import (
	"slices"
	"testing"

	"maatje/internal/core"
)

var (
	day         = core.MustDate
	buddy       = Kind{Code: "family_buddy", Months: 6, VisitEveryDays: 14, ForChildren: true, Reports: true, AfterRelease: "parent_buddy"}
	driver      = Kind{Code: "transport", Months: 6, VisitEveryDays: 31}
	parentBuddy = Kind{Code: "parent_buddy", Months: 15, VisitEveryDays: 7, Reports: true}
)

func message(err error) string {
	if f, ok := core.AsFail(err); ok {
		return f.Message
	}
	return ""
}

func TestTRA1_PlannedEndComesFromTheKind(t *testing.T) {
	for _, c := range []struct{ start, months6, months15 string }{
		{"2026-01-15", "2026-07-15", "2027-04-15"}, {"2026-08-31", "2027-02-28", "2027-11-30"},
	} {
		if got := PlannedEnd(buddy, day(c.start)); got != day(c.months6) {
			t.Errorf("six months from %s: %s", c.start, got)
		}
		if got := PlannedEnd(parentBuddy, day(c.start)); got != day(c.months15) {
			t.Errorf("fifteen months from %s: %s", c.start, got)
		}
	}
}

func TestTRA2_ForAnyMixOfThePeople(t *testing.T) {
	family := []Person{{ID: 1, IsChild: true}, {ID: 2, IsChild: true}, {ID: 3}, {ID: 4, IsParent: true}}
	for _, c := range []struct {
		name   string
		chosen []core.PersonID
		kind   core.Kind
	}{
		{"a child alone", []core.PersonID{1}, 0}, {"a caregiver alone", []core.PersonID{3}, 0}, {"a parent alone", []core.PersonID{4}, 0},
		{"everybody", []core.PersonID{4, 3, 2, 1}, 0}, {"nobody", nil, core.KindInvalid}, {"a stranger", []core.PersonID{1, 9}, core.KindNotFound},
		{"somebody twice", []core.PersonID{1, 1}, core.KindNotFound},
	} {
		err := CheckPeople(c.chosen, family)
		if c.kind == 0 && err != nil || c.kind != 0 && !core.IsKind(err, c.kind) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestTRA4_CheckpointsAndTheStricterNorm(t *testing.T) {
	for _, c := range []struct {
		name   string
		end    string
		strict bool
		want   []string
	}{
		{"half a year", "2026-07-15", false, []string{"intake 2026-01-15", "three_months 2026-04-15", "final 2026-07-15"}},
		{"a day longer than three months", "2026-04-16", false, []string{"intake 2026-01-15", "three_months 2026-04-15", "final 2026-04-16"}},
		{"three months to the day", "2026-04-15", false, []string{"intake 2026-01-15", "final 2026-04-15"}},
		{"with the norm", "2026-04-15", true, []string{
			"intake 2026-01-15", "norm 2026-01-29", "norm 2026-02-15", "norm 2026-03-15", "final 2026-04-15",
		}},
		{"two weeks with the norm", "2026-01-29", true, []string{"intake 2026-01-15", "final 2026-01-29"}},
	} {
		var got []string
		for _, p := range Checkpoints(day("2026-01-15"), day(c.end), c.strict) {
			got = append(got, p.Kind+" "+p.DueOn.String())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	for held, want := range map[string]string{"2026-06-01": "", "2026-05-31": "", "2026-06-02": "trajectory_date_ahead", "": "trajectory_checkpoint_day"} {
		var c Checkpoint
		if held != "" {
			c.HeldOn = day(held)
		}
		if got := message(CheckHeld(c, day("2026-06-01"))); got != want {
			t.Errorf("held on %q: %q", held, got)
		}
	}
}

func TestTRA5_LateShowsToTheVolunteerFirst(t *testing.T) {
	start := day("2026-06-01")
	for _, c := range []struct {
		name  string
		last  string
		every int
		today string
		want  Lateness
	}{
		{"the day it is due", "2026-06-10", 14, "2026-06-24", OnTime},
		{"the day after", "2026-06-10", 14, "2026-06-25", ShowVolunteer},
		{"a week late", "2026-06-10", 14, "2026-07-01", ShowVolunteer},
		{"a week and a day late", "2026-06-10", 14, "2026-07-02", ShowCoordinator},
		{"no visit yet, counted from the start", "", 14, "2026-06-15", OnTime},
		{"no visit yet, the day after", "", 14, "2026-06-16", ShowVolunteer},
		{"a visit before the start does not shorten it", "2026-05-01", 14, "2026-06-15", OnTime},
		{"every week", "2026-06-10", 7, "2026-06-18", ShowVolunteer},
		{"no rhythm", "2026-06-10", 0, "2027-06-18", OnTime},
	} {
		var last core.Date
		if c.last != "" {
			last = day(c.last)
		}
		if got := Late(start, last, c.every, 7, day(c.today)); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	if Late(core.Date{}, core.Date{}, 14, 7, day("2026-06-15")) != OnTime {
		t.Error("what did not start is late")
	}
}

func running(change ...func(*Trajectory)) Trajectory {
	x := Trajectory{
		ID: 5, State: Running, Kind: "family_buddy", StartOn: day("2026-01-15"), PlannedEnd: day("2026-07-15"),
		People: []Person{{ID: 1, IsChild: true}, {ID: 2, IsChild: true}, {ID: 3}},
	}
	for _, c := range change {
		c(&x)
	}
	return x
}

func TestTRA7_ExtensionAsksWhy(t *testing.T) {
	good := Extension{NewEnd: day("2026-08-01"), Reason: "new_question", Words: "school begint"}
	for _, c := range []struct {
		name   string
		x      Trajectory
		change func(*Extension)
		want   string
	}{
		{"complete", running(), func(*Extension) {}, ""},
		{"one day", running(func(x *Trajectory) { x.PlannedEnd = day("2026-07-24") }), func(e *Extension) { e.NewEnd = day("2026-07-25") }, ""},
		{"to the same day", running(), func(e *Extension) { e.NewEnd = day("2026-07-15") }, "trajectory_not_longer"},
		{"shorter", running(), func(e *Extension) { e.NewEnd = day("2026-07-14") }, "trajectory_not_longer"},
		{"to today", running(), func(e *Extension) { e.NewEnd = day("2026-07-20") }, ""},
		{"to yesterday", running(), func(e *Extension) { e.NewEnd = day("2026-07-19") }, "trajectory_end_past"},
		{"no end", running(), func(e *Extension) { e.NewEnd = core.Date{} }, "trajectory_no_end"},
		{"no reason", running(), func(e *Extension) { e.Reason = "" }, "trajectory_why_longer"},
		{"a reason of one's own", running(), func(e *Extension) { e.Reason = "gezellig" }, "trajectory_why_longer"},
		{"no words", running(), func(e *Extension) { e.Words = " " }, "trajectory_why_longer_words"},
		{"closing can still go on", running(func(x *Trajectory) { x.State = Closing }), func(*Extension) {}, ""},
		{"waiting", running(func(x *Trajectory) { x.State = Waiting }), func(*Extension) {}, "trajectory_not_running"},
		{"ended", running(func(x *Trajectory) { x.State = Ended }), func(*Extension) {}, "trajectory_not_running"},
	} {
		e := good
		c.change(&e)
		if got := message(CheckExtension(c.x, e, day("2026-07-20"))); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTRA8_EarlierReleaseAsksForAChoice(t *testing.T) {
	for _, c := range []struct {
		name     string
		x        Trajectory
		old, now string
		want     bool
	}{
		{"earlier", running(), "2026-12-01", "2026-05-01", true},
		{"a day earlier", running(), "2026-07-14", "2026-07-13", true},
		{"the same day", running(), "2026-05-01", "2026-05-01", false},
		{"later", running(), "2026-05-01", "2026-06-01", false},
		{"was not known", running(), "", "2026-05-01", true},
		{"is not known any more", running(), "2026-05-01", "", false},
		{"earlier, and after the planned end", running(), "2026-12-01", "2026-07-15", false},
		{"earlier, and the day before the planned end", running(), "2026-12-01", "2026-07-14", true},
		{"closing", running(func(x *Trajectory) { x.State = Closing }), "2026-12-01", "2026-05-01", true},
		{"waiting", running(func(x *Trajectory) { x.State = Waiting }), "2026-12-01", "2026-05-01", false},
		{"introducing", running(func(x *Trajectory) { x.State = Introducing }), "2026-12-01", "2026-05-01", false},
		{"ended", running(func(x *Trajectory) { x.State = Ended }), "2026-12-01", "2026-05-01", false},
		{"handed over already", running(func(x *Trajectory) { x.Continues = 4 }), "2026-12-01", "2026-05-01", false},
	} {
		var old, now core.Date
		if c.old != "" {
			old = day(c.old)
		}
		if c.now != "" {
			now = day(c.now)
		}
		if got := AsksForChoice(c.x, old, now); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestTRA8_AChoiceIsMadeOnce(t *testing.T) {
	for _, c := range []struct {
		name   string
		c      ReleaseChoice
		x      Trajectory
		choice string
		want   string
	}{
		{"continue", ReleaseChoice{}, running(), ChoiceContinue, ""}, {"hand over", ReleaseChoice{}, running(), ChoiceHandOver, ""},
		{"end", ReleaseChoice{}, running(), ChoiceEnd, ""}, {"nothing", ReleaseChoice{}, running(), "", "trajectory_choice"},
		{"made before", ReleaseChoice{Choice: ChoiceContinue}, running(), ChoiceEnd, "trajectory_choice_made"},
		{"ended meanwhile", ReleaseChoice{}, running(func(x *Trajectory) { x.State = Ended }), ChoiceEnd, "trajectory_not_running"},
	} {
		if got := message(CheckChoice(c.c, c.x, c.choice)); got != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

func TestTRA8_HandingOverNeedsAVolunteerAndAKind(t *testing.T) {
	for _, c := range []struct {
		name string
		x    Trajectory
		k    Kind
		with Companion
		want string
	}{
		{"accepted", running(), buddy, Companion{Volunteer: 7, State: "accepted"}, ""},
		{"introduced only", running(), buddy, Companion{Volunteer: 7, State: "introduced"}, "trajectory_no_volunteer_to_keep"},
		{"nobody", running(), buddy, Companion{}, "trajectory_no_volunteer_to_keep"},
		{"no kind follows", running(), driver, Companion{State: "accepted"}, "trajectory_no_aftercare_kind"},
		{"ended", running(func(x *Trajectory) { x.State = Ended }), buddy, Companion{State: "accepted"}, "trajectory_not_running"},
	} {
		closure, err := HandOver(c.x, c.k, c.with)
		if got := message(err); got != c.want || c.want == "" && (closure.trajectory != 5 || closure.abrupt) {
			t.Errorf("%s: %q %+v", c.name, got, closure)
		}
	}
}

// complete is a farewell with everything in it.
func complete() (Farewell, []Checkpoint) {
	return Farewell{
		PlannedOn: day("2026-07-10"), HeldOn: day("2026-07-10"), FamilyMood: "good", VolunteerMood: "good", FinalReport: "Het gaat goed.",
		Children: []Told{{Child: 1, On: day("2026-06-20")}, {Child: 2, On: day("2026-06-21")}},
		Tasks:    []Handed{{"voorlezen", "tante An"}},
	}, []Checkpoint{{Kind: CheckFinal, DueOn: day("2026-07-15"), HeldOn: day("2026-07-12")}}
}

func TestTRA9_EndingNamesWhatIsMissing(t *testing.T) {
	for _, c := range []struct {
		name   string
		k      Kind
		change func(*Farewell, []Checkpoint)
		want   []string
	}{
		{"complete", buddy, func(*Farewell, []Checkpoint) {}, nil},
		{"no plan", buddy, func(f *Farewell, _ []Checkpoint) { *f = Farewell{} }, []string{MissingPlan}},
		{"one child not told", buddy, func(f *Farewell, _ []Checkpoint) { f.Children[1].On = core.Date{} }, []string{MissingChild}},
		{"no child told", buddy, func(f *Farewell, _ []Checkpoint) { f.Children = nil }, []string{MissingChild}},
		{"no task handed over", buddy, func(f *Farewell, _ []Checkpoint) { f.Tasks = nil }, []string{MissingTask}},
		{"a task without anybody", buddy, func(f *Farewell, _ []Checkpoint) { f.Tasks[0].TakenBy = " " }, []string{MissingTask}},
		{"last visit not held", buddy, func(f *Farewell, _ []Checkpoint) { f.HeldOn = core.Date{} }, []string{MissingLastVisit}},
		{"final checkpoint not held", buddy, func(_ *Farewell, c []Checkpoint) { c[0].HeldOn = core.Date{} }, []string{MissingCheckpoint}},
		{"another checkpoint held", buddy, func(_ *Farewell, c []Checkpoint) { c[0].Kind = CheckThree }, []string{MissingCheckpoint}},
		{"family not asked", buddy, func(f *Farewell, _ []Checkpoint) { f.FamilyMood = "" }, []string{MissingFamilySaid}},
		{"volunteer not asked", buddy, func(f *Farewell, _ []Checkpoint) { f.VolunteerMood = "" }, []string{MissingVolunteer}},
		{"no report", buddy, func(f *Farewell, _ []Checkpoint) { f.FinalReport = "\n" }, []string{MissingFinalReport}},
		{"everything", buddy, func(f *Farewell, c []Checkpoint) { *f, c[0] = Farewell{PlannedOn: day("2026-07-10")}, Checkpoint{} }, []string{
			MissingChild, MissingTask, MissingLastVisit, MissingCheckpoint, MissingFamilySaid, MissingVolunteer, MissingFinalReport,
		}},
		{"a driver: the children know", driver, func(f *Farewell, _ []Checkpoint) {
			*f = Farewell{PlannedOn: f.PlannedOn, Children: f.Children}
		}, nil},
		{"a driver: a child does not know", driver, func(f *Farewell, _ []Checkpoint) { f.Children = f.Children[:1] }, []string{MissingChild}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, checks := complete()
			c.change(&f, checks)
			if got := Missing(running(), c.k, f, checks); !slices.Equal(got, c.want) {
				t.Errorf("missing %v, want %v", got, c.want)
			}
			closure, err := Close(running(), c.k, f, checks, "question_answered", "")
			if (err == nil) != (c.want == nil) || err != nil && closure != (Closure{}) {
				t.Errorf("%v %+v", err, closure)
			}
		})
	}
}

func TestTRA9_AbruptEndAsksAReason(t *testing.T) {
	for _, c := range []struct {
		name, reason, words string
		state               State
		want                string
	}{
		{"complete", "volunteer_stopped", "ziek geworden", Running, ""}, {"waiting can stop too", "family_stopped", "hoeft niet meer", Waiting, ""},
		{"no reason", "", "ziek", Running, "trajectory_why_end"}, {"unknown reason", "zomaar", "ziek", Running, "trajectory_why_end"},
		{"no words", "volunteer_stopped", " ", Running, "trajectory_abrupt_words"}, {"ended", "other", "x", Ended, "trajectory_ended_already"},
	} {
		closure, err := BreakOff(running(func(x *Trajectory) { x.State = c.state }), c.reason, c.words)
		if got := message(err); got != c.want || c.want == "" && !closure.abrupt {
			t.Errorf("%s: %q %+v", c.name, got, closure)
		}
	}
}

func TestTRA9_FarewellAsTyped(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Farewell)
		field  string
	}{
		{"complete", func(*Farewell) {}, ""},
		{"no day", func(f *Farewell) { f.PlannedOn = core.Date{} }, "planned_on"},
		{"before the start", func(f *Farewell) { f.PlannedOn = day("2026-01-14") }, "planned_on"},
		{"on the first day", func(f *Farewell) { f.PlannedOn, f.HeldOn = day("2026-01-15"), day("2026-01-15") }, ""},
		{"held tomorrow", func(f *Farewell) { f.HeldOn = day("2026-07-13") }, "held_on"},
		{"held before the start", func(f *Farewell) { f.HeldOn = day("2026-01-14") }, "held_on"},
		{"minus one visit", func(f *Farewell) { f.LastVisits = -1 }, "last_visits"},
		{"a child told tomorrow", func(f *Farewell) { f.Children[0].On = day("2026-07-13") }, "told_on_" + core.PersonID(1).String()},
	} {
		f, _ := complete()
		c.change(&f)
		err := CheckFarewell(running(), f, day("2026-07-12"))
		if fail, ok := core.AsFail(err); ok != (c.field != "") || ok && fail.Field != c.field {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestTRA10_AftercareNamesWhoTakesOver(t *testing.T) {
	for _, c := range []struct {
		name  string
		a     Aftercare
		field string
	}{
		{"without end", Aftercare{TakenBy: "wijkteam", From: day("2026-07-12")}, ""},
		{"until the same day", Aftercare{TakenBy: "wijkteam", From: day("2026-07-12"), Until: day("2026-07-12")}, ""},
		{"until before it began", Aftercare{TakenBy: "wijkteam", From: day("2026-07-12"), Until: day("2026-07-11")}, "until"},
		{"nobody", Aftercare{TakenBy: " ", From: day("2026-07-12")}, "taken_by"},
	} {
		err := CheckAftercare(c.a)
		if f, ok := core.AsFail(err); ok != (c.field != "") || ok && f.Field != c.field {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestTRA4_OneContactMore(t *testing.T) {
	x := Trajectory{State: Running, StartOn: day("2026-01-15"), PlannedEnd: day("2026-07-15")}
	for _, c := range []struct {
		name, due, why string
		state          State
		want           string
	}{
		{"today", "2026-06-01", "zwaar", Running, ""},
		{"yesterday", "2026-05-31", "zwaar", Running, "trajectory_checkpoint_past"},
		{"the last day", "2026-07-15", "zwaar", Closing, ""},
		{"the day after", "2026-07-16", "zwaar", Running, "trajectory_checkpoint_late"},
		{"no day", "", "zwaar", Running, "trajectory_checkpoint_when"},
		{"no why", "2026-06-01", " \n", Running, "trajectory_checkpoint_why"},
		{"not begun", "2026-06-01", "zwaar", Introducing, "trajectory_not_running"},
		{"over", "2026-06-01", "zwaar", Ended, "trajectory_not_running"},
	} {
		x.State = c.state
		due, _ := core.ParseDate(c.due)
		if got := message(CheckMore(x, due, c.why, day("2026-06-01"))); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTRA5_AnotherRhythm(t *testing.T) {
	for _, c := range []struct {
		name  string
		every int
		why   string
		state State
		want  string
	}{
		{"every week", 7, "druk", Running, ""},
		{"every day", 1, "druk", Running, ""},
		{"before it runs", 7, "druk", Waiting, ""},
		{"a quarter", 92, "rustig", Closing, ""},
		{"longer", 93, "rustig", Running, "trajectory_rhythm"},
		{"never", 0, "rustig", Running, "trajectory_rhythm"},
		{"less than nothing", -7, "rustig", Running, "trajectory_rhythm"},
		{"as it is", 14, "rustig", Running, "trajectory_rhythm_same"},
		{"without why", 7, "", Running, "trajectory_rhythm_why"},
		{"over", 7, "druk", Ended, "trajectory_ended_already"},
	} {
		x := Trajectory{State: c.state, VisitEveryDays: 14}
		if got := message(CheckRhythm(x, RhythmChange{Every: c.every, Why: c.why})); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
