package volunteer

import (
	"slices"
	"strings"

	"maatje/internal/core"
)

// Need is what a trajectory asks of a volunteer.
type Need struct {
	Kind    string
	Courses []string
	Complex bool
	Until   core.Date // the planned end; none when it is not known
	Roles   []string  // kinds of trajectory that this volunteer already has in this family (VOL-9)

	Languages []string // one of which the volunteer must speak; none if the family manages without
	Excluded  string   // from which side this volunteer and this family are not brought together; empty if they are
	Here      bool     // this volunteer is in this very trajectory already
	Waits     bool     // restrictions run, and the support needs contact with the parent inside (INT-6)
}

// Reason is why somebody fits less than fully. Weigh says that it asks for thought and forbids nothing.
type Reason struct {
	Code  string
	What  string    // a status, course or kind, where the code is about one
	On    core.Date // the day a certificate ended or will end
	Weigh bool
}

// The codes of reasons; the catalogue has their words.
const (
	ReasonStatus              = "status"
	ReasonCertificateMissing  = "certificate_missing"
	ReasonCertificateExpired  = "certificate_expired"
	ReasonCertificateExpires  = "certificate_expires"
	ReasonCourseMissing       = "course_missing"
	ReasonKindNotWanted       = "kind_not_wanted"
	ReasonFull                = "full"
	ReasonComplexNotWanted    = "complex_not_wanted"
	ReasonComplexNotConfirmed = "complex_not_confirmed"
	ReasonDoubleRole          = "double_role"
	ReasonLanguage            = "language"
	ReasonExcluded            = "excluded"
	ReasonHere                = "here"
	ReasonRestrictions        = "restrictions"
)

// Fit is proof that on a certain day somebody may be matched, or may visit. Only the rules here make one.
type Fit struct {
	volunteer core.VolunteerID
	kind      string // of the trajectory; none for a visit
	on        core.Date
	roles     []string
}

func (f Fit) Volunteer() core.VolunteerID { return f.volunteer }
func (f Fit) On() core.Date               { return f.on }

// Kind is the kind of trajectory it was made for; empty when it was made for a visit.
func (f Fit) Kind() string { return f.kind }

// Roles are the kinds of trajectory the volunteer already has in the family: with any, the match is a double role (VOL-9).
func (f Fit) Roles() []string { return slices.Clone(f.roles) }

// IsZero says that there is no proof.
func (f Fit) IsZero() bool { return f.volunteer.IsZero() }

// Suits says whether the volunteer may be matched with what is needed, and everything that speaks against it or asks for
// thought (VOL-3, VOL-7, VOL-9, INT-6). The Fit is the only key to a match; it is empty if one reason forbids.
func Suits(p Profile, n Need, on core.Date) (Fit, []Reason) {
	why := append(SuitsKind(p, n, on), SuitsFamily(p, n)...)
	if Forbidden(why) {
		return Fit{}, why
	}
	return Fit{volunteer: p.ID, kind: n.Kind, on: on, roles: n.Roles}, why
}

// SuitsKind is what speaks against this volunteer in any family with this kind of support, until that day (VOL-3, VOL-7).
func SuitsKind(p Profile, n Need, on core.Date) []Reason {
	why := certificateReasons(p.Certificate, n.Until, on)
	why = append(why, courseReasons(p, n, on)...)
	if p.Status != Active {
		why = append(why, Reason{Code: ReasonStatus, What: string(p.Status)})
	}
	if !slices.Contains(p.Wishes.Kinds, n.Kind) {
		why = append(why, Reason{Code: ReasonKindNotWanted, What: n.Kind})
	}
	if n.Complex && !p.Wishes.Complex {
		why = append(why, Reason{Code: ReasonComplexNotWanted})
	}
	if n.Complex && p.Wishes.Complex && !p.ComplexConfirmed {
		why = append(why, Reason{Code: ReasonComplexNotConfirmed})
	}
	return why
}

