package training

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/task"
)

// day is a part, or a course by its code, and when it was done.
type day struct {
	part core.ID
	code string
	on   core.Date
}

// partsDone reads when a volunteer last did each part.
func partsDone(t *db.Tx, v core.VolunteerID) (map[core.ID]core.Date, error) {
	out := map[core.ID]core.Date{}
	for _, q := range []*db.Query{qAttended, qRead} {
		all, err := db.All(t, q, db.Args{"id": v}, func(d *day) []any { return []any{&d.part, &d.on} })
		if err != nil {
			return nil, err
		}
		for _, d := range all {
			if d.on.After(out[d.part]) {
				out[d.part] = d.on
			}
		}
	}
	return out, nil
}

// completed reads when a volunteer completed each course, by its code.
func completed(t *db.Tx, v core.VolunteerID) (map[string]core.Date, []string, error) {
	out, order := map[string]core.Date{}, []string(nil)
	all, err := db.All(t, qCompleted, db.Args{"id": v}, func(d *day) []any { return []any{&d.code, &d.on} })
	for _, d := range all {
		out[d.code] = d.on
		order = append(order, d.code)
	}
	return out, order, err
}

// ModuleFinished completes the courses to which a module was the last that lacked (VOL-4).
func ModuleFinished(t *db.Tx, v core.VolunteerID, module core.ID) error {
	return complete(t, v, func(p Part) bool { return p.Module == module })
}

// complete looks at the courses of which something was just done, and notes those that are complete with it.
func complete(t *db.Tx, v core.VolunteerID, just func(Part) bool) error {
	all, err := Courses(t)
	if err != nil {
		return err
	}
	done, err := partsDone(t, v)
	if err != nil {
		return err
	}
	had, _, err := completed(t, v)
	if err != nil {
		return err
	}
	for _, c := range all {
		if !c.Published || !slices.ContainsFunc(c.Parts, just) {
			continue
		}
		on, all := CompletedOn(c.Parts, done, had[c.Code])
		if !all {
			continue
		}
		if _, err := db.Exec(t, xComplete, db.Args{"id": v, "course": c.Code, "on": on}); err != nil {
			return err
		}
		if err := task.Done(t, refreshKey(c.Code, v)); err != nil {
			return err
		}
	}
	return nil
}
