package volunteer

import (
	"slices"
	"testing"

	"maatje/internal/core"
)

var day = core.MustDate

// ria is somebody who fits; the tables change one thing at a time.
func ria(change ...func(*Profile)) Profile {
	p := Profile{
		ID: 7, Name: "Ria", Municipality: 1, Status: Active, Capacity: 1,
		Wishes:      Wishes{Kinds: []string{"family_buddy"}, Complex: true},
		Courses:     []Course{{Code: "general", On: day("2026-01-10")}, {Code: "family_buddy", On: day("2026-02-10")}},
		Certificate: Certificate{Number: "1", IssuedOn: day("2024-03-01"), RenewBefore: day("2027-03-01")},
	}
	p.ComplexConfirmed = true
	for _, c := range change {
		c(&p)
	}
	return p
}

var need = Need{Kind: "family_buddy", Courses: []string{"general", "family_buddy"}, Until: day("2026-12-01")}

func codes(why []Reason) []string {
	var out []string
	for _, r := range why {
		out = append(out, r.Code)
	}
	return out
}

func TestVOL3_CertificateDecidesOnAMatch(t *testing.T) {
	for _, c := range []struct {
		name   string
		c      Certificate
		on     string
		until  string
		fits   bool
		reason string
	}{
		{"valid", ria().Certificate, "2026-06-01", "2026-12-01", true, ""},
		{"on the day of issue", ria().Certificate, "2024-03-01", "2024-09-01", true, ""},
		{"the day before its issue", ria().Certificate, "2024-02-29", "2024-09-01", false, ReasonCertificateMissing},
		{"on its last day", ria().Certificate, "2027-03-01", "2027-03-01", true, ""},
		{"the day after", ria().Certificate, "2027-03-02", "", false, ReasonCertificateExpired},
		{"ends on the planned end", ria().Certificate, "2026-12-01", "2027-03-01", true, ""},
		{"ends the day before: renewed first", ria().Certificate, "2026-12-01", "2027-03-02", false, ReasonCertificateExpires},
		{"none", Certificate{}, "2026-06-01", "2026-12-01", false, ReasonCertificateMissing},
		{"imported, issue not known", Certificate{RenewBefore: day("2027-03-01")}, "2026-06-01", "", true, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := Need{Kind: "family_buddy"}
			if c.until != "" {
				n.Until = day(c.until)
			}
			p := ria(func(p *Profile) { p.Certificate = c.c })
			fit, why := Suits(p, n, day(c.on))
			if fit.IsZero() == c.fits {
				t.Errorf("fits: %v; reasons %v", !fit.IsZero(), why)
			}
			if c.reason == "" && len(why) > 0 || c.reason != "" && !slices.Contains(codes(why), c.reason) {
				t.Errorf("reasons %v, want %q", codes(why), c.reason)
			}
		})
	}
}

func TestVOL3_CertificateDecidesOnAVisit(t *testing.T) {
	for _, c := range []struct {
		name    string
		p       Profile
		on      string
		message string
	}{
		{"active and valid", ria(), "2026-06-01", ""},
		{"on the last day", ria(), "2027-03-01", ""},
		{"the day after", ria(), "2027-03-02", "volunteer_certificate_expired"},
		{"before its issue", ria(), "2024-02-29", "volunteer_no_certificate"},
		{"full is no matter: the match was made", ria(func(p *Profile) { p.Families = 1 }), "2026-06-01", ""},
		{"resting goes on with the own family", ria(func(p *Profile) { p.Status = Resting }), "2026-06-01", ""},
		{"left", ria(func(p *Profile) { p.Status = Left }), "2026-06-01", "volunteer_not_active"},
		{"trained only", ria(func(p *Profile) { p.Status = Trained }), "2026-06-01", "volunteer_not_active"},
	} {
		t.Run(c.name, func(t *testing.T) {
			fit, err := MayVisit(c.p, day(c.on))
			if c.message == "" {
				if err != nil || fit.Volunteer() != c.p.ID || fit.Kind() != "" {
					t.Errorf("%+v, %v", fit, err)
				}
				return
			}
			if f, ok := core.AsFail(err); !ok || f.Message != c.message || !fit.IsZero() {
				t.Errorf("got %v, want %s", err, c.message)
			}
		})
	}
}

