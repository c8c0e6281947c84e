package referral

import (
	"slices"
	"strings"
	"time"

	"maatje/internal/core"
)

// oldest is the earliest birth that can be no typing error.
var oldest = core.NewDate(1900, 1, 1)

// check applies REF-1 and REF-2: who asks, how to reach them, where, and about whom; nothing more is needed. An inside
// coordinator is reached in the product itself.
func check(r Referral, today core.Date) error {
	var named strings.Builder
	named.WriteString(r.Parent.Name + r.Caregiver)
	for _, c := range r.Children {
		named.WriteString(c.Name)
	}
	fails := []*core.Fail{
		when(!slices.Contains(channelCodes, r.Channel), "channel", "referral_no_channel"),
		when(r.Channel != insideCoordinator && r.Phone == "" && r.Email == "", "phone", "referral_no_contact"),
		when(r.Email != "" && !strings.Contains(r.Email, "@"), "email", "referral_no_email"),
		when(r.MunicipalityName == "" && r.FacilityName == "", "municipality", "referral_no_place"),
		when(named.String() == "", "parent_name", "referral_nobody_named"),
		checkBirth("parent_birth", r.Parent.Birth, today),
	}
	for i, c := range r.Children {
		field := childField("birth", i)
		fails = append(fails, checkBirth(field, c.Birth, today),
			when(!c.Birth.IsZero() && !r.Parent.Birth.IsZero() && !r.Parent.Birth.Before(c.Birth), field, "referral_child_before_parent"))
	}
	return core.Join(fails...)
}

func when(wrong bool, field, message string) *core.Fail {
	if !wrong {
		return nil
	}
	f := core.Invalid(field, message)
	f.Rule = "REF-2"
	return f
}

func checkBirth(field string, birth, today core.Date) *core.Fail {
	if !birth.IsZero() && birth.After(today) {
		return when(true, field, "referral_birth_in_future")
	}
	return when(!birth.IsZero() && birth.Before(oldest), field, "referral_birth_too_long_ago")
}

// assign applies REF-3: the coordinator of the municipality answers, or else of the facility, or else the project leader,
// so that a referral is never nobody's.
func assign(ofMunicipality, ofFacility, leader core.AccountID) core.AccountID {
	for _, a := range []core.AccountID{ofMunicipality, ofFacility, leader} {
		if !a.IsZero() {
			return a
		}
	}
	return 0
}

// answerBefore applies REF-4: the end of the last of so many working days after the day of receipt.
func answerBefore(received core.Instant, workdays int) core.Instant {
	return endOf(received.Date().AddWorkdays(workdays))
}

// kindcheckDue applies REF-5: so many days after a child check somebody asks how the children are.
func kindcheckDue(received core.Instant, days int) core.Instant {
	return endOf(received.Date().AddDays(days))
}

// endOf is the last moment of a day in the Netherlands.
func endOf(d core.Date) core.Instant {
	return core.At(time.Date(d.Year(), d.Month(), d.Day(), 23, 59, 59, 0, core.Amsterdam))
}

// checkReasons applies REF-3 to declining: one to three reasons, each once, and "other" says what.
func checkReasons(reasons []string, words string) error {
	unknown := slices.ContainsFunc(reasons, func(r string) bool { return !slices.Contains(reasonCodes, r) })
	slices.Sort(reasons)
	return core.Join(
		refuse(len(reasons) == 0, "reasons", "referral_no_reason"),
		refuse(len(slices.Compact(reasons)) > 3, "reasons", "referral_too_many_reasons"),
		refuse(unknown, "reasons", "referral_unknown_reason"),
		refuse(slices.Contains(reasons, "other") && words == "", "decline_words", "referral_say_what"),
	)
}

// unmetKinds applies INT-9 to a referral that is declined: other help and no funding are needs that nobody met, also when
// there never was a dossier. They are what a municipality hears about.
func unmetKinds(reasons []string) []string {
	var kinds []string
	for _, k := range []struct{ reason, kind string }{{"other_help_needed", "other_help"}, {"no_funding", "no_funding"}} {
		if slices.Contains(reasons, k.reason) {
			kinds = append(kinds, k.kind)
		}
	}
	return kinds
}

func refuse(wrong bool, field, message string) *core.Fail {
	if !wrong {
		return nil
	}
	f := core.Invalid(field, message)
	f.Rule = "REF-3"
	return f
}

// checkOpen applies REF-3: a referral is answered once, and nobody answers over another's head.
func checkOpen(r Referral, version int) error {
	switch {
	case r.State != Open:
		return core.Conflict("referral_answered", r.AnsweredBy, r.AnsweredAt.Date())
	case r.Version != version:
		return core.Conflict("referral_changed")
	}
	return nil
}

// budget is a bucket that leaks: so many referrals at once from one address, and so many more each hour (REF-2).
type budget struct {
	burst   float64
	perHour float64
}

// visitorBudget is generous: a whole prison or school may share one address.
var visitorBudget = budget{burst: 10, perHour: 10}

// take takes one out of a bucket that held left tokens at the time, or says that it is empty.
func (b budget) take(left float64, since, now core.Instant) (float64, error) {
	if since.IsZero() {
		left = b.burst
	} else {
		left = min(b.burst, left+now.Sub(since).Hours()*b.perHour)
	}
	if left < 1 {
		return left, core.Refuse("REF-2", "referral_too_many")
	}
	return left - 1, nil
}

// Trait is a person with what makes them recognisable: names folded by the caller.
type Trait struct {
	Name    string // folded
	Birth   core.Date
	IsChild bool
}

// Likeness says how much the people of a referral look like those of a dossier (REF-3). Every number is one good reason:
// a child of the same name and birthday 5; of the same birthday with a word of the name in common 4; of the same name with
// a birthday unknown 3; an adult of the same name 3, and 2 more when the birthday agrees. Two birthdays that are known and
// differ are two people.
func Likeness(asked, known []Trait) int {
	score := 0
	for _, a := range asked {
		best := 0
		for _, k := range known {
			best = max(best, alike(a, k))
		}
		score += best
	}
	return score
}

// LikelySame is the likeness from which a dossier is offered as perhaps the same family.
const LikelySame = 3

func alike(a, k Trait) int {
	bothBorn := !a.Birth.IsZero() && !k.Birth.IsZero()
	sameBirth := bothBorn && a.Birth == k.Birth
	switch {
	case a.IsChild != k.IsChild || a.Name == "" || k.Name == "" || bothBorn && !sameBirth:
		return 0
	case a.Name == k.Name && sameBirth:
		return 5
	case a.Name == k.Name:
		return 3
	case sameBirth && shareWord(a.Name, k.Name):
		return 4
	}
	return 0
}

func shareWord(a, b string) bool {
	words := strings.Fields(b)
	return slices.ContainsFunc(strings.Fields(a), func(w string) bool { return len(w) > 1 && slices.Contains(words, w) })
}

// checkConfirmed is check for a dossier that is made of a referral: how to reach the referrer is known by then, and the
// municipality decides who may see the file, so that it cannot stay open (REF-3).
func checkConfirmed(r Referral, today core.Date) error {
	r.Phone = "known"
	return check(r, today)
}
