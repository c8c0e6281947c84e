package confidentiality

import (
	"testing"

	"maatje/internal/core"
)

func wrong(err error) string {
	f, ok := core.AsFail(err)
	switch {
	case !ok:
		return ""
	case f.Field != "":
		return f.Field
	}
	return f.Message
}

func TestVOL1_MaySign(t *testing.T) {
	second := Sheet{Name: "Ria", Text: Text{Number: 2}}
	signed := func(number int) Sheet {
		s := second
		s.Signatures = []Signature{{Number: number}}
		return s
	}
	for _, c := range []struct {
		name string
		s    Sheet
		in   Typed
		want string
	}{
		{"the newest", second, Typed{"ria", true, 2}, ""},
		{"who signed the one before", signed(1), Typed{"ria", true, 2}, ""},
		{"the one before is on the screen", second, Typed{"ria", true, 1}, "confidentiality_other_text"},
		{"twice", signed(2), Typed{"ria", true, 2}, "confidentiality_signed_already"},
		{"no tick", second, Typed{"ria", false, 2}, "agreed"},
		{"no name", second, Typed{"", true, 2}, "name"},
		{"another's name", second, Typed{"petra", true, 2}, "name"},
	} {
		if got := wrong(MaySign(c.s, "ria", c.in)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestVOL1_CheckText(t *testing.T) {
	now := Text{Dutch: "a", English: "b"}
	for _, c := range []struct {
		next Text
		want string
	}{
		{Text{Dutch: "c", English: "b"}, ""}, {Text{Dutch: "a", English: "d"}, ""}, {now, "dutch"},
		{Text{English: "d"}, "dutch"}, {Text{Dutch: "c", English: " "}, "english"},
	} {
		if got := wrong(CheckText(now, c.next)); got != c.want {
			t.Errorf("%+v: %q, want %q", c.next, got, c.want)
		}
	}
}
