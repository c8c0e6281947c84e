-- +goose Up

-- root: dossier
CREATE TABLE visit (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	trajectory_id BIGINT NOT NULL,
	volunteer_id BIGINT REFERENCES volunteer (id),
	state TEXT NOT NULL,
	planned_at TEXT,
	held_at TEXT,
	minutes BIGINT NOT NULL DEFAULT 0,
	km BIGINT NOT NULL DEFAULT 0,
	place TEXT NOT NULL DEFAULT '',
	tools TEXT NOT NULL DEFAULT '',
	imported BOOLEAN NOT NULL DEFAULT FALSE,
	import_key TEXT UNIQUE,
	version BIGINT NOT NULL DEFAULT 1,
	UNIQUE (dossier_id, id),
	FOREIGN KEY (dossier_id, trajectory_id) REFERENCES trajectory (dossier_id, id)
);
CREATE INDEX visit_by_dossier ON visit (dossier_id, held_at);
CREATE INDEX visit_by_trajectory ON visit (trajectory_id, held_at);
CREATE INDEX visit_by_volunteer ON visit (volunteer_id, state, planned_at);
CREATE INDEX visit_by_held ON visit (held_at);

-- root: dossier
CREATE TABLE visit_person (
	visit_id BIGINT NOT NULL,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	person_id BIGINT NOT NULL,
	PRIMARY KEY (visit_id, person_id),
	FOREIGN KEY (dossier_id, visit_id) REFERENCES visit (dossier_id, id),
	FOREIGN KEY (dossier_id, person_id) REFERENCES person (dossier_id, id)
);
CREATE INDEX visit_person_by_dossier ON visit_person (dossier_id);

-- TRA-6. One report belongs to one visit; a draft lives here from the first word on.
-- root: dossier
CREATE TABLE visit_report (
	visit_id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	state TEXT NOT NULL,
	activities TEXT NOT NULL DEFAULT '',
	mood TEXT NOT NULL DEFAULT '',
	words BYTEA,
	agreed BYTEA,
	boundary BYTEA,
	step_plan_touched BOOLEAN NOT NULL DEFAULT FALSE,
	genogram TEXT NOT NULL DEFAULT '',
	opened BOOLEAN NOT NULL DEFAULT FALSE,
	saved_at TEXT NOT NULL,
	done_at TEXT,
	version BIGINT NOT NULL DEFAULT 1,
	FOREIGN KEY (dossier_id, visit_id) REFERENCES visit (dossier_id, id)
);
CREATE INDEX visit_report_by_dossier ON visit_report (dossier_id);
CREATE INDEX visit_report_by_volunteer ON visit_report (volunteer_id, state);

-- A save that arrives twice is answered twice and done once.
-- root: dossier
CREATE TABLE report_save (
	key TEXT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	visit_id BIGINT NOT NULL,
	version BIGINT NOT NULL,
	at TEXT NOT NULL,
	FOREIGN KEY (dossier_id, visit_id) REFERENCES visit (dossier_id, id)
);
CREATE INDEX report_save_by_dossier ON report_save (dossier_id);

-- SIG-1..3. Who raised it is read by the dossier's coordinators alone (SIG-5).
-- root: dossier
CREATE TABLE signal (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	trajectory_id BIGINT NOT NULL,
	volunteer_id BIGINT REFERENCES volunteer (id),
	raised_by BIGINT REFERENCES account (id),
	raised_at TEXT NOT NULL,
	urgency TEXT NOT NULL,
	saw BYTEA,
	thinks BYTEA,
	answer_before TEXT NOT NULL,
	answered_at TEXT,
	answered_by BIGINT,
	outcome TEXT NOT NULL DEFAULT '',
	to_backup_at TEXT,
	to_leader_at TEXT,
	imported BOOLEAN NOT NULL DEFAULT FALSE,
	import_key TEXT UNIQUE,
	version BIGINT NOT NULL DEFAULT 1,
	UNIQUE (dossier_id, id),
	FOREIGN KEY (dossier_id, trajectory_id) REFERENCES trajectory (dossier_id, id)
);
CREATE INDEX signal_by_volunteer ON signal (volunteer_id, raised_at);
CREATE INDEX signal_waiting ON signal (answer_before) WHERE answered_at IS NULL;

-- Every answer stays; "not enough" asks for another one.
-- root: dossier
CREATE TABLE signal_answer (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	signal_id BIGINT NOT NULL REFERENCES signal (id),
	at TEXT NOT NULL,
	account_id BIGINT NOT NULL,
	outcome TEXT NOT NULL,
	needed BYTEA,
	words BYTEA,
	read_at TEXT,
	not_enough_at TEXT,
	not_enough BYTEA
);
CREATE INDEX signal_answer_by_dossier ON signal_answer (dossier_id);
CREATE INDEX signal_answer_by_signal ON signal_answer (signal_id, at);

-- What waits for somebody. The worklist is this table; a capability opens a task and closes it by its key.
-- root: task
CREATE TABLE task (
	id BIGINT PRIMARY KEY,
	key TEXT NOT NULL UNIQUE,
	account_id BIGINT NOT NULL REFERENCES account (id),
	kind TEXT NOT NULL,
	urgency BIGINT NOT NULL DEFAULT 1,
	due_at TEXT NOT NULL,
	show_from TEXT NOT NULL DEFAULT '',
	dossier_id BIGINT REFERENCES dossier (id),
	referral_id BIGINT REFERENCES referral (id),
	volunteer_id BIGINT REFERENCES volunteer (id),
	subject_id BIGINT NOT NULL DEFAULT 0,
	created_at TEXT NOT NULL,
	done_at TEXT,
	done_by BIGINT
);
CREATE INDEX task_waiting ON task (account_id, urgency, due_at) WHERE done_at IS NULL;
CREATE INDEX task_by_dossier ON task (dossier_id) WHERE done_at IS NULL;
CREATE INDEX task_by_subject ON task (subject_id, kind) WHERE done_at IS NULL;
CREATE INDEX task_by_due ON task (due_at) WHERE done_at IS NULL;
