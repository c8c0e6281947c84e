package referral

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/facility"
	"maatje/internal/task"
)

// Candidate is a dossier that may be about the same family. Only dossiers within the actor's reach are ever looked at.
type Candidate struct {
	Dossier  core.DossierID
	Name     string
	Likeness int
	people   []Trait
}

// openOne loads an open referral that nobody changed meanwhile.
func openOne(t *db.Tx, id core.ID, version int) (Referral, error) {
	r, err := load(t, id)
	if err != nil {
		return r, err
	}
	return r, checkOpen(r, version)
}

// Make makes a dossier of a referral, with what the coordinator confirmed of it (REF-3).
func (s *Service) Make(ctx context.Context, a authz.Actor, id core.ID, version int, confirmed Referral) (made core.DossierID, err error) {
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		r, err := openOne(t, id, version)
		if err != nil {
			return err
		}
		confirmed.ID, confirmed.Version, confirmed.Channel = id, r.Version, r.Channel
		if err := checkConfirmed(confirmed, t.Today()); err != nil {
			return err
		}
		if made, err = makeDossier(t, confirmed); err != nil {
			return err
		}
		return s.hand(t, r, Made, made)
	})
	return made, err
}

// makeDossier opens the file with everything that the referral says, so that nothing is typed twice. A municipality or
// facility that is not in the directory is added now, by the coordinator who takes it on.
func makeDossier(t *db.Tx, r Referral) (core.DossierID, error) {
	var err error
	if r.MunicipalityName != "" {
		if r.Municipality, err = facility.Municipality(t, r.MunicipalityName); err != nil {
			return 0, err
		}
	}
	if r.FacilityName != "" {
		if r.Facility, err = facility.Make(t, r.FacilityName); err != nil {
			return 0, err
		}
	}
	o := dossier.Opening{Municipality: r.Municipality, Persons: personsOf(r)}
	if o.Coordinator, err = whoCovers(t, qOfMunicipality, db.Args{"municipality": r.Municipality}); err != nil {
		return 0, err
	}
	if o.InsideCoordinator, err = whoCovers(t, qOfFacility, db.Args{"facility": r.Facility}); err != nil {
		return 0, err
	}
	switch me := t.Actor(); {
	case me.Roles().Has(authz.OutsideCoordinator):
		o.Coordinator = me.Account()
	case me.Roles().Has(authz.InsideCoordinator):
		o.InsideCoordinator = me.Account()
	}
	return dossier.New(t, o)
}

// personsOf lists the people of a referral for a new file: the children, their parent where the facility is known as
// detained there, and the caregiver. Who has authority is not assumed.
func personsOf(r Referral) []dossier.NewPerson {
	var persons []dossier.NewPerson
	var children []int
	for _, c := range r.Children {
		if c.Name != "" {
			children = append(children, len(persons))
			persons = append(persons, dossier.NewPerson{Person: dossier.Person{Name: c.Name, Birth: c.Birth, Sex: c.Sex, IsChild: true}})
		}
	}
	if r.Parent.Name != "" {
		p := dossier.NewPerson{Person: dossier.Person{Name: r.Parent.Name, Birth: r.Parent.Birth, Sex: r.Parent.Sex, IsParent: true}, ParentOf: children}
		if !r.Facility.IsZero() {
			p.Detentions = []dossier.Stay{{Facility: r.Facility}}
		}
		persons = append(persons, p)
	}
	if r.Caregiver != "" {
		persons = append(persons, dossier.NewPerson{Person: dossier.Person{Name: r.Caregiver, Relation: r.CaregiverRelation, Phone: r.CaregiverPhone, IsCaregiver: true}})
	}
	return persons
}

// hand gives a referral to a dossier: its intake opens, and the answer is recorded with its date (REF-4).
func (s *Service) hand(t *db.Tx, r Referral, state State, to core.DossierID) error {
	cover, err := dossier.Cover(t, to)
	if err != nil {
		return err
	}
	coordinator := cmp.Or(cover.Coordinator, cover.InsideCoordinator, t.Actor().Account())
	if _, err := s.intakes.OpenFor(t, to, r.ID, coordinator); err != nil {
		return err
	}
	return record(t, r, state, to, nil, "")
}

func record(t *db.Tx, r Referral, state State, to core.DossierID, reasons []string, words string) error {
	answer, err := t.Seal(placeOf(r.ID, "answer"), words)
	if err != nil {
		return err
	}
	err = db.Do(t, qAnswer, db.Args{"id": r.ID, "state": string(state), "dossier": to, "reasons": strings.Join(reasons, ","), "answer": answer, "version": r.Version})
	if err != nil {
		return err
	}
	return task.Done(t, answerKey(r.ID))
}

// Join adds a referral to a dossier that is there already (REF-3): who is not in it yet is added, a parent who is detained
// again gets a second detention, and a closed file opens again.
func (s *Service) Join(ctx context.Context, a authz.Actor, id core.ID, version int, to core.DossierID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		r, err := openOne(t, id, version)
		if err != nil {
			return err
		}
		file, err := dossier.Load(t, to)
		if err != nil {
			return err
		}
		if err := complete(t, file, r); err != nil {
			return err
		}
		if file.State == dossier.Closed {
			if err := dossier.Reopen(t, to, t.Today()); err != nil {
				return err
			}
		}
		return s.hand(t, r, Joined, to)
	})
}

// complete adds the people of the referral that the file does not have yet.
func complete(t *db.Tx, file dossier.File, r Referral) error {
	known := traitsOf(file.People)
	for _, p := range personsOf(r) {
		trait := Trait{db.Fold(p.Name), p.Birth, p.IsChild}
		at := slices.IndexFunc(known, func(k Trait) bool { return alike(trait, k) > 0 })
		if at < 0 {
			if _, err := addPerson(t, file.ID, p); err != nil {
				return err
			}
			continue
		}
		if err := detainAgain(t, file, file.People[at], p); err != nil {
			return err
		}
	}
	return nil
}

