package consent

import (
	"slices"
	"strings"

	"maatje/internal/core"
)

// The ages at which who decides changes (CON-2).
const (
	heard  = 12 // from here on the child agrees as well
	alone  = 16 // from here on the young person decides
	ofAge  = 18
	runsUp = 30 // days ahead that a renewal is asked
)

// WhoMustAgree applies CON-2: under 12 everybody with authority; from 12 to 15 the child as well; from 16 the young person
// alone. Of a child whose birth is not known, those with authority decide.
func WhoMustAgree(s Subject, on core.Date) []Needed {
	self := Needed{Holder{s.Person, s.Name}, AsSelf}
	if !s.IsChild || !s.Birth.IsZero() && s.Birth.AgeOn(on) >= alone {
		return []Needed{self}
	}
	var all []Needed
	for _, h := range s.Holders {
		all = append(all, Needed{h, AsAuthority})
	}
	if !s.Birth.IsZero() && s.Birth.AgeOn(on) >= heard {
		all = append(all, self)
	}
	return all
}

// isOwnWord says that nobody else can say it: whom to let into one's home, and what a parent is willing to have told. How to
// start beside youth care is no consent at all but an agreement with youth care (INT-4 d), and is kept with the intake.
func isOwnWord(p Purpose) bool { return p == HouseholdReceives || p == TellChildren }

// needed are those who must agree for a purpose.
func needed(p Purpose, s Subject, on core.Date) []Needed {
	if isOwnWord(p) {
		return []Needed{{Holder{s.Person, s.Name}, AsSelf}}
	}
	return WhoMustAgree(s, on)
}

// Require applies CON-1: something opens only under a consent, written or signed, for this purpose and this recipient, begun
// and neither expired nor withdrawn on the day, from everybody who must agree. The refusal names who is missing and why
// what there is does not count.
func Require(given []Consent, p Purpose, about Subject, to Recipient, on core.Date) (Grant, error) {
	who := needed(p, about, on)
	if !slices.ContainsFunc(who, func(n Needed) bool { return n.Capacity == AsAuthority }) && mustHaveHolder(p, about, on) {
		return Grant{}, core.Refuse("CON-2", "consent_nobody_decides", about.Name)
	}
	g := Grant{purpose: p, about: about.Person, to: to, on: on}
	var missing []*core.Fail
	for i, n := range who {
		c, why := find(given, p, about, to, on, n)
		if why != nil {
			missing = append(missing, why)
			continue
		}
		g.consents = append(g.consents, c.ID)
		g.parts = common(g.parts, c.Parts, i == 0)
	}
	if err := core.Join(missing...); err != nil {
		return Grant{}, err
	}
	return g, nil
}

// mustHaveHolder says that somebody with authority is needed about this child.
func mustHaveHolder(p Purpose, s Subject, on core.Date) bool {
	return !isOwnWord(p) && s.IsChild && (s.Birth.IsZero() || s.Birth.AgeOn(on) < alone)
}

// MayAsk applies PRV-4 to who may have all that is kept about somebody: from 16 on they alone; of a child under 16, or whose
// birth is not known, anybody with authority.
func MayAsk(about Subject, on core.Date) []Holder {
	if !about.IsChild || !about.Birth.IsZero() && about.Birth.AgeOn(on) >= alone {
		return []Holder{{about.Person, about.Name}}
	}
	return about.Holders
}

// RequireOwnData applies PRV-4: what is kept about somebody goes to whoever may ask for it on that day, once it was made sure
// that it is they.
func RequireOwnData(a Asked, about Subject, on core.Date) (Grant, error) {
	may := MayAsk(about, on)
	if len(may) == 0 {
		return Grant{}, core.Refuse("PRV-4", "consent_nobody_decides", about.Name)
	}
	if !slices.ContainsFunc(may, func(h Holder) bool { return sameHolder(h, a.By) }) {
		return Grant{}, core.Refuse("PRV-4", "own_data_other_asks", a.By.Name, about.Name)
	}
	if !a.Checked {
		return Grant{}, core.Refuse("PRV-4", "own_data_not_checked", a.By.Name)
	}
	return Grant{purpose: OwnData, about: about.Person, to: Recipient{Name: a.By.Name}, on: on}, nil
}

