package signal

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"maatje/internal/core"
)

func TestSIG1_TwoTaps(t *testing.T) {
	for _, c := range []struct {
		urgency, saw string
		wrong        int
	}{
		{"now", "Noor had een blauwe plek", 0}, {"week", "x", 0}, {"discuss", "x", 0},
		{"", "x", 1}, {"urgent", "x", 1}, {"now", "", 1}, {"", "", 2},
	} {
		f, _ := core.AsFail(MayRaise(c.urgency, c.saw))
		got := 0
		if f != nil {
			got = len(f.All())
		}
		if got != c.wrong {
			t.Errorf("%q %q: %d sentences, want %d", c.urgency, c.saw, got, c.wrong)
		}
	}
}

func TestSIG2_EverySignalHasADeadline(t *testing.T) {
	for _, c := range []struct{ name, urgency, raised, want string }{
		{"at once, in the morning", "now", "2026-11-14T08:00:00Z", "2026-11-14T22:59:00Z"},
		{"at once, an hour past midnight in Amsterdam", "now", "2026-11-13T23:30:00Z", "2026-11-14T22:59:00Z"},
		{"at once, on the day the clock goes back", "now", "2026-10-25T10:00:00Z", "2026-10-25T22:59:00Z"},
		{"at once, on the day the clock goes forward", "now", "2026-03-29T10:00:00Z", "2026-03-29T21:59:00Z"},
		{"this week, on a Monday", "week", "2026-11-09T10:00:00Z", "2026-11-16T22:59:00Z"},
		{"this week, on a Saturday", "week", "2026-11-14T10:00:00Z", "2026-11-20T22:59:00Z"},
		{"to discuss, over Christmas and New Year", "discuss", "2026-12-24T10:00:00Z", "2027-01-04T22:59:00Z"},
	} {
		if got := AnswerBefore(c.urgency, core.MustInstant(c.raised), 5).Time().Format("2006-01-02T15:04:05Z"); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestSIG2_UnansweredTravels(t *testing.T) {
	at := func(urgency, raised string) Signal {
		r := core.MustInstant(raised)
		return Signal{Urgency: urgency, RaisedAt: r, AnswerBefore: AnswerBefore(urgency, r, 5)}
	}
	for _, c := range []struct {
		name string
		s    Signal
		now  string
		want Step
	}{
		{"at once, fresh", at("now", "2026-11-10T08:00:00Z"), "2026-11-10T10:00:00Z", Stay},
		{"at once, two hours and a minute", at("now", "2026-11-10T08:00:00Z"), "2026-11-10T10:01:00Z", ToBackup},
		{"at once, the last minute of the day", at("now", "2026-11-10T08:00:00Z"), "2026-11-10T22:59:00Z", ToBackup},
		{"at once, the next day", at("now", "2026-11-10T08:00:00Z"), "2026-11-10T23:00:00Z", ToLeader},
		{"at once just before midnight, at midnight", at("now", "2026-11-10T22:50:00Z"), "2026-11-10T23:01:00Z", Stay},
		{"at once just before midnight, two hours on", at("now", "2026-11-10T22:50:00Z"), "2026-11-11T00:51:00Z", ToBackup},
		{"this week, on the deadline", at("week", "2026-11-09T10:00:00Z"), "2026-11-16T22:59:00Z", Stay},
		{"this week, a minute later", at("week", "2026-11-09T10:00:00Z"), "2026-11-16T23:00:00Z", ToBackup},
		{"this week, a working day later", at("week", "2026-11-09T10:00:00Z"), "2026-11-17T22:59:00Z", ToBackup},
		{"this week, two", at("week", "2026-11-09T10:00:00Z"), "2026-11-17T23:00:00Z", ToLeader},
	} {
		if got := Escalate(c.s, core.MustInstant(c.now)); got != c.want {
			t.Errorf("%s: step %d, want %d", c.name, got, c.want)
		}
		c.s.AnsweredAt = c.s.RaisedAt
		if got := Escalate(c.s, core.MustInstant(c.now)); got != Stay {
			t.Errorf("%s, answered: step %d", c.name, got)
		}
	}
}

// An unanswered signal never travels back, and in the end always reaches the project leader.
func TestSIG2_EscalationOnlyGoesUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raised := core.MustInstant("2026-01-01T00:00:00Z").Add(minutes(t, "raised", 525600))
		s := Signal{Urgency: rapid.SampledFrom(Urgencies).Draw(t, "urgency"), RaisedAt: raised}
		s.AnswerBefore = AnswerBefore(s.Urgency, raised, 5)
		first := raised.Add(minutes(t, "first", 30*1440))
		then := first.Add(minutes(t, "then", 30*1440))
		if Escalate(s, then) < Escalate(s, first) {
			t.Fatalf("from %d back to %d", Escalate(s, first), Escalate(s, then))
		}
		if got := Escalate(s, raised.Add(31*24*3600e9)); got != ToLeader {
			t.Fatalf("after a month: %d", got)
		}
	})
}

func TestSIG3_TheFirstQuestionIsAlwaysAsked(t *testing.T) {
	for _, c := range []struct {
		name, outcome, needed, words string
		agreed                       bool
		wrong                        string
	}{
		{"discussed", "discussed", "samen op bezoek", "Oma is gebeld.", false, ""},
		{"first question skipped", "discussed", "", "Oma is gebeld.", false, "needed"},
		{"no outcome", "", "x", "x", false, "outcome"},
		{"an outcome nobody knows", "closed", "x", "x", false, "outcome"},
		{"nothing needed and not why", "nothing_needed", "x", "", false, "words"},
		{"no answer to who gave it", "joint_visit", "x", "", false, "words"},
		{"help without consent", "help_called", "x", "x", false, "outcome"},
		{"help with consent", "help_called", "x", "x", true, ""},
	} {
		f, _ := core.AsFail(MayAnswer(c.outcome, c.needed, c.words, c.agreed))
		if c.wrong == "" && f != nil || c.wrong != "" && (f == nil || f.Field != c.wrong || f.Rule != "SIG-3") {
			t.Errorf("%s: %v, want a refusal of %q", c.name, f, c.wrong)
		}
	}
}

func TestSIG3_NotEnoughSaysWhy(t *testing.T) {
	answered := Signal{AnsweredAt: core.MustInstant("2026-11-14T08:00:00Z")}
	for _, c := range []struct {
		s     Signal
		words string
		ok    bool
	}{{answered, "Er is niemand geweest", true}, {answered, "", false}, {Signal{}, "te laat", false}} {
		if err := MayFindTooLittle(c.s, c.words); (err == nil) != c.ok {
			t.Errorf("%v %q: %v", c.s.AnsweredAt, c.words, err)
		}
	}
}

func minutes(t *rapid.T, name string, most int) time.Duration {
	return time.Duration(rapid.IntRange(0, most).Draw(t, name)) * time.Minute
}
