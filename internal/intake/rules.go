package intake

import (
	"slices"
	"strings"
	"time"

	"maatje/internal/core"
)

// Condition is one of the start conditions (INT-4), about one person or family, with what shows that it is met.
type Condition struct {
	Letter   string // a, b, c, d
	About    core.PersonID
	Name     string
	Met      bool
	On       core.Date
	Consents []core.ID
	Evidence string       // in place of a consent: what was agreed with youth care
	Missing  []*core.Fail // why what there is does not count
}

// Practices about a contraindication, as the organisation chose (INT-5).
const (
	exclude = "exclude"
	decide  = "decide"
)

// Facts are everything that decides whether support can start.
type Facts struct {
	Dossier           core.DossierID
	Intake            core.ID
	On                core.Date
	Conditions        []Condition
	Contraindications []Contraindication
	Practice          map[string]string // by kind of contraindication
	Helpers, Many     int               // professionals involved, and from how many on to ask (INT-7)
	Added             string
}

// Started is the proof that a family may start on a day: Start alone makes it.
type Started struct {
	dossier  core.DossierID
	intake   core.ID
	on       core.Date
	complex  bool
	agreed   []core.PersonID
	consents []core.ID
}

func (s Started) IsZero() bool            { return s.intake.IsZero() }
func (s Started) Dossier() core.DossierID { return s.dossier }
func (s Started) Intake() core.ID         { return s.intake }
func (s Started) On() core.Date           { return s.on }

// Complex says that there is a contraindication which asks for a volunteer who can and wants complex situations (INT-5).
func (s Started) Complex() bool { return s.complex }

// Receives says whether this caregiver or young person agreed to have a volunteer come (INT-4 b).
func (s Started) Receives(p core.PersonID) bool { return slices.Contains(s.agreed, p) }

// Consents are those on which the start rests.
func (s Started) Consents() []core.ID { return slices.Clone(s.consents) }

// Start applies INT-4, INT-5 and INT-7: every condition is met, every contraindication is asked and decided about as the
// organisation chose, and with many helpers around somebody said what a volunteer adds. The refusal names all that is
// missing.
func Start(f Facts) (Started, error) {
	var fails []*core.Fail
	for _, c := range f.Conditions {
		if !c.Met {
			fails = append(fails, core.Refuse("INT-4", missing[c.Letter], c.Name))
			fails = append(fails, c.Missing...)
		}
	}
	s := Started{dossier: f.Dossier, intake: f.Intake, on: f.On}
	for _, c := range f.Contraindications {
		fails = append(fails, mayStartWith(c, f.Practice[c.Kind]))
		s.complex = s.complex || c.Present && (f.Practice[c.Kind] == decide || f.Practice[c.Kind] == exclude)
	}
	if f.Helpers >= f.Many && strings.TrimSpace(f.Added) == "" {
		fails = append(fails, core.Refuse("INT-7", "intake_many_helpers", f.Helpers))
	}
	if err := core.Join(fails...); err != nil {
		return Started{}, err
	}
	for _, c := range f.Conditions {
		s.consents = append(s.consents, c.Consents...)
		if c.Letter == "b" && len(c.Consents) > 0 {
			s.agreed = append(s.agreed, c.About)
		}
	}
	return s, nil
}

// missing is the sentence for each condition of INT-4 that is not met.
var missing = map[string]string{
	"a": "intake_missing_a", "b": "intake_missing_b", "c": "intake_missing_c", "d": "intake_missing_d",
}

// mayStartWith applies INT-5 to one contraindication. What was not asked blocks; what is there blocks until it was decided
// about in writing, and by the project leader where the programme excludes.
func mayStartWith(c Contraindication, practice string) *core.Fail {
	switch {
	case !c.Checked:
		return core.Refuse("INT-5", "intake_not_asked", c.Kind)
	case !c.Present || practice != exclude && practice != decide:
		return nil
	case practice == exclude && !(c.ByLeader && c.Anyway && c.Words != ""):
		return core.Refuse("INT-5", "intake_excluded", c.Kind)
	case practice == decide && !(c.Anyway && c.Words != ""):
		return core.Refuse("INT-5", "intake_undecided", c.Kind)
	}
	return nil
}

