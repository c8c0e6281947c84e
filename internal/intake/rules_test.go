package intake

import (
	"slices"
	"strings"
	"testing"

	"maatje/internal/consent"
	"maatje/internal/core"
	"maatje/internal/setting"
)

var today = core.MustDate("2026-11-23")

func day(s string) core.Date { return core.MustDate(s) }

// ready are facts under which support can start.
func ready() Facts {
	f := Facts{Dossier: 1, Intake: 2, On: today, Many: 4, Practice: map[string]string{}}
	for _, letter := range []string{"a", "b", "c", "d"} {
		f.Conditions = append(f.Conditions, Condition{Letter: letter, About: 7, Name: "Sara", Met: true, Consents: []core.ID{9}})
	}
	for _, kind := range setting.Contraindications() {
		f.Contraindications = append(f.Contraindications, Contraindication{Kind: kind, Checked: true})
		f.Practice[kind] = string(setting.Default().Practice(kind))
	}
	return f
}

func messages(err error) string {
	fail, ok := core.AsFail(err)
	if !ok {
		return ""
	}
	var out []string
	for _, f := range fail.All() {
		out = append(out, f.Rule+" "+f.Message)
	}
	return strings.Join(out, ", ")
}

func TestINT4_TheStartNamesEveryMissingCondition(t *testing.T) {
	if s, err := Start(ready()); err != nil || s.IsZero() || s.Dossier() != 1 || s.Intake() != 2 || s.On() != today || s.Complex() || len(s.Consents()) != 4 {
		t.Fatalf("got %+v, %v", s, err)
	}
	tests := []struct {
		letters string
		want    string
	}{
		{"a", "INT-4 intake_missing_a"}, {"b", "INT-4 intake_missing_b"}, {"c", "INT-4 intake_missing_c"}, {"d", "INT-4 intake_missing_d"},
		{"ac", "INT-4 intake_missing_a, INT-4 intake_missing_c"},
		{"abcd", "INT-4 intake_missing_a, INT-4 intake_missing_b, INT-4 intake_missing_c, INT-4 intake_missing_d"},
	}
	for _, tt := range tests {
		f := ready()
		for i := range f.Conditions {
			f.Conditions[i].Met = !strings.Contains(tt.letters, f.Conditions[i].Letter)
		}
		s, err := Start(f)
		if got := messages(err); got != tt.want || !s.IsZero() {
			t.Errorf("%s: got %q and %+v", tt.letters, got, s)
		}
	}
	f := ready()
	f.Conditions[0].Met = false
	f.Conditions[0].Missing = []*core.Fail{core.Refuse("CON-1", "consent_only_spoken", "Kim")}
	if _, err := Start(f); messages(err) != "INT-4 intake_missing_a, CON-1 consent_only_spoken" {
		t.Errorf("what there is does not count, and nobody says why: %v", err)
	}
}

func TestINT4_WhoAgreedReceives(t *testing.T) {
	f := ready()
	f.Conditions[1].About = 8
	s, err := Start(f)
	if err != nil || !s.Receives(8) || s.Receives(7) {
		t.Errorf("got %+v, %v", s, err)
	}
}

