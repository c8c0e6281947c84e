package training

import (
	"context"
	"slices"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Outline is every course, the modules of which one can be made, and what each kind of trajectory needs.
type Outline struct {
	Courses []Course
	Modules []Part // by Module and Name
	Kinds   []Kind
}

// Course finds one of them.
func (o Outline) Course(id core.ID) (Course, bool) {
	for _, c := range o.Courses {
		if c.ID == id {
			return c, true
		}
	}
	return Course{}, false
}

// Outline reads it.
func (s *Service) Outline(ctx context.Context, a authz.Actor) (o Outline, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		o, err = outline(t)
		return err
	})
	return o, err
}

func outline(t *db.Tx) (o Outline, err error) {
	if o.Courses, err = Courses(t); err != nil {
		return o, err
	}
	if o.Modules, err = db.All(t, qModules, nil, func(p *Part) []any { return []any{&p.Module, &p.Name} }); err != nil {
		return o, err
	}
	type row struct {
		Kind
		courses string
	}
	rows, err := db.All(t, qKinds, nil, func(r *row) []any { return []any{&r.Code, &r.Name, &r.courses} })
	for _, r := range rows {
		r.Courses = list(r.courses)
		o.Kinds = append(o.Kinds, r.Kind)
	}
	return o, err
}

// AddCourse makes a course of the organisation's own, still without parts. Its code is its first name, so that wherever a course
// is named without this package, it is called as people call it.
func (s *Service) AddCourse(ctx context.Context, a authz.Actor, c Course) (id core.ID, err error) {
	c.Name = strings.TrimSpace(c.Name)
	if err := CheckCourse(c); err != nil {
		return 0, err
	}
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		all, err := Courses(t)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(all, func(o Course) bool { return strings.EqualFold(o.Code, c.Name) || strings.EqualFold(o.Name, c.Name) }) {
			return core.Invalid("name", "training_course_same")
		}
		id = db.NewID[core.ID](t)
		return db.Do(t, xCourse, db.Args{"id": id, "code": c.Name, "name": c.Name, "purpose": c.Purpose, "months": c.Months, "position": len(all) + 1})
	})
	return id, err
}

// ChangeCourse changes what is said of a course. A shipped one without a name keeps its own.
func (s *Service) ChangeCourse(ctx context.Context, a authz.Actor, c Course) error {
	return s.onCourse(ctx, a, c.ID, func(t *db.Tx, was Course) error {
		c.Code = was.Code
		if err := CheckCourse(c); err != nil {
			return err
		}
		return held(t, xCourseChange, db.Args{"id": c.ID, "version": c.Version, "name": strings.TrimSpace(c.Name), "purpose": c.Purpose, "months": c.Months})
	})
}

func (s *Service) onCourse(ctx context.Context, a authz.Actor, id core.ID, do func(*db.Tx, Course) error) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		c, err := course(t, id)
		if err != nil {
			return err
		}
		return do(t, c)
	})
}

// held makes a change from the version that was on the screen.
func held(t *db.Tx, q *db.Query, args db.Args) error {
	n, err := db.Exec(t, q, args)
	if err == nil && n == 0 {
		err = core.Conflict("training_changed")
	}
	return err
}

// Publish opens a course to volunteers, or closes it (VOL-4).
func (s *Service) Publish(ctx context.Context, a authz.Actor, id core.ID, version int, open bool) error {
	return s.onCourse(ctx, a, id, func(t *db.Tx, c Course) error {
		if open {
			if err := MayPublish(c); err != nil {
				return err
			}
		}
		return held(t, xPublish, db.Args{"id": id, "version": version, "published": open})
	})
}

// AddPart adds an evening by its name, or a module.
func (s *Service) AddPart(ctx context.Context, a authz.Actor, id core.ID, version int, p Part) error {
	return s.onCourse(ctx, a, id, func(t *db.Tx, c Course) error {
		p.Name = strings.TrimSpace(p.Name)
		switch {
		case p.IsLive() && p.Name == "":
			return core.Invalid("part_name", "training_part_name")
		case !p.IsLive() && slices.ContainsFunc(c.Parts, func(o Part) bool { return o.Module == p.Module }):
			return core.Invalid("module", "training_part_same")
		}
		if !p.IsLive() {
			p.Name = ""
			o, err := outline(t)
			if err != nil {
				return err
			}
			i := slices.IndexFunc(o.Modules, func(m Part) bool { return m.Module == p.Module })
			if i < 0 {
				return core.Invalid("module", "training_part_module")
			}
			if c.Published && !published(t, p.Module) {
				return core.Refuse("VOL-4", "training_module_unpublished", o.Modules[i].Name)
			}
		}
		if err := held(t, xTouch, db.Args{"id": id, "version": version}); err != nil {
			return err
		}
		return db.Do(t, xPart, db.Args{"part": db.NewID[core.ID](t), "id": id, "module": p.Module, "name": p.Name, "position": len(c.Parts) + 1})
	})
}

var qEdition = db.Q("training.edition_of", authz.Training, `SELECT l.edition FROM learning_module l WHERE l.id = :id`, db.Probe{"id": db.Theirs("learning_module")})

func published(t *db.Tx, module core.ID) bool {
	n, err := db.Count(t, qEdition, db.Args{"id": module})
	return err == nil && n > 0
}

// EndPart takes a part out; what people did of it stays. A course that is open keeps at least one (VOL-4).
func (s *Service) EndPart(ctx context.Context, a authz.Actor, id core.ID, version int, part core.ID) error {
	return s.onCourse(ctx, a, id, func(t *db.Tx, c Course) error {
		c.Parts = slices.DeleteFunc(slices.Clone(c.Parts), func(p Part) bool { return p.ID == part })
		if c.Published && len(c.Parts) == 0 {
			return core.Refuse("VOL-4", "training_course_empty")
		}
		if err := held(t, xTouch, db.Args{"id": id, "version": version}); err != nil {
			return err
		}
		return db.Do(t, xEndPart, db.Args{"id": id, "part": part})
	})
}

// MovePart puts a part one place up.
func (s *Service) MovePart(ctx context.Context, a authz.Actor, id core.ID, version int, part core.ID) error {
	return s.onCourse(ctx, a, id, func(t *db.Tx, c Course) error {
		at := slices.IndexFunc(c.Parts, func(p Part) bool { return p.ID == part })
		if at < 1 {
			return core.NotFound()
		}
		if err := held(t, xTouch, db.Args{"id": id, "version": version}); err != nil {
			return err
		}
		c.Parts[at-1], c.Parts[at] = c.Parts[at], c.Parts[at-1]
		for i, p := range c.Parts {
			if err := db.Do(t, xPlacePart, db.Args{"id": id, "part": p.ID, "position": i + 1}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Need says which courses a kind of trajectory needs; was is what the screen said (VOL-4, TRA-1).
func (s *Service) Need(ctx context.Context, a authz.Actor, kind, was string, courses []string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		all, err := Courses(t)
		if err != nil {
			return err
		}
		var needs []string
		for _, c := range all {
			if slices.Contains(courses, c.Code) {
				needs = append(needs, c.Code)
				if !c.Published {
					return core.Refuse("VOL-4", "training_course_hidden_need", c.Name)
				}
			}
		}
		return held(t, xKind, db.Args{"kind": kind, "was": was, "courses": strings.Join(needs, ",")})
	})
}

// TakeBack takes a completion away that was written down by mistake.
func (s *Service) TakeBack(ctx context.Context, a authz.Actor, v core.VolunteerID, code string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error { return db.Do(t, xTakeBack, db.Args{"id": v, "course": code}) })
}
