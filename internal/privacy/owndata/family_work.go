package owndata

import (
	"slices"

	"maatje/internal/consent"
	"maatje/internal/core"
	"maatje/internal/dossier/stated"
)

// said is what they said in talks, asked, and what was agreed with them before the start.
func (f *file) said(out *Archive) {
	f.talks(out)
	f.questions(out)
	l := f.lang
	if f.unaware {
		return
	}
	var all []Entry
	type intake struct {
		opened, decided core.Date
		outcome         string
	}
	for _, i := range rows(f.opener, qIntakes, f.dossierArgs(), func(i *intake) []any { return []any{&i.opened, &i.decided, &i.outcome} }) {
		all = append(all, Entry{day(l, "from", i.opened), day(l, "decided_on", i.decided), coded("outcome", i.outcome, l.IntakeOutcome)})
	}
	type condition struct {
		letter, evidence string
		on               core.Date
	}
	for _, c := range rows(f.opener, qConditions, f.args, func(c *condition) []any { return []any{&c.letter, &c.on, &c.evidence} }) {
		all = append(all, Entry{coded("condition", c.letter, l.IntakeCondition), day(l, "on", c.on), words("evidence", c.evidence)})
	}
	type waiting struct {
		on  core.Date
		how string
	}
	for _, w := range rows(f.opener, qWaiting, f.dossierArgs(), func(w *waiting) []any { return []any{&w.on, &w.how} }) {
		all = append(all, Entry{day(l, "waiting_told", w.on), words("how", w.how)})
	}
	type unmet struct {
		on       core.Date
		kind, to string
	}
	for _, u := range rows(f.opener, qUnmet, f.dossierArgs(), func(u *unmet) []any { return []any{&u.on, &u.kind, &u.to} }) {
		all = append(all, Entry{day(l, "on", u.on), words("unmet", u.kind), words("referred_to", u.to)})
	}
	out.add("intake", all...)
}

func (f *file) talks(out *Archive) {
	type talk struct {
		id           core.ID
		on           core.Date
		group, place string
		person       core.PersonID
		minutes      int
		said, next   []byte
	}
	var all []Entry
	for _, k := range rows(f.opener, qTalks, f.dossierArgs(), func(k *talk) []any {
		return []any{&k.id, &k.on, &k.group, &k.person, &k.place, &k.minutes, &k.said, &k.next}
	}) {
		if !isAbout(f.who.ID, f.some, k.person, k.group) {
			continue
		}
		e := Entry{day(f.lang, "on", k.on), count(f.lang, "minutes", k.minutes)}
		if f.words {
			e = append(e, words("said", f.open("intake_talk", "said", k.id, k.said)))
		}
		if !f.unaware {
			e = append(e, coded("place", k.place, f.lang.IntakePlace), words("next", f.open("intake_talk", "next_step", k.id, k.next)))
		}
		all = append(all, e)
	}
	out.add("talks", all...)
}

func (f *file) questions(out *Archive) {
	type question struct {
		id          core.ID
		group, need string
		person      core.PersonID
		words       []byte
	}
	var all []Entry
	for _, k := range rows(f.opener, qQuestions, f.dossierArgs(), func(k *question) []any { return []any{&k.id, &k.group, &k.person, &k.need, &k.words} }) {
		if !isAbout(f.who.ID, f.some, k.person, k.group) || !f.words {
			continue
		}
		e := Entry{words("said", f.open("support_question", "words", k.id, k.words))}
		if !f.unaware {
			e = append(e, coded("need", k.need, f.lang.IntakeNeed))
		}
		all = append(all, e)
	}
	type follow struct {
		id         core.ID
		due, done  core.Date
		group      string
		person     core.PersonID
		try, cameO []byte
	}
	for _, k := range rows(f.opener, qFollowUps, f.dossierArgs(), func(k *follow) []any { return []any{&k.id, &k.due, &k.group, &k.person, &k.try, &k.done, &k.cameO} }) {
		if !isAbout(f.who.ID, f.some, k.person, k.group) || !f.words || f.unaware {
			continue
		}
		all = append(all, Entry{day(f.lang, "planned", k.due), day(f.lang, "done_on", k.done), words("try", f.open("follow_up", "try_words", k.id, k.try)),
			words("came", f.open("follow_up", "outcome_words", k.id, k.cameO))})
	}
	out.add("questions", all...)
}

