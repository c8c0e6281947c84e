package applicant

import (
	"testing"

	"maatje/internal/core"
)

func TestVOL2_TheFormAsksTheLeast(t *testing.T) {
	good := Application{Name: "Ria", Email: "ria@example.org", Municipality: "Zwolle", Words: "Ik heb tijd."}
	for _, c := range []struct {
		name   string
		change func(*Application)
		want   string
	}{
		{"complete", func(*Application) {}, ""},
		{"a telephone is enough", func(a *Application) { a.Email, a.Phone = "", "06" }, ""},
		{"nowhere to be reached", func(a *Application) { a.Email = "" }, "email"},
		{"no name", func(a *Application) { a.Name = "" }, "name"},
		{"nowhere", func(a *Application) { a.Municipality = "" }, "municipality"},
		{"no why", func(a *Application) { a.Words = " \n" }, "words"},
		{"no address", func(a *Application) { a.Email = "ria" }, "email"},
		{"no host", func(a *Application) { a.Email = "ria@" }, "email"},
		{"two addresses", func(a *Application) { a.Email = "ria@example.org, petra@example.org" }, "email"},
		{"a day that does not exist", func(a *Application) { a.Days = []string{"mon", "oneday"} }, "days"},
		{"no kind, no language, no day", func(a *Application) { a.Kinds, a.Languages, a.Days = nil, "", nil }, ""},
	} {
		a := good
		c.change(&a)
		f, ok := core.AsFail(check(a, []string{"mon", "tue"}))
		if ok != (c.want != "") || ok && f.Field != c.want {
			t.Errorf("%s: %v, want %q", c.name, f, c.want)
		}
	}
}

func TestVOL1_ItIsAnsweredWithinFiveWorkingDays(t *testing.T) {
	for received, want := range map[string]string{
		"2026-11-23T09:00:00.000Z": "2026-11-30", "2026-11-20T22:59:00.000Z": "2026-11-27", "2026-11-21T10:00:00.000Z": "2026-11-27",
	} {
		if got := answerBefore(core.MustInstant(received), 5).Date(); got != core.MustDate(want) {
			t.Errorf("%s: %s, want %s", received, got, want)
		}
	}
}

func TestVOL1_AnApplicationIsNeverNobodys(t *testing.T) {
	for _, c := range []struct{ town, prison, leader, want core.AccountID }{{1, 2, 3, 1}, {0, 2, 3, 2}, {0, 0, 3, 3}, {0, 0, 0, 0}} {
		if got := assign(c.town, c.prison, c.leader); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
}