func TestINT4_WhoseConsentIsAsked(t *testing.T) {
	kim := Member{ID: 1, Name: "Kim", IsParent: true, Detained: true}
	wil := Member{ID: 2, Name: "Wil", IsCaregiver: true}
	child := func(birth string) Member { return Member{ID: 3, Name: "Sara", IsChild: true, Birth: day(birth)} }
	told := child("2017-01-01")
	told.KnowsAll = true
	dead := kim
	dead.IsDead, dead.Detained = true, false
	father := Member{ID: 4, Name: "Jan", IsParent: true, IsCaregiver: true}
	tests := []struct {
		name   string
		family []Member
		want   string
	}{
		{"a young child", []Member{kim, wil, child("2017-01-01")}, "a3 b2 c1"},
		{"the day before twelve", []Member{kim, wil, child("2014-11-24")}, "a3 b2 c1"},
		{"twelve today", []Member{kim, wil, child("2014-11-23")}, "a3 b2 b3 c1"},
		{"the day before sixteen", []Member{kim, wil, child("2010-11-24")}, "a3 b2 b3 c1"},
		{"sixteen today: alone decisive", []Member{kim, wil, child("2010-11-23")}, "a3 b3 c1"},
		{"a birthday that nobody knows", []Member{kim, wil, {ID: 3, Name: "Sara", IsChild: true}}, "a3 b2 c1"},
		{"told everything", []Member{kim, wil, told}, "a3 b2"},
		{"the other parent cares", []Member{kim, father, child("2017-01-01")}, "a3 b4 c1"},
		{"out again", []Member{{ID: 1, IsParent: true}, wil, child("2017-01-01")}, "a3 b2 c1"},
		{"alone with a parent who died", []Member{dead, child("2010-01-01")}, "a3 b3"},
		{"nobody but the parent", []Member{kim}, "a1"},
		{"nobody", nil, ""},
	}
	for _, tt := range tests {
		var got []string
		for _, w := range wanted(tt.family, today) {
			got = append(got, w.Letter+string('0'+rune(w.About)))
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, s, tt.want)
		}
	}
}

func TestINT4_TheHouseholdThatReceivesAgrees(t *testing.T) {
	family := []Member{{ID: 2, IsCaregiver: true}, {ID: 3, IsCaregiver: true}, {ID: 4, IsChild: true, Birth: day("2012-01-01"), Name: "Sara"}}
	b := func(about core.PersonID, met bool) Condition { return Condition{Letter: "b", About: about, Met: met} }
	left := func(all []Condition) int {
		n := 0
		for _, c := range all {
			if !c.Met {
				n++
			}
		}
		return n
	}
	tests := []struct {
		name    string
		given   []Condition
		family  []Member
		missing int
	}{
		{"both aunts agree", []Condition{b(2, true), b(3, true)}, family, 0},
		{"one aunt agrees", []Condition{b(2, true), b(3, false)}, family, 0},
		{"neither", []Condition{b(2, false), b(3, false)}, family, 2},
		{"the young person's no stays", []Condition{b(2, true), b(4, false)}, family, 1},
		{"nobody looks after a young child", nil, family[2:], 1},
		{"a young person of sixteen needs nobody", nil, []Member{{ID: 4, IsChild: true, Birth: day("2010-01-01")}}, 0},
	}
	for _, tt := range tests {
		if got := left(household(tt.given, tt.family, today)); got != tt.missing {
			t.Errorf("%s: %d missing, want %d", tt.name, got, tt.missing)
		}
	}
	if all := nobody(nil); len(all) != 1 || all[0].Met {
		t.Error("a file without anybody can start")
	}
}

func TestINT4_ThePurposesAreThoseOfConsent(t *testing.T) {
	for word, purpose := range purposes {
		if word != string(purpose) || !slices.Contains(consent.Purposes(), purpose) {
			t.Errorf("%s is not what consent calls it", word)
		}
	}
	if len(purposes) != 3 {
		t.Error("a condition has no purpose")
	}
}

func TestINT5_Contraindications(t *testing.T) {
	decided := Contraindication{Checked: true, Present: true, Anyway: true, Words: "because"}
	byLeader := decided
	byLeader.ByLeader = true
	there := Contraindication{Checked: true, Present: true}
	wordless := decided
	wordless.Words = ""
	tests := []struct {
		name     string
		c        Contraindication
		practice string
		want     string
	}{
		{"not asked", Contraindication{}, "note", "intake_not_asked"},
		{"not there", Contraindication{Checked: true}, "exclude", ""},
		{"noted", there, "note", ""},
		{"undecided", there, "decide", "intake_undecided"},
		{"decided", decided, "decide", ""},
		{"decided without words", wordless, "decide", "intake_undecided"},
		{"excluded", there, "exclude", "intake_excluded"},
		{"a coordinator cannot", decided, "exclude", "intake_excluded"},
		{"the project leader can", byLeader, "exclude", ""},
	}
	for _, tt := range tests {
		got := mayStartWith(tt.c, tt.practice)
		if tt.want == "" && got != nil || tt.want != "" && (got == nil || got.Message != tt.want || got.Rule != "INT-5") {
			t.Errorf("%s: got %v, want %q", tt.name, got, tt.want)
		}
	}
	f := ready()
	f.Contraindications[2] = Contraindication{Kind: "addiction", Checked: true, Present: true, Anyway: true, Words: "because"}
	if s, err := Start(f); err != nil || !s.Complex() {
		t.Errorf("a volunteer who can is not asked for: %v", err)
	}
}

