package volunteer

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Service keeps volunteers.
type Service struct {
	db    *db.DB
	terms func(*db.Tx) (Terms, error)
}

// NewService keeps volunteers under the terms that the organisation has at the moment.
func NewService(d *db.DB, terms func(*db.Tx) (Terms, error)) *Service { return &Service{d, terms} }

// Load reads one volunteer. Except names a family that does not count for the capacity: the one that is asked for.
func Load(t *db.Tx, id core.VolunteerID, except core.DossierID) (Profile, error) {
	found, err := readProfile(t, qProfile, db.Args{"id": id})
	if err == nil && len(found) == 0 {
		err = core.NotFound()
	}
	if err == nil {
		err = complete(t, found, id, except)
	}
	if err != nil {
		return Profile{}, err
	}
	return found[0], nil
}

// Filter narrows the list; what is empty does not.
type Filter struct {
	Name   string
	Status Status
	Kind   string
	Except core.DossierID // this family does not count for the capacity
	Most   int            // so many, by name; 0 is as many as a page shows
}

const listed = 2000 // more than any coordinator has in an area

// Find reads the volunteers in the actor's area, by name.
func Find(t *db.Tx, f Filter) ([]Profile, error) {
	folded := db.Fold(f.Name)
	found, err := readProfile(t, qProfiles, db.Args{
		"status": string(f.Status), "name": folded, "like": "%" + folded + "%", "kind": f.Kind, "limit": cmp.Or(f.Most, listed),
	})
	if err == nil {
		err = complete(t, found, 0, f.Except)
	}
	return found, err
}

// FitToVisit asks whether the volunteer may visit on that day (VOL-3). Without the proof there is no visit.
func FitToVisit(t *db.Tx, id core.VolunteerID, on core.Date) (Fit, error) {
	p, err := Load(t, id, 0)
	if err != nil {
		return Fit{}, err
	}
	return MayVisit(p, on)
}

// New adds somebody who applied, and gives the identifier. Who adds a volunteer in an area that is not theirs finds
// nothing afterwards, and so adds nobody.
func New(t *db.Tx, p Profile) (core.VolunteerID, error) {
	if err := CheckProfile(p); err != nil {
		return 0, err
	}
	w, err := CheckWishes(p.Wishes)
	if err != nil {
		return 0, err
	}
	p.ID = db.NewID[core.VolunteerID](t)
	if p.Status == "" {
		p.Status = Applied
	}
	if p.StatusSince.IsZero() {
		p.StatusSince = t.Today()
	}
	err = db.Do(t, xInsert, w.args(db.Args{
		"id": p.ID, "name": p.Name, "fold": db.Fold(p.Name), "email": p.Email, "municipality": p.Municipality, "facility": p.Facility,
		"status": string(p.Status), "since": p.StatusSince, "capacity": p.Capacity, "confirmed": p.ComplexConfirmed,
	}))
	if err == nil {
		err = rememberKinds(t, p.ID, w.Kinds)
	}
	if err == nil {
		err = remember(t, p.ID, Move{To: p.Status})
	}
	return p.ID, err
}

func rememberKinds(t *db.Tx, id core.VolunteerID, kinds []string) error {
	if _, err := db.Exec(t, xForgetKinds, db.Args{"id": id}); err != nil {
		return err
	}
	for _, kind := range kinds {
		if err := db.Do(t, xAddKind, db.Args{"id": id, "kind": kind}); err != nil {
			return err
		}
	}
	return nil
}

// Link gives the volunteer the account with which they sign in. A volunteer who has one keeps it.
func Link(t *db.Tx, id core.VolunteerID, account core.AccountID) error {
	n, err := db.Exec(t, xLink, db.Args{"id": id, "account": account})
	if db.IsDuplicate(err) || err == nil && n == 0 {
		return core.Conflict("volunteer_account_taken")
	}
	return err
}

