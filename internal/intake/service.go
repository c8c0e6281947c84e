package intake

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"slices"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/consent"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/setting"
	"maatje/internal/task"
)

// Service holds the intakes.
type Service struct {
	db     *db.DB
	random io.Reader
}

// NewService makes the capability. Form tokens are made of random.
func NewService(d *db.DB, random io.Reader) *Service { return &Service{d, random} }

// OpenFor opens the intake of a dossier for a referral, or gives the one that is open already.
func (s *Service) OpenFor(t *db.Tx, d core.DossierID, referral core.ID, coordinator core.AccountID) (core.ID, error) {
	return OpenFor(t, d, referral, coordinator)
}

// OpenFor is what Service.OpenFor does; the coordinator is asked to plan the first talk.
func OpenFor(t *db.Tx, d core.DossierID, referral core.ID, coordinator core.AccountID) (core.ID, error) {
	all, err := intakes(t, d)
	if err != nil {
		return 0, err
	}
	if len(all) > 0 && all[0].IsOpen() {
		return all[0].ID, nil
	}
	id := db.NewID[core.ID](t)
	if err := db.Do(t, qOpen, db.Args{"dossier": d, "id": id, "referral": referral, "coordinator": coordinator}); err != nil {
		return 0, err
	}
	if coordinator.IsZero() {
		return id, nil
	}
	return id, task.Open(t, task.Task{Key: talkKey(d), Account: coordinator, Kind: talkTask, Urgency: task.Normal,
		Due: endOf(t.Today().AddWorkdays(talkWorkdays)), Dossier: d})
}

// current is the newest intake of a family, which must still be open.
func current(t *db.Tx, d core.DossierID) (Intake, error) {
	i, err := newest(t, d)
	if err == nil && !i.IsOpen() {
		return i, core.Conflict("intake_decided", i.DecidedBy, i.DecidedOn)
	}
	return i, err
}

func newest(t *db.Tx, d core.DossierID) (Intake, error) {
	all, err := intakes(t, d)
	if err == nil && len(all) == 0 {
		return Intake{}, core.NotFound()
	}
	if err != nil {
		return Intake{}, err
	}
	return all[0], nil
}

// change runs f on the open intake of a family, as one transaction.
func (s *Service) change(ctx context.Context, a authz.Actor, d core.DossierID, f func(*db.Tx, Intake) error) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		i, err := current(t, d)
		if err != nil {
			return err
		}
		return f(t, i)
	})
}

// onceID is the identifier of what one form makes, so that a form sent twice makes one thing.
func onceID(d core.DossierID, token string) core.ID {
	if token == "" {
		return 0
	}
	sum := sha256.Sum256([]byte(d.String() + token))
	return core.ID(binary.BigEndian.Uint64(sum[:8]) >> 1)
}

func idOr(t *db.Tx, id core.ID) core.ID {
	if id.IsZero() {
		return db.NewID[core.ID](t)
	}
	return id
}

// personOf says that a person belongs to the family; none is nobody in particular.
func personOf(t *db.Tx, d core.DossierID, p core.PersonID) error {
	if p.IsZero() {
		return nil
	}
	people, err := dossier.People(t, d)
	if err == nil && !slices.ContainsFunc(people, func(k dossier.Person) bool { return k.ID == p }) {
		return core.NotFound()
	}
	return err
}

// contactHome applies INT-6 to a day on which somebody at home is spoken with about the parent.
func contactHome(t *db.Tx, d core.DossierID, with, place string, on core.Date) error {
	if !reachesHome(with, place) {
		return nil
	}
	running, err := dossier.RestrictionsRunning(t, d, on)
	if err != nil {
		return err
	}
	return dossier.ContactHome(running, on)
}