func TestVOL7_ProfileDecidesOnAMatch(t *testing.T) {
	complex := Need{Kind: "family_buddy", Complex: true}
	for _, c := range []struct {
		name string
		p    Profile
		n    Need
		want []string
		fits bool
	}{
		{"fits", ria(), need, nil, true},
		{"status", ria(func(p *Profile) { p.Status = Resting }), need, []string{ReasonStatus}, false},
		{"kind not wanted", ria(func(p *Profile) { p.Wishes.Kinds = []string{"transport"} }), need, []string{ReasonKindNotWanted}, false},
		{"course missing", ria(func(p *Profile) { p.Courses = p.Courses[:1] }), need, []string{ReasonCourseMissing}, false},
		{"course only planned", ria(func(p *Profile) { p.Courses[1].On = day("2026-06-02") }), need, []string{ReasonCourseMissing}, false},
		{"course done that day", ria(func(p *Profile) { p.Courses[1].On = day("2026-06-01") }), need, nil, true},
		{"one below capacity", ria(func(p *Profile) { p.Capacity, p.Families = 2, 1 }), need, nil, true},
		{"capacity reached", ria(func(p *Profile) { p.Capacity, p.Families = 2, 2 }), need, []string{ReasonFull}, false},
		{"no capacity at all", ria(func(p *Profile) { p.Capacity = 0 }), need, []string{ReasonFull}, false},
		{"complex wanted and confirmed", ria(), complex, nil, true},
		{"complex wanted, not confirmed", ria(func(p *Profile) { p.ComplexConfirmed = false }), complex, []string{ReasonComplexNotConfirmed}, false},
		{"complex confirmed, not wanted any more", ria(func(p *Profile) { p.Wishes.Complex = false }), complex, []string{ReasonComplexNotWanted}, false},
		{"not complex: no matter", ria(func(p *Profile) { p.Wishes.Complex = false }), need, nil, true},
		{"all reasons at once", Profile{ID: 7, Status: Applied}, need, []string{
			ReasonCertificateMissing, ReasonCourseMissing, ReasonCourseMissing, ReasonStatus, ReasonKindNotWanted, ReasonFull,
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			fit, why := Suits(c.p, c.n, day("2026-06-01"))
			if fit.IsZero() == c.fits || !slices.Equal(codes(why), c.want) {
				t.Errorf("fits %v with %v; want %v with %v", !fit.IsZero(), codes(why), c.fits, c.want)
			}
			if c.fits && (fit.Volunteer() != 7 || fit.Kind() != "family_buddy" || fit.On() != day("2026-06-01")) {
				t.Errorf("the proof is for %+v", fit)
			}
		})
	}
}

func TestVOL9_DoubleRoleIsWeighedAndDoesNotForbid(t *testing.T) {
	n := need
	n.Roles = []string{"visiting_buddy"}
	fit, why := Suits(ria(), n, day("2026-06-01"))
	if fit.IsZero() || len(why) != 1 || why[0].Code != ReasonDoubleRole || why[0].What != "visiting_buddy" || !why[0].Weigh {
		t.Errorf("%+v %+v", fit, why)
	}
	if got := fit.Roles(); !slices.Equal(got, n.Roles) {
		t.Errorf("the proof says %v", got)
	}
}

// everything is somebody of whom everything is there.
var everything = Shown{FirstTalk: day("2026-04-01"), HomeVisit: day("2026-04-10"), References: 2, Signed: true, Account: true}

func TestVOL1_MovesFollowTheTable(t *testing.T) {
	ready := func(s Status) Profile {
		return ria(func(p *Profile) { p.Status, p.Families, p.Certificate.IssuedOn = s, 0, day("2026-05-01") })
	}
	allowed := map[[2]Status]bool{
		{Applied, Talked}: true, {Talked, HomeVisited}: true, {HomeVisited, References}: true, {References, Certified}: true,
		{Certified, Confidentiality}: true, {Confidentiality, Trained}: true, {Trained, Active}: true, {Active, Resting}: true,
		{Resting, Active}: true, {Active, Left}: true, {Resting, Left}: true, {Left, Applied}: true,
	}
	for _, s := range []Status{Applied, Talked, HomeVisited, References, Certified, Confidentiality, Trained} {
		allowed[[2]Status{s, Rejected}], allowed[[2]Status{s, Left}] = true, true
	}
	for _, from := range Statuses() {
		for _, to := range Statuses() {
			err := MayMove(ready(from), everything, Move{To: to, Why: "because", Until: day("2026-09-01")}, day("2026-06-01"), DefaultTerms)
			if want := allowed[[2]Status{from, to}]; (err == nil) != want {
				t.Errorf("%s to %s: %v, want allowed %v", from, to, err, want)
			}
			if from == to && !core.IsKind(err, core.KindConflict) {
				t.Errorf("%s twice: %v, want that somebody else was quicker", from, err)
			}
		}
	}
}

