package seek

import (
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/matching/weigh"
	"maatje/internal/trajectory"
)

// Families reads everything for which a volunteer is sought: of one family, or in the whole area if it is none. A
// trajectory that has all it asked for is there too, with no places.
func Families(t *db.Tx, d core.DossierID) ([]*Sought, error) {
	found, err := list(t, d)
	if err != nil {
		return nil, err
	}
	f := gather(found)
	for _, read := range []func(*db.Tx, core.DossierID) error{f.ages, f.matches, f.excluded, f.restricted} {
		if err := read(t, d); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// One reads one trajectory as it is weighed.
func One(t *db.Tx, x trajectory.Trajectory) (Sought, error) {
	all, err := Families(t, x.Dossier)
	if err != nil {
		return Sought{}, err
	}
	for _, s := range all {
		if s.Trajectory == x.ID {
			return *s, nil
		}
	}
	return Sought{}, core.NotFound()
}

func list(t *db.Tx, d core.DossierID) ([]*Sought, error) {
	type row struct {
		Sought
		languages, days string
	}
	rows, err := all(t, sought, d, func(v *row) []any {
		return []any{
			&v.Trajectory, &v.Dossier, &v.Name, &v.Municipality, &v.Town, &v.Kind, &v.State, &v.Complex, &v.Since, &v.Until, &v.languages, &v.Needed, &v.days,
			&v.Postcode, &v.Total,
		}
	})
	if err != nil {
		return nil, err
	}
	kinds, err := trajectory.Kinds(t)
	if err != nil {
		return nil, err
	}
	of := map[string]trajectory.Kind{}
	for _, k := range kinds {
		of[k.Code] = k
	}
	out := make([]*Sought, len(rows))
	for i, r := range rows {
		s, k := r.Sought, of[r.Kind]
		s.Languages, s.Days, s.Courses, s.KindName = codesOf(r.languages), codesOf(r.days), k.Courses, k.Name
		s.Waits = k.WithParent
		s.Places = s.Total
		if s.Until.IsZero() {
			s.Until = trajectory.PlannedEnd(k, t.Today())
		}
		out[i] = &s
	}
	return out, nil
}

// families are what was read, by trajectory and by dossier.
type families struct {
	of map[core.TrajectoryID]*Sought
	in map[core.DossierID][]*Sought
}

func gather(found []*Sought) families {
	f := families{map[core.TrajectoryID]*Sought{}, map[core.DossierID][]*Sought{}}
	for _, s := range found {
		f.of[s.Trajectory] = s
		f.in[s.Dossier] = append(f.in[s.Dossier], s)
		s.Roles, s.Here, s.Before = map[core.VolunteerID][]string{}, map[core.VolunteerID]bool{}, map[core.VolunteerID]bool{}
		s.Excluded, s.Known = map[core.VolunteerID]string{}, map[core.VolunteerID]weigh.Past{}
	}
	return f
}

func (f families) ages(t *db.Tx, d core.DossierID) error {
	type row struct {
		of    core.TrajectoryID
		birth core.Date
	}
	rows, err := all(t, ages, d, func(r *row) []any { return []any{&r.of, &r.birth} })
	for _, r := range rows {
		if s := f.of[r.of]; s != nil {
			s.Ages = append(s.Ages, r.birth.AgeOn(t.Today()))
		}
	}
	return err
}

// met is a match of the family, of now or of before.
type met struct {
	dossier    core.DossierID
	trajectory core.TrajectoryID
	who        core.VolunteerID
	state      string
	kind       string
	abrupt     bool
	introduced core.Date
}

func (m met) isOpen() bool { return m.state != "declined" && m.state != "ended" }

// past says how it went (VOL-7): a no before they met says nothing about the two.
func (m met) past() weigh.Past {
	switch {
	case m.state == "accepted", m.state == "ended" && !m.abrupt:
		return weigh.Well
	case m.state == "ended", m.state == "declined" && !m.introduced.IsZero():
		return weigh.Badly
	}
	return weigh.Unknown
}

func (f families) matches(t *db.Tx, d core.DossierID) error {
	rows, err := all(t, matches, d, func(m *met) []any {
		return []any{&m.dossier, &m.trajectory, &m.who, &m.state, &m.kind, &m.abrupt, &m.introduced}
	})
	for _, m := range rows {
		for _, s := range f.in[m.dossier] {
			s.remember(m)
		}
	}
	return err
}

func (s *Sought) remember(m met) {
	if past := m.past(); past != weigh.Unknown {
		s.Known[m.who] = past
	}
	switch own := m.trajectory == s.Trajectory; {
	case own && m.isOpen():
		s.Here[m.who] = true
		s.Places = max(s.Places-1, 0)
		s.Asked = s.Asked || m.state != "accepted"
	case own:
		s.Before[m.who] = true
	case m.isOpen():
		s.Roles[m.who] = append(s.Roles[m.who], m.kind)
	}
}

func (f families) excluded(t *db.Tx, d core.DossierID) error {
	type row struct {
		dossier core.DossierID
		who     core.VolunteerID
		side    string
	}
	rows, err := all(t, excluded, d, func(r *row) []any { return []any{&r.dossier, &r.who, &r.side} })
	for _, r := range rows {
		for _, s := range f.in[r.dossier] {
			s.Excluded[r.who] = r.side
		}
	}
	return err
}

// restricted leaves waiting only what restrictions hold up (INT-6): support that needs the parent, in a family where they run.
func (f families) restricted(t *db.Tx, d core.DossierID) error {
	rows, err := all(t, restricted, d, func(r *core.DossierID) []any { return []any{r} })
	run := map[core.DossierID]bool{}
	for _, id := range rows {
		run[id] = true
	}
	for _, s := range f.of {
		s.Waits = s.Waits && run[s.Dossier]
	}
	return err
}
