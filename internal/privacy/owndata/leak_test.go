package owndata

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/consent"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/dossier"
	"maatje/internal/familytest"
	"maatje/internal/plan/goal"
	"maatje/internal/vault"
	"maatje/internal/web/text"
)

// secrets are words that stand in one place of the database alone, with the people in whose package they belong.
type secrets struct {
	n    int
	of   map[string][]core.PersonID
	grow func() string
}

func newSecrets(r *rand.Rand) *secrets {
	s := &secrets{of: map[string][]core.PersonID{}}
	s.grow = func() string {
		s.n++
		return fmt.Sprintf("zq%d%c%x", s.n, 'g'+rune(r.IntN(10)), r.Uint32())
	}
	return s
}

// told is a new secret for these people and for nobody else.
func (s *secrets) told(people ...core.PersonID) string {
	word := s.grow()
	s.of[word] = people
	return word
}

// household is a family with many secrets in it.
type household struct {
	*familytest.Family
	*secrets
	r      *rand.Rand
	people []dossier.Person
	wil    core.PersonID
	fails  error
}

const planted = "a test plants secrets where capabilities write"

// plant registers an insert of these columns.
func plant(table, columns string) *db.Query {
	names := strings.Split(columns, " ")
	probe := db.Probe{}
	for _, n := range names {
		probe["c_"+n] = nil
	}
	return db.CrossX("owndatatest."+table, authz.Works, planted, "INSERT INTO "+table+" ("+strings.Join(names, ", ")+") VALUES (:c_"+strings.Join(names, ", :c_")+")", probe)
}

var (
	tContact   = db.CrossX("owndatatest.contact", authz.Works, planted, `UPDATE person SET phone = :phone, email = :email, relation = :relation, languages = :languages WHERE id = :id`, db.Probe{})
	tHousehold = plant("household", "id dossier_id name address town phone")
	tMember    = plant("household_member", "id dossier_id household_id person_id from_date until_date")
	tKnowledge = plant("knowledge", "id dossier_id child_id level story told_by recorded_at recorded_by")
	tDetention = plant("detention", "id dossier_id parent_id from_date country")
	tPlacement = plant("placement", "id dossier_id detention_id place wing from_date")
	tNote      = plant("note", "id dossier_id at account_id words")
	tPro       = plant("professional", "id dossier_id name organisation kind phone email note")
	tConsent   = plant("consent", "id dossier_id giver_id capacity purpose recipient from_date how evidence recorded_at recorded_by")
	tAbout     = plant("consent_about", "consent_id dossier_id person_id")
	tReferral  = plant("referral", "id code received_at channel referrer referrer_phone referrer_email words state dossier_id municipality_id caregiver_phone")
	tIntake    = plant("intake", "id dossier_id opened_on decision_words added_value")
	tTalk      = plant("intake_talk", "id dossier_id intake_id held_on with_group person_id said next_step account_id")
	tQuestion  = plant("support_question", "id dossier_id intake_id person_id person_group words")
	tContra    = plant("contraindication", "dossier_id intake_id kind checked present decision_words")
	tWaiting   = plant("waiting_word", "id dossier_id told_on said account_id")
	tTrip      = plant("trajectory", "id dossier_id kind state start_on ended_on end_words")
	tTripFor   = plant("trajectory_person", "trajectory_id dossier_id person_id")
	tStep      = plant("step", "id dossier_id trajectory_id month who what way")
	tStepPast  = plant("step_past", "id dossier_id step_id version until_at account_id deed month who what way")
	tToolUse   = plant("tool_use", "id dossier_id tool kind at used_on account_id why words")
	tSheet     = plant("triptych", "id dossier_id person_id seq at account_id problem wish how")
	tGoal      = plant("goal", "id dossier_id at account_id")
	tGoalSaid  = plant("goal_change", "id dossier_id goal_id seq at account_id content")
	tRating    = plant("goal_rating", "id dossier_id goal_id rated_on score person_id words at account_id")
	tFarewell  = plant("farewell", "trajectory_id dossier_id planned_on family_words volunteer_words final_report")
	tGoodbye   = plant("farewell_child", "trajectory_id dossier_id child_id words")
	tHanded    = plant("farewell_task", "id dossier_id trajectory_id words taken_by")
	tAfter     = plant("aftercare", "id dossier_id trajectory_id taken_by contact from_date")
	tCheck     = plant("checkpoint", "id dossier_id trajectory_id kind due_on words why")
	tVisit     = plant("visit", "id dossier_id trajectory_id volunteer_id state held_at place")
	tPresent   = plant("visit_person", "visit_id dossier_id person_id")
	tReport    = plant("visit_report", "visit_id dossier_id volunteer_id state words agreed boundary saved_at")
	tSignal    = plant("signal", "id dossier_id trajectory_id volunteer_id raised_by raised_at urgency saw thinks answer_before")
	tAsked     = plant("data_request", "id dossier_id kind person_id received_on how words statement recorded_at recorded_by")
	tGlass     = plant("broken_glass", "id account_id dossier_id reason from_at until_at")
	tWishes    = db.CrossX("owndatatest.wishes", authz.Works, planted, `UPDATE volunteer SET wishes = :wishes, phone = :phone, email = :email WHERE id = :id`, db.Probe{})
)

