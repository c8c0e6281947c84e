package material

import (
	"slices"
	"strings"

	"maatje/internal/core"
)

const (
	oldest   = 99
	longest  = 365  // days that something is lent
	mostEver = 1000 // copies of one title
)

// Check applies VOL-6 to a title: what it is, for which ages, how many there are.
func Check(m Material) error {
	var f []*core.Fail
	when := func(wrong bool, field, message string, values ...any) {
		if wrong {
			f = append(f, core.Invalid(field, message, values...))
		}
	}
	when(strings.TrimSpace(m.Name) == "", "name", "material_name_missing")
	when(!slices.Contains(Kinds, m.Kind), "kind", "material_kind_missing")
	when(!slices.Contains(Topics, m.Topic), "topic", "material_topic_missing")
	when(m.AgeFrom < 0 || m.AgeFrom > oldest, "age_from", "material_age", oldest)
	when(m.AgeTo < 0 || m.AgeTo > oldest, "age_to", "material_age", oldest)
	when(m.AgeTo < m.AgeFrom, "age_to", "material_age_order")
	when(m.Copies < 1 || m.Copies > mostEver, "copies", "material_copies", mostEver)
	when(m.LendDays < 1 || m.LendDays > longest, "lend_days", "material_days", longest)
	return core.Join(f...)
}

// FewerThanGone applies VOL-6: the cupboard cannot hold fewer copies than are out.
func FewerThanGone(m Material, gone int) error {
	if m.Copies < gone {
		return core.Join(core.Invalid("copies", "material_fewer_than_out", gone))
	}
	return nil
}

// Suits applies VOL-6 and INT-8: the child has the age, both years counted, and what talks about prison is for a child that knows
// all or part of it. Of a child whose age is not known nothing is suggested.
func Suits(m Material, c Child, today core.Date) bool {
	if c.Birth.IsZero() || c.Birth.After(today) || !m.EndedOn.IsZero() {
		return false
	}
	age := c.Birth.AgeOn(today)
	return age >= m.AgeFrom && age <= m.AgeTo && (!m.AboutDetention || knows(c))
}

func knows(c Child) bool { return c.Knows == "part" || c.Knows == "all" }

// Unaware are the other children of the family who do not know: what talks about prison stays out of their sight (INT-8).
func Unaware(children []Child) []string {
	var out []string
	for _, c := range children {
		if !knows(c) {
			out = append(out, c.Name)
		}
	}
	return out
}

// IsLate applies VOL-6: lent, and not back after the last day.
func (l Loan) IsLate(today core.Date) bool { return l.State == Lent && today.After(l.DueOn) }

// MayLend applies VOL-6: a copy that lies there, of a title that is still lent, back on a day to come and within a year.
func MayLend(m Material, due, today core.Date) error {
	switch {
	case !m.EndedOn.IsZero():
		return core.Refuse("VOL-6", "material_ended")
	case m.Left() == 0:
		return core.Conflict("material_all_out")
	case m.Gift:
		return nil
	case due.IsZero():
		return core.Join(core.Invalid("due_on", "material_due_missing"))
	case due.Before(today):
		return core.Join(core.Invalid("due_on", "material_due_past"))
	case due.After(today.AddDays(longest)):
		return core.Join(core.Invalid("due_on", "material_days", longest))
	}
	return nil
}
