package importer

import "maatje/internal/db"

// Trajectories, visits, signals.
var (
	trajectoryArgs = db.Probe{"row": db.Theirs("trajectory"), "dossier": dossier, "kind": "family_buddy", "coordinator": nil, "state": "running", "start": day,
		"planned": nil, "ended": nil, "reason": "", "abrupt": false, "key": "probe"}

	xAddTrajectory = write("add_trajectory", `INSERT INTO trajectory (id, dossier_id, kind, coordinator_id, state, start_on, planned_end, ended_on, end_reason, abrupt,
			visit_every_days, max_visits, imported, import_key)
		SELECT CAST(:row AS BIGINT), CAST(:dossier AS BIGINT), k.code, CAST(:coordinator AS BIGINT), CAST(:state AS TEXT), CAST(:start AS TEXT), CAST(:planned AS TEXT),
			CAST(:ended AS TEXT), CAST(:reason AS TEXT), CAST(:abrupt AS BOOLEAN), k.visit_every_days, k.max_visits, TRUE, CAST(:key AS TEXT)
		FROM trajectory_kind k WHERE k.code = :kind`, trajectoryArgs)
	xTrajectory = write("change_trajectory", `UPDATE trajectory SET dossier_id = :dossier, kind = :kind, coordinator_id = :coordinator, state = :state, start_on = :start,
		planned_end = :planned, ended_on = :ended, end_reason = :reason, abrupt = :abrupt, version = version + 1 WHERE id = :row AND import_key = :key`, trajectoryArgs)
	qForChildren  = read("for_children", `SELECT CASE WHEN for_children THEN 1 ELSE 0 END FROM trajectory_kind WHERE code = :kind`, db.Probe{"kind": "family_buddy"})
	xForgetPeople = write("forget_trajectory_people", `DELETE FROM trajectory_person WHERE trajectory_id = :row`, db.Probe{"row": db.Theirs("trajectory")})
	xSupported    = write("add_trajectory_person", `INSERT INTO trajectory_person (trajectory_id, dossier_id, person_id) VALUES (:row, :dossier, :person)`,
		db.Probe{"row": db.Theirs("trajectory"), "dossier": dossier, "person": theirs})
	// The parent a trajectory is about is the detained one, also when nothing more is known of the detention.
	xDetained = write("add_bare_detention", `INSERT INTO detention (id, dossier_id, parent_id) SELECT CAST(:id AS BIGINT), p.dossier_id, p.id FROM person p
		WHERE p.id = :person AND p.is_parent AND NOT EXISTS (SELECT 1 FROM detention x WHERE x.parent_id = p.id)`,
		db.Probe{"id": db.Ours("detention"), "person": theirs})
	xIntakeOf = write("trajectory_intake", `UPDATE trajectory SET intake_id = (SELECT MAX(i.id) FROM intake i WHERE i.dossier_id = :dossier AND i.outcome = 'start'
		AND i.decided_on <= :start) WHERE id = :row AND intake_id IS NULL`, db.Probe{"row": db.Theirs("trajectory"), "dossier": dossier, "start": day})

	matchArgs = db.Probe{"row": db.Theirs("trajectory"), "dossier": dossier, "who": db.Theirs("volunteer"), "state": "accepted", "start": day, "ended": nil}

	xMatch = write("change_match", `UPDATE volunteer_match SET dossier_id = :dossier, volunteer_id = :who, state = :state, introduced_on = :start, accepted_on = :start,
		ended_on = :ended WHERE trajectory_id = :row AND imported`, matchArgs)
	xAddMatch = write("add_match", `INSERT INTO volunteer_match (id, dossier_id, trajectory_id, volunteer_id, state, proposed_at, agreed_at, introduced_on, accepted_on, ended_on, imported)
		VALUES (:id, :dossier, :row, :who, :state, :proposed, :proposed, :start, :start, :ended, TRUE)`,
		with(matchArgs, db.Probe{"id": db.Ours("volunteer_match"), "proposed": noInstants}))
	qMatched = read("matched", `SELECT m.volunteer_id, m.dossier_id FROM volunteer_match m WHERE m.trajectory_id = :row AND m.imported ORDER BY m.id LIMIT 1`,
		db.Probe{"row": db.Theirs("trajectory")})

	visitArgs = db.Probe{"row": db.Theirs("visit"), "dossier": dossier, "trajectory": db.Theirs("trajectory"), "who": nil, "held": noInstants, "minutes": 1, "km": 1,
		"tools": "", "key": "probe"}

	xAddVisit = write("add_visit", `INSERT INTO visit (id, dossier_id, trajectory_id, volunteer_id, state, held_at, minutes, km, tools, imported, import_key)
		VALUES (:row, :dossier, :trajectory, :who, 'held', :held, :minutes, :km, :tools, TRUE, :key)`, visitArgs)
	xVisit = write("change_visit", `UPDATE visit SET dossier_id = :dossier, trajectory_id = :trajectory, volunteer_id = :who, held_at = :held, minutes = :minutes, km = :km,
		tools = :tools, version = version + 1 WHERE id = :row AND import_key = :key`, visitArgs)
	xForgetPresent = write("forget_present", `DELETE FROM visit_person WHERE visit_id = :row`, db.Probe{"row": db.Theirs("visit")})
	xPresent       = write("add_present", `INSERT INTO visit_person (visit_id, dossier_id, person_id) VALUES (:row, :dossier, :person)`,
		db.Probe{"row": db.Theirs("visit"), "dossier": dossier, "person": theirs})

	signalArgs = db.Probe{"row": db.Theirs("signal"), "dossier": dossier, "trajectory": db.Theirs("trajectory"), "who": nil, "raised": noInstants, "urgency": "week",
		"before": noInstants, "answered": nil, "outcome": "", "key": "probe"}

	xAddSignal = write("add_signal", `INSERT INTO signal (id, dossier_id, trajectory_id, volunteer_id, raised_at, urgency, answer_before, answered_at, outcome, imported, import_key)
		VALUES (:row, :dossier, :trajectory, :who, :raised, :urgency, :before, :answered, :outcome, TRUE, :key)`, signalArgs)
	xSignal = write("change_signal", `UPDATE signal SET dossier_id = :dossier, trajectory_id = :trajectory, volunteer_id = :who, raised_at = :raised, urgency = :urgency,
		answer_before = :before, answered_at = :answered, outcome = :outcome, version = version + 1 WHERE id = :row AND import_key = :key`, signalArgs)
)