// consents are those that they gave and those about them. Who else they are about is named: whoever gives a consent knows.
func (f *file) consents(out *Archive) {
	l := f.lang
	var all []Entry
	for _, c := range read(f.opener, consent.OfDossier) {
		if c.Giver != f.who.ID && !slices.Contains(c.About, f.who.ID) {
			continue
		}
		e := Entry{words("given_by", c.GiverName), coded("capacity", string(c.Capacity), l.ConsentCapacity), day(l, "from", c.From), day(l, "until", c.Until),
			coded("how", string(c.How), l.ConsentHow), day(l, "withdrawn_on", c.WithdrawnOn), moment(l, "recorded", c.RecordedAt), words("recorded_by", c.RecordedBy)}
		if !f.unaware {
			parts := make([]string, len(c.Parts))
			for i, p := range c.Parts {
				parts[i] = l.ConsentPart(p)
			}
			e = append(e, coded("purpose", string(c.Purpose), l.ConsentPurpose), words("recipient", c.To.Name), words("organisation", c.To.Organisation), words("parts", l.And(parts)))
		}
		if c.Giver == f.who.ID {
			e = append(e, words("evidence", c.Evidence))
		}
		all = append(all, e)
	}
	out.add("consents", all...)
}

// asked is what they asked about these data before, and what came of it.
func (f *file) asked(out *Archive) {
	type request struct {
		id                                     core.ID
		kind, how, outcome                     string
		received, ended                        core.Date
		words, says, should, answer, statement []byte
	}
	l := f.lang
	var all []Entry
	for _, r := range rows(f.opener, qRequests, f.args, func(r *request) []any {
		return []any{&r.id, &r.kind, &r.received, &r.how, &r.outcome, &r.ended, &r.words, &r.says, &r.should, &r.answer, &r.statement}
	}) {
		open := func(column string, sealed []byte) string {
			if f.err != nil {
				return ""
			}
			var said string
			said, f.err = f.t.Open(stated.Place(f.of, column, r.id), sealed)
			return said
		}
		all = append(all, Entry{coded("request", r.kind, l.RequestKind), day(l, "on", r.received), coded("how", r.how, l.RequestHow), coded("outcome", r.outcome, l.RequestOutcome),
			day(l, "ended_on", r.ended), words("asked", open("words", r.words)), words("says", open("says", r.says)), words("should", open("should", r.should)),
			words("answer", open("answer", r.answer)), words("statement", open("statement", r.statement))})
	}
	type erasing struct{ announced, due core.Date }
	for _, e := range rows(f.opener, qErasing, f.dossierArgs(), func(e *erasing) []any { return []any{&e.announced, &e.due} }) {
		all = append(all, Entry{day(l, "told_on", e.announced), day(l, "erased_on", e.due)})
	}
	out.add("requests", all...)
}

// sources say how the programme got to know them: by which road, and from which organisation; never from whom (AVG art. 15,
// fourth paragraph).
func (f *file) sources(out *Archive) {
	if f.unaware {
		return
	}
	type source struct {
		at                    core.Instant
		channel, organisation string
	}
	var all []Entry
	for _, r := range rows(f.opener, qReferrals, f.dossierArgs(), func(r *source) []any { return []any{&r.at, &r.channel, &r.organisation} }) {
		all = append(all, Entry{moment(f.lang, "recorded", r.at), coded("channel", r.channel, f.lang.Channel), words("organisation", r.organisation)})
	}
	out.add("sources", all...)
}
