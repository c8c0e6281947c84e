package consent

import (
	"slices"
	"testing"

	"maatje/internal/core"
)

const (
	mother = core.PersonID(1)
	father = core.PersonID(2)
	kid    = core.PersonID(3)
	grand  = core.PersonID(4)
)

func day(s string) core.Date { return core.MustDate(s) }

// born is somebody who on 1 June 2026 is so many years old.
func born(years int) core.Date { return day("2026-06-01").AddMonths(-12 * years) }

func sara(years int) Subject {
	return Subject{Person: kid, Name: "Sara", IsChild: true, Birth: born(years), Holders: []Holder{{mother, "Anouk"}}}
}

// valid is a consent of the mother that opens the share with the school.
func valid() Consent {
	return Consent{ID: 1, Giver: mother, GiverName: "Anouk", Capacity: AsAuthority, About: []core.PersonID{kid}, Purpose: ShareWith,
		To: Recipient{Organisation: "School De Brug"}, Parts: []string{"plan"}, From: day("2026-01-01"), Until: day("2026-06-30"), How: Written, Evidence: "ordner"}
}

func TestCON1_OnlyWhatWasAgreedOpens(t *testing.T) {
	school := Recipient{Organisation: "School De Brug"}
	tests := []struct {
		name   string
		change func(*Consent)
		to     Recipient
		on     string
		want   string
	}{
		{"in time", nil, school, "2026-06-01", ""},
		{"the first day", nil, school, "2026-01-01", ""},
		{"the day before", nil, school, "2025-12-31", "consent_not_begun"},
		{"the last day", nil, school, "2026-06-30", ""},
		{"the day after", nil, school, "2026-07-01", "consent_expired"},
		{"without an end", func(c *Consent) { c.Until = core.Date{} }, school, "2027-01-01", ""},
		{"signed on the screen", func(c *Consent) { c.How = OnScreen }, school, "2026-06-01", ""},
		{"spoken", func(c *Consent) { c.How = Spoken }, school, "2026-06-01", "consent_only_spoken"},
		{"another purpose", func(c *Consent) { c.Purpose = StartSupport }, school, "2026-06-01", "consent_missing"},
		{"another recipient", nil, Recipient{Organisation: "Jeugdzorg"}, "2026-06-01", "consent_other_recipient"},
		{"somebody at the organisation", nil, Recipient{"Juf Jet", "School De Brug"}, "2026-06-01", ""},
		{"a colleague of the one named", func(c *Consent) { c.To.Name = "Juf Jet" }, Recipient{"Meester Ed", "School De Brug"}, "2026-06-01", "consent_other_recipient"},
		{"withdrawn yesterday", func(c *Consent) { c.WithdrawnOn = day("2026-05-31") }, school, "2026-06-01", "consent_withdrawn"},
		{"withdrawn today", func(c *Consent) { c.WithdrawnOn = day("2026-06-01") }, school, "2026-06-01", "consent_withdrawn"},
		{"withdrawn tomorrow", func(c *Consent) { c.WithdrawnOn = day("2026-06-02") }, school, "2026-06-01", ""},
		{"about somebody else", func(c *Consent) { c.About = []core.PersonID{grand} }, school, "2026-06-01", "consent_missing"},
		{"by somebody without authority", func(c *Consent) { c.Giver = grand }, school, "2026-06-01", "consent_missing"},
		{"as a caregiver", func(c *Consent) { c.Capacity = AsCaregiver }, school, "2026-06-01", "consent_other_capacity"},
	}
	for _, tt := range tests {
		c := valid()
		if tt.change != nil {
			tt.change(&c)
		}
		g, err := Require([]Consent{c}, ShareWith, sara(9), tt.to, day(tt.on))
		f, _ := core.AsFail(err)
		switch {
		case tt.want == "" && (err != nil || g.IsZero() || !g.Allows("plan") || g.Allows("visits")):
			t.Errorf("%s: got %+v, %v; want a grant for the plan", tt.name, g, err)
		case tt.want != "" && (f == nil || f.Message != tt.want || !g.IsZero()):
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.want)
		}
	}
}