const moment0, day0 = "2026-11-01T10:00:00.000Z", "2026-11-01"

// put inserts a row; texts after the columns of bytes are sealed in their place.
func (h *household) put(x *db.Tx, q *db.Query, row core.ID, args map[string]any) {
	if h.fails != nil {
		return
	}
	all := db.Args{"c_dossier_id": h.Dossier, "c_id": row}
	for name, v := range args {
		if s, ok := v.(sealedWords); ok {
			column := name
			if s.column != "" {
				column = s.column
			}
			v, h.fails = x.Seal(vault.Place{Table: q.Tables()[0], Column: column, Row: row.Int64(), Owner: h.Dossier.Int64()}, s.words)
		}
		all["c_"+name] = v
	}
	wanted := db.Args{}
	for _, p := range q.Params() {
		if v, ok := all[p]; ok {
			wanted[p] = v
		} else {
			wanted[p] = nil
		}
	}
	if h.fails == nil {
		if h.fails = db.Do(x, q, wanted); h.fails != nil {
			h.fails = fmt.Errorf("%s: %w", q.Name(), h.fails)
		}
	}
}

type sealedWords struct{ words, column string }

func seal(w string) sealedWords { return sealedWords{words: w} }

// some are one to three people of the family.
func (h *household) some() []core.PersonID {
	all := h.everybody()
	h.r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:1+h.r.IntN(3)]
}

func (h *household) everybody() (all []core.PersonID) {
	for _, p := range h.people {
		all = append(all, p.ID)
	}
	return all
}

func (h *household) children() (all []core.PersonID) {
	for _, p := range h.people {
		if p.IsChild {
			all = append(all, p.ID)
		}
	}
	return all
}

// alone is whose words it are when one person was concerned; words about several are nobody's.
func alone(people []core.PersonID) []core.PersonID {
	if len(people) == 1 {
		return people
	}
	return nil
}

func newHousehold(t *testing.T, d *db.DB, seed uint64) *household {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	h := &household{Family: familytest.New(t, d), r: r, secrets: newSecrets(r)}
	h.Do(t, func(x *db.Tx) (err error) {
		for _, p := range []dossier.Person{{Name: "Noud", IsChild: true, Birth: core.MustDate("2013-01-01")}, {Name: "Daan", IsChild: true, Birth: core.MustDate("2009-06-01")}} {
			if _, err = dossier.AddPerson(x, h.Dossier, p); err != nil {
				return err
			}
		}
		if h.people, err = dossier.People(x, h.Dossier); err != nil {
			return err
		}
		h.plantPeople(x)
		h.plantIntake(x)
		h.plantSupport(x)
		h.plantTools(x)
		h.plantOthers(x)
		return h.fails
	})
	return h
}