// AddTalk records a talk that was held (INT-1), from the screen on which it was typed. One that comes with an identifier is
// recorded once. With home about the parent, not while restrictions run (INT-6).
func (s *Service) AddTalk(ctx context.Context, a authz.Actor, d core.DossierID, k Talk, from core.Sending) error {
	return s.change(ctx, a, d, func(t *db.Tx, i Intake) error {
		if err := personOf(t, d, k.Person); err != nil {
			return err
		}
		if err := checkTalk(k, t.Today()); err != nil {
			return err
		}
		if err := contactHome(t, d, k.With, k.Place, k.HeldOn); err != nil {
			return err
		}
		held, err := talks(t, d, i.ID)
		if err != nil || slices.ContainsFunc(held, func(o Talk) bool { return o.ID == k.ID }) {
			return err
		}
		if err := recorded(t, d, from); err != nil {
			return err
		}
		k.ID = idOr(t, k.ID)
		said, err := t.Seal(place(d, "intake_talk", "said", k.ID), k.Said)
		if err != nil {
			return err
		}
		next, err := t.Seal(place(d, "intake_talk", "next_step", k.ID), k.Next)
		if err != nil {
			return err
		}
		err = db.Do(t, qTalk, db.Args{"dossier": d, "id": k.ID, "intake": i.ID, "on": k.HeldOn, "with": k.With, "person": k.Person, "place": k.Place,
			"minutes": k.Minutes, "said": said, "next": next})
		if err != nil {
			return err
		}
		return task.Done(t, talkKey(d))
	})
}

// AddQuestion records what somebody wants help with (INT-2).
func (s *Service) AddQuestion(ctx context.Context, a authz.Actor, d core.DossierID, k Question) error {
	return s.change(ctx, a, d, func(t *db.Tx, i Intake) error {
		if err := personOf(t, d, k.Person); err != nil {
			return err
		}
		if err := checkQuestion(k); err != nil {
			return err
		}
		asked, err := questions(t, d, i.ID)
		if err != nil || slices.ContainsFunc(asked, func(o Question) bool { return o.ID == k.ID }) {
			return err
		}
		k.ID = idOr(t, k.ID)
		words, err := t.Seal(place(d, "support_question", "words", k.ID), k.Words)
		if err != nil {
			return err
		}
		return db.Do(t, qQuestion, db.Args{"dossier": d, "id": k.ID, "intake": i.ID, "person": k.Person, "group": k.Group, "need": k.Need, "hidden": k.Hidden, "words": words})
	})
}

// FollowUp plans what is tried when there is no support question yet (INT-3), and not with home while restrictions are
// expected to run (INT-6).
func (s *Service) FollowUp(ctx context.Context, a authz.Actor, d core.DossierID, k FollowUp) error {
	return s.change(ctx, a, d, func(t *db.Tx, i Intake) error {
		if err := personOf(t, d, k.Person); err != nil {
			return err
		}
		if err := checkFollowUp(k, t.Today()); err != nil {
			return err
		}
		if err := contactHome(t, d, k.With, "", k.DueOn); err != nil {
			return err
		}
		planned, err := followUps(t, d, i.ID)
		if err != nil || slices.ContainsFunc(planned, func(o FollowUp) bool { return o.ID == k.ID }) {
			return err
		}
		k.ID = idOr(t, k.ID)
		try, err := t.Seal(place(d, "follow_up", "try_words", k.ID), k.Try)
		if err != nil {
			return err
		}
		if err := db.Do(t, qFollowUp, db.Args{"dossier": d, "id": k.ID, "intake": i.ID, "on": k.DueOn, "person": k.Person, "with": k.With, "try": try}); err != nil {
			return err
		}
		return task.Open(t, task.Task{Key: followKey(k.ID), Account: i.whose(t), Kind: followTask, Urgency: task.Normal, Due: endOf(k.DueOn),
			ShowFrom: endOf(k.DueOn.AddDays(-7)), Dossier: d, Subject: k.ID})
	})
}

// whose is the account that has the work of this intake.
func (i Intake) whose(t *db.Tx) core.AccountID {
	if i.Coordinator.IsZero() {
		return t.Actor().Account()
	}
	return i.Coordinator
}

// Followed records what came of a follow-up (INT-3).
func (s *Service) Followed(ctx context.Context, a authz.Actor, d core.DossierID, follow core.ID, came string) error {
	return s.change(ctx, a, d, func(t *db.Tx, i Intake) error {
		if strings.TrimSpace(came) == "" {
			return wrong("INT-3", true, "came", "intake_what_came")
		}
		words, err := t.Seal(place(d, "follow_up", "outcome_words", follow), came)
		if err != nil {
			return err
		}
		if err := db.Do(t, qFollowed, db.Args{"dossier": d, "id": follow, "intake": i.ID, "came": words}); err != nil {
			return err
		}
		return task.Done(t, followKey(follow))
	})
}