// mayDecide applies INT-5 to a decision about a contraindication: with words, about something that is there, and by the
// project leader alone where the programme excludes.
func mayDecide(c Contraindication, practice string, isLeader bool) error {
	return core.Join(
		wrong("INT-5", !c.Checked || !c.Present, "", "intake_nothing_to_decide", c.Kind),
		wrong("INT-5", strings.TrimSpace(c.Words) == "", "contra_words", "intake_why_anyway"),
		wrong("INT-5", practice == exclude && !isLeader, "", "intake_leader_decides", c.Kind),
	)
}

func wrong(rule string, is bool, field, message string, values ...any) *core.Fail {
	if !is {
		return nil
	}
	f := core.Invalid(field, message, values...)
	f.Rule = rule
	if field == "" {
		f.Kind = core.KindRefused
	}
	return f
}

// maxMinutes is the longest talk that can be no typing error.
const maxMinutes = 600

// checkTalk applies INT-1: when, with whom, where; not in the future and not before anybody knew of the family.
func checkTalk(k Talk, today core.Date) error {
	return core.Join(
		wrong("INT-1", k.HeldOn.IsZero(), "talk_on", "intake_no_date"),
		wrong("INT-1", k.HeldOn.After(today), "talk_on", "intake_talk_in_future"),
		wrong("INT-1", !k.HeldOn.IsZero() && k.HeldOn.Before(today.AddMonths(-24)), "talk_on", "intake_talk_too_old"),
		wrong("INT-1", !slices.Contains(withCodes, k.With), "talk_with", "intake_no_with"),
		wrong("INT-1", !slices.Contains(placeCodes, k.Place), "talk_place", "intake_no_place"),
		wrong("INT-1", k.Minutes < 0 || k.Minutes > maxMinutes, "talk_minutes", "intake_odd_minutes", maxMinutes),
	)
}

// reachesHome says that a talk is contact with home about the parent: everything but a talk with the parent inside. While
// restrictions run it can be neither planned nor registered (INT-6).
func reachesHome(with, place string) bool { return with != Parent || place == atHome }

// checkQuestion applies INT-2: of whom, and either a prompt of that group or their own words.
func checkQuestion(k Question) error {
	prompts, known := needs[k.Group]
	return core.Join(
		wrong("INT-2", !known, "need_group", "intake_no_group"),
		wrong("INT-2", k.Need == "" && strings.TrimSpace(k.Words) == "", "need_words", "intake_no_question"),
		wrong("INT-2", known && k.Need != "" && !slices.Contains(prompts, k.Need), "need", "intake_need_of_others"),
	)
}

// checkFollowUp applies INT-3: a date that is still to come, with whom, and what to try.
func checkFollowUp(k FollowUp, today core.Date) error {
	return core.Join(
		wrong("INT-3", k.DueOn.IsZero(), "follow_on", "intake_no_date"),
		wrong("INT-3", !k.DueOn.IsZero() && k.DueOn.Before(today), "follow_on", "intake_follow_up_past"),
		wrong("INT-3", k.DueOn.After(today.AddMonths(12)), "follow_on", "intake_follow_up_far"),
		wrong("INT-3", !slices.Contains(withCodes, k.With), "follow_with", "intake_no_with"),
		wrong("INT-3", strings.TrimSpace(k.Try) == "", "follow_try", "intake_nothing_to_try"),
	)
}

// Decision is what is to be decided (INT-9).
type Decision struct {
	Outcome    Outcome
	Reasons    []string
	Words      string
	Unmet      string // the help that is needed and nobody gives
	ReferredTo string
}

