package referral

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"maatje/internal/core"
)

var today = core.MustDate("2026-11-23")

func day(s string) core.Date { return core.MustDate(s) }

// enough is a referral that holds the least that is needed.
func enough() Referral {
	return Referral{Channel: "school", Phone: "038 1234567", MunicipalityName: "Zwolle", Children: []Person{{Name: "Sara", Birth: day("2017-02-01")}}}
}

func TestREF2_TheLeastThatIsNeeded(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Referral)
		field  string // of the first mistake; empty if it is fine
	}{
		{"enough", func(*Referral) {}, ""},
		{"mail in place of telephone", func(r *Referral) { r.Phone, r.Email = "", "a@b" }, ""},
		{"a facility in place of a municipality", func(r *Referral) { r.MunicipalityName, r.FacilityName = "", "PI Oost" }, ""},
		{"a caregiver is a name too", func(r *Referral) { r.Children, r.Caregiver = nil, "Wil" }, ""},
		{"an inside coordinator is reached here", func(r *Referral) { r.Channel, r.Phone = "inside_coordinator", "" }, ""},
		{"born today", func(r *Referral) { r.Children[0].Birth = today }, ""},
		{"no channel", func(r *Referral) { r.Channel = "" }, "channel"},
		{"an unknown channel", func(r *Referral) { r.Channel = "neighbour" }, "channel"},
		{"no way back", func(r *Referral) { r.Phone = "" }, "phone"},
		{"no address", func(r *Referral) { r.Email = "sara" }, "email"},
		{"nowhere", func(r *Referral) { r.MunicipalityName = "" }, "municipality"},
		{"nobody", func(r *Referral) { r.Children = nil }, "parent_name"},
		{"born tomorrow", func(r *Referral) { r.Children[0].Birth = today.AddDays(1) }, "child_birth_1"},
		{"born in another age", func(r *Referral) { r.Parent.Birth = day("1899-12-31") }, "parent_birth"},
		{"older than the parent", func(r *Referral) { r.Parent.Birth = day("2018-01-01") }, "child_birth_1"},
	}
	for _, tt := range tests {
		r := enough()
		tt.change(&r)
		fail, _ := core.AsFail(check(r, today))
		switch {
		case tt.field == "" && fail != nil:
			t.Errorf("%s: got %v", tt.name, fail)
		case tt.field != "" && (fail == nil || fail.Field != tt.field || fail.Rule != "REF-2"):
			t.Errorf("%s: got %v, want a mistake in %s", tt.name, fail, tt.field)
		}
	}
}

func TestREF2_EveryMistakeIsNamedAtOnce(t *testing.T) {
	fail, ok := core.AsFail(check(Referral{}, today))
	if !ok || len(fail.All()) != 4 {
		t.Errorf("got %v, want four mistakes", fail)
	}
}

func TestREF2_ABudgetForEachAddress(t *testing.T) {
	b := budget{burst: 2, perHour: 1}
	now := core.MustInstant("2026-11-23T09:00:00Z")
	tests := []struct {
		name    string
		left    float64
		since   core.Instant
		want    float64
		tooMany bool
	}{
		{"the first", 0, core.Instant{}, 1, false},
		{"the last of the burst", 1, now, 0, false},
		{"one too many", 0, now, 0, true},
		{"just before the hour", 0, now.Add(-time.Hour + time.Minute), 0, true},
		{"an hour later", 0, now.Add(-time.Hour), 0, false},
		{"never more than the burst", 2, now.Add(-100 * time.Hour), 1, false},
	}
	for _, tt := range tests {
		left, err := b.take(tt.left, tt.since, now)
		if (err != nil) != tt.tooMany || err == nil && left != tt.want {
			t.Errorf("%s: got %v, %v", tt.name, left, err)
		}
	}
}

func TestREF2_TheCodeCanBeSaidAndNotGuessed(t *testing.T) {
	one, err := core.NewCode(bytes.NewReader([]byte{0, 1, 2, 3, 4, 5, 250, 251, 255}))
	if err != nil || !core.IsCode(one) {
		t.Fatalf("got %q, %v", one, err)
	}
	if two, _ := core.NewCode(bytes.NewReader([]byte{0, 1, 2, 3, 4, 5, 250, 251, 254})); two == one {
		t.Error("other chance makes the same code")
	}
	if _, err := core.NewCode(strings.NewReader("short")); err == nil {
		t.Error("a code was made without chance")
	}
	for _, bad := range []string{"", "bad", "bad-bad", "bad-bad-bad-bad", "bab-bad-bil", "<b>-bad-bad", "bád-bad-bad"} {
		if core.IsCode(bad) {
			t.Errorf("%q passes for a code", bad)
		}
	}
}

func TestREF3_ItIsNeverNobodys(t *testing.T) {
	tests := []struct {
		name                                 string
		municipality, facility, leader, want core.AccountID
	}{
		{"the municipality first", 1, 2, 3, 1},
		{"then the facility", 0, 2, 3, 2},
		{"then the project leader", 0, 0, 3, 3},
		{"an empty house", 0, 0, 0, 0},
	}
	for _, tt := range tests {
		if got := assign(tt.municipality, tt.facility, tt.leader); got != tt.want {
			t.Errorf("%s: got %d", tt.name, got)
		}
	}
}