func TestCON1_AGrantOfEverybodyWhoMustAgree(t *testing.T) {
	both := sara(9)
	both.Holders = append(both.Holders, Holder{father, "Bart"})
	his := valid()
	his.ID, his.Giver, his.Parts = 2, father, []string{"visits"}
	to, on := valid().To, day("2026-06-01")
	if _, err := Require([]Consent{valid()}, ShareWith, both, to, on); err == nil {
		t.Error("one of two with authority is enough")
	}
	g, err := Require([]Consent{valid(), his}, ShareWith, both, to, on)
	if err != nil || len(g.Consents()) != 2 || g.Allows("plan") || g.Allows("visits") {
		t.Errorf("got %+v, %v; want a grant of both, for no part that both allow", g, err)
	}
	guarded := Subject{Person: kid, Name: "Sara", IsChild: true, Birth: born(9), Holders: []Holder{{Name: "Voogdij Oost"}}}
	theirs := valid()
	theirs.Giver, theirs.GiverName = 0, "voogdij oost"
	if _, err := Require([]Consent{theirs}, ShareWith, guarded, to, on); err != nil {
		t.Errorf("the guardian organisation's consent is refused: %v", err)
	}
	guarded.Holders = nil
	if _, err := Require([]Consent{theirs}, ShareWith, guarded, to, on); err == nil {
		t.Error("nobody is known to decide, and it opens")
	}
}