// Check records that a contraindication was asked, and whether it is there. Nothing else about it is kept (INT-5).
func (s *Service) Check(ctx context.Context, a authz.Actor, d core.DossierID, present map[string]bool) error {
	return s.change(ctx, a, d, func(t *db.Tx, i Intake) error {
		known, err := contraindications(t, d, i.ID, setting.Contraindications())
		if err != nil {
			return err
		}
		for _, c := range known {
			now, asked := present[c.Kind]
			if !asked || c.Checked && c.Present == now {
				continue
			}
			if err := db.Do(t, qContra, db.Args{"dossier": d, "intake": i.ID, "kind": c.Kind, "present": now}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Overrule decides to start in spite of a contraindication, with reasons; where the programme excludes, the project leader
// alone does (INT-5).
func (s *Service) Overrule(ctx context.Context, a authz.Actor, d core.DossierID, kind, words string) error {
	return s.change(ctx, a, d, func(t *db.Tx, i Intake) error {
		chosen, err := setting.Load(t)
		if err != nil {
			return err
		}
		all, err := contraindications(t, d, i.ID, setting.Contraindications())
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(c Contraindication) bool { return c.Kind == kind })
		if at < 0 {
			return core.NotFound()
		}
		c, leader := all[at], a.Roles().Has(authz.ProjectLeader)
		c.Words = words
		if err := mayDecide(c, string(chosen.Practice(kind)), leader); err != nil {
			return err
		}
		sealed, err := t.Seal(contraPlace(d, i.ID, kind), words)
		if err != nil {
			return err
		}
		n, err := db.Exec(t, qContraDecide, db.Args{"dossier": d, "intake": i.ID, "kind": kind, "leader": leader, "anyway": true, "words": sealed})
		if err == nil && n == 0 { // somebody decided meanwhile
			err = core.Conflict("intake_changed")
		}
		return err
	})
}

// AgreeWithYouthCare records how to start was agreed, with whom and when (INT-4 d).
func (s *Service) AgreeWithYouthCare(ctx context.Context, a authz.Actor, d core.DossierID, on core.Date, evidence string) error {
	return s.change(ctx, a, d, func(t *db.Tx, i Intake) error {
		err := core.Join(
			wrong("INT-4", on.IsZero(), "youth_on", "intake_no_date"),
			wrong("INT-4", on.After(t.Today()), "youth_on", "intake_talk_in_future"),
			wrong("INT-4", strings.TrimSpace(evidence) == "", "youth_evidence", "intake_no_evidence"),
		)
		if err != nil {
			return err
		}
		return meet(t, d, i.ID, Condition{Letter: "d", On: on, Evidence: evidence})
	})
}

func meet(t *db.Tx, d core.DossierID, intake core.ID, c Condition) error {
	consents := c.Consents
	if len(consents) == 0 {
		consents = []core.ID{0}
	}
	for _, id := range consents {
		err := db.Do(t, qCondition, db.Args{"dossier": d, "id": db.NewID[core.ID](t), "intake": intake, "letter": c.Letter, "person": c.About,
			"on": c.On, "consent": id, "evidence": c.Evidence})
		if err != nil {
			return err
		}
	}
	return nil
}

// SayWhatIsAdded records what a volunteer adds to the helpers who are there already (INT-7). The version is that of the
// screen it came from.
func (s *Service) SayWhatIsAdded(ctx context.Context, a authz.Actor, d core.DossierID, version int, words string) error {
	return s.change(ctx, a, d, func(t *db.Tx, i Intake) error {
		sealed, err := t.Seal(place(d, "intake", "added_value", i.ID), words)
		if err != nil {
			return err
		}
		n, err := db.Exec(t, qAdded, db.Args{"dossier": d, "id": i.ID, "version": version, "added": sealed})
		if err == nil && n == 0 {
			err = core.Conflict("intake_changed")
		}
		return err
	})
}

// Again opens a new intake after a no: a no can become a yes, and the old one stays as it was (case C14).
func (s *Service) Again(ctx context.Context, a authz.Actor, d core.DossierID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		last, err := newest(t, d)
		if err != nil && !core.IsKind(err, core.KindNotFound) {
			return err
		}
		cover, err := dossier.Cover(t, d)
		if err != nil {
			return err
		}
		if cover.State == dossier.Closed {
			if err := dossier.Reopen(t, d, t.Today()); err != nil {
				return err
			}
		}
		who := a.Account()
		if !cover.Coordinator.IsZero() {
			who = cover.Coordinator
		}
		_, err = OpenFor(t, d, last.Referral, who)
		return err
	})
}

// purposes ties the rules' words to those of package consent.
var purposes = map[string]consent.Purpose{
	startSupport: consent.StartSupport, householdReceives: consent.HouseholdReceives, tellChildren: consent.TellChildren,
}