// SuitsFamily is what speaks against this volunteer in this very family, and the second role that is to be weighed (VOL-7,
// VOL-9, INT-6).
func SuitsFamily(p Profile, n Need) (why []Reason) {
	if p.Families >= p.Capacity {
		why = append(why, Reason{Code: ReasonFull})
	}
	if len(n.Languages) > 0 && !slices.ContainsFunc(n.Languages, func(l string) bool { return slices.Contains(p.Wishes.Speaks, l) }) {
		why = append(why, Reason{Code: ReasonLanguage, What: n.Languages[0]})
	}
	if n.Excluded != "" {
		why = append(why, Reason{Code: ReasonExcluded, What: n.Excluded})
	}
	if n.Here {
		why = append(why, Reason{Code: ReasonHere})
	}
	if n.Waits {
		why = append(why, Reason{Code: ReasonRestrictions})
	}
	for _, role := range n.Roles {
		why = append(why, Reason{Code: ReasonDoubleRole, What: role, Weigh: true})
	}
	return why
}

// Forbidden says whether one of the reasons forbids.
func Forbidden(why []Reason) bool {
	return slices.ContainsFunc(why, func(r Reason) bool { return !r.Weigh })
}

// MayVisit says whether the volunteer may visit on that day: active or resting, with a certificate that counts (VOL-3).
// Capacity, wishes and courses were settled when the match was made.
func MayVisit(p Profile, on core.Date) (Fit, error) {
	if p.Status != Active && p.Status != Resting {
		return Fit{}, core.Refuse("VOL-1", "volunteer_not_active", string(p.Status))
	}
	if why := certificateReasons(p.Certificate, core.Date{}, on); len(why) > 0 {
		if why[0].Code == ReasonCertificateMissing {
			return Fit{}, core.Refuse("VOL-3", "volunteer_no_certificate")
		}
		return Fit{}, core.Refuse("VOL-3", "volunteer_certificate_expired", why[0].On)
	}
	return Fit{volunteer: p.ID, on: on}, nil
}

// certificateReasons holds the day against the certificate (VOL-3). A certificate counts from its issue up to and with
// its last day. One that ends before the support does is renewed first: nobody should have to leave a family halfway (VOL-7).
func certificateReasons(c Certificate, until, on core.Date) []Reason {
	switch {
	case c.IsZero() || c.IssuedOn.After(on):
		return []Reason{{Code: ReasonCertificateMissing}}
	case on.After(c.RenewBefore):
		return []Reason{{Code: ReasonCertificateExpired, On: c.RenewBefore}}
	case until.After(c.RenewBefore):
		return []Reason{{Code: ReasonCertificateExpires, On: c.RenewBefore}}
	}
	return nil
}

func courseReasons(p Profile, n Need, on core.Date) []Reason {
	var why []Reason
	for _, course := range n.Courses {
		if !p.Completed(course, on) {
			why = append(why, Reason{Code: ReasonCourseMissing, What: course})
		}
	}
	return why
}

// Shown is what is there of everything that is asked before somebody starts (VOL-1, VOL-2).
type Shown struct {
	FirstTalk  core.Date // the last one
	HomeVisit  core.Date // the last one to which everybody at home agreed
	References int       // that were given
	Signed     bool      // the newest text about confidentiality
	Account    bool      // with which they sign in
}

// references is how many people have to say something about somebody who wants to start.
const references = 2

// Missing is one thing that is not there yet, with the status that asks for it first.
type Missing struct {
	For  Status
	Fail *core.Fail
}

// MissingFor names everything that a step asks and that is not there yet, in the order of the steps: to start asks all of it, each
// step on the way its own part (VOL-1 to VOL-4). Who comes back from a rest needs a certificate that counts and nothing else.
func MissingFor(p Profile, shown Shown, to Status, on core.Date, terms Terms) []Missing {
	back := p.Status == Resting
	asks := func(s Status) bool { return to == s || to == Active && !back }
	var out []Missing
	add := func(s Status, is bool, rule, message string, values ...any) {
		if is && asks(s) {
			out = append(out, Missing{s, core.Refuse(rule, message, values...)})
		}
	}
	add(Talked, shown.FirstTalk.IsZero(), "VOL-2", "volunteer_no_talk")
	add(HomeVisited, shown.HomeVisit.IsZero(), "VOL-2", "volunteer_no_home_visit")
	add(References, shown.References < references, "VOL-1", "volunteer_references", shown.References, references)
	if f := certificateToStart(p, to, on, terms); f != nil && (asks(Certified) || back && to == Active) {
		out = append(out, Missing{Certified, f})
	}
	add(Confidentiality, !shown.Signed, "VOL-1", "volunteer_not_signed")
	add(Trained, !p.Completed("general", on), "VOL-4", "volunteer_general_course")
	if to == Active && !back && !shown.Account {
		out = append(out, Missing{Active, core.Refuse("VOL-1", "volunteer_no_access")})
	}
	return out
}