func TestINT5_WhoDecides(t *testing.T) {
	c := Contraindication{Checked: true, Present: true, Words: "because"}
	absent, silent := c, c
	absent.Present, silent.Words = false, " "
	tests := []struct {
		name     string
		c        Contraindication
		practice string
		leader   bool
		want     string
	}{
		{"a coordinator decides", c, "decide", false, ""},
		{"the leader where it excludes", c, "exclude", true, ""},
		{"a coordinator where it excludes", c, "exclude", false, "INT-5 intake_leader_decides"},
		{"nothing there", absent, "decide", false, "INT-5 intake_nothing_to_decide"},
		{"no reason", silent, "decide", true, "INT-5 intake_why_anyway"},
	}
	for _, tt := range tests {
		if got := messages(mayDecide(tt.c, tt.practice, tt.leader)); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestINT7_ManyHelpersAskWhatAVolunteerAdds(t *testing.T) {
	tests := []struct {
		helpers int
		added   string
		refused bool
	}{{3, "", false}, {4, "", true}, {4, " ", true}, {4, "time to play", false}, {9, "time to play", false}}
	for _, tt := range tests {
		f := ready()
		f.Helpers, f.Added = tt.helpers, tt.added
		if _, err := Start(f); (err != nil) != tt.refused || tt.refused && messages(err) != "INT-7 intake_many_helpers" {
			t.Errorf("%d helpers, %q: got %v", tt.helpers, tt.added, err)
		}
	}
}

func TestINT1_ATalk(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Talk)
		want   string
	}{
		{"today", func(*Talk) {}, ""},
		{"two years ago", func(k *Talk) { k.HeldOn = today.AddMonths(-24) }, ""},
		{"the longest", func(k *Talk) { k.Minutes = maxMinutes }, ""},
		{"no date", func(k *Talk) { k.HeldOn = core.Date{} }, "talk_on"},
		{"tomorrow", func(k *Talk) { k.HeldOn = today.AddDays(1) }, "talk_on"},
		{"long ago", func(k *Talk) { k.HeldOn = today.AddMonths(-24).AddDays(-1) }, "talk_on"},
		{"with nobody", func(k *Talk) { k.With = "" }, "talk_with"},
		{"nowhere", func(k *Talk) { k.Place = "moon" }, "talk_place"},
		{"backwards", func(k *Talk) { k.Minutes = -1 }, "talk_minutes"},
		{"a day long", func(k *Talk) { k.Minutes = maxMinutes + 1 }, "talk_minutes"},
	}
	for _, tt := range tests {
		k := Talk{HeldOn: today, With: Parent, Place: "inside", Minutes: 45}
		tt.change(&k)
		same(t, tt.name, checkTalk(k, today), "INT-1", tt.want)
	}
}

// same says that an error is about the field, under the rule; an empty field stands for no error.
func same(t *testing.T, name string, err error, rule, field string) {
	t.Helper()
	fail, _ := core.AsFail(err)
	if field == "" && err != nil || field != "" && (fail == nil || fail.Field != field || fail.Rule != rule) {
		t.Errorf("%s: got %v, want a mistake in %q", name, err, field)
	}
}

