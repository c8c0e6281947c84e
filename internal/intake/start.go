package intake

import (
	"context"
	"slices"

	"maatje/internal/authz"
	"maatje/internal/consent"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/setting"
	"maatje/internal/task"
)

// StartedOf is the proof that this family may start today: the newest intake decided so, and everything it rests on still
// holds. A consent withdrawn meanwhile refuses it. Whoever begins a trajectory asks for it.
func StartedOf(t *db.Tx, d core.DossierID) (Started, error) {
	i, err := newest(t, d)
	if err != nil {
		return Started{}, err
	}
	if i.Outcome != Begin {
		return Started{}, core.Refuse("INT-9", "intake_not_decided")
	}
	f, err := facts(t, d, i)
	if err != nil {
		return Started{}, err
	}
	return Start(f)
}

// facts gathers what decides about a start, as it is today.
func facts(t *db.Tx, d core.DossierID, i Intake) (Facts, error) {
	chosen, err := setting.Load(t)
	if err != nil {
		return Facts{}, err
	}
	file, err := dossier.Load(t, d)
	if err != nil {
		return Facts{}, err
	}
	f := Facts{Dossier: d, Intake: i.ID, On: t.Today(), Many: chosen.ManyHelpers, Added: i.Added, Practice: map[string]string{}}
	involved := helpers(file, f.On)
	f.Helpers = len(involved)
	for _, kind := range setting.Contraindications() {
		f.Practice[kind] = string(chosen.Practice(kind))
	}
	if f.Contraindications, err = contraindications(t, d, i.ID, setting.Contraindications()); err != nil {
		return f, err
	}
	if f.Conditions, err = agreements(t, file, f.On); err != nil {
		return f, err
	}
	with := slices.IndexFunc(involved, func(p dossier.Professional) bool { return slices.Contains(youthCare, p.Kind) })
	if with < 0 {
		return f, nil
	}
	agreed, err := youthCareAgreed(t, d, i.ID, involved[with])
	f.Conditions = append(f.Conditions, agreed)
	return f, err
}

// helpers are the professionals involved on the day.
func helpers(file dossier.File, on core.Date) []dossier.Professional {
	return slices.DeleteFunc(slices.Clone(file.Professionals), func(p dossier.Professional) bool {
		return !p.From.IsZero() && on.Before(p.From) || !p.Until.IsZero() && p.Until.Before(on)
	})
}

// agreements holds the consents of the family against what INT-4 asks.
func agreements(t *db.Tx, file dossier.File, on core.Date) ([]Condition, error) {
	given, err := consent.OfDossier(t, file.ID)
	if err != nil {
		return nil, err
	}
	subjects, err := consent.Subjects(t, file.ID, on)
	if err != nil {
		return nil, err
	}
	family := membersOf(file, on)
	var out []Condition
	for _, w := range wanted(family, on) {
		at := slices.IndexFunc(subjects, func(s consent.Subject) bool { return s.Person == w.About })
		c := Condition{Letter: w.Letter, About: w.About, Name: w.Name, On: on}
		grant, err := consent.Require(given, purposes[w.Purpose], subjects[at], consent.Recipient{}, on)
		if fail, ok := core.AsFail(err); ok {
			c.Missing = fail.All()
		} else if err != nil {
			return nil, err
		} else {
			c.Met, c.Consents = true, grant.Consents()
		}
		out = append(out, c)
	}
	return nobody(household(out, family, on)), nil
}

func membersOf(file dossier.File, on core.Date) []Member {
	out := make([]Member, len(file.People))
	for i, p := range file.People {
		_, detained := file.DetainedOn(p.ID, on)
		out[i] = Member{ID: p.ID, Name: p.Name, Birth: p.Birth, IsChild: p.IsChild, IsParent: p.IsParent, IsCaregiver: p.IsCaregiver,
			IsDead: !p.DiedOn.IsZero(), Detained: detained,
			KnowsAll: slices.ContainsFunc(file.Knowledge, func(k dossier.Knows) bool { return k.Child == p.ID && k.Level == dossier.Everything })}
	}
	return out
}

func youthCareAgreed(t *db.Tx, d core.DossierID, intake core.ID, with dossier.Professional) (Condition, error) {
	c := Condition{Letter: "d", Name: with.Organisation}
	if c.Name == "" {
		c.Name = with.Name
	}
	found, met, err := db.Maybe(t, qConditions, db.Args{"dossier": d, "intake": intake, "letter": "d"}, func(k *Condition) []any {
		return []any{&k.Letter, &k.On, &k.Evidence}
	})
	c.Met, c.On, c.Evidence = met, found.On, found.Evidence
	return c, err
}