func (h *household) plantPeople(x *db.Tx) {
	for _, p := range h.people {
		if p.Name == "Wil" {
			h.wil = p.ID
		}
		if h.fails = db.Do(x, tContact, db.Args{"id": p.ID, "phone": h.told(p.ID), "email": h.told(p.ID), "relation": h.told(p.ID), "languages": h.told(p.ID)}); h.fails != nil {
			return
		}
		if p.IsChild {
			h.put(x, tKnowledge, db.NewID[core.ID](x), map[string]any{"child_id": p.ID, "level": "all", "story": seal(h.told(p.ID)), "told_by": h.told(p.ID), "recorded_at": moment0, "recorded_by": 1})
		}
	}
	for range 3 { // homes: who lives there now reads where, who left reads that
		here, left := h.some(), h.some()
		home := db.NewID[core.ID](x)
		both := append(slices.Clone(here), left...)
		h.put(x, tHousehold, home, map[string]any{"name": h.told(both...), "address": h.told(here...), "town": h.told(here...), "phone": h.told()})
		for _, p := range here {
			h.put(x, tMember, db.NewID[core.ID](x), map[string]any{"household_id": home, "person_id": p, "from_date": day0})
		}
		for _, p := range left {
			if !slices.Contains(here, p) {
				h.put(x, tMember, db.NewID[core.ID](x), map[string]any{"household_id": home, "person_id": p, "from_date": "2026-01-01", "until_date": "2026-10-01"})
			}
		}
	}
	detention := db.NewID[core.ID](x)
	h.put(x, tDetention, detention, map[string]any{"parent_id": h.Mother, "from_date": day0, "country": h.told(h.Mother)})
	h.put(x, tPlacement, db.NewID[core.ID](x), map[string]any{"detention_id": detention, "place": h.told(h.Mother), "wing": h.told(h.Mother), "from_date": day0})
	for range 3 {
		giver, about := h.some()[0], h.some()
		id := db.NewID[core.ID](x)
		h.put(x, tConsent, id, map[string]any{"giver_id": giver, "capacity": "self", "purpose": "share_with_professional", "recipient": h.told(append(slices.Clone(about), giver)...),
			"from_date": day0, "how": "written", "evidence": h.told(giver), "recorded_at": moment0, "recorded_by": 1})
		for _, p := range about {
			h.put(x, tAbout, 0, map[string]any{"consent_id": id, "person_id": p})
		}
	}
}

func (h *household) plantIntake(x *db.Tx) {
	intake := db.NewID[core.ID](x)
	h.put(x, tIntake, intake, map[string]any{"opened_on": day0, "decision_words": seal(h.told()), "added_value": seal(h.told())})
	h.put(x, tContra, intake, map[string]any{"intake_id": intake, "kind": "addiction", "checked": true, "present": true, "decision_words": sealedWords{h.told(), "decision_words of addiction"}})
	for range 6 {
		who := h.some()[0]
		h.put(x, tTalk, db.NewID[core.ID](x), map[string]any{"intake_id": intake, "held_on": day0, "with_group": "other", "person_id": who, "said": seal(h.told(who)), "next_step": seal(h.told(who)), "account_id": 1})
		h.put(x, tQuestion, db.NewID[core.ID](x), map[string]any{"intake_id": intake, "person_id": who, "person_group": "child", "words": seal(h.told(who))})
	}
	// Rows that name nobody: there is one caregiver and one parent, and several children.
	for group, who := range map[string][]core.PersonID{"caregiver": {h.wil}, "parent": {h.Mother}, "child": nil, "professional": nil} {
		h.put(x, tTalk, db.NewID[core.ID](x), map[string]any{"intake_id": intake, "held_on": day0, "with_group": group, "said": seal(h.told(who...)), "account_id": 1})
		h.put(x, tQuestion, db.NewID[core.ID](x), map[string]any{"intake_id": intake, "person_group": group, "words": seal(h.told(who...))})
	}
	h.put(x, tWaiting, db.NewID[core.ID](x), map[string]any{"told_on": day0, "said": seal(h.told()), "account_id": 1})
}

