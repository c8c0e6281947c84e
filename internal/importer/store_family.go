package importer

import "maatje/internal/db"

// Families.
var (
	familyArgs = db.Probe{"dossier": dossier, "name": "", "fold": "", "municipality": nil, "key": "probe"}

	xAddFamily = write("add_family", `INSERT INTO dossier (id, name, name_fold, municipality_id, state, state_since, opened_at, imported, import_key)
		VALUES (:dossier, :name, :fold, :municipality, 'intake', :today, :now, TRUE, :key)`, familyArgs)
	xFamily = write("change_family", `UPDATE dossier SET name = :name, name_fold = :fold, municipality_id = :municipality, version = version + 1
		WHERE id = :dossier AND import_key = :key`, familyArgs)

	qPeople = read("people", `SELECT id, import_key, name, is_child, is_parent, birth FROM person WHERE dossier_id = :dossier AND import_key <> '' ORDER BY id`, ofDossier)

	personArgs = db.Probe{"row": theirs, "dossier": dossier, "name": "", "fold": "", "birth": nil, "sex": "", "child": true, "parent": false,
		"caregiver": false, "relation": "", "key": "probe"}

	xAddPerson = write("add_person", `INSERT INTO person (id, dossier_id, name, name_fold, birth, sex, is_child, is_parent, is_caregiver, relation, import_key)
		VALUES (:row, :dossier, :name, :fold, :birth, :sex, :child, :parent, :caregiver, :relation, :key)`, personArgs)
	xPerson = write("change_person", `UPDATE person SET name = :name, name_fold = :fold, birth = :birth, sex = :sex, is_child = :child, is_parent = :parent,
		is_caregiver = :caregiver, relation = :relation, version = version + 1 WHERE id = :row AND dossier_id = :dossier AND import_key = :key`, personArgs)
	xForgetWords = write("forget_words", `DELETE FROM name_word WHERE person_id = :row`, db.Probe{"row": theirs})
	xWord        = write("add_word", `INSERT INTO name_word (word, person_id, dossier_id) VALUES (:word, :row, :dossier) ON CONFLICT (word, person_id) DO NOTHING`,
		db.Probe{"word": "probe", "row": theirs, "dossier": dossier})
	xParentage = write("add_parentage", `INSERT INTO parentage (dossier_id, parent_id, child_id) VALUES (:dossier, :parent, :child) ON CONFLICT (parent_id, child_id) DO NOTHING`,
		db.Probe{"dossier": dossier, "parent": theirs, "child": theirs})

	qDetention = read("detention", `SELECT id, dossier_id FROM detention WHERE parent_id = :parent ORDER BY id LIMIT 1`, db.Probe{"parent": theirs})

	detentionArgs = db.Probe{"row": db.Theirs("detention"), "dossier": dossier, "parent": theirs, "from": nil, "expected": nil, "released": nil}

	xAddDetention = write("add_detention", `INSERT INTO detention (id, dossier_id, parent_id, from_date, expected_until, released_on)
		VALUES (:row, :dossier, :parent, :from, :expected, :released)`, detentionArgs)
	xDetention = write("change_detention", `UPDATE detention SET from_date = :from, expected_until = :expected, released_on = :released, version = version + 1
		WHERE id = :row AND dossier_id = :dossier AND parent_id = :parent`, detentionArgs)

	placementArgs = db.Probe{"row": db.Theirs("detention"), "dossier": dossier, "facility": db.Theirs("facility"), "from": nil, "until": nil}

	xPlacement = write("change_placement", `UPDATE placement SET facility_id = :facility, from_date = :from, until_date = :until, version = version + 1
		WHERE detention_id = :row AND dossier_id = :dossier AND confirmed_by IS NULL`, placementArgs)
	xAddPlacement = write("add_placement", `INSERT INTO placement (id, dossier_id, detention_id, facility_id, from_date, until_date)
		VALUES (:id, :dossier, :row, :facility, :from, :until)`, with(placementArgs, db.Probe{"id": db.Ours("placement")}))
)

// Where a family stands, from what came in.
var (
	qStanding = read("standing", `SELECT
			(SELECT COUNT(*) FROM trajectory t WHERE t.dossier_id = d.id AND t.ended_on IS NULL),
			(SELECT COUNT(*) FROM trajectory t WHERE t.dossier_id = d.id),
			(SELECT COUNT(*) FROM intake i WHERE i.dossier_id = d.id AND i.outcome IN ('', 'keep_open')),
			(SELECT COUNT(*) FROM intake i WHERE i.dossier_id = d.id),
			(SELECT MAX(i.decided_on) FROM intake i WHERE i.dossier_id = d.id AND i.outcome = 'start'),
			(SELECT MAX(i.decided_on) FROM intake i WHERE i.dossier_id = d.id),
			(SELECT MAX(t.ended_on) FROM trajectory t WHERE t.dossier_id = d.id),
			(SELECT MIN(t.start_on) FROM trajectory t WHERE t.dossier_id = d.id),
			(SELECT MIN(i.opened_on) FROM intake i WHERE i.dossier_id = d.id),
			(SELECT MIN(r.received_at) FROM referral r WHERE r.dossier_id = d.id),
			COALESCE((SELECT t.coordinator_id FROM trajectory t WHERE t.dossier_id = d.id AND t.coordinator_id IS NOT NULL ORDER BY t.start_on DESC, t.id LIMIT 1),
				(SELECT i.coordinator_id FROM intake i WHERE i.dossier_id = d.id AND i.coordinator_id IS NOT NULL ORDER BY i.opened_on DESC, i.id LIMIT 1)),
			d.opened_at, CASE WHEN d.municipality_id IS NULL THEN 1 ELSE 0 END
		FROM dossier d WHERE d.id = :dossier AND d.imported`, ofDossier)
	xStanding = write("settle", `UPDATE dossier SET state = :state, state_since = :since, opened_at = :opened, closed_on = :closed,
		coordinator_id = COALESCE(coordinator_id, CAST(:coordinator AS BIGINT)) WHERE id = :dossier AND imported`,
		db.Probe{"dossier": dossier, "state": "intake", "since": day, "opened": noInstants, "closed": nil, "coordinator": nil})
)
