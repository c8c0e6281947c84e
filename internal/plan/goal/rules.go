package goal

import (
	"cmp"
	"slices"

	"maatje/internal/core"
)

// CheckContent applies TOO-5 to what a goal is: it says what, and what each of the five steps looks like; whose it is, is somebody
// of the family or all of them.
func CheckContent(c Content, family []core.PersonID) error {
	var fails []*core.Fail
	if c.Text == "" {
		fails = append(fails, invalid("text", "goal_no_text"))
	}
	for i, line := range c.Lines {
		if line == "" {
			fails = append(fails, invalid(Codes[i], "goal_no_line"))
		}
	}
	return core.Join(append(fails, checkPerson(c.Person, family))...)
}

// CheckChange applies TOO-5: a goal may change, with the reason.
func CheckChange(before, after Content, family []core.PersonID) error {
	if after.Why == "" {
		return cmp.Or(CheckContent(after, family), error(invalid("why", "goal_no_why")))
	}
	after.Why, before.Why = "", ""
	if after == before {
		return invalid("text", "goal_same")
	}
	return CheckContent(after, family)
}

// CheckRating applies TOO-5: somebody of the family, or all of them, chooses one of the five sentences, about a day that has been.
func CheckRating(r Rating, g Goal, family []core.PersonID, today core.Date) error {
	if g.Stopped {
		return core.Refuse("TOO-5", "goal_is_stopped")
	}
	var fails []*core.Fail
	if r.Score < Least || r.Score > Most {
		fails = append(fails, invalid("score", "goal_no_score"))
	}
	switch {
	case r.On.IsZero():
		fails = append(fails, invalid("rated_on", "goal_no_day"))
	case r.On.After(today):
		fails = append(fails, invalid("rated_on", "goal_in_future"))
	}
	return core.Join(append(fails, checkPerson(r.By, family))...)
}

func checkPerson(p core.PersonID, family []core.PersonID) *core.Fail {
	if !p.IsZero() && !slices.Contains(family, p) {
		return invalid("person", "goal_nobody")
	}
	return nil
}

func invalid(field, message string) *core.Fail {
	f := core.Invalid(field, message)
	f.Rule = "TOO-5"
	return f
}

// Assemble puts changes and ratings together into goals, in the order in which the goals were made. The newest change is what the
// goal is now; ratings stand in the order of their days, and of one day the last one written counts last.
func Assemble(changes []Change, ratings []Rating) []Goal {
	var out []Goal
	at := map[core.ID]int{}
	for _, c := range changes {
		i, known := at[c.goal]
		if !known {
			i = len(out)
			at[c.goal] = i
			out = append(out, Goal{ID: c.goal})
		}
		g := &out[i]
		g.Changes, g.Content, g.Version = append(g.Changes, c), c.Content, c.Seq
	}
	slices.SortStableFunc(ratings, func(a, b Rating) int { return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.at.Sub(b.at), 0)) })
	for _, r := range ratings {
		if i, known := at[r.Goal]; known {
			out[i].Ratings = append(out[i].Ratings, r)
		}
	}
	return out
}