func (h *household) plantSupport(x *db.Tx) {
	for range 3 {
		people := h.some()
		at := db.NewID[core.ID](x)
		h.put(x, tTrip, at, map[string]any{"kind": "tailored", "state": "ended", "start_on": day0, "ended_on": day0, "end_words": seal(h.told())})
		for _, p := range people {
			h.put(x, tTripFor, 0, map[string]any{"trajectory_id": at, "person_id": p})
		}
		step := db.NewID[core.ID](x)
		h.put(x, tStep, step, map[string]any{"trajectory_id": at, "month": 1, "who": "family", "what": seal(h.told(people...)), "way": seal(h.told(people...))})
		h.put(x, tStepPast, db.NewID[core.ID](x), map[string]any{"step_id": step, "version": 1, "until_at": moment0, "account_id": 1, "deed": "changed", "month": 1, "who": "family",
			"what": seal(h.told(people...)), "way": seal(h.told(people...))})
		h.put(x, tFarewell, at, map[string]any{"trajectory_id": at, "planned_on": day0, "family_words": seal(h.told(alone(people)...)), "volunteer_words": seal(h.told()), "final_report": seal(h.told(alone(people)...))})
		child := h.children()[h.r.IntN(3)]
		h.put(x, tGoodbye, at, map[string]any{"trajectory_id": at, "child_id": child, "words": sealedWords{h.told(child), "words about " + child.String()}})
		h.put(x, tHanded, db.NewID[core.ID](x), map[string]any{"trajectory_id": at, "words": seal(h.told(people...)), "taken_by": h.told()})
		h.put(x, tAfter, db.NewID[core.ID](x), map[string]any{"trajectory_id": at, "taken_by": h.told(people...), "contact": h.told(), "from_date": day0})
		h.put(x, tCheck, db.NewID[core.ID](x), map[string]any{"trajectory_id": at, "kind": "final", "due_on": day0, "words": seal(h.told()), "why": seal(h.told())})
		for range 3 {
			there := h.some()
			visit := db.NewID[core.ID](x)
			h.put(x, tVisit, visit, map[string]any{"trajectory_id": at, "volunteer_id": h.Ria.Volunteer(), "state": "held", "held_at": moment0, "place": h.told(alone(there)...)})
			for _, p := range there {
				h.put(x, tPresent, 0, map[string]any{"visit_id": visit, "person_id": p})
			}
			state, whose := "done", alone(there)
			if h.r.IntN(3) == 0 {
				state, whose = "draft", nil
			}
			h.put(x, tReport, visit, map[string]any{"visit_id": visit, "volunteer_id": h.Ria.Volunteer(), "state": state, "saved_at": moment0,
				"words": seal(h.told(whose...)), "agreed": seal(h.told(whose...)), "boundary": seal(h.told())})
		}
		h.put(x, tSignal, db.NewID[core.ID](x), map[string]any{"trajectory_id": at, "volunteer_id": h.Ria.Volunteer(), "raised_by": h.Ria.Account(), "raised_at": moment0, "urgency": "this_week",
			"saw": seal(h.told()), "thinks": seal(h.told()), "answer_before": moment0})
	}
	// A report about one person, finished, is theirs.
	who, visit := h.some()[0], db.NewID[core.ID](x)
	h.put(x, tVisit, visit, map[string]any{"trajectory_id": h.Trajectory, "volunteer_id": h.Ria.Volunteer(), "state": "held", "held_at": moment0, "place": h.told(who)})
	h.put(x, tPresent, 0, map[string]any{"visit_id": visit, "person_id": who})
	h.put(x, tReport, visit, map[string]any{"visit_id": visit, "volunteer_id": h.Ria.Volunteer(), "state": "done", "saved_at": moment0, "words": seal(h.told(who)), "agreed": seal(h.told(who)), "boundary": seal(h.told())})
}