func TestINT2_AQuestionInTheirOwnWords(t *testing.T) {
	tests := []struct {
		name  string
		k     Question
		field string
	}{
		{"a prompt", Question{Group: Child, Need: "child_talk"}, ""},
		{"own words", Question{Group: Caregiver, Words: "I am tired"}, ""},
		{"nobody's", Question{Need: "child_talk"}, "need_group"},
		{"nothing", Question{Group: Child, Words: " "}, "need_words"},
		{"somebody else's prompt", Question{Group: Child, Need: "parent_safe_place"}, "need"},
	}
	for _, tt := range tests {
		same(t, tt.name, checkQuestion(tt.k), "INT-2", tt.field)
	}
	if len(Needs(Parent)) != 7 || len(Needs(Child)) != 6 || len(Needs(Caregiver)) != 7 {
		t.Error("a prompt of METHOD ch. 12 is missing")
	}
}

func TestINT3_AFollowUpIsPlanned(t *testing.T) {
	tests := []struct {
		name   string
		change func(*FollowUp)
		field  string
	}{
		{"today", func(*FollowUp) {}, ""},
		{"in a year", func(k *FollowUp) { k.DueOn = today.AddMonths(12) }, ""},
		{"later than that", func(k *FollowUp) { k.DueOn = today.AddMonths(12).AddDays(1) }, "follow_on"},
		{"yesterday", func(k *FollowUp) { k.DueOn = today.AddDays(-1) }, "follow_on"},
		{"some day", func(k *FollowUp) { k.DueOn = core.Date{} }, "follow_on"},
		{"with nobody", func(k *FollowUp) { k.With = "" }, "follow_with"},
		{"nothing to try", func(k *FollowUp) { k.Try = " " }, "follow_try"},
	}
	for _, tt := range tests {
		k := FollowUp{DueOn: today, With: Caregiver, Try: "coffee"}
		tt.change(&k)
		same(t, tt.name, checkFollowUp(k, today), "INT-3", tt.field)
	}
}