// Next is the status that follows on the way to the start, and none for who is not on the way (VOL-1).
func Next(s Status) Status {
	way := []Status{Applied, Talked, HomeVisited, References, Certified, Confidentiality, Trained, Active}
	if i := slices.Index(way, s); i >= 0 && i < len(way)-1 {
		return way[i+1]
	}
	return ""
}

// moves says from where to where somebody may go (VOL-1). Who left may apply again; who was rejected is erased later.
var moves = map[Status][]Status{
	Applied:         {Talked, Rejected, Left},
	Talked:          {HomeVisited, Rejected, Left},
	HomeVisited:     {References, Rejected, Left},
	References:      {Certified, Rejected, Left},
	Certified:       {Confidentiality, Rejected, Left},
	Confidentiality: {Trained, Rejected, Left},
	Trained:         {Active, Rejected, Left},
	Active:          {Resting, Left},
	Resting:         {Active, Left},
	Left:            {Applied},
}

// MovesFrom lists where somebody may go from here (VOL-1).
func MovesFrom(s Status) []Status { return slices.Clone(moves[s]) }

// Move is a step that somebody asks for.
type Move struct {
	To    Status
	Why   string
	Until core.Date // the last day of a rest

	WithoutTalk string // why there was no talk when they left
}

// MayMove says whether somebody may go on to a status, and names everything that is missing (VOL-1 to VOL-4). To stop or to rest asks
// a reason, a rest a last day as well, and nobody stops while a family counts on them.
func MayMove(p Profile, shown Shown, m Move, on core.Date, terms Terms) error {
	if p.Status == m.To {
		return core.Conflict("volunteer_there_already", string(m.To))
	}
	if !slices.Contains(moves[p.Status], m.To) {
		return core.Refuse("VOL-1", "volunteer_move", string(p.Status), string(m.To))
	}
	var fails []*core.Fail
	if asksWhy(m.To) && strings.TrimSpace(m.Why) == "" {
		fails = append(fails, core.Invalid("why", "volunteer_why"))
	}
	switch m.To {
	case Resting:
		if m.Until.IsZero() || !m.Until.After(on) {
			fails = append(fails, core.Invalid("until", "volunteer_rest_until"))
		}
	case Left:
		if p.Families > 0 {
			fails = append(fails, core.Refuse("VOL-1", "volunteer_families_run", p.Families))
		}
	default:
	}
	for _, missing := range MissingFor(p, shown, m.To, on, terms) {
		fails = append(fails, missing.Fail)
	}
	return core.Join(fails...)
}

func asksWhy(to Status) bool { return to == Rejected || to == Left || to == Resting }

// certificateToStart is fresh only for who starts for the first time (VOL-3).
func certificateToStart(p Profile, to Status, on core.Date, terms Terms) *core.Fail {
	c := p.Certificate
	switch {
	case c.IsZero() || c.IssuedOn.After(on):
		return core.Refuse("VOL-3", "volunteer_no_certificate")
	case on.After(c.RenewBefore):
		return core.Refuse("VOL-3", "volunteer_certificate_expired", c.RenewBefore)
	case to == Active && p.Status != Resting && on.After(c.IssuedOn.AddMonths(terms.FreshMonths)):
		return core.Refuse("VOL-3", "volunteer_certificate_old", c.IssuedOn, terms.FreshMonths)
	}
	return nil
}