// Decide ends an intake or keeps it open (INT-9). A start is refused while anything is missing (INT-4).
func (s *Service) Decide(ctx context.Context, a authz.Actor, d core.DossierID, version int, k Decision) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		i, err := newest(t, d)
		if err != nil {
			return err
		}
		tried, err := followUps(t, d, i.ID)
		if err != nil {
			return err
		}
		if err := checkDecision(k, i, tried); err != nil {
			return err
		}
		if i.Version != version {
			return core.Conflict("intake_changed")
		}
		if k.Outcome == Begin {
			if err := begin(t, d, i); err != nil {
				return err
			}
		}
		if err := write(t, d, i, k); err != nil || k.Outcome == KeepOpen {
			return err
		}
		return finish(t, d, k, tried)
	})
}

// begin keeps on what the start rests (INT-4) and lets the family wait for a volunteer (INT-10), unless support runs already.
func begin(t *db.Tx, d core.DossierID, i Intake) error {
	f, err := facts(t, d, i)
	if err != nil {
		return err
	}
	if _, err := Start(f); err != nil {
		return err
	}
	for _, c := range f.Conditions {
		if c.Letter != "d" {
			if err := meet(t, d, i.ID, c); err != nil {
				return err
			}
		}
	}
	cover, err := dossier.Cover(t, d)
	if err != nil || cover.State == dossier.Running {
		return err
	}
	if err := dossier.Await(t, d, t.Today()); err != nil {
		return err
	}
	return wait(t, d, i.whose(t), t.Today())
}

// wait asks the coordinator to let the family hear something in time (INT-10).
func wait(t *db.Tx, d core.DossierID, who core.AccountID, since core.Date) error {
	chosen, err := setting.Load(t)
	if err != nil {
		return err
	}
	due := wordDue(since, chosen.WaitingWordDays)
	return task.Open(t, task.Task{Key: waitingKey(d), Account: who, Kind: waitingTask, Urgency: task.CanWait, Due: due,
		ShowFrom: endOf(due.Date().AddDays(-7)), Dossier: d})
}

// WaitingOver closes the question to keep a waiting family informed: a volunteer is there. Whoever begins support calls it.
func WaitingOver(t *db.Tx, d core.DossierID) error { return task.Done(t, waitingKey(d)) }

func write(t *db.Tx, d core.DossierID, i Intake, k Decision) error {
	words, err := t.Seal(place(d, "intake", "decision_words", i.ID), k.Words)
	if err != nil {
		return err
	}
	err = db.Do(t, qDecide, db.Args{"dossier": d, "id": i.ID, "outcome": string(k.Outcome), "words": words, "version": i.Version})
	if err != nil {
		return err
	}
	for n, reason := range slices.Compact(slices.Sorted(slices.Values(k.Reasons))) {
		if err := db.Do(t, qReason, db.Args{"dossier": d, "intake": i.ID, "reason": reason, "position": n + 1}); err != nil {
			return err
		}
	}
	for _, kind := range unmetKinds(k) {
		if err := noteUnmet(t, d, kind, k); err != nil {
			return err
		}
	}
	return nil
}

func noteUnmet(t *db.Tx, d core.DossierID, kind string, k Decision) error {
	id := db.NewID[core.ID](t)
	words, err := t.Seal(place(d, "unmet_need", "words", id), k.Unmet)
	if err != nil {
		return err
	}
	return db.Do(t, qUnmet, db.Args{"dossier": d, "id": id, "kind": kind, "to": k.ReferredTo, "words": words})
}

// finish closes what an undecided intake still asked for. A family with which nothing starts is closed, unless support
// runs there already.
func finish(t *db.Tx, d core.DossierID, k Decision, planned []FollowUp) error {
	if err := task.Done(t, talkKey(d)); err != nil {
		return err
	}
	for _, f := range planned {
		if err := task.Done(t, followKey(f.ID)); err != nil {
			return err
		}
	}
	cover, err := dossier.Cover(t, d)
	if err != nil || k.Outcome == Begin || cover.State != dossier.Intake {
		return err
	}
	return dossier.Close(t, d, t.Today())
}

// TellWaiting records what a family that waits was told, and asks for the next word (INT-10).
func (s *Service) TellWaiting(ctx context.Context, a authz.Actor, d core.DossierID, w Word) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		i, err := newest(t, d)
		if err != nil {
			return err
		}
		if err := checkWord(w, t.Today()); err != nil {
			return err
		}
		told, err := waitingWords(t, d)
		if err != nil || slices.ContainsFunc(told, func(o Word) bool { return o.ID == w.ID }) {
			return err
		}
		id := idOr(t, w.ID)
		said, err := t.Seal(place(d, "waiting_word", "said", id), w.Said)
		if err != nil {
			return err
		}
		if err := db.Do(t, qWord, db.Args{"dossier": d, "id": id, "on": w.ToldOn, "how": w.How, "said": said}); err != nil {
			return err
		}
		cover, err := dossier.Cover(t, d)
		if err != nil || cover.State != dossier.Waiting {
			return err
		}
		return wait(t, d, i.whose(t), w.ToldOn)
	})
}
