package screening

import (
	"testing"

	"maatje/internal/core"
)

func day(s string) core.Date { return core.MustDate(s) }

// wrong says which field a mistake is in, or the sentence of what is refused.
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

func TestVOL2_CheckTalk(t *testing.T) {
	on := day("2026-06-01")
	for _, c := range []struct {
		name string
		k    Talk
		want string
	}{
		{"a first talk", Talk{Kind: First, HeldOn: on, Words: "w"}, ""},
		{"tomorrow", Talk{Kind: First, HeldOn: on.AddDays(1), Words: "w"}, "held_on"},
		{"no day", Talk{Kind: First, Words: "w"}, "held_on"},
		{"no words", Talk{Kind: First, HeldOn: on, Words: " \n"}, "words"},
		{"a visit", Talk{Kind: HomeVisit, HeldOn: on, Words: "w", Household: "alleen", HomeAgrees: true}, ""},
		{"a visit where not everybody agrees is kept", Talk{Kind: HomeVisit, HeldOn: on, Words: "w", Household: "met zijn vrouw"}, ""},
		{"a visit, and nobody lives there", Talk{Kind: HomeVisit, HeldOn: on, Words: "w", HomeAgrees: true}, "household"},
		{"a last talk", Talk{Kind: Exit, HeldOn: on, Better: "meer rust", ComesBack: "perhaps"}, ""},
		{"a last talk without a word", Talk{Kind: Exit, HeldOn: on, ComesBack: "no"}, "well"},
		{"a last talk, and nobody asked", Talk{Kind: Exit, HeldOn: on, Well: "alles"}, "comes_back"},
		{"a last talk, an answer that does not exist", Talk{Kind: Exit, HeldOn: on, Well: "alles", ComesBack: "8"}, "comes_back"},
	} {
		if got := wrong(CheckTalk(c.k, on)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestVOL1_CheckReference(t *testing.T) {
	on, own := day("2026-06-01"), Person{Phone: "06-12345678", Email: "Ria@Example.org"}
	others := []Person{{Name: "els", Phone: "038 4212121", Email: "els@example.org"}}
	good := func(change func(*Reference)) Reference {
		r := Reference{Name: "jan", Relation: "buurman", Phone: "0612340000", Email: "jan@example.org", AskedOn: on}
		change(&r)
		return r
	}
	for _, c := range []struct {
		name   string
		change func(*Reference)
		want   string
	}{
		{"complete", func(*Reference) {}, ""},
		{"not asked yet", func(r *Reference) { r.AskedOn = core.Date{} }, ""},
		{"asked tomorrow", func(r *Reference) { r.AskedOn = on.AddDays(1) }, "asked_on"},
		{"nobody", func(r *Reference) { r.Name = "" }, "name"},
		{"known from nowhere", func(r *Reference) { r.Relation = "" }, "relation"},
		{"nowhere to be reached", func(r *Reference) { r.Phone, r.Email = "", "" }, "phone"},
		{"by e-mail alone", func(r *Reference) { r.Phone = "" }, ""},
		{"no address", func(r *Reference) { r.Email = "jan" }, "email"},
		{"the volunteer's own address", func(r *Reference) { r.Email = " ria@example.ORG" }, "email"},
		{"the volunteer's own number", func(r *Reference) { r.Phone = "0612345678" }, "phone"},
		{"the volunteer's own number, from abroad", func(r *Reference) { r.Phone = "+31 6 1234 5678" }, "phone"},
		{"and with two noughts", func(r *Reference) { r.Phone = "0031612345678" }, "phone"},
		{"a number that only begins so", func(r *Reference) { r.Phone = "061234567" }, ""},
		{"the same name twice", func(r *Reference) { r.Name = "els" }, "name"},
		{"the same address twice", func(r *Reference) { r.Email = "ELS@example.org" }, "name"},
		{"the same number twice", func(r *Reference) { r.Phone = "038-421 21 21" }, "name"},
	} {
		r := good(c.change)
		if got := wrong(CheckReference(r, Person{r.Name, r.Phone, r.Email}, own, others, on)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	unknown := Person{}
	if r := good(func(r *Reference) { r.Email = "" }); CheckReference(r, Person{Name: r.Name, Phone: r.Phone}, unknown, []Person{{Name: "els"}}, on) != nil {
		t.Error("what is not known is nobody's")
	}
}

func TestVOL1_MayGive(t *testing.T) {
	on := day("2026-06-10")
	asked := Reference{Name: "Jan", AskedOn: day("2026-06-01")}
	for _, c := range []struct {
		name string
		r    Reference
		said string
		on   string
		want string
	}{
		{"after it was asked", asked, "rustig", "2026-06-05", ""},
		{"on the day it was asked", asked, "rustig", "2026-06-01", ""},
		{"the day before", asked, "rustig", "2026-05-31", "given_on"},
		{"tomorrow", asked, "rustig", "2026-06-11", "given_on"},
		{"nothing", asked, " ", "2026-06-05", "said"},
		{"not asked", Reference{Name: "Jan"}, "rustig", "2026-06-05", "screening_not_asked"},
		{"given already", Reference{AskedOn: on, GivenOn: on}, "rustig", "2026-06-10", "screening_given_already"},
		{"dropped", Reference{AskedOn: on, Dropped: on}, "rustig", "2026-06-10", "screening_dropped_already"},
	} {
		if got := wrong(MayGive(c.r, c.said, day(c.on), on)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestVOL1_MayAsk(t *testing.T) {
	on := day("2026-06-10")
	for _, c := range []struct {
		name string
		r    Reference
		on   string
		want string
	}{
		{"today", Reference{}, "2026-06-10", ""}, {"tomorrow", Reference{}, "2026-06-11", "asked_on"}, {"no day", Reference{}, "", "asked_on"},
		{"asked already", Reference{AskedOn: on}, "2026-06-10", "screening_asked_already"},
		{"dropped", Reference{Dropped: on}, "2026-06-10", "screening_dropped_already"},
	} {
		var asked core.Date
		if c.on != "" {
			asked = day(c.on)
		}
		if got := wrong(MayAsk(c.r, asked, on)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
