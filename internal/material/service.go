package material

import (
	"cmp"
	"context"
	"strings"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/task"
	"maatje/internal/volunteer/support"
)

// taskAsked leads to what the volunteer has and asks for.
var taskAsked = task.Leads("material_asked", "/volunteers/{volunteer}/materials")

// Service keeps the cupboard.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

// Cupboard is all there is, and what of it is on its way as far as the reader may see it.
type Cupboard struct {
	All []Material
	Out []Loan
}

// Cupboard reads all titles; for who lends also what is asked for and what is out, the longest overdue first.
func (s *Service) Cupboard(ctx context.Context, a authz.Actor) (c Cupboard, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if c.All, err = all(t); err != nil || !authz.RightTo("material.keep").Allows(a) {
			return err
		}
		c.Out, err = db.All(t, qOut, db.Args{"limit": lines}, (*Loan).columns)
		return err
	})
	return c, err
}

// One reads a title.
func (s *Service) One(ctx context.Context, a authz.Actor, id core.ID) (m Material, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		m, err = one(t, id)
		return err
	})
	return m, err
}

// Add puts a title into the cupboard.
func (s *Service) Add(ctx context.Context, a authz.Actor, m Material) error {
	if err := Check(m); err != nil {
		return err
	}
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		m.ID = db.NewID[core.ID](t)
		return db.Do(t, xAdd, m.args())
	})
}

// Change keeps what is known of a title. The version is that of the screen it came from.
func (s *Service) Change(ctx context.Context, a authz.Actor, m Material, ended bool) error {
	if err := Check(m); err != nil {
		return err
	}
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		was, err := one(t, m.ID)
		if err == nil {
			err = FewerThanGone(m, was.Gone)
		}
		if err != nil {
			return err
		}
		args := m.args()
		args["version"], args["ended"] = m.Version, core.Date{}
		if ended {
			args["ended"] = cmp.Or(was.EndedOn, t.Today())
		}
		n, err := db.Exec(t, xChange, args)
		if err == nil && n == 0 {
			err = core.Conflict("material_changed")
		}
		return err
	})
}

// Shelf is what one volunteer has, had and asks for.
type Shelf struct {
	Who      support.Volunteer
	Loans    []Loan
	All      []Material
	Families []Family
}

// Family is one of a volunteer's own running matches.
type Family struct {
	Trajectory core.TrajectoryID
	Dossier    core.DossierID
	Name       string
}

// Of reads what a volunteer has, for who lends.
func (s *Service) Of(ctx context.Context, a authz.Actor, id core.VolunteerID) (v Shelf, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if v.Who, err = support.Who(t, id); err != nil {
			return err
		}
		if v.Loans, err = db.All(t, qOf, db.Args{"id": id, "limit": lines}, (*Loan).columns); err != nil {
			return err
		}
		v.All, err = all(t)
		return err
	})
	return v, err
}

// Own reads what the volunteer who asks has, and for which families she can ask something.
func (s *Service) Own(ctx context.Context, a authz.Actor) (v Shelf, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if v.Loans, err = db.All(t, qOwn, db.Args{"limit": lines}, (*Loan).columns); err != nil {
			return err
		}
		if v.Families, err = families(t); err != nil {
			return err
		}
		v.All, err = all(t)
		return err
	})
	return v, err
}

func families(t *db.Tx) ([]Family, error) {
	return db.All(t, qFamilies, db.Args{"limit": 50}, func(f *Family) []any { return []any{&f.Trajectory, &f.Dossier, &f.Name} })
}

// Suggestion is what suits one child.
type Suggestion struct {
	Child
	Suits []Material
}

// Preparation is what could go along to a family.
type Preparation struct {
	Family
	For     []Suggestion
	Unaware []string // children of the family who do not know
}

// Prepare suggests materials for a visit to a family of the volunteer who asks (VOL-6, INT-8). A child about whom something was
// recorded twice is suggested for by what it knows now.
func (s *Service) Prepare(ctx context.Context, a authz.Actor, id core.TrajectoryID) (p Preparation, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		p = Preparation{}
		if p.Family, err = familyOf(t, id); err != nil {
			return err
		}
		type child struct {
			id core.PersonID
			Child
		}
		children, err := db.All(t, qChildren, db.Args{"dossier": p.Dossier, "trajectory": id}, func(c *child) []any { return []any{&c.id, &c.Name, &c.Birth} })
		if err != nil {
			return err
		}
		knows, err := dossier.Knowledge(t, p.Dossier)
		if err != nil {
			return err
		}
		shelf, err := all(t)
		if err != nil {
			return err
		}
		level := map[core.PersonID]string{}
		var everybody []Child
		for _, k := range knows {
			level[k.Child] = string(k.Level)
			everybody = append(everybody, Child{Name: k.ChildName, Knows: string(k.Level)})
		}
		p.Unaware = Unaware(everybody)
		for _, c := range children {
			c.Knows = level[c.id]
			p.For = append(p.For, suggest(shelf, c.Child, t.Today()))
		}
		return nil
	})
	return p, err
}

func suggest(shelf []Material, c Child, today core.Date) Suggestion {
	out := Suggestion{Child: c}
	for _, m := range shelf {
		if Suits(m, c, today) {
			out.Suits = append(out.Suits, m)
		}
	}
	return out
}

