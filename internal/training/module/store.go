package module

import (
	"encoding/json"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/training"
)

const columns = `l.id, l.name, l.name_en, l.edition, l.version, l.pages, COALESCE(e.pages, '') FROM learning_module l
	LEFT JOIN module_edition e ON e.module_id = l.id AND e.number = l.edition`

var (
	qAll  = db.Q("module.all", authz.Training, `SELECT `+columns+` ORDER BY l.name, l.id`, db.Probe{})
	qOne  = db.Q("module.one", authz.Training, `SELECT `+columns+` WHERE l.id = :id`, db.Probe{"id": db.Theirs("learning_module")})
	xMake = db.X("module.make", authz.Training, `INSERT INTO learning_module (id, name, name_en) VALUES (:id, :name, :en)`,
		db.Probe{"id": db.Ours("learning_module_made"), "name": "n", "en": ""})
	xWrite = db.X("module.write", authz.Training, `UPDATE learning_module SET name = :name, name_en = :en, pages = :pages, version = version + 1
		WHERE id = :id AND version = :version`, db.Probe{"id": db.Theirs("learning_module"), "name": "n", "en": "", "pages": "[]", "version": 1})
	xEdition = db.X("module.publish", authz.Training, `INSERT INTO module_edition (id, module_id, number, name, name_en, pages, published_at)
		SELECT :row, l.id, l.edition + 1, l.name, l.name_en, l.pages, CAST(:now AS TEXT) FROM learning_module l WHERE l.id = :id AND l.version = :version`,
		db.Probe{"row": db.Ours("module_edition_made"), "id": db.Theirs("learning_module"), "version": 1})
	xNumber = db.X("module.number", authz.Training, `UPDATE learning_module SET edition = edition + 1, version = version + 1 WHERE id = :id AND version = :version`,
		db.Probe{"id": db.Theirs("learning_module"), "version": 1})

	qEdition = db.Q("module.edition", authz.Training, `SELECT e.id, e.name, e.name_en, e.pages FROM learning_module l
		JOIN module_edition e ON e.module_id = l.id AND e.number = l.edition WHERE l.id = :id`, db.Probe{"id": db.Theirs("learning_module")})
	qProgress = db.Q("module.progress", authz.Learning, `SELECT g.id, g.page, g.finished_on, e.name, e.name_en, e.pages FROM visible_volunteer v
		JOIN module_progress g ON g.volunteer_id = v.id JOIN module_edition e ON e.id = g.edition_id WHERE v.id = :volunteer AND g.module_id = :id
		ORDER BY CASE WHEN g.finished_on IS NULL THEN 0 ELSE 1 END, g.finished_on DESC, g.id LIMIT 1`, db.Probe{"id": db.Theirs("learning_module")})
	xBegin = db.X("module.begin", authz.Learning, `INSERT INTO module_progress (id, volunteer_id, module_id, edition_id, started_on)
		SELECT :row, v.id, CAST(:id AS BIGINT), CAST(:edition AS BIGINT), CAST(:today AS TEXT) FROM visible_volunteer v WHERE v.id = :volunteer`,
		db.Probe{"row": db.Ours("module_progress_made"), "id": db.Theirs("learning_module"), "edition": db.Theirs("module_edition")})
	xReach = db.X("module.reach", authz.Learning, `UPDATE module_progress SET page = :page, version = version + 1 WHERE id = :progress AND page < :page
		AND finished_on IS NULL AND volunteer_id IN (SELECT s.id FROM visible_volunteer s WHERE s.id = :volunteer)`,
		db.Probe{"progress": db.Theirs("module_progress"), "page": 2})
	xFinish = db.X("module.finish", authz.Learning, `UPDATE module_progress SET finished_on = :today, version = version + 1 WHERE id = :progress
		AND finished_on IS NULL AND volunteer_id IN (SELECT s.id FROM visible_volunteer s WHERE s.id = :volunteer)`, db.Probe{"progress": db.Theirs("module_progress")})

	qAnswers = db.Q("module.answers", authz.OwnAnswers, `SELECT a.id, a.page, a.words FROM visible_volunteer v JOIN module_answer a ON a.volunteer_id = v.id
		WHERE v.id = :volunteer AND a.progress_id = :progress`, db.Probe{"progress": db.Theirs("module_progress")})
	xForget = db.X("module.forget", authz.OwnAnswers, `DELETE FROM module_answer WHERE progress_id = :progress AND page = :page
		AND volunteer_id IN (SELECT s.id FROM visible_volunteer s WHERE s.id = :volunteer)`, db.Probe{"progress": db.Theirs("module_progress"), "page": 1})
	xAnswer = db.X("module.answer", authz.OwnAnswers, `INSERT INTO module_answer (id, progress_id, volunteer_id, page, words)
		SELECT :row, g.id, v.id, CAST(:page AS BIGINT), :words FROM visible_volunteer v JOIN module_progress g ON g.volunteer_id = v.id
		WHERE v.id = :volunteer AND g.id = :progress AND g.finished_on IS NULL`,
		db.Probe{"row": db.Ours("module_answer_made"), "progress": db.Theirs("module_progress"), "page": 7, "words": nil})
)