// CheckCertificate says what is wrong with a certificate as somebody typed it, and when it is to be renewed (VOL-3).
func CheckCertificate(c Certificate, on core.Date, terms Terms) (Certificate, error) {
	var fails []*core.Fail
	if strings.TrimSpace(c.Number) == "" {
		fails = append(fails, core.Invalid("number", "volunteer_certificate_number"))
	}
	switch {
	case c.IssuedOn.IsZero():
		fails = append(fails, core.Invalid("issued_on", "volunteer_certificate_date"))
	case c.IssuedOn.After(on):
		fails = append(fails, core.Invalid("issued_on", "volunteer_date_ahead"))
	}
	if c.SeenOn.IsZero() {
		c.SeenOn = on
	}
	if c.SeenOn.After(on) || c.SeenOn.Before(c.IssuedOn) {
		fails = append(fails, core.Invalid("seen_on", "volunteer_certificate_seen"))
	}
	if c.RenewBefore.IsZero() && !c.IssuedOn.IsZero() {
		c.RenewBefore = c.IssuedOn.AddMonths(terms.ValidMonths)
	}
	if c.RenewBefore.Before(c.IssuedOn) {
		fails = append(fails, core.Invalid("renew_before", "volunteer_certificate_renewal"))
	}
	return c, core.Join(fails...)
}

// Warning says which warning about a certificate is due: 90, 30 or 7 days ahead, 0 from the day after its last (VOL-3).
// The second value is false while none is.
func Warning(c Certificate, on core.Date) (days int, due bool) {
	left := on.DaysUntil(c.RenewBefore)
	if left < 0 {
		return 0, true
	}
	for _, ahead := range []int{7, 30, 90} {
		if left <= ahead {
			return ahead, true
		}
	}
	return 0, false
}

// CheckProfile says what is wrong with what was typed about a volunteer.
func CheckProfile(p Profile) error {
	var fails []*core.Fail
	if p.Name == "" {
		fails = append(fails, core.Invalid("name", "volunteer_name"))
	}
	if p.Municipality.IsZero() && p.Facility.IsZero() {
		fails = append(fails, core.Invalid("municipality", "volunteer_place"))
	}
	if p.Capacity < 0 || p.Capacity > 20 {
		fails = append(fails, core.Invalid("capacity", "volunteer_capacity"))
	}
	if p.Email != "" && !strings.Contains(p.Email, "@") {
		fails = append(fails, core.Invalid("email", "volunteer_email"))
	}
	return core.Join(fails...)
}

// The most that wishes can hold.
const (
	oldestChild = 17
	mostTravel  = 240 // minutes
)

// CheckWishes says what is wrong with wishes as somebody typed them, and gives them as they are kept: of a postcode the
// four digits alone (VOL-7).
func CheckWishes(w Wishes) (Wishes, error) {
	var fails []*core.Fail
	if w.Youngest < 0 || w.Youngest > oldestChild || w.Oldest < 0 || w.Oldest > oldestChild || w.Oldest > 0 && w.Youngest > w.Oldest {
		fails = append(fails, core.Invalid("oldest", "volunteer_ages", oldestChild))
	}
	if w.Travel < 0 || w.Travel > mostTravel {
		fails = append(fails, core.Invalid("travel", "volunteer_travel", mostTravel))
	}
	digits, ok := Postcode(w.Postcode)
	if !ok {
		fails = append(fails, core.Invalid("postcode", "volunteer_postcode"))
	}
	w.Postcode = digits
	return w, core.Join(fails...)
}

// Postcode gives the four digits of a Dutch postcode, "8011" or "8011 AB"; nothing is a postcode too, and is not known.
func Postcode(typed string) (digits string, ok bool) {
	typed = strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(typed), " ", ""))
	if typed == "" {
		return "", true
	}
	if len(typed) != 4 && len(typed) != 6 || typed[0] == '0' {
		return "", false
	}
	for i, c := range []byte(typed) {
		if i < 4 && (c < '0' || c > '9') || i >= 4 && (c < 'A' || c > 'Z') {
			return "", false
		}
	}
	return typed[:4], true
}