// Add adds somebody who applied.
func (s *Service) Add(ctx context.Context, a authz.Actor, p Profile) (id core.VolunteerID, err error) {
	p.Status = Applied
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		id, err = New(t, p)
		return err
	})
	return id, err
}

// Change keeps what the coordinator says about a volunteer. The version is that of the screen it came from.
func (s *Service) Change(ctx context.Context, a authz.Actor, p Profile) error {
	if err := CheckProfile(p); err != nil {
		return err
	}
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if _, err := Load(t, p.ID, 0); err != nil {
			return err
		}
		n, err := db.Exec(t, xChange, db.Args{
			"id": p.ID, "version": p.Version, "name": p.Name, "fold": db.Fold(p.Name), "email": p.Email, "municipality": p.Municipality,
			"facility": p.Facility, "capacity": p.Capacity, "confirmed": p.ComplexConfirmed,
		})
		if err == nil && n == 0 {
			err = core.Conflict("volunteer_changed")
		}
		if err != nil {
			return err
		}
		return wish(t, p.ID, p.Version+1, p.Wishes)
	})
}

func wish(t *db.Tx, id core.VolunteerID, version int, w Wishes) error {
	w, err := CheckWishes(w)
	if err != nil {
		return err
	}
	n, err := db.Exec(t, xWishes, w.args(db.Args{"id": id, "version": version}))
	if err == nil && n == 0 {
		err = core.Conflict("volunteer_changed")
	}
	if err != nil {
		return err
	}
	return rememberKinds(t, id, w.Kinds)
}

// Own reads the volunteer's own file.
func (s *Service) Own(ctx context.Context, a authz.Actor) (p Profile, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		p, err = own(t)
		return err
	})
	return p, err
}

func own(t *db.Tx) (Profile, error) {
	id, err := db.One(t, qOwn, db.Args{}, func(id *core.VolunteerID) []any { return []any{id} })
	if err != nil {
		return Profile{}, err
	}
	return Load(t, id, 0)
}

// Wish keeps the volunteer's own wishes (VOL-7). Whether complex situations are confirmed is not theirs to say.
// The version is that of the screen it came from.
func (s *Service) Wish(ctx context.Context, a authz.Actor, version int, w Wishes) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		p, err := own(t)
		if err != nil {
			return err
		}
		return wish(t, p.ID, version, w)
	})
}

// Move takes a volunteer a step on the way to the start, or back from a rest (VOL-1). To rest, to stop and to be rejected ask more, and
// have pages of their own.
func (s *Service) Move(ctx context.Context, a authz.Actor, id core.VolunteerID, to Status) error {
	if asksWhy(to) {
		return core.Refuse("VOL-1", "volunteer_own_page")
	}
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		terms, err := s.terms(t)
		if err == nil {
			_, err = Go(t, id, Move{To: to}, terms)
		}
		return err
	})
}

// SeeCertificate notes that a coordinator saw the certificate itself (VOL-3).
func (s *Service) SeeCertificate(ctx context.Context, a authz.Actor, id core.VolunteerID, c Certificate) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		terms, err := s.terms(t)
		if err != nil {
			return err
		}
		c, err := CheckCertificate(c, t.Today(), terms)
		if err != nil {
			return err
		}
		return noteCertificate(t, id, c, t.Actor().Account())
	})
}

func noteCertificate(t *db.Tx, id core.VolunteerID, c Certificate, by core.AccountID) error {
	err := db.Do(t, xCertificate, db.Args{
		"certificate": db.NewID[core.ID](t), "id": id, "profile": c.Profile, "number": c.Number, "issued": c.IssuedOn, "renew": c.RenewBefore,
		"by": by, "seen": c.SeenOn,
	})
	if err != nil {
		return err
	}
	return seen(t, id)
}

