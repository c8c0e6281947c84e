package training

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

var (
	qCourses = db.Q("training.courses", authz.Training, `SELECT c.id, c.code, c.name, c.purpose, c.months, c.published, c.version FROM course c ORDER BY c.position, c.id`,
		db.Probe{})
	qParts = db.Q("training.parts", authz.Training, `SELECT p.id, p.course_id, p.module_id, p.code, COALESCE(l.name, p.name), COALESCE(l.name_en, ''), COALESCE(l.edition, 0) > 0
		FROM course_part p LEFT JOIN learning_module l ON l.id = p.module_id WHERE p.ended_on IS NULL ORDER BY p.course_id, p.position, p.id`, db.Probe{})
	qModules = db.Q("training.modules", authz.Training, `SELECT l.id, l.name FROM learning_module l ORDER BY l.name, l.id`, db.Probe{})
	qKinds   = db.Q("training.kinds", authz.Training, `SELECT k.code, k.name, k.courses FROM trajectory_kind k ORDER BY k.position, k.code`, db.Probe{})

	xCourse = db.X("training.add_course", authz.Training, `INSERT INTO course (id, code, name, purpose, months, position) VALUES (:id, :code, :name, :purpose, :months, :position)`,
		db.Probe{"id": db.Ours("course_made"), "code": "new", "name": "", "purpose": "", "months": 0, "position": 9})
	xCourseChange = db.X("training.change_course", authz.Training, `UPDATE course SET name = :name, purpose = :purpose, months = :months, version = version + 1
		WHERE id = :id AND version = :version`, db.Probe{"id": db.Theirs("course"), "name": "", "purpose": "", "months": 0, "version": 1})
	xPublish = db.X("training.publish_course", authz.Training, `UPDATE course SET published = :published, version = version + 1 WHERE id = :id AND version = :version`,
		db.Probe{"id": db.Theirs("course"), "published": true, "version": 1})
	xTouch = db.X("training.touch_course", authz.Training, `UPDATE course SET version = version + 1 WHERE id = :id AND version = :version`,
		db.Probe{"id": db.Theirs("course"), "version": 1})
	xPart = db.X("training.add_part", authz.Training, `INSERT INTO course_part (id, course_id, module_id, name, position) VALUES (:part, :id, :module, :name, :position)`,
		db.Probe{"part": db.Ours("course_part_made"), "id": 1, "module": nil, "name": "", "position": 1})
	xEndPart = db.X("training.end_part", authz.Training, `UPDATE course_part SET ended_on = :today WHERE id = :part AND course_id = :id AND ended_on IS NULL`,
		db.Probe{"part": db.Theirs("course_part"), "id": db.Theirs("course")})
	xPlacePart = db.X("training.place_part", authz.Training, `UPDATE course_part SET position = :position WHERE id = :part AND course_id = :id AND ended_on IS NULL`,
		db.Probe{"part": db.Theirs("course_part"), "id": db.Theirs("course"), "position": 1})
	xKind = db.X("training.kind_needs", authz.Training, `UPDATE trajectory_kind SET courses = :courses WHERE code = :kind AND courses = :was`,
		db.Probe{"kind": "family_buddy", "courses": "", "was": ""})
)

// Courses reads every course with its parts.
func Courses(t *db.Tx) ([]Course, error) {
	all, err := db.All(t, qCourses, nil, func(c *Course) []any {
		return []any{&c.ID, &c.Code, &c.Name, &c.Purpose, &c.Months, &c.Published, &c.Version}
	})
	if err != nil {
		return nil, err
	}
	parts, err := db.All(t, qParts, nil, func(p *Part) []any {
		return []any{&p.ID, &p.Course, &p.Module, &p.Code, &p.Name, &p.NameEN, &p.Readable}
	})
	for i := range all {
		for _, p := range parts {
			if p.Course == all[i].ID {
				all[i].Parts = append(all[i].Parts, p)
			}
		}
	}
	return all, err
}

func course(t *db.Tx, id core.ID) (Course, error) {
	all, err := Courses(t)
	if err != nil {
		return Course{}, err
	}
	for _, c := range all {
		if c.ID == id {
			return c, nil
		}
	}
	return Course{}, core.NotFound()
}
