package applicant

import (
	"slices"
	"strings"
	"time"

	"maatje/internal/core"
)

// check says what is missing: who it is, how to reach them, where, and why. No diploma, no experience (VOL-2). Days are those of a week.
func check(a Application, days []string) error {
	unknownDay := slices.ContainsFunc(a.Days, func(d string) bool { return !slices.Contains(days, d) })
	return core.Join(
		when(a.Name == "", "name", "applicant_name"),
		when(a.Phone == "" && a.Email == "", "email", "applicant_contact"),
		when(a.Email != "" && !isEmail(a.Email), "email", "applicant_email"),
		when(a.Municipality == "", "municipality", "applicant_place"),
		when(strings.TrimSpace(a.Words) == "", "words", "applicant_words"),
		when(unknownDay, "days", "applicant_day"),
	)
}

func isEmail(s string) bool {
	name, host, found := strings.Cut(s, "@")
	return found && name != "" && strings.Contains(host, ".") && !strings.ContainsAny(s, " <>,;")
}

func when(is bool, field, message string) *core.Fail {
	if !is {
		return nil
	}
	f := core.Invalid(field, message)
	f.Rule = "VOL-1"
	return f
}

// answerBefore is the end of the last of so many working days after the day on which it came in.
func answerBefore(received core.Instant, workdays int) core.Instant {
	d := received.Date().AddWorkdays(workdays)
	return core.At(time.Date(d.Year(), d.Month(), d.Day(), 23, 59, 59, 0, core.Amsterdam))
}

// assign says who answers: who looks after the place, or else the project leader, so that an application is never nobody's.
func assign(all ...core.AccountID) core.AccountID {
	for _, a := range all {
		if !a.IsZero() {
			return a
		}
	}
	return 0
}
