package screening

import (
	"slices"
	"strings"

	"maatje/internal/core"
)

// CheckTalk says what is wrong with a talk as somebody typed it (VOL-2).
func CheckTalk(k Talk, today core.Date) error {
	return core.Join(
		when(k.HeldOn.IsZero(), "held_on", "screening_no_day"),
		when(k.HeldOn.After(today), "held_on", "screening_ahead"),
		when(k.Kind != Exit && strings.TrimSpace(k.Words) == "", "words", "screening_no_words"),
		when(k.Kind == HomeVisit && strings.TrimSpace(k.Household) == "", "household", "screening_no_household"),
		when(k.Kind == Exit && strings.TrimSpace(k.Words+k.Well+k.Better) == "", "well", "screening_no_words"),
		when(k.Kind == Exit && !slices.Contains([]string{"yes", "perhaps", "no"}, k.ComesBack), "comes_back", "screening_comes_back"),
	)
}

func when(is bool, field, message string) *core.Fail {
	if !is {
		return nil
	}
	f := core.Invalid(field, message)
	f.Rule = "VOL-2"
	return f
}

// Person is how somebody can be known and reached; the name is folded by the caller.
type Person struct{ Name, Phone, Email string }

// same says that two are one person, by address, telephone or name. What is not known tells nothing.
func (p Person) same(o Person) bool {
	mail, phone := strings.ToLower(strings.TrimSpace(p.Email)), number(p.Phone)
	return mail != "" && mail == strings.ToLower(strings.TrimSpace(o.Email)) || phone != "" && phone == number(o.Phone) || p.Name != "" && p.Name == o.Name
}

// number is a telephone number without how it was written: +31 6 and 06 are the same.
func number(phone string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, phone)
	for _, country := range []string{"0031", "31"} {
		if rest, ok := strings.CutPrefix(digits, country); ok && len(rest) >= 9 {
			return "0" + strings.TrimPrefix(rest, "0")
		}
	}
	return digits
}

// CheckReference says what is wrong with somebody who is named as a reference: nobody vouches for themselves, and nobody twice
// (VOL-1).
func CheckReference(r Reference, who, own Person, others []Person, today core.Date) error {
	twice := slices.ContainsFunc(others, who.same)
	return core.Join(
		when(r.Name == "", "name", "screening_reference_name"),
		when(r.Relation == "", "relation", "screening_relation"),
		when(r.Phone == "" && r.Email == "", "phone", "screening_reach"),
		when(r.Email != "" && !strings.Contains(r.Email, "@"), "email", "screening_email"),
		when(r.Email != "" && Person{Email: r.Email}.same(own), "email", "screening_own_email"),
		when(r.Phone != "" && Person{Phone: r.Phone}.same(own), "phone", "screening_own_phone"),
		when(twice, "name", "screening_twice"),
		when(r.AskedOn.After(today), "asked_on", "screening_ahead"),
	)
}

// MayAsk says whether it can be noted now that the reference was asked, and when (VOL-1).
func MayAsk(r Reference, on, today core.Date) error {
	if err := isOpen(r); err != nil {
		return err
	}
	if !r.AskedOn.IsZero() {
		return core.Conflict("screening_asked_already", r.AskedOn)
	}
	return core.Join(when(on.IsZero(), "asked_on", "screening_no_day"), when(on.After(today), "asked_on", "screening_ahead"))
}

// MayGive says whether what the reference said can be noted: only after they were asked (VOL-1).
func MayGive(r Reference, said string, on, today core.Date) error {
	if err := isOpen(r); err != nil {
		return err
	}
	if r.AskedOn.IsZero() {
		return core.Refuse("VOL-1", "screening_not_asked", r.Name)
	}
	return core.Join(
		when(on.IsZero(), "given_on", "screening_no_day"),
		when(!on.IsZero() && on.Before(r.AskedOn), "given_on", "screening_before_asked"),
		when(on.After(today), "given_on", "screening_ahead"),
		when(strings.TrimSpace(said) == "", "said", "screening_no_words"),
	)
}

// isOpen says that nobody closed the reference meanwhile.
func isOpen(r Reference) error {
	switch {
	case !r.Dropped.IsZero():
		return core.Conflict("screening_dropped_already")
	case !r.GivenOn.IsZero():
		return core.Conflict("screening_given_already", r.NotedBy)
	}
	return nil
}
