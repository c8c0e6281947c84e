// Package mapped shows a coordinator where families wait and where volunteers have room, per municipality (VOL-7): as a schematic
// map and as a table that says the same. It counts, and names nobody.
package mapped

import (
	"cmp"
	"context"
	"slices"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Place is a municipality with somebody in it who waits or has room. Its name is empty for those without one.
type Place struct {
	Name       string
	Families   int // that wait for a volunteer
	Volunteers int // who could take one more
}

// Service counts.
type Service struct{ db *db.DB }

// NewService is made once, by app.
func NewService(d *db.DB) *Service { return &Service{d} }

var (
	qWaiting = db.Q("mapped.waiting", authz.Plan, `SELECT COALESCE(g.name, ''), COUNT(DISTINCT d.id)
		FROM visible_dossier d JOIN trajectory x ON x.dossier_id = d.id LEFT JOIN municipality g ON g.id = d.municipality_id
		WHERE x.state = 'waiting' AND x.ended_on IS NULL AND d.state IN ('intake', 'waiting', 'running', 'aftercare') GROUP BY COALESCE(g.name, '')`,
		db.Probe{})

	qActive = db.Q("mapped.active", authz.Profile, `SELECT v.id, COALESCE(g.name, ''), v.capacity
		FROM visible_volunteer v LEFT JOIN municipality g ON g.id = v.municipality_id WHERE v.status = 'active' AND v.capacity > 0`, db.Probe{})

	qTaken = db.CrossQ("mapped.taken", authz.Care, "how many families a volunteer has counts wherever those live",
		`SELECT m.volunteer_id, COUNT(DISTINCT m.dossier_id) FROM volunteer_match m
		WHERE m.ended_on IS NULL AND m.declined_at IS NULL GROUP BY m.volunteer_id`, db.Probe{})
)

type count struct {
	place string
	n     int
}

// active is a volunteer who may have room for one family more.
type active struct {
	who   core.VolunteerID
	place string
	most  int
}

// Places counts within the actor's reach, in the order of names.
func (s *Service) Places(ctx context.Context, a authz.Actor) ([]Place, error) {
	var waiting, room []count
	err := s.db.Read(ctx, a, func(t *db.Tx) (err error) {
		if waiting, err = db.All(t, qWaiting, nil, func(c *count) []any { return []any{&c.place, &c.n} }); err != nil {
			return err
		}
		room, err = withRoom(t)
		return err
	})
	return together(waiting, room), err
}

// withRoom counts one for each volunteer with fewer families than she can have.
func withRoom(t *db.Tx) ([]count, error) {
	all, err := db.All(t, qActive, nil, func(v *active) []any { return []any{&v.who, &v.place, &v.most} })
	if err != nil || len(all) == 0 {
		return nil, err
	}
	type taken struct {
		who core.VolunteerID
		n   int
	}
	rows, err := db.All(t, qTaken, nil, func(r *taken) []any { return []any{&r.who, &r.n} })
	has := map[core.VolunteerID]int{}
	for _, r := range rows {
		has[r.who] = r.n
	}
	var room []count
	for _, v := range all {
		if has[v.who] < v.most {
			room = append(room, count{v.place, 1})
		}
	}
	return room, err
}

func together(waiting, room []count) []Place {
	by := map[string]*Place{}
	at := func(name string) *Place {
		if by[name] == nil {
			by[name] = &Place{Name: name}
		}
		return by[name]
	}
	for _, c := range waiting {
		at(c.place).Families += c.n
	}
	for _, c := range room {
		at(c.place).Volunteers += c.n
	}
	out := make([]Place, 0, len(by))
	for _, p := range by {
		out = append(out, *p)
	}
	slices.SortFunc(out, func(a, b Place) int { return cmp.Compare(a.Name, b.Name) })
	return out
}