// plantTools plants a sheet and a goal of each, a goal of all together, and what each says of each goal.
func (h *household) plantTools(x *db.Tx) {
	h.put(x, tToolUse, db.NewID[core.ID](x), map[string]any{"tool": "genogram", "kind": "skipped", "at": moment0, "used_on": day0, "account_id": 1, "why": "other", "words": seal(h.told())})
	owners := []core.PersonID{0}
	for _, p := range h.people {
		owners = append(owners, p.ID)
		for seq := range 2 {
			h.put(x, tSheet, db.NewID[core.ID](x), map[string]any{"person_id": p.ID, "seq": seq + 1, "at": moment0, "account_id": 1,
				"problem": seal(h.told(p.ID)), "wish": seal(h.told(p.ID)), "how": seal(h.told(p.ID))})
		}
	}
	for _, owner := range owners {
		of := []core.PersonID{}
		if owner != 0 {
			of = append(of, owner)
		}
		h.plantGoal(x, owner, of)
	}
}

func (h *household) plantGoal(x *db.Tx, owner core.PersonID, of []core.PersonID) {
	id := db.NewID[core.ID](x)
	h.put(x, tGoal, id, map[string]any{"at": moment0, "account_id": 1})
	for seq := range 2 {
		c := goal.Content{Person: owner, Text: h.told(of...), Why: h.told(of...)}
		for i := range c.Lines {
			c.Lines[i] = h.told(of...)
		}
		words, err := json.Marshal(c)
		if h.fails = cmp.Or(h.fails, err); h.fails != nil {
			return
		}
		h.put(x, tGoalSaid, db.NewID[core.ID](x), map[string]any{"goal_id": id, "seq": seq + 1, "at": moment0, "account_id": 1, "content": seal(string(words))})
	}
	for _, by := range append(h.everybody(), 0) {
		said := []core.PersonID{}
		if by != 0 && (owner == 0 || owner == by) {
			said = append(said, by)
		}
		args := map[string]any{"goal_id": id, "rated_on": day0, "score": h.r.IntN(5) - 2, "words": seal(h.told(said...)), "at": moment0, "account_id": 1}
		if by != 0 {
			args["person_id"] = by
		}
		h.put(x, tRating, db.NewID[core.ID](x), args)
	}
}

func (h *household) plantOthers(x *db.Tx) {
	h.put(x, tNote, db.NewID[core.ID](x), map[string]any{"at": moment0, "account_id": 1, "words": seal(h.told())})
	h.put(x, tPro, db.NewID[core.ID](x), map[string]any{"name": h.told(), "organisation": h.told(h.everybody()...), "kind": "school", "phone": h.told(), "email": h.told(), "note": seal(h.told())})
	h.put(x, tReferral, db.NewID[core.ID](x), map[string]any{"code": h.told(), "received_at": moment0, "channel": "school", "referrer": h.told(), "referrer_phone": h.told(), "referrer_email": h.told(),
		"state": "joined", "caregiver_phone": h.told()})
	who := h.some()[0]
	ask := db.NewID[core.ID](x)
	h.put(x, tAsked, ask, map[string]any{"kind": "correction", "person_id": who, "received_on": day0, "how": "talk", "words": seal(h.told(who)), "statement": seal(h.told(who)), "recorded_at": moment0, "recorded_by": 1})
	h.put(x, tGlass, db.NewID[core.ID](x), map[string]any{"account_id": h.Leader.Account(), "reason": seal(h.told()), "from_at": moment0, "until_at": moment0})
	if h.fails == nil {
		h.fails = db.Do(x, tWishes, db.Args{"id": h.Ria.Volunteer(), "wishes": h.told(), "phone": h.told(), "email": h.told()})
	}
}

