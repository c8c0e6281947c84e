package confidentiality

import (
	"strings"

	"maatje/internal/core"
)

// Typed is what somebody puts under the text: a name, folded by the caller, and a tick. Number is the version they read.
type Typed struct {
	Name   string
	Agreed bool
	Number int
}

// MaySign says whether the signature counts: the newest text was on the screen, the name is theirs, and they agreed (VOL-1).
func MaySign(s Sheet, name string, in Typed) error {
	switch {
	case in.Number != s.Text.Number:
		return core.Conflict("confidentiality_other_text")
	case s.Signed():
		return core.Conflict("confidentiality_signed_already")
	}
	return core.Join(
		when(in.Name == "" || in.Name != name, "name", "confidentiality_name", s.Name),
		when(!in.Agreed, "agreed", "confidentiality_agree"),
	)
}

// CheckText says what is wrong with a new version (VOL-1): it is there in both languages, and it says something else.
func CheckText(now, next Text) error {
	return core.Join(
		when(strings.TrimSpace(next.Dutch) == "", "dutch", "confidentiality_empty"),
		when(strings.TrimSpace(next.English) == "", "english", "confidentiality_empty"),
		when(next.Dutch == now.Dutch && next.English == now.English, "dutch", "confidentiality_same"),
	)
}

func when(is bool, field, message string, values ...any) *core.Fail {
	if !is {
		return nil
	}
	f := core.Invalid(field, message, values...)
	f.Rule = "VOL-1"
	return f
}