func TestVOL2_EveryStepAsksItsOwnThing(t *testing.T) {
	on := day("2026-06-01")
	for _, c := range []struct {
		name string
		from Status
		to   Status
		but  func(*Profile, *Shown)
		want string
	}{
		{"talked, no talk", Applied, Talked, func(_ *Profile, s *Shown) { s.FirstTalk = core.Date{} }, "volunteer_no_talk"},
		{"talked, nothing else yet", Applied, Talked, func(p *Profile, s *Shown) {
			*s, p.Certificate, p.Courses = Shown{FirstTalk: on}, Certificate{}, nil
		}, ""},
		{"visited at home, no visit", Talked, HomeVisited, func(_ *Profile, s *Shown) { s.HomeVisit = core.Date{} }, "volunteer_no_home_visit"},
		{"no reference", HomeVisited, References, func(_ *Profile, s *Shown) { s.References = 0 }, "volunteer_references"},
		{"one reference", HomeVisited, References, func(_ *Profile, s *Shown) { s.References = 1 }, "volunteer_references"},
		{"two references", HomeVisited, References, func(*Profile, *Shown) {}, ""},
		{"three references", HomeVisited, References, func(_ *Profile, s *Shown) { s.References = 3 }, ""},
		{"no certificate", References, Certified, func(p *Profile, _ *Shown) { p.Certificate = Certificate{} }, "volunteer_no_certificate"},
		{"certificate issued tomorrow", References, Certified, func(p *Profile, _ *Shown) { p.Certificate.IssuedOn = on.AddDays(1) }, "volunteer_no_certificate"},
		{"not signed", Certified, Confidentiality, func(_ *Profile, s *Shown) { s.Signed = false }, "volunteer_not_signed"},
		{"no general course", Confidentiality, Trained, func(p *Profile, _ *Shown) { p.Courses = nil }, "volunteer_general_course"},
		{"trained without an account", Confidentiality, Trained, func(_ *Profile, s *Shown) { s.Account = false }, ""},
		{"active without an account", Trained, Active, func(_ *Profile, s *Shown) { s.Account = false }, "volunteer_no_access"},
		{"active, complete", Trained, Active, func(*Profile, *Shown) {}, ""},
		{"back from rest: nothing of before is asked again", Resting, Active, func(p *Profile, s *Shown) { *s, p.Courses = Shown{}, nil }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, shown := ria(func(p *Profile) { p.Status, p.Certificate.IssuedOn = c.from, day("2026-05-01") }), everything
			c.but(&p, &shown)
			err := MayMove(p, shown, Move{To: c.to}, on, DefaultTerms)
			if f, ok := core.AsFail(err); ok != (c.want != "") || ok && f.Message != c.want {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

func TestVOL1_ToStartEverythingThatIsMissingIsNamedAtOnce(t *testing.T) {
	var got []Status
	for _, m := range MissingFor(Profile{Status: Trained}, Shown{}, Active, day("2026-06-01"), DefaultTerms) {
		got = append(got, m.For)
	}
	if want := []Status{Talked, HomeVisited, References, Certified, Confidentiality, Trained, Active}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestVOL1_TheWayGoesOn(t *testing.T) {
	for s, want := range map[Status]Status{Applied: Talked, Talked: HomeVisited, Confidentiality: Trained, Trained: Active, Active: "", Resting: "", Left: "", Rejected: ""} {
		if got := Next(s); got != want {
			t.Errorf("after %s comes %q, want %q", s, got, want)
		}
		if want != "" && !slices.Contains(MovesFrom(s), want) {
			t.Errorf("from %s nobody may go to %s", s, want)
		}
	}
}

func TestVOL1_StoppingAsksAReason(t *testing.T) {
	until := day("2026-09-01")
	for _, to := range []Status{Left, Resting} {
		p := ria(func(p *Profile) { p.Families = 0 })
		if err := MayMove(p, Shown{}, Move{To: to, Why: "  ", Until: until}, day("2026-06-01"), DefaultTerms); !core.IsKind(err, core.KindInvalid) {
			t.Errorf("%s without a reason: %v", to, err)
		}
	}
}

func TestVOL1_ARestHasALastDay(t *testing.T) {
	for until, want := range map[string]bool{"": false, "2026-05-31": false, "2026-06-01": false, "2026-06-02": true} {
		m := Move{To: Resting, Why: "vakantie"}
		if until != "" {
			m.Until = day(until)
		}
		if err := MayMove(ria(), Shown{}, m, day("2026-06-01"), DefaultTerms); (err == nil) != want {
			t.Errorf("until %q: %v", until, err)
		}
	}
}

func TestVOL1_NobodyStopsWhileAFamilyCountsOnThem(t *testing.T) {
	for families, want := range map[int]string{0: "", 1: "volunteer_families_run", 3: "volunteer_families_run"} {
		p := ria(func(p *Profile) { p.Families = families })
		err := MayMove(p, Shown{}, Move{To: Left, Why: "verhuisd"}, day("2026-06-01"), DefaultTerms)
		f, ok := core.AsFail(err)
		if ok != (want != "") || ok && (f.Message != want || f.Values[0] != families) {
			t.Errorf("%d families: %v", families, err)
		}
	}
}

func TestVOL3_StartingAsksAFreshCertificate(t *testing.T) {
	for _, c := range []struct {
		name   string
		from   Status
		issued string
		renew  string
		want   string
	}{
		{"three months to the day", Trained, "2026-03-01", "2029-03-01", ""},
		{"a day older", Trained, "2026-02-28", "2029-02-28", "volunteer_certificate_old"},
		{"issued that day", Trained, "2026-06-01", "2029-06-01", ""},
		{"issued tomorrow", Trained, "2026-06-02", "2029-06-02", "volunteer_no_certificate"},
		{"back from rest needs no fresh one", Resting, "2024-06-01", "2027-06-01", ""},
		{"back from rest, last day", Resting, "2023-06-01", "2026-06-01", ""},
		{"back from rest, expired", Resting, "2023-05-31", "2026-05-31", "volunteer_certificate_expired"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := ria(func(p *Profile) {
				p.Status, p.Certificate = c.from, Certificate{IssuedOn: day(c.issued), RenewBefore: day(c.renew)}
			})
			err := MayMove(p, everything, Move{To: Active}, day("2026-06-01"), DefaultTerms)
			if f, ok := core.AsFail(err); ok != (c.want != "") || ok && f.Message != c.want {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

func TestVOL4_StartingAsksTheGeneralCourse(t *testing.T) {
	p := ria(func(p *Profile) { p.Status, p.Courses = Confidentiality, nil })
	if f, ok := core.AsFail(MayMove(p, everything, Move{To: Trained}, day("2026-06-01"), DefaultTerms)); !ok || f.Rule != "VOL-4" {
		t.Errorf("got %v", f)
	}
}

func TestVOL3_CertificateAsTyped(t *testing.T) {
	on := day("2026-06-01")
	for _, c := range []struct {
		name  string
		c     Certificate
		field string
	}{
		{"complete", Certificate{Number: "12", IssuedOn: day("2026-05-01"), SeenOn: on}, ""},
		{"no number", Certificate{IssuedOn: day("2026-05-01")}, "number"},
		{"no date", Certificate{Number: "12"}, "issued_on"},
		{"issued tomorrow", Certificate{Number: "12", IssuedOn: day("2026-06-02")}, "issued_on"},
		{"seen before it was issued", Certificate{Number: "12", IssuedOn: day("2026-05-01"), SeenOn: day("2026-04-30")}, "seen_on"},
		{"seen tomorrow", Certificate{Number: "12", IssuedOn: day("2026-05-01"), SeenOn: day("2026-06-02")}, "seen_on"},
		{"renewed before it was issued", Certificate{Number: "12", IssuedOn: day("2026-05-01"), RenewBefore: day("2026-04-30")}, "renew_before"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := CheckCertificate(c.c, on, DefaultTerms)
			if f, ok := core.AsFail(err); ok != (c.field != "") || ok && f.Field != c.field {
				t.Errorf("%v, want a mistake in %q", err, c.field)
			}
			if c.field == "" && (got.RenewBefore != day("2029-05-01") || got.SeenOn != on) {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestVOL3_WarnsNinetyThirtySevenDaysAhead(t *testing.T) {
	c := Certificate{RenewBefore: day("2026-12-31")}
	for on, want := range map[string]struct {
		days int
		due  bool
	}{
		"2026-10-01": {0, false}, "2026-10-02": {90, true}, "2026-11-30": {90, true}, "2026-12-01": {30, true}, "2026-12-23": {30, true},
		"2026-12-24": {7, true}, "2026-12-31": {7, true}, "2027-01-01": {0, true},
	} {
		if days, due := Warning(c, day(on)); days != want.days || due != want.due {
			t.Errorf("%s: %d %v, want %d %v", on, days, due, want.days, want.due)
		}
	}
}

func TestProfileAsTyped(t *testing.T) {
	for _, c := range []struct {
		name  string
		p     Profile
		field string
	}{
		{"complete", ria(), ""},
		{"no name", ria(func(p *Profile) { p.Name = "" }), "name"},
		{"nowhere", ria(func(p *Profile) { p.Municipality = 0 }), "municipality"},
		{"inside only", ria(func(p *Profile) { p.Municipality, p.Facility = 0, 3 }), ""},
		{"capacity below none", ria(func(p *Profile) { p.Capacity = -1 }), "capacity"},
		{"capacity of a bus", ria(func(p *Profile) { p.Capacity = 21 }), "capacity"},
		{"no address", ria(func(p *Profile) { p.Email = "ria" }), "email"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if f, ok := core.AsFail(CheckProfile(c.p)); ok != (c.field != "") || ok && f.Field != c.field {
				t.Errorf("got %v, want a mistake in %q", f, c.field)
			}
		})
	}
}

func TestVOL7_WhatOneFamilyForbids(t *testing.T) {
	speaks := func(codes ...string) func(*Profile) { return func(p *Profile) { p.Wishes.Speaks = codes } }
	for _, c := range []struct {
		name   string
		p      Profile
		n      Need
		fits   bool
		reason string
	}{
		{"nothing", ria(), Need{}, true, ""},
		{"speaks one of the languages", ria(speaks("ar", "ti")), Need{Languages: []string{"ti", "am"}}, true, ""},
		{"speaks another", ria(speaks("ar")), Need{Languages: []string{"ti"}}, false, ReasonLanguage},
		{"speaks none", ria(), Need{Languages: []string{"ti"}}, false, ReasonLanguage},
		{"excluded", ria(), Need{Excluded: "family"}, false, ReasonExcluded},
		{"here already", ria(), Need{Here: true}, false, ReasonHere},
		{"capacity lowered under the running load", ria(func(p *Profile) { p.Capacity, p.Families = 1, 2 }), Need{}, false, ReasonFull},
	} {
		c.n.Kind = "family_buddy"
		fit, why := Suits(c.p, c.n, day("2026-06-01"))
		if fit.IsZero() == c.fits || c.reason == "" && len(why) > 0 || c.reason != "" && !slices.Contains(codes(why), c.reason) {
			t.Errorf("%s: fits %v, %v", c.name, !fit.IsZero(), codes(why))
		}
	}
}

func TestVOL7_WishesAreKeptClean(t *testing.T) {
	for _, c := range []struct {
		name string
		w    Wishes
		ok   bool
		kept string
	}{
		{"nothing", Wishes{}, true, ""}, {"four digits", Wishes{Postcode: "8011"}, true, "8011"}, {"a whole postcode", Wishes{Postcode: " 8011 ab "}, true, "8011"},
		{"with a zero in front", Wishes{Postcode: "0111"}, false, ""}, {"three digits", Wishes{Postcode: "801"}, false, ""},
		{"one letter", Wishes{Postcode: "8011A"}, false, ""}, {"words", Wishes{Postcode: "Zwol"}, false, ""}, {"digits behind", Wishes{Postcode: "801112"}, false, ""},
		{"ages", Wishes{Youngest: 4, Oldest: 4}, true, ""}, {"from an age on", Wishes{Youngest: 4}, true, ""}, {"turned round", Wishes{Youngest: 9, Oldest: 4}, false, ""},
		{"eighteen", Wishes{Oldest: 18}, false, ""}, {"less than none", Wishes{Youngest: -1}, false, ""},
		{"four hours", Wishes{Travel: 240}, true, ""}, {"longer", Wishes{Travel: 241}, false, ""}, {"less than none", Wishes{Travel: -1}, false, ""},
	} {
		w, err := CheckWishes(c.w)
		if (err == nil) != c.ok || c.ok && w.Postcode != c.kept {
			t.Errorf("%s: %v, %q", c.name, err, w.Postcode)
		}
	}
}

func TestINT6_NobodyStartsWhatNeedsTheParentWhileRestrictionsRun(t *testing.T) {
	for _, waits := range []bool{true, false} {
		fit, why := Suits(ria(), Need{Kind: "family_buddy", Waits: waits}, day("2026-06-01"))
		if fit.IsZero() != waits || slices.Contains(codes(why), ReasonRestrictions) != waits {
			t.Errorf("restrictions run %v: fits %v, %v", waits, !fit.IsZero(), codes(why))
		}
	}
}