// made is the package of one person, read as whoever gets it would.
func (h *household) made(t *testing.T, l text.Lang, who core.PersonID, by consent.Holder, agrees bool) string {
	t.Helper()
	var b bytes.Buffer
	err := h.DB.Read(t.Context(), h.Petra.Using(authz.Export), func(x *db.Tx) error {
		about, err := consent.SubjectOf(x, h.Dossier, who, x.Today())
		if err != nil {
			return err
		}
		about.Holders = []consent.Holder{{Person: h.Mother, Name: "Kim"}}
		g, err := consent.RequireOwnData(consent.Asked{By: by, Checked: true}, about, x.Today())
		if err != nil {
			return err
		}
		a, err := OfFamily(x, l, g, h.Dossier, Asking{By: by.Person, ByName: by.Name, Agrees: agrees})
		if err != nil {
			return err
		}
		return a.Write(t.Context(), &b)
	})
	if err != nil {
		t.Fatal(err)
	}
	return unzipped(t, b.Bytes())
}

func unzipped(t *testing.T, b []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(f.Name + "\n" + html.UnescapeString(string(text)) + "\n")
	}
	return all.String()
}

// holder is who asks for the data of each: from 16 on they themselves, for younger children the mother.
func (h *household) holder(p dossier.Person) consent.Holder {
	if p.IsChild && p.Birth.AgeOn(core.MustDate("2026-11-14")) < 16 {
		return consent.Holder{Person: h.Mother, Name: "Kim"}
	}
	return consent.Holder{Person: p.ID, Name: p.Name}
}

const families = 4 // random ones, on each engine

// TestPRV4_AllThatIsOnesOwnAndNothingOfAnother plants secrets in every corner of random families: each person's package holds
// all of their own and none of anybody else's.
func TestPRV4_AllThatIsOnesOwnAndNothingOfAnother(t *testing.T) {
	for seed := range uint64(families) {
		dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
			clock.Set(core.MustInstant(familytest.Start))
			h := newHousehold(t, d, seed)
			own := 0
			for _, p := range h.people {
				got := h.made(t, text.NL, p.ID, h.holder(p), true)
				for word, of := range h.of {
					mine, reads := slices.Contains(of, p.ID), strings.Contains(got, word)
					if mine {
						own++
					}
					if mine != reads {
						t.Errorf("seed %d, %s: %s is of %v, in the package: %v", seed, p.Name, word, of, reads)
					}
				}
			}
			if own < 60 || len(h.of) < 120 {
				t.Errorf("%d secrets, %d read by their own: too few to show anything", len(h.of), own)
			}
		})
	}
}

// TestSIG5_AWorryChangesNothingInAnyPackage: that somebody passed one on would show by itself.
func TestSIG5_AWorryChangesNothingInAnyPackage(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		clock.Set(core.MustInstant(familytest.Start))
		h := newHousehold(t, d, 99)
		before := map[core.PersonID]string{}
		for _, p := range h.people {
			h.made(t, text.NL, p.ID, h.holder(p), true) // that it was made is on record, and shows in the next one
			before[p.ID] = h.made(t, text.NL, p.ID, h.holder(p), true)
		}
		h.Do(t, func(x *db.Tx) error {
			h.put(x, tSignal, db.NewID[core.ID](x), map[string]any{"trajectory_id": h.Trajectory, "volunteer_id": h.Ria.Volunteer(), "raised_by": h.Ria.Account(), "raised_at": moment0,
				"urgency": "now", "saw": seal("x"), "answer_before": moment0})
			return h.fails
		})
		for _, p := range h.people {
			if now := h.made(t, text.NL, p.ID, h.holder(p), true); now != before[p.ID] {
				t.Errorf("%s's package shows that somebody worried", p.Name)
			}
		}
	})
}