type row struct {
	Module
	pages, edition string
}

func (r *row) columns() []any {
	return []any{&r.ID, &r.Name.NL, &r.Name.EN, &r.Edition, &r.Version, &r.pages, &r.edition}
}

// pagesOf reads pages as they are kept; writing and reading are ours alone.
func pagesOf(kept string) (pages []Page, err error) {
	err = json.Unmarshal([]byte(kept), &pages)
	return pages, err
}

func (r row) module() (Module, error) {
	pages, err := pagesOf(r.pages)
	r.Pages, r.Changed = pages, r.pages != r.edition
	return r.Module, err
}

func load(t *db.Tx, id core.ID) (Module, error) {
	r, err := db.One(t, qOne, db.Args{"id": id}, (*row).columns)
	if err != nil {
		return Module{}, err
	}
	return r.module()
}

func write(t *db.Tx, m Module, version int) error {
	kept, err := json.Marshal(m.Pages)
	if err != nil {
		return err
	}
	n, err := db.Exec(t, xWrite, db.Args{"id": m.ID, "name": m.Name.NL, "en": m.Name.EN, "pages": string(kept), "version": version})
	if err == nil && n == 0 {
		err = core.Conflict("module_changed")
	}
	return err
}

// reading is where the actor is in a module, or what she would begin.
func reading(t *db.Tx, id core.ID) (r Reading, edition core.ID, err error) {
	r = Reading{Module: id}
	var kept string
	one, found, err := db.Maybe(t, qProgress, db.Args{"id": id}, func(x *Reading) []any {
		return []any{&x.progress, &x.Page, &x.Finished, &x.Name.NL, &x.Name.EN, &kept}
	})
	if err != nil {
		return r, 0, err
	}
	if found {
		one.Module = id
		r = one
	} else if edition, err = db.One(t, qEdition, db.Args{"id": id}, func(x *core.ID) []any { return []any{x, &r.Name.NL, &r.Name.EN, &kept} }); err != nil {
		return r, 0, err
	}
	if r.Pages, err = pagesOf(kept); err != nil || !found {
		return r, edition, err
	}
	r.Answers, err = answers(t, r.progress)
	return r, edition, err
}

func answers(t *db.Tx, progress core.ID) (map[int]string, error) {
	type one struct {
		id     core.ID
		page   int
		sealed []byte
	}
	all, err := db.All(t, qAnswers, db.Args{"progress": progress}, func(a *one) []any { return []any{&a.id, &a.page, &a.sealed} })
	out := map[int]string{}
	for _, a := range all {
		if err == nil {
			out[a.page], err = training.OpenAnswer(t, a.id, a.sealed)
		}
	}
	return out, err
}