func addPerson(t *db.Tx, id core.DossierID, p dossier.NewPerson) (core.PersonID, error) {
	added, err := dossier.AddPerson(t, id, p.Person)
	if err != nil {
		return 0, err
	}
	for _, stay := range p.Detentions {
		stay.Parent = added
		if _, err := dossier.AddDetention(t, id, stay); err != nil {
			return 0, err
		}
	}
	return added, nil
}

// detainAgain records the new detention of a parent who is in the file and not detained today.
func detainAgain(t *db.Tx, file dossier.File, known dossier.Person, p dossier.NewPerson) error {
	if _, inside := file.DetainedOn(known.ID, t.Today()); inside || !known.IsParent {
		return nil
	}
	for _, stay := range p.Detentions {
		stay.Parent = known.ID
		if _, err := dossier.AddDetention(t, file.ID, stay); err != nil {
			return err
		}
	}
	return nil
}

// Pass gives a referral to a colleague, with its task. It is no answer: the clock goes on (REF-3, REF-4).
func (s *Service) Pass(ctx context.Context, a authz.Actor, id core.ID, version int, to core.AccountID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		r, err := openOne(t, id, version)
		if err != nil {
			return err
		}
		all, err := colleagues(t)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(c Colleague) bool { return c.ID == to }) {
			return refuse(true, "coordinator", "referral_no_colleague")
		}
		if err := db.Do(t, qPass, db.Args{"id": id, "coordinator": to, "version": r.Version}); err != nil {
			return err
		}
		if err := task.Pass(t, kindcheckKey(id), to); err != nil {
			return err
		}
		return task.Open(t, task.Task{Key: answerKey(id), Account: to, Kind: answerTask, Urgency: task.Normal, Due: r.AnswerBefore, Referral: id})
	})
}

// Colleague is somebody who can answer referrals.
type Colleague struct {
	ID   core.AccountID
	Name string
}

func colleagues(t *db.Tx) ([]Colleague, error) {
	return db.All(t, qColleagues, db.Args{}, func(c *Colleague) []any { return []any{&c.ID, &c.Name} })
}

// Decline says no to a referral, with one to three reasons (REF-3), and keeps what nobody could give (INT-9, FIG-6).
func (s *Service) Decline(ctx context.Context, a authz.Actor, id core.ID, version int, reasons []string, words string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		r, err := openOne(t, id, version)
		if err != nil {
			return err
		}
		if err := checkReasons(reasons, words); err != nil {
			return err
		}
		for _, kind := range unmetKinds(reasons) {
			if err := db.Do(t, qUnmet, db.Args{"id": id, "kind": kind}); err != nil {
				return err
			}
		}
		return record(t, r, Declined, 0, reasons, words)
	})
}

// FollowUp says that after a child check somebody asked how the children are (REF-5).
func (s *Service) FollowUp(ctx context.Context, a authz.Actor, id core.ID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if _, err := load(t, id); err != nil {
			return err
		}
		return task.Done(t, kindcheckKey(id))
	})
}

// candidates lists the dossiers within the actor's reach that may be about the same family, the likeliest first.
func candidates(t *db.Tx, r Referral) ([]Candidate, error) {
	asked, words, births := traitsAsked(r)
	found := map[core.DossierID]*Candidate{}
	for _, w := range words {
		if err := look(t, found, qByWord, db.Args{"word": w, "limit": 200}); err != nil {
			return nil, err
		}
	}
	for _, b := range births {
		if err := look(t, found, qByBirth, db.Args{"birth": b, "limit": 200}); err != nil {
			return nil, err
		}
	}
	var out []Candidate
	for _, c := range found {
		if c.Likeness = Likeness(asked, c.people); c.Likeness >= LikelySame {
			out = append(out, *c)
		}
	}
	slices.SortFunc(out, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Likeness, a.Likeness), cmp.Compare(a.Dossier, b.Dossier))
	})
	return out[:min(len(out), 8)], nil
}

func look(t *db.Tx, found map[core.DossierID]*Candidate, q *db.Query, args db.Args) error {
	type person struct {
		dossier     core.DossierID
		dossierName string
		name        string
		birth       core.Date
		isChild     bool
	}
	people, err := db.All(t, q, args, func(p *person) []any { return []any{&p.dossier, &p.dossierName, &p.name, &p.birth, &p.isChild} })
	for _, p := range people {
		c := found[p.dossier]
		if c == nil {
			c = &Candidate{Dossier: p.dossier, Name: p.dossierName}
			found[p.dossier] = c
		}
		if trait := (Trait{db.Fold(p.name), p.birth, p.isChild}); !slices.Contains(c.people, trait) {
			c.people = append(c.people, trait)
		}
	}
	return err
}

// traitsAsked gives the people of a referral, and the words and birthdays under which to look for them.
func traitsAsked(r Referral) (asked []Trait, words []string, births []core.Date) {
	for _, p := range personsOf(r) {
		trait := Trait{db.Fold(p.Name), p.Birth, p.IsChild}
		asked = append(asked, trait)
		for w := range strings.FieldsSeq(trait.Name) {
			if len(w) > 1 && !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
		if !p.Birth.IsZero() && !slices.Contains(births, p.Birth) {
			births = append(births, p.Birth)
		}
	}
	return asked, words[:min(len(words), 20)], births
}

func traitsOf(people []dossier.Person) []Trait {
	out := make([]Trait, len(people))
	for i, p := range people {
		out[i] = Trait{db.Fold(p.Name), p.Birth, p.IsChild}
	}
	return out
}