func TestCON2_WhoMustAgree(t *testing.T) {
	tests := []struct {
		name string
		s    Subject
		want []Capacity
	}{
		{"a day before 12", Subject{IsChild: true, Birth: born(12).AddDays(1), Holders: []Holder{{mother, ""}}}, []Capacity{AsAuthority}},
		{"on the 12th birthday", Subject{IsChild: true, Birth: born(12), Holders: []Holder{{mother, ""}}}, []Capacity{AsAuthority, AsSelf}},
		{"a day before 16", Subject{IsChild: true, Birth: born(16).AddDays(1), Holders: []Holder{{mother, ""}}}, []Capacity{AsAuthority, AsSelf}},
		{"on the 16th birthday", Subject{IsChild: true, Birth: born(16), Holders: []Holder{{mother, ""}}}, []Capacity{AsSelf}},
		{"18", Subject{IsChild: true, Birth: born(18)}, []Capacity{AsSelf}},
		{"birth not known", Subject{IsChild: true, Holders: []Holder{{mother, ""}}}, []Capacity{AsAuthority}},
		{"a grown-up", Subject{Birth: born(50)}, []Capacity{AsSelf}},
		{"both parents", Subject{IsChild: true, Birth: born(9), Holders: []Holder{{mother, ""}, {father, ""}}}, []Capacity{AsAuthority, AsAuthority}},
	}
	for _, tt := range tests {
		var got []Capacity
		for _, n := range WhoMustAgree(tt.s, day("2026-06-01")) {
			got = append(got, n.Capacity)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestCON2_TheYoungPersonsOwnWord(t *testing.T) {
	own := valid()
	own.ID, own.Giver, own.Capacity = 2, kid, AsSelf
	to, on := valid().To, day("2026-06-01")
	for _, tt := range []struct {
		name  string
		years int
		given []Consent
		ok    bool
	}{
		{"13, mother alone", 13, []Consent{valid()}, false},
		{"13, herself alone", 13, []Consent{own}, false},
		{"13, both", 13, []Consent{valid(), own}, true},
		{"16, mother alone", 16, []Consent{valid()}, false},
		{"16, herself alone", 16, []Consent{own}, true},
	} {
		if _, err := Require(tt.given, ShareWith, sara(tt.years), to, on); (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestCON2_WhoMayGiveIt(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Consent)
		s      Subject
		want   string
	}{
		{"the mother with authority", nil, sara(9), ""},
		{"a grandmother without", func(c *Consent) { c.Giver = grand }, sara(9), "consent_no_authority"},
		{"a grandmother as caregiver, for a share", func(c *Consent) { c.Giver, c.Capacity = grand, AsCaregiver }, sara(9), "consent_caregiver_cannot"},
		{"a grandmother as caregiver, for her home", func(c *Consent) { c.Giver, c.Capacity, c.Purpose = grand, AsCaregiver, HouseholdReceives }, sara(9), ""},
		{"the mother about a 16-year-old", func(c *Consent) { c.From, c.Until = day("2026-06-01"), core.Date{} }, sara(16), "consent_decides_alone"},
		{"a child of 11 itself", func(c *Consent) { c.Giver, c.Capacity = kid, AsSelf }, sara(11), "consent_too_young"},
		{"a child of 12 itself", func(c *Consent) { c.Giver, c.Capacity, c.From = kid, AsSelf, day("2026-06-01") }, sara(12), ""},
		{"oneself about another", func(c *Consent) { c.Capacity = AsSelf }, sara(9), "consent_not_self"},
		{"no capacity", func(c *Consent) { c.Capacity = "" }, sara(9), "consent_capacity_missing"},
	}
	for _, tt := range tests {
		c := valid()
		if tt.change != nil {
			tt.change(&c)
		}
		f, _ := core.AsFail(check(c, []Subject{tt.s}, day("2026-06-01")))
		if tt.want == "" && f != nil || tt.want != "" && (f == nil || f.Message != tt.want) {
			t.Errorf("%s: got %v, want %q", tt.name, f, tt.want)
		}
	}
}

func TestCON1_EverythingMissingIsNamedAtOnce(t *testing.T) {
	f, _ := core.AsFail(check(Consent{Capacity: AsSelf, Purpose: ShareWith, How: Written}, nil, day("2026-06-01")))
	if f == nil || len(f.All()) != 6 {
		t.Fatalf("got %v, want six mistakes", f)
	}
	past := valid()
	past.From, past.Until = day("2026-01-02"), day("2026-01-01")
	if f, _ := core.AsFail(check(past, nil, day("2026-06-01"))); f == nil || len(f.All()) != 2 {
		t.Errorf("got %v, want an end before the start and in the past", f)
	}
}

func TestCON2_RenewalAt12And16And18(t *testing.T) {
	today := day("2026-06-01")
	for _, tt := range []struct {
		name  string
		birth core.Date
		want  []int
	}{
		{"11, no birthday near", born(11), nil},
		{"12 in 30 days", born(12).AddDays(30), []int{12}},
		{"12 in 31 days", born(12).AddDays(31), nil},
		{"16 today", born(16), []int{16}},
		{"18 a month ago", born(18).AddDays(-30), []int{18}},
		{"18 longer ago", born(18).AddDays(-31), nil},
	} {
		if got := renewals(tt.birth, today); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestCON2_RequireAsksExactlyThose(t *testing.T) {
	anouk, bart := Holder{mother, "Anouk"}, Holder{father, "Bart"}
	oma := Subject{Person: grand, Name: "Wil"}
	ma := Subject{Person: mother, Name: "Anouk", Birth: born(35)}
	of := func(years int, holders ...Holder) Subject {
		return Subject{Person: kid, Name: "Sara", IsChild: true, Birth: born(years), Holders: holders}
	}
	unborn := of(0, anouk)
	unborn.Birth = core.Date{}
	tests := []struct {
		name  string
		p     Purpose
		about Subject
		want  []string // who is missing when nobody agreed
	}{
		{"start, 11", StartSupport, of(11, anouk), []string{"Anouk"}},
		{"start, 11, both decide", StartSupport, of(11, anouk, bart), []string{"Anouk", "Bart"}},
		{"start, a guardian organisation", StartSupport, of(11, Holder{Name: "Voogdij Oost"}), []string{"Voogdij Oost"}},
		{"start, 12", StartSupport, of(12, anouk), []string{"Anouk", "Sara"}},
		{"start, 15", StartSupport, of(15, anouk), []string{"Anouk", "Sara"}},
		{"start, 16", StartSupport, of(16, anouk), []string{"Sara"}},
		{"start, 17, nobody known to decide", StartSupport, of(17), []string{"Sara"}},
		{"start, 11, nobody known to decide", StartSupport, of(11), []string{"Sara"}}, // the refusal names the child
		{"start, birth not known", StartSupport, unborn, []string{"Anouk"}},
		{"start, a parent alone", StartSupport, ma, []string{"Anouk"}},
		{"at home, the caregiver", HouseholdReceives, oma, []string{"Wil"}},
		{"at home, 12: the young person self, nobody for them", HouseholdReceives, of(12, anouk), []string{"Sara"}},
		{"at home, 16", HouseholdReceives, of(16, anouk), []string{"Sara"}},
		{"tell: the parent self, whoever decides", TellChildren, ma, []string{"Anouk"}},
		{"share about 11", ShareWith, of(11, anouk), []string{"Anouk"}},
		{"share about 12", ShareWith, of(12, anouk), []string{"Anouk", "Sara"}},
		{"share about a caregiver", ShareWith, oma, []string{"Wil"}},
		{"visit inside, 12", VisitInside, of(12, anouk), []string{"Anouk", "Sara"}},
		{"in the car, 16", Transport, of(16, anouk), []string{"Sara"}},
	}
	for _, tt := range tests {
		_, err := Require(nil, tt.p, tt.about, Recipient{}, day("2026-06-01"))
		f, ok := core.AsFail(err)
		if !ok {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var got []string
		for _, one := range f.All() {
			got = append(got, one.Values[0].(string))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: asks %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestCON1_ACaregiversWordOpensTheOwnHomeAlone(t *testing.T) {
	oma := Subject{Person: grand, Name: "Wil"}
	for purpose, opens := range map[Purpose]bool{HouseholdReceives: true, ShareWith: false, StartSupport: false, TellChildren: false, VisitInside: false} {
		c := Consent{Giver: grand, Capacity: AsCaregiver, About: []core.PersonID{grand}, Purpose: purpose, From: day("2026-01-01"), How: OnScreen}
		if _, err := Require([]Consent{c}, purpose, oma, Recipient{}, day("2026-06-01")); (err == nil) != opens {
			t.Errorf("%s: %v", purpose, err)
		}
	}
}

func TestINT4_WhatYouthCareAgreedToIsNobodysOwnConsent(t *testing.T) {
	if slices.Contains(Purposes(), "youth_care_agreed") {
		t.Error("what was agreed with youth care can be given as somebody's own consent (INT-4 d)")
	}
}

func TestCON2_WhatCarriesOnAnOlderConsent(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*Consent)
		want   bool
	}{
		{"longer", func(c *Consent) { c.Until = day("2026-12-31") }, true},
		{"without an end", func(c *Consent) { c.Until = core.Date{} }, true},
		{"as long", nil, false},
		{"spoken", func(c *Consent) { c.Until, c.How = core.Date{}, Spoken }, false},
		{"by somebody else", func(c *Consent) { c.Until, c.Giver = core.Date{}, father }, false},
		{"for something else", func(c *Consent) { c.Until, c.Purpose = core.Date{}, Transport }, false},
		{"to somebody else", func(c *Consent) { c.Until, c.To = core.Date{}, Recipient{Organisation: "Jeugdzorg"} }, false},
		{"about one more", func(c *Consent) { c.Until, c.About = core.Date{}, []core.PersonID{kid, grand} }, true},
		{"about somebody else", func(c *Consent) { c.Until, c.About = core.Date{}, []core.PersonID{grand} }, false},
	} {
		c := valid()
		if tt.change != nil {
			tt.change(&c)
		}
		if got := c.renews(valid()); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestCON2_ABirthdayIsAnsweredWhenNothingIsMissing(t *testing.T) {
	own := valid()
	own.ID, own.Giver, own.Capacity = 2, kid, AsSelf
	spoken := valid()
	spoken.How = Spoken
	withdrawn := valid()
	withdrawn.WithdrawnOn = day("2026-02-01")
	for _, tt := range []struct {
		name  string
		years int
		given []Consent
		want  bool
	}{
		{"12, mother's alone", 12, []Consent{valid()}, false},
		{"12, her own beside it", 12, []Consent{valid(), own}, true},
		{"16, mother's alone", 16, []Consent{valid()}, false},
		{"16, her own beside it", 16, []Consent{valid(), own}, true},
		{"12, only a spoken one", 12, []Consent{spoken}, true},
		{"12, withdrawn", 12, []Consent{withdrawn}, true},
		{"12, nothing", 12, nil, true},
	} {
		if got := renewed(tt.given, sara(tt.years), day("2026-06-01")); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}