func TestINT3_NoSupportQuestionKeepsTheIntakeOpen(t *testing.T) {
	planned, tried := []FollowUp{{DueOn: today}}, []FollowUp{{DueOn: today, DoneOn: today}}
	no := Decision{Outcome: NoStart, Reasons: []string{"no_support_question"}}
	tests := []struct {
		name      string
		d         Decision
		followUps []FollowUp
		want      string
	}{
		{"never tried", no, nil, "INT-3 intake_try_once_more"},
		{"still to try", no, planned, "INT-3 intake_try_once_more"},
		{"tried once more", no, tried, ""},
		{"kept open with a plan", Decision{Outcome: KeepOpen}, planned, ""},
		{"kept open to forget", Decision{Outcome: KeepOpen}, nil, "INT-3 intake_keep_open_until"},
		{"kept open after the plan", Decision{Outcome: KeepOpen}, tried, "INT-3 intake_keep_open_until"},
	}
	for _, tt := range tests {
		if got := messages(checkDecision(tt.d, Intake{}, tt.followUps)); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	for outcome, open := range map[Outcome]bool{Undecided: true, KeepOpen: true, Begin: false, OtherHelp: false, NoStart: false} {
		if (Intake{Outcome: outcome}).IsOpen() != open {
			t.Errorf("%q: open is not %v", outcome, open)
		}
	}
}

func TestINT6_WhatReachesHome(t *testing.T) {
	tests := []struct {
		with, place string
		want        bool
	}{
		{Parent, "inside", false}, {Parent, "telephone", false}, {Parent, "home", true},
		{Caregiver, "telephone", true}, {Child, "home", true}, {Caregiver, "inside", true}, {"professional", "elsewhere", true},
	}
	for _, tt := range tests {
		if got := reachesHome(tt.with, tt.place); got != tt.want {
			t.Errorf("%s %s: got %v", tt.with, tt.place, got)
		}
	}
}

func TestINT9_TheDecision(t *testing.T) {
	decided := Intake{Outcome: NoStart, DecidedOn: today, DecidedBy: "Petra"}
	tests := []struct {
		name string
		d    Decision
		i    Intake
		want string
	}{
		{"start", Decision{Outcome: Begin}, Intake{}, ""},
		{"one reason", Decision{Outcome: NoStart, Reasons: []string{"no_funding"}}, Intake{}, ""},
		{"three reasons", Decision{Outcome: NoStart, Reasons: []string{"no_funding", "no_consent", "no_volunteer"}}, Intake{}, ""},
		{"twice the same is one", Decision{Outcome: NoStart, Reasons: []string{"no_funding", "no_funding"}}, Intake{}, ""},
		{"after keeping open", Decision{Outcome: NoStart, Reasons: []string{"no_consent"}}, Intake{Outcome: KeepOpen}, ""},
		{"other, and what", Decision{Outcome: NoStart, Reasons: []string{"other"}, Words: "moved abroad"}, Intake{}, ""},
		{"other help, onward", Decision{Outcome: OtherHelp, ReferredTo: "neighbourhood team"}, Intake{}, ""},
		{"nothing", Decision{}, Intake{}, "INT-9 intake_no_outcome"},
		{"something new", Decision{Outcome: "perhaps"}, Intake{}, "INT-9 intake_no_outcome"},
		{"no reason", Decision{Outcome: NoStart}, Intake{}, "INT-9 intake_no_reason"},
		{"four reasons", Decision{Outcome: NoStart, Reasons: []string{"no_funding", "no_consent", "no_volunteer", "contact_difficult"}}, Intake{}, "INT-9 intake_too_many_reasons"},
		{"an unknown reason", Decision{Outcome: NoStart, Reasons: []string{"lazy"}}, Intake{}, "INT-9 intake_unknown_reason"},
		{"other, and nothing", Decision{Outcome: NoStart, Reasons: []string{"other"}, Words: " "}, Intake{}, "INT-9 intake_say_what"},
		{"a reason to start", Decision{Outcome: Begin, Reasons: []string{"no_consent"}}, Intake{}, "INT-9 intake_reason_without_no"},
		{"other help, which", Decision{Outcome: OtherHelp}, Intake{}, "INT-9 intake_which_help"},
		{"over another's head", Decision{Outcome: Begin}, decided, " intake_decided"},
	}
	for _, tt := range tests {
		if got := messages(checkDecision(tt.d, tt.i, nil)); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestINT9_UnmetNeeds(t *testing.T) {
	tests := []struct {
		name string
		d    Decision
		want string
	}{
		{"other help", Decision{Outcome: OtherHelp, Unmet: "therapy"}, "other_help"},
		{"other help as a reason", Decision{Outcome: NoStart, Reasons: []string{"other_help_needed"}}, "other_help"},
		{"no funding", Decision{Outcome: NoStart, Reasons: []string{"no_funding"}}, "no_funding"},
		{"both", Decision{Outcome: NoStart, Reasons: []string{"no_funding", "other_help_needed"}}, "other_help no_funding"},
		{"in need all the same", Decision{Outcome: NoStart, Reasons: []string{"contact_difficult"}, Unmet: "a safe house"}, "no_offer"},
		{"nothing unmet", Decision{Outcome: NoStart, Reasons: []string{"adequate_help_present"}}, ""},
		{"a start", Decision{Outcome: Begin}, ""},
	}
	for _, tt := range tests {
		if got := strings.Join(unmetKinds(tt.d), " "); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestINT10_AWordEveryFourWeeks(t *testing.T) {
	if got := wordDue(today, 28).Date(); got != day("2026-12-21") {
		t.Errorf("got %s", got)
	}
	tests := []struct {
		name  string
		w     Word
		field string
	}{
		{"today", Word{ToldOn: today, Said: "we are looking"}, ""},
		{"tomorrow", Word{ToldOn: today.AddDays(1), Said: "we are looking"}, "word_on"},
		{"some day", Word{Said: "we are looking"}, "word_on"},
		{"nothing", Word{ToldOn: today, Said: " "}, "word_said"},
	}
	for _, tt := range tests {
		same(t, tt.name, checkWord(tt.w, today), "INT-10", tt.field)
	}
}