// CompleteCourse notes that a course was completed (VOL-4); a later date takes the place of an earlier one.
func (s *Service) CompleteCourse(ctx context.Context, a authz.Actor, id core.VolunteerID, c Course) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if c.On.IsZero() {
			c.On = t.Today()
		}
		if c.On.After(t.Today()) {
			return core.Invalid("on", "volunteer_date_ahead")
		}
		offered, err := coursesOffered(t)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(offered, func(o Course) bool { return o.Code == c.Code }) {
			return core.Invalid("course", "volunteer_course")
		}
		return db.Do(t, xCourse, db.Args{"id": id, "course": c.Code, "on": c.On})
	})
}

func coursesOffered(t *db.Tx) ([]Course, error) {
	return db.All(t, qOffered, nil, func(c *Course) []any { return []any{&c.Code, &c.Name} })
}

// LinkByEmail gives the volunteer the account of a volunteer with the same e-mail address.
func (s *Service) LinkByEmail(ctx context.Context, a authz.Actor, id core.VolunteerID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		p, err := Load(t, id, 0)
		if err != nil {
			return err
		}
		account, found, err := accountOf(t, p)
		if err == nil && !found {
			err = core.Refuse("", "volunteer_no_account")
		}
		if err != nil {
			return err
		}
		return Link(t, id, account)
	})
}

func accountOf(t *db.Tx, p Profile) (account core.AccountID, found bool, err error) {
	if p.Email == "" || !p.Account.IsZero() {
		return 0, false, nil
	}
	return db.Maybe(t, qAccountOf, db.Args{"email": strings.ToLower(strings.TrimSpace(p.Email))}, func(id *core.AccountID) []any { return []any{id} })
}

// File is a volunteer with everything a coordinator sees.
type File struct {
	Profile
	History      []Moved
	Certificates []Certificate // the longest lasting first
	Runs         []Run
	Offered      []Course // those that can be completed
	CanLink      bool     // an account with the same e-mail address waits to be linked
}

// Run is a trajectory of the volunteer, as far as the reader may see it.
type Run struct {
	Trajectory core.TrajectoryID
	Family     string
	Kind       string
	State      string // of the match
}

// File reads a volunteer with everything a coordinator sees.
func (s *Service) File(ctx context.Context, a authz.Actor, id core.VolunteerID) (f File, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		f = File{}
		if f.Profile, err = Load(t, id, 0); err != nil {
			return err
		}
		f.History, err = db.All(t, qHistory, db.Args{"id": id}, func(m *Moved) []any { return []any{&m.Status, &m.At, &m.By, &m.Why, &m.Until, &m.WithoutTalk} })
		if err != nil {
			return err
		}
		all, err := lines(t, certificates, id, db.Args{}, certificateColumns)
		if err != nil {
			return err
		}
		for _, l := range all {
			f.Certificates = append([]Certificate{l.c}, f.Certificates...)
		}
		f.Runs, err = db.All(t, qRuns, db.Args{"id": id}, func(r *Run) []any { return []any{&r.Trajectory, &r.Family, &r.Kind, &r.State} })
		if err != nil {
			return err
		}
		if f.Offered, err = coursesOffered(t); err != nil {
			return err
		}
		_, f.CanLink, err = accountOf(t, f.Profile)
		return err
	})
	return f, err
}

// List reads the volunteers in the actor's area.
func (s *Service) List(ctx context.Context, a authz.Actor, f Filter) (found []Profile, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		found, err = Find(t, f)
		return err
	})
	return found, err
}

// Place is a municipality or a facility to choose.
type Place struct {
	ID   core.ID
	Name string
}

// Places lists where a volunteer can belong.
func (s *Service) Places(ctx context.Context, a authz.Actor) (municipalities, facilities []Place, err error) {
	columns := func(p *Place) []any { return []any{&p.ID, &p.Name} }
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if municipalities, err = db.All(t, qMunicipalities, db.Args{}, columns); err != nil {
			return err
		}
		facilities, err = db.All(t, qFacilities, db.Args{}, columns)
		return err
	})
	return municipalities, facilities, err
}
