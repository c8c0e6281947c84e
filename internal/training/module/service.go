package module

import (
	"context"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/training"
	"maatje/internal/web/text"
)

// Service keeps modules and those who read them.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

// All reads every module.
func (s *Service) All(ctx context.Context, a authz.Actor) (all []Module, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		all = nil
		rows, err := db.All(t, qAll, nil, (*row).columns)
		for _, r := range rows {
			m, wrong := r.module()
			if wrong != nil {
				return wrong
			}
			all = append(all, m)
		}
		return err
	})
	return all, err
}

// Load reads one module as its writers have it.
func (s *Service) Load(ctx context.Context, a authz.Actor, id core.ID) (m Module, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		m, err = load(t, id)
		return err
	})
	return m, err
}

// Make makes a module without pages.
func (s *Service) Make(ctx context.Context, a authz.Actor, name Said) (id core.ID, err error) {
	if strings.TrimSpace(name.NL) == "" {
		return 0, core.Invalid("name_nl", "module_name")
	}
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		id = db.NewID[core.ID](t)
		return db.Do(t, xMake, db.Args{"id": id, "name": name.NL, "en": name.EN})
	})
	return id, err
}

// Edit changes a module from the version that was on the screen; what volunteers read stays as it is until it is published.
func (s *Service) Edit(ctx context.Context, a authz.Actor, id core.ID, version int, change func(*Module) error) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		m, err := load(t, id)
		if err != nil {
			return err
		}
		if err := change(&m); err != nil {
			return err
		}
		return write(t, m, version)
	})
}

// Rename gives a module another name.
func (s *Service) Rename(ctx context.Context, a authz.Actor, id core.ID, version int, name Said) error {
	if strings.TrimSpace(name.NL) == "" {
		return core.Invalid("name_nl", "module_name")
	}
	return s.Edit(ctx, a, id, version, func(m *Module) error {
		m.Name = name
		return nil
	})
}

// Put writes a page at a number from 1, or behind the last (VOL-4).
func (s *Service) Put(ctx context.Context, a authz.Actor, id core.ID, version, at int, p Page) error {
	if err := CheckPage(p, text.ModulePictureCodes()); err != nil {
		return err
	}
	return s.Edit(ctx, a, id, version, func(m *Module) (err error) {
		m.Pages, err = Put(m.Pages, at, p)
		return err
	})
}

// Publish makes an edition of the module as it is now (VOL-4). Who reads an earlier one goes on in that one.
func (s *Service) Publish(ctx context.Context, a authz.Actor, id core.ID, version int) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		m, err := load(t, id)
		if err != nil {
			return err
		}
		if err := MayPublish(m, text.ModulePictureCodes()); err != nil {
			return err
		}
		n, err := db.Exec(t, xEdition, db.Args{"row": db.NewID[core.ID](t), "id": id, "version": version})
		if err == nil && n == 0 {
			err = core.Conflict("module_changed")
		}
		if err != nil {
			return err
		}
		return db.Do(t, xNumber, db.Args{"id": id, "version": version})
	})
}

// Read is where a volunteer is in a module: in the edition that she began, or before the newest.
func (s *Service) Read(ctx context.Context, a authz.Actor, id core.ID) (r Reading, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		r, _, err = reading(t, id)
		return err
	})
	return r, err
}

// Begin begins a module, or once more after it was finished. Who is in the middle of it stays there.
func (s *Service) Begin(ctx context.Context, a authz.Actor, id core.ID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		r, edition, err := reading(t, id)
		if err != nil || r.Begun() && r.Finished.IsZero() {
			return err
		}
		if r.Begun() {
			if edition, err = db.One(t, qEdition, db.Args{"id": id}, func(x *core.ID) []any { return []any{x, new(string), new(string), new(string)} }); err != nil {
				return err
			}
		}
		return db.Do(t, xBegin, db.Args{"row": db.NewID[core.ID](t), "id": id, "edition": edition})
	})
}

// Answer keeps what somebody chose or wrote on a page, sealed and for her alone.
func (s *Service) Answer(ctx context.Context, a authz.Actor, id core.ID, page int, said string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		r, _, err := reading(t, id)
		if err != nil {
			return err
		}
		if !r.Begun() || !r.Finished.IsZero() || page < 1 || page > r.Page || page > len(r.Pages) {
			return core.Conflict("module_changed")
		}
		if err := CheckAnswer(r.Pages[page-1], said); err != nil {
			return err
		}
		if _, err := db.Exec(t, xForget, db.Args{"progress": r.progress, "page": page}); err != nil {
			return err
		}
		row := db.NewID[core.ID](t)
		words, err := training.SealAnswer(t, row, said)
		if err != nil {
			return err
		}
		return db.Do(t, xAnswer, db.Args{"row": row, "progress": r.progress, "page": page, "words": words})
	})
}

// GoOn goes on from a page; after the last one the module is finished, and with it perhaps a course (VOL-4).
func (s *Service) GoOn(ctx context.Context, a authz.Actor, id core.ID, from int) (next int, end bool, err error) {
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		r, _, err := reading(t, id)
		if err != nil {
			return err
		}
		if next, end, err = On(r, from); err != nil || !r.Finished.IsZero() {
			return err
		}
		if !end {
			_, err = db.Exec(t, xReach, db.Args{"progress": r.progress, "page": next})
			return err
		}
		if _, err := db.Exec(t, xFinish, db.Args{"progress": r.progress}); err != nil {
			return err
		}
		return training.ModuleFinished(t, a.Volunteer(), id)
	})
	return next, end, err
}