// checkDecision applies INT-9 and INT-3. Not starting takes one to three reasons, "other" says what, and "no support
// question" counts only after somebody tried once more. Keeping open needs a follow-up that is still to come, or it would
// be a way to forget.
func checkDecision(d Decision, i Intake, followUps []FollowUp) error {
	reasons := slices.Compact(slices.Sorted(slices.Values(d.Reasons)))
	unknown := slices.ContainsFunc(reasons, func(r string) bool { return !slices.Contains(reasonCodes, r) })
	tried := slices.ContainsFunc(followUps, func(k FollowUp) bool { return !k.DoneOn.IsZero() })
	planned := slices.ContainsFunc(followUps, func(k FollowUp) bool { return k.DoneOn.IsZero() })
	no := d.Outcome == NoStart
	return core.Join(
		conflict(!i.IsOpen(), i),
		wrong("INT-9", !slices.Contains(outcomeCodes, string(d.Outcome)), "outcome", "intake_no_outcome"),
		wrong("INT-9", no && len(reasons) == 0, "reasons", "intake_no_reason"),
		wrong("INT-9", !no && len(reasons) > 0, "reasons", "intake_reason_without_no"),
		wrong("INT-9", len(reasons) > 3, "reasons", "intake_too_many_reasons"),
		wrong("INT-9", unknown, "reasons", "intake_unknown_reason"),
		wrong("INT-9", slices.Contains(reasons, other) && strings.TrimSpace(d.Words) == "", "decision_words", "intake_say_what"),
		wrong("INT-9", d.Outcome == OtherHelp && strings.TrimSpace(d.Unmet+d.ReferredTo) == "", "unmet", "intake_which_help"),
		wrong("INT-3", slices.Contains(reasons, noSupportQuestion) && !tried, "reasons", "intake_try_once_more"),
		wrong("INT-3", d.Outcome == KeepOpen && !planned, "outcome", "intake_keep_open_until"),
	)
}

func conflict(is bool, i Intake) *core.Fail {
	if !is {
		return nil
	}
	return core.Conflict("intake_decided", i.DecidedBy, i.DecidedOn)
}

// unmetKinds applies INT-9: other help and no funding are needs that nobody met, and so is whatever the coordinator wrote
// down as such. They are what a municipality hears about.
func unmetKinds(d Decision) []string {
	var kinds []string
	if d.Outcome == OtherHelp || slices.Contains(d.Reasons, otherHelpNeeded) {
		kinds = append(kinds, "other_help")
	}
	if slices.Contains(d.Reasons, noFunding) {
		kinds = append(kinds, "no_funding")
	}
	if len(kinds) == 0 && strings.TrimSpace(d.Unmet) != "" {
		kinds = append(kinds, "no_offer")
	}
	return kinds
}

// checkWord applies INT-10: what a family that waits was told, on a day that has been.
func checkWord(w Word, today core.Date) error {
	return core.Join(
		wrong("INT-10", w.ToldOn.IsZero(), "word_on", "intake_no_date"),
		wrong("INT-10", w.ToldOn.After(today), "word_on", "intake_talk_in_future"),
		wrong("INT-10", strings.TrimSpace(w.Said) == "", "word_said", "intake_no_word"),
	)
}

// wordDue applies INT-10: a family that waits hears something before so many days have passed.
func wordDue(since core.Date, days int) core.Instant { return endOf(since.AddDays(days)) }

// endOf is the last moment of a day in the Netherlands.
func endOf(d core.Date) core.Instant {
	return core.At(time.Date(d.Year(), d.Month(), d.Day(), 23, 59, 59, 0, core.Amsterdam))
}

// talkWorkdays is how soon after its opening an intake asks for its first talk.
const talkWorkdays = 5

// youthCare are the kinds of professionals with whom the start is agreed before it happens (INT-4 d).
var youthCare = []string{"youth_care", "guardian", "child_protection"}

// askedConsent is whose consent a condition asks for, and for what: (a) about each child, (b) to receive, (c) to tell.
type askedConsent struct {
	Letter  string
	Purpose string
	About   core.PersonID
	Name    string
}

