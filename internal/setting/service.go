package setting

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

var (
	qAll = db.Q("setting.all", authz.Settings, `SELECT name, value, changed_at FROM setting`, db.Probe{})

	xChange = db.X("setting.change", authz.Settings,
		`INSERT INTO setting (name, value, changed_at, changed_by) VALUES (:name, :value, :now, :by)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
		db.Probe{"name": "", "value": "", "by": db.Theirs("account")})
)

type kept struct {
	name, value string
	at          core.Instant
}

// Load gives the settings of the organisation. What was kept under other bounds than today's counts as not chosen.
func Load(t *db.Tx) (Values, error) {
	v, _, err := load(t)
	return v, err
}

func load(t *db.Tx) (v Values, version int, err error) {
	v = Default()
	all, err := db.All(t, qAll, nil, func(k *kept) []any { return []any{&k.name, &k.value, &k.at} })
	var last core.Instant
	for _, k := range all {
		if f, ok := fieldNamed(k.name); ok && f.bound.check(f.name, k.value) == nil {
			f.put(&v, k.value)
		}
		if k.at.After(last) {
			last = k.at
		}
	}
	return v, versionOf(last), err
}

// Service changes the settings.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

// Current gives the settings and their version.
func (s *Service) Current(ctx context.Context, a authz.Actor) (v Values, version int, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		v, version, err = load(t)
		return err
	})
	return v, version, err
}

// Change keeps every setting that differs from what is kept. typed has a text for each setting; all that is wrong is said
// at once and nothing is kept. Settings that somebody else changed since the version are a conflict.
func (s *Service) Change(ctx context.Context, a authz.Actor, typed map[string]string, version int) error {
	var wrong []*core.Fail
	for _, f := range fields {
		wrong = append(wrong, f.bound.check(f.name, typed[f.name]))
	}
	wrong = append(wrong, checkWeights(typed))
	if err := core.Join(wrong...); err != nil {
		return err
	}
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		v, current, err := load(t)
		if err == nil && current != version {
			err = core.Conflict("setting_changed")
		}
		if err != nil {
			return err
		}
		for _, f := range fields {
			if f.get(&v) == typed[f.name] {
				continue
			}
			if err := db.Do(t, xChange, db.Args{"name": f.name, "value": typed[f.name], "by": t.Actor().Account()}); err != nil {
				return err
			}
		}
		return nil
	})
}
