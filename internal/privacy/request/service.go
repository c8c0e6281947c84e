package request

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"time"

	"maatje/internal/authz"
	"maatje/internal/consent"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/privacy/owndata"
	"maatje/internal/task"
	"maatje/internal/web/text"
)

// Service keeps the register.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

var taskKind = task.Leads("data_request", "/dossiers/{dossier}/requests/{subject}")

func taskKey(row core.ID) string { return "request:" + row.String() }

func known() codes {
	return codes{text.RequestKindCodes(), text.RequestHowCodes(), text.RequestCheckCodes()}
}

// Ask writes down what somebody asked; the coordinator of the family has a month (PRV-4). The same form sent twice is one.
func (s *Service) Ask(ctx context.Context, a authz.Actor, id core.DossierID, r Request, token string) (row core.ID, err error) {
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		sent, found, err := db.Maybe(t, qSent, db.Args{"dossier": id, "token": token}, func(id *core.ID) []any { return []any{id} })
		if err != nil || found {
			row = sent
			return err
		}
		row, err = ask(t, id, r, token)
		return err
	})
	return row, err
}

func ask(t *db.Tx, id core.DossierID, r Request, token string) (core.ID, error) {
	cover, err := dossier.Cover(t, id)
	if err != nil {
		return 0, err
	}
	if err := checkNew(r, known(), t.Today()); err != nil {
		return 0, err
	}
	people, err := dossier.People(t, id)
	in := func(p core.PersonID) bool {
		return slices.ContainsFunc(people, func(o dossier.Person) bool { return o.ID == p })
	}
	if err == nil && (!in(r.About) || !r.Asker.IsZero() && !in(r.Asker)) {
		err = core.NotFound()
	}
	if err != nil {
		return 0, err
	}
	if !r.Asker.IsZero() {
		r.AskerName = ""
	}
	r.ID = db.NewID[core.ID](t)
	args := db.Args{"dossier": id, "id": r.ID, "kind": string(r.Kind), "person": r.About, "asker": r.Asker, "asker_name": r.AskerName, "received": r.Received, "how": r.How,
		"checked": r.Checked, "agrees": r.Agrees, "words": nil, "says": nil, "should": nil, "token": cmp.Or(token, r.ID.String())}
	if err := r.sealedIn(t, id, args); err != nil {
		return 0, err
	}
	if err := db.Do(t, xNew, args); err != nil {
		return 0, err
	}
	return r.ID, putOnList(t, cover, r)
}

// putOnList puts it on the list of whoever answers for the family, with the day before which an answer is due.
func putOnList(t *db.Tx, cover dossier.Dossier, r Request) error {
	due := r.Due()
	return task.Open(t, task.Task{Key: taskKey(r.ID), Account: cmp.Or(cover.Coordinator, cover.InsideCoordinator, t.Actor().Account()), Kind: taskKind, Urgency: task.Normal,
		Due: core.At(time.Date(due.Year(), due.Month(), due.Day(), 23, 59, 0, 0, core.Amsterdam)), Dossier: cover.ID, Subject: r.ID})
}

// Check writes down how it was made sure that it is they, and whether a child agrees.
func (s *Service) Check(ctx context.Context, a authz.Actor, id core.DossierID, r Request) error {
	if !slices.Contains(text.RequestCheckCodes(), r.Checked) {
		return core.Invalid("checked", "request_checked_odd")
	}
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		return change(t, xCheck, db.Args{"dossier": id, "id": r.ID, "version": r.Version, "checked": r.Checked, "agrees": r.Agrees})
	})
}

// Extend takes two months more, once, with a reason (AVG art. 12).
func (s *Service) Extend(ctx context.Context, a authz.Actor, id core.DossierID, row core.ID, version int, why string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		r, err := one(t, id, row)
		if err != nil {
			return err
		}
		if err := checkExtend(r, why, t.Today()); err != nil {
			return err
		}
		r.WhyLonger, r.ExtendedOn = why, t.Today()
		args := db.Args{"why_longer": nil}
		if err := r.sealedIn(t, id, args); err != nil {
			return err
		}
		if err := change(t, xExtend, db.Args{"dossier": id, "id": row, "version": version, "why": args["why_longer"]}); err != nil {
			return err
		}
		cover, err := dossier.Cover(t, id)
		if err != nil {
			return err
		}
		return putOnList(t, cover, r)
	})
}

// End writes the answer down.
func (s *Service) End(ctx context.Context, a authz.Actor, id core.DossierID, in Request) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		r, err := one(t, id, in.ID)
		if err != nil {
			return err
		}
		if r.Outcome != Open {
			return core.Refuse("PRV-4", "request_is_ended")
		}
		given, err := recipients(t, id, r.About)
		if err != nil {
			return err
		}
		r.Outcome, r.EndedOn, r.Answer, r.Recipients, r.Statement = in.Outcome, in.EndedOn, in.Answer, in.Recipients, in.Statement
		if err := checkEnd(r, len(given) > 0, t.Today()); err != nil {
			return err
		}
		args := db.Args{"dossier": id, "id": r.ID, "version": in.Version, "outcome": string(r.Outcome), "ended": r.EndedOn, "answer": nil, "recipients": nil, "statement": nil}
		if err := r.sealedIn(t, id, args); err != nil {
			return err
		}
		if err := change(t, xEnd, args); err != nil {
			return err
		}
		return task.Done(t, taskKey(r.ID))
	})
}

// recipients are those who may have had data about somebody, as far as the consents tell (AVG art. 19).
func recipients(t *db.Tx, id core.DossierID, about core.PersonID) ([]consent.Recipient, error) {
	given, err := consent.OfDossier(t, id)
	var out []consent.Recipient
	for _, c := range given {
		if c.Purpose == consent.ShareWith && c.How != consent.Spoken && slices.Contains(c.About, about) && !slices.Contains(out, c.To) {
			out = append(out, c.To)
		}
	}
	return out, err
}

// grant is the proof that the data may go to whoever asked, today.
func grant(t *db.Tx, id core.DossierID, r Request) (consent.Grant, error) {
	about, err := consent.SubjectOf(t, id, r.About, t.Today())
	if err != nil {
		return consent.Grant{}, err
	}
	return consent.RequireOwnData(consent.Asked{By: consent.Holder{Person: r.Asker, Name: r.AskerName}, Checked: r.Checked != ""}, about, t.Today())
}

// Package makes what goes to whoever asked, and writes down that it was made. Nobody makes a package of what they may not see
// themselves: something would be missing from it.
func (s *Service) Package(ctx context.Context, a authz.Actor, id core.DossierID, row core.ID, l text.Lang) (name string, zip []byte, err error) {
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		head, err := dossier.LoadHead(t, id, "requests")
		if err != nil {
			return err
		}
		r, err := one(t, id, row)
		if err != nil {
			return err
		}
		if r.Kind != Access || r.Outcome != Open {
			return core.NotFound()
		}
		if !head.Opens("visits") {
			return core.Refuse("PRV-4", "request_sees_too_little")
		}
		g, err := grant(t, id, r)
		if err != nil {
			return err
		}
		made, err := owndata.OfFamily(t, l, g, id, owndata.Asking{By: r.Asker, ByName: r.AskerName, Agrees: r.Agrees})
		if err != nil {
			return err
		}
		var b bytes.Buffer
		if err := made.Write(ctx, &b); err != nil {
			return err
		}
		name, zip = made.FileName(), b.Bytes()
		return change(t, xMade, db.Args{"dossier": id, "id": row, "version": r.Version})
	})
	return name, zip, err
}