// The purposes, as package consent has them; held together by a test.
const (
	startSupport      = "start_support"
	householdReceives = "household_receives"
	tellChildren      = "tell_children"
)

// Member is somebody of the family, as far as the conditions ask.
type Member struct {
	ID          core.PersonID
	Name        string
	Birth       core.Date
	IsChild     bool
	IsParent    bool
	IsCaregiver bool
	IsDead      bool
	Detained    bool
	KnowsAll    bool
}

func (m Member) age(on core.Date) int {
	if m.Birth.IsZero() {
		return 0
	}
	return m.Birth.AgeOn(on)
}

// wanted says which consents INT-4 asks for in this family on the day. About every child support must be agreed (a); the
// household agrees, and each young person from 12 on, and from 16 on the young person alone is decisive (b); each parent
// who is detained is willing that the children are told, unless they all know everything already (c).
func wanted(family []Member, on core.Date) []askedConsent {
	var out []askedConsent
	add := func(letter, purpose string, m Member) { out = append(out, askedConsent{letter, purpose, m.ID, m.Name}) }
	children := living(family, func(m Member) bool { return m.IsChild })
	parents := living(family, func(m Member) bool { return m.IsParent && m.Detained })
	if len(parents) == 0 {
		parents = living(family, func(m Member) bool { return m.IsParent && !m.IsCaregiver })
	}
	for _, c := range children {
		add("a", startSupport, c)
	}
	if len(children) == 0 {
		for _, p := range parents {
			add("a", startSupport, p)
		}
	}
	if len(children) == 0 || slices.ContainsFunc(children, func(c Member) bool { return c.age(on) < 16 }) {
		for _, k := range living(family, func(m Member) bool { return m.IsCaregiver && !m.IsChild }) {
			add("b", householdReceives, k)
		}
	}
	for _, c := range children {
		if c.age(on) >= 12 {
			add("b", householdReceives, c)
		}
	}
	if slices.ContainsFunc(children, func(c Member) bool { return !c.KnowsAll }) {
		for _, p := range parents {
			add("c", tellChildren, p)
		}
	}
	return out
}

func living(family []Member, is func(Member) bool) []Member {
	return slices.DeleteFunc(slices.Clone(family), func(m Member) bool { return m.IsDead || !is(m) })
}

// household applies INT-4 (b): of several caregivers one who agrees is enough, because siblings can be split over
// households and only the one that receives the volunteer has to agree. Who did not agree does not receive one. A family
// with young children and nobody who looks after them has no household that can agree.
func household(conditions []Condition, family []Member, on core.Date) []Condition {
	isCaregiver := func(id core.PersonID) bool {
		return slices.ContainsFunc(family, func(m Member) bool { return m.ID == id && m.IsCaregiver && !m.IsChild })
	}
	ofCaregiver := func(c Condition) bool { return c.Letter == "b" && isCaregiver(c.About) }
	oneAgrees := slices.ContainsFunc(conditions, func(c Condition) bool { return ofCaregiver(c) && c.Met })
	if oneAgrees {
		return slices.DeleteFunc(slices.Clone(conditions), func(c Condition) bool { return ofCaregiver(c) && !c.Met })
	}
	young := living(family, func(m Member) bool { return m.IsChild && m.age(on) < 16 })
	if len(young) > 0 && !slices.ContainsFunc(conditions, ofCaregiver) {
		return append(slices.Clone(conditions), Condition{Letter: "b", Name: young[0].Name})
	}
	return conditions
}

// nobody applies INT-4 to a file without a child and without a parent: there is nobody to agree.
func nobody(conditions []Condition) []Condition {
	if slices.ContainsFunc(conditions, func(c Condition) bool { return c.Letter == "a" }) {
		return conditions
	}
	return append([]Condition{{Letter: "a", Name: "?"}}, conditions...)
}