// sameHolder holds a person by identifier and an organisation by its name.
func sameHolder(a, b Holder) bool {
	if a.Person.IsZero() {
		return b.Person.IsZero() && a.Name != "" && strings.EqualFold(strings.TrimSpace(a.Name), strings.TrimSpace(b.Name))
	}
	return a.Person == b.Person
}

// common are the parts that everybody who agreed allows.
func common(sofar, more []string, first bool) []string {
	if first {
		return slices.Clone(more)
	}
	return slices.DeleteFunc(sofar, func(p string) bool { return !slices.Contains(more, p) })
}

// find looks for a consent of this person that counts; without one it says why the nearest does not.
func find(given []Consent, p Purpose, about Subject, to Recipient, on core.Date, n Needed) (Consent, *core.Fail) {
	why := core.Refuse("CON-1", "consent_missing", n.Name, string(p), about.Name)
	for _, c := range given {
		if c.Purpose != p || !sameGiver(c, n) || !slices.Contains(c.About, about.Person) {
			continue
		}
		fail := c.opens(to, on, n)
		if fail == nil {
			return c, nil
		}
		why = fail
	}
	return Consent{}, why
}

// sameGiver holds a person by identifier and an organisation by its name.
func sameGiver(c Consent, n Needed) bool {
	if n.Person.IsZero() {
		return c.Giver.IsZero() && strings.EqualFold(c.GiverName, n.Name)
	}
	return c.Giver == n.Person
}

// opens says why a consent opens nothing for this recipient on this day, or nothing if it does.
func (c Consent) opens(to Recipient, on core.Date, n Needed) *core.Fail {
	switch {
	case c.Capacity != n.Capacity && !(c.Capacity == AsCaregiver && c.Purpose == HouseholdReceives && n.Capacity == AsSelf):
		return core.Refuse("CON-1", "consent_other_capacity", n.Name)
	case !sameRecipient(c.To, to):
		return core.Refuse("CON-1", "consent_other_recipient", n.Name)
	case c.How == Spoken:
		return core.Refuse("CON-1", "consent_only_spoken", n.Name)
	case !c.WithdrawnOn.IsZero() && !on.Before(c.WithdrawnOn):
		return core.Refuse("CON-1", "consent_withdrawn", n.Name, c.WithdrawnOn)
	case on.Before(c.From):
		return core.Refuse("CON-1", "consent_not_begun", n.Name, c.From)
	case !c.Until.IsZero() && on.After(c.Until):
		return core.Refuse("CON-1", "consent_expired", n.Name, c.Until)
	}
	return nil
}

// sameRecipient: a consent for an organisation without a name holds for whoever works there; one for a person holds for
// that person alone.
func sameRecipient(given, asked Recipient) bool {
	same := func(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }
	return same(given.Organisation, asked.Organisation) && (given.Name == "" || same(given.Name, asked.Name))
}

// check applies CON-1 and CON-2 to a consent that is being recorded. subjects are those it is about, on its first day.
func check(c Consent, subjects []Subject, today core.Date) error {
	var f []*core.Fail
	when := func(wrong bool, field, message string, values ...any) {
		if wrong {
			f = append(f, core.Invalid(field, message, values...))
		}
	}
	when(c.Giver.IsZero() && strings.TrimSpace(c.GiverName) == "", "giver", "consent_giver_missing")
	when(!slices.Contains(Purposes(), c.Purpose), "purpose", "consent_purpose_missing")
	when(len(c.About) == 0, "about", "consent_about_missing")
	when(c.From.IsZero(), "from", "consent_from_missing")
	when(!c.Until.IsZero() && c.Until.Before(c.From), "until", "consent_until_before_from", c.From)
	when(!c.Until.IsZero() && c.Until.Before(today), "until", "consent_until_past")
	when(c.How != Written && c.How != OnScreen && c.How != Spoken, "how", "consent_how_missing")
	when(c.How == Written && strings.TrimSpace(c.Evidence) == "", "evidence", "consent_evidence_missing")
	when(c.Purpose == ShareWith && strings.TrimSpace(c.To.Organisation+c.To.Name) == "", "recipient", "consent_recipient_missing")
	when(c.Purpose == ShareWith && len(c.Parts) == 0, "parts", "consent_parts_missing")
	for _, s := range subjects {
		if fail := standing(c, s); fail != nil {
			f = append(f, fail)
		}
	}
	return core.Join(f...)
}