func TestREF3_DecliningTakesOneToThreeReasons(t *testing.T) {
	tests := []struct {
		name    string
		reasons []string
		words   string
		message string
	}{
		{"one", []string{"no_funding"}, "", ""},
		{"three", []string{"no_funding", "no_volunteer", "no_consent"}, "", ""},
		{"other, and what", []string{"other"}, "moved abroad", ""},
		{"none", nil, "no", "referral_no_reason"},
		{"four", []string{"no_funding", "no_volunteer", "no_consent", "contact_difficult"}, "", "referral_too_many_reasons"},
		{"an unknown one", []string{"lazy"}, "", "referral_unknown_reason"},
		{"other, and nothing", []string{"other"}, "", "referral_say_what"},
	}
	for _, tt := range tests {
		fail, _ := core.AsFail(checkReasons(slices.Clone(tt.reasons), tt.words))
		if got := fail; tt.message == "" && got != nil || tt.message != "" && (got == nil || got.Message != tt.message) {
			t.Errorf("%s: got %v, want %q", tt.name, got, tt.message)
		}
	}
}

func TestREF3_AnsweredOnceAndByWhoSawIt(t *testing.T) {
	if err := checkOpen(Referral{State: Open, Version: 2}, 2); err != nil {
		t.Error(err)
	}
	for name, r := range map[string]Referral{"answered": {State: Joined, Version: 2}, "changed": {State: Open, Version: 3}} {
		if err := checkOpen(r, 2); !core.IsKind(err, core.KindConflict) {
			t.Errorf("%s: got %v, want a conflict", name, err)
		}
	}
}

func TestREF4_FiveWorkingDays(t *testing.T) {
	tests := []struct{ received, want string }{
		{"2026-11-23T09:00:00Z", "2026-11-30"}, // Monday to Monday
		{"2026-11-20T09:00:00Z", "2026-11-27"}, // Friday to Friday
		{"2026-11-21T09:00:00Z", "2026-11-27"}, // Saturday counts from Monday
		{"2026-11-22T23:30:00Z", "2026-11-30"}, // it is Monday in the Netherlands
	}
	for _, tt := range tests {
		before := answerBefore(core.MustInstant(tt.received), 5)
		if before.Date().String() != tt.want {
			t.Errorf("%s: got %s, want %s", tt.received, before.Date(), tt.want)
		}
		r := Referral{State: Open, AnswerBefore: before}
		if r.IsLate(before) || !r.IsLate(before.Add(time.Second)) {
			t.Errorf("%s: late at the wrong moment", tt.received)
		}
		if r.State = Declined; r.IsLate(before.Add(time.Hour)) {
			t.Errorf("%s: an answered referral is late", tt.received)
		}
	}
}

func TestREF5_TwoWeeksAfterAChildCheck(t *testing.T) {
	if got := kindcheckDue(core.MustInstant("2026-11-23T09:00:00Z"), 14).Date(); got != day("2026-12-07") {
		t.Errorf("got %s", got)
	}
}

func TestREF3_Likeness(t *testing.T) {
	sara := Trait{"sara de vries", day("2017-02-01"), true}
	unborn := Trait{"sara de vries", core.Date{}, true}
	mother := Trait{"anna de vries", core.Date{}, false}
	tests := []struct {
		name         string
		asked, known []Trait
		want         int
	}{
		{"same name and birthday", []Trait{sara}, []Trait{sara}, 5},
		{"same birthday, another family name", []Trait{sara}, []Trait{{"sara jansen", sara.Birth, true}}, 4},
		{"same birthday, no word in common", []Trait{sara}, []Trait{{"noor jansen", sara.Birth, true}}, 0},
		{"same name, birthday unknown", []Trait{sara}, []Trait{unborn}, 3},
		{"same name, another birthday", []Trait{sara}, []Trait{{sara.Name, day("2017-02-02"), true}}, 0},
		{"same parent", []Trait{mother}, []Trait{mother}, 3},
		{"a child is not its mother", []Trait{unborn}, []Trait{{unborn.Name, core.Date{}, false}}, 0},
		{"a first name alone", []Trait{{"sara", core.Date{}, true}}, []Trait{unborn}, 0},
		{"two of them", []Trait{sara, mother}, []Trait{mother, sara}, 8},
		{"the best of several", []Trait{sara}, []Trait{unborn, sara}, 5},
		{"no names", []Trait{{"", sara.Birth, true}}, []Trait{{"", sara.Birth, true}}, 0},
		{"nobody", nil, []Trait{sara}, 0},
	}
	for _, tt := range tests {
		if got := Likeness(tt.asked, tt.known); got != tt.want {
			t.Errorf("%s: got %d, want %d", tt.name, got, tt.want)
		}
	}
}

func TestREF3_WhoTakesItOnKnowsTheReferrer(t *testing.T) {
	r := enough()
	r.Phone = ""
	if err := checkConfirmed(r, today); err != nil {
		t.Error(err)
	}
	r.Children = nil
	if err := checkConfirmed(r, today); err == nil {
		t.Error("a dossier of nobody")
	}
}

func TestREF1_AnybodyMayRefer(t *testing.T) {
	for _, channel := range Channels() {
		r := enough()
		r.Channel = channel
		if err := check(r, today); err != nil {
			t.Errorf("%s: %v", channel, err)
		}
	}
	if len(Channels()) != 18 {
		t.Errorf("%d channels", len(Channels()))
	}
}