// familyOf finds the family of an own running match; any other is not found.
func familyOf(t *db.Tx, id core.TrajectoryID) (Family, error) {
	all, err := families(t)
	for _, f := range all {
		if f.Trajectory == id {
			return f, nil
		}
	}
	if err == nil {
		err = core.NotFound()
	}
	return Family{}, err
}

// Ask asks to borrow something, or to be given it; for a family of an own running match, if she says for which. The same form sent
// twice asks once.
func (s *Service) Ask(ctx context.Context, a authz.Actor, material core.ID, family core.TrajectoryID, token string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		_, sent, err := db.Maybe(t, qSent, db.Args{"id": a.Volunteer(), "token": token}, func(id *core.ID) []any { return []any{id} })
		if err != nil || sent {
			return err
		}
		m, err := one(t, material)
		if core.IsKind(err, core.KindNotFound) {
			err = core.Invalid("material", "material_missing")
		}
		if err != nil {
			return err
		}
		if !m.EndedOn.IsZero() {
			return core.Refuse("VOL-6", "material_ended")
		}
		var f Family
		if !family.IsZero() {
			if f, err = familyOf(t, family); err != nil {
				return err
			}
		}
		if n, err := db.Count(t, qWaits, db.Args{"id": a.Volunteer(), "material": material}); err != nil || n > 0 {
			return cmp.Or(err, error(core.Conflict("material_asked_already")))
		}
		id := db.NewID[core.ID](t)
		err = db.Do(t, xAsk, db.Args{"loan": id, "id": a.Volunteer(), "material": material, "dossier": f.Dossier, "token": cmp.Or(token, id.String())})
		if err != nil {
			return err
		}
		return tell(t, a.Volunteer())
	})
}

const answerWithin = 5 // days in which somebody who asks for a book hears something

func tell(t *db.Tx, id core.VolunteerID) error {
	who, err := support.Coordinator(t, id)
	if err != nil || who.IsZero() {
		return err
	}
	return task.Open(t, task.Task{Key: askedKey(id), Account: who, Kind: taskAsked, Urgency: task.CanWait, Due: t.Now().Add(answerWithin * 24 * time.Hour), Volunteer: id})
}

func askedKey(id core.VolunteerID) string { return taskAsked + ":" + id.String() }

// Lend hands a copy to a volunteer who did not ask for it on a screen (VOL-6).
func (s *Service) Lend(ctx context.Context, a authz.Actor, to core.VolunteerID, material core.ID, due core.Date, token string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		_, sent, err := db.Maybe(t, qSent, db.Args{"id": to, "token": token}, func(id *core.ID) []any { return []any{id} })
		if err != nil || sent {
			return err
		}
		m, err := one(t, material)
		if core.IsKind(err, core.KindNotFound) {
			err = core.Invalid("material", "material_missing")
		}
		if err == nil {
			err = MayLend(m, due, t.Today())
		}
		if err != nil {
			return err
		}
		id := db.NewID[core.ID](t)
		args := m.handOver(due, t.Today())
		args["loan"], args["id"], args["material"], args["dossier"], args["token"] = id, to, material, core.DossierID(0), cmp.Or(token, id.String())
		return db.Do(t, xStart, args)
	})
}

// handOver is how a copy goes: lent until a day, or given for good.
func (m Material) handOver(due, today core.Date) db.Args {
	if m.Gift {
		return db.Args{"state": string(Given), "due": core.Date{}, "ended": today}
	}
	return db.Args{"state": string(Lent), "due": due, "ended": core.Date{}}
}

// HandOver gives a volunteer what she asked for (VOL-6). When the last copy went meanwhile, that is a conflict.
func (s *Service) HandOver(ctx context.Context, a authz.Actor, to core.VolunteerID, loan core.ID, due core.Date) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		l, err := db.One(t, qLoan, db.Args{"id": to, "loan": loan}, (*Loan).columns)
		if err != nil {
			return err
		}
		m, err := one(t, l.Material)
		if err == nil {
			err = MayLend(m, due, t.Today())
		}
		if err != nil {
			return err
		}
		args := m.handOver(due, t.Today())
		args["loan"], args["id"] = loan, to
		return settle(t, xGive, args, to)
	})
}

// End says that a copy is back or lost, or that somebody does not get what she asked for, and why.
func (s *Service) End(ctx context.Context, a authz.Actor, of core.VolunteerID, loan core.ID, to State, why string) error {
	was := Lent
	if to == Declined {
		was = Asked
		if strings.TrimSpace(why) == "" {
			return core.Join(core.Invalid("why", "material_why_missing"))
		}
	}
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if _, err := db.One(t, qLoan, db.Args{"id": of, "loan": loan}, (*Loan).columns); err != nil {
			return err
		}
		return settle(t, xEnd, db.Args{"loan": loan, "id": of, "state": string(to), "was": string(was), "why": why}, of)
	})
}

// settle changes a loan, unless somebody else did, and takes the question off the list when nothing is asked any more.
func settle(t *db.Tx, q *db.Query, args db.Args, of core.VolunteerID) error {
	n, err := db.Exec(t, q, args)
	if err == nil && n == 0 {
		err = core.Conflict("material_loan_changed")
	}
	if err != nil {
		return err
	}
	if left, err := db.Count(t, qAnyWaits, db.Args{"id": of}); err != nil || left > 0 {
		return err
	}
	return task.Done(t, askedKey(of))
}