// standing applies CON-2 to who gives: only somebody with authority about a child, the person self from 12 on, and a
// caregiver about nothing but receiving the volunteer at home.
func standing(c Consent, s Subject) *core.Fail {
	self := !c.Giver.IsZero() && c.Giver == s.Person
	refuse := func(message string, values ...any) *core.Fail {
		return &core.Fail{Kind: core.KindRefused, Rule: "CON-2", Field: "giver", Message: message, Values: values}
	}
	age := s.Birth.AgeOn(c.From)
	known := !s.Birth.IsZero() && !c.From.IsZero()
	switch c.Capacity {
	case AsSelf:
		if !self {
			return refuse("consent_not_self", s.Name)
		}
		if s.IsChild && known && age < heard {
			return refuse("consent_too_young", s.Name)
		}
	case AsAuthority:
		if !s.IsChild || known && age >= alone {
			return refuse("consent_decides_alone", s.Name)
		}
		if !slices.ContainsFunc(s.Holders, func(h Holder) bool { return sameGiver(c, Needed{Holder: h}) }) {
			return refuse("consent_no_authority", s.Name)
		}
	case AsCaregiver:
		if c.Purpose != HouseholdReceives {
			return refuse("consent_caregiver_cannot")
		}
	default:
		return &core.Fail{Kind: core.KindInvalid, Field: "capacity", Message: "consent_capacity_missing"}
	}
	return nil
}

// Purposes lists what a consent can be for.
func Purposes() []Purpose {
	return []Purpose{StartSupport, HouseholdReceives, TellChildren, ShareWith, VisitInside, Transport}
}

// Holds says that a consent opens something on the day, for whomever it is.
func (c Consent) Holds(on core.Date) bool {
	return c.opens(c.To, on, Needed{Capacity: c.Capacity}) == nil
}

// renewals applies CON-2: the ages whose birthday lies in the days ahead, or was reached in the last days.
func renewals(birth, today core.Date) []int {
	var out []int
	for _, age := range []int{heard, alone, ofAge} {
		day := birth.AddMonths(12 * age)
		if d := today.DaysUntil(day); d <= runsUp && d >= -runsUp {
			out = append(out, age)
		}
	}
	return out
}

// renews says that a new consent carries on an older one that runs out: the same giver, purpose and recipient, about
// everybody it was about, and beyond its end. What was only spoken carries on nothing.
func (c Consent) renews(old Consent) bool {
	longer := c.Until.IsZero() || !old.Until.IsZero() && c.Until.After(old.Until)
	sameWho := c.Giver == old.Giver && (!c.Giver.IsZero() || strings.EqualFold(c.GiverName, old.GiverName))
	missing := slices.ContainsFunc(old.About, func(p core.PersonID) bool { return !slices.Contains(c.About, p) })
	return c.How != Spoken && longer && sameWho && !missing && c.Purpose == old.Purpose && sameRecipient(c.To, old.To) && c.Capacity == old.Capacity
}

// renewed says that nothing has to be asked again because of a birthday (CON-2): of every consent about this person that is
// still open, whoever must agree from that day on has agreed. s is who decides on that day.
func renewed(given []Consent, s Subject, day core.Date) bool {
	for _, c := range given {
		open := c.WithdrawnOn.IsZero() && c.How != Spoken && (c.Until.IsZero() || !c.Until.Before(day))
		if !open || c.Capacity == AsCaregiver || !slices.Contains(c.About, s.Person) {
			continue
		}
		if _, err := Require(given, c.Purpose, s, c.To, day); err != nil {
			return false
		}
	}
	return true
}

func has(all []string, one string) bool { return slices.Contains(all, one) }
