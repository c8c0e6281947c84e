-- +goose Up

-- TRA-1: kinds are data. Names of the shipped ones stand in the catalogue; an organisation's own carry their name here.
-- root: none
CREATE TABLE trajectory_kind (
	code TEXT PRIMARY KEY,
	name TEXT NOT NULL DEFAULT '',
	months BIGINT NOT NULL,
	max_visits BIGINT NOT NULL DEFAULT 0,
	visit_every_days BIGINT NOT NULL DEFAULT 14,
	inside BOOLEAN NOT NULL DEFAULT FALSE,
	for_children BOOLEAN NOT NULL DEFAULT TRUE,
	reports BOOLEAN NOT NULL DEFAULT TRUE,
	courses TEXT NOT NULL DEFAULT '',
	tools TEXT NOT NULL DEFAULT '',
	after_release TEXT NOT NULL DEFAULT '',
	position BIGINT NOT NULL DEFAULT 0
);

INSERT INTO trajectory_kind (code, months, max_visits, visit_every_days, inside, for_children, reports, courses, tools, after_release, position) VALUES
	('family_buddy', 6, 0, 14, FALSE, TRUE, TRUE, 'general,family_buddy', 'triptych,genogram,sociogram,network_map,step_plan', 'parent_buddy', 1),
	('accompanied_visits', 6, 6, 14, FALSE, TRUE, TRUE, 'general,accompanied_visits', '', '', 2),
	('tailored', 6, 0, 14, FALSE, TRUE, TRUE, 'general', 'triptych,genogram,sociogram,network_map,step_plan', 'parent_buddy', 3),
	('visiting_buddy', 12, 0, 14, TRUE, FALSE, TRUE, 'general,visiting_buddy', '', 'parent_buddy', 4),
	('parent_buddy', 15, 0, 7, FALSE, FALSE, TRUE, 'general,parent_buddy', 'triptych,genogram,network_map,step_plan', '', 5),
	('reintegration_buddy', 12, 0, 14, FALSE, FALSE, TRUE, 'general,parent_buddy', 'step_plan', '', 6),
	('transport', 6, 0, 31, FALSE, TRUE, FALSE, 'general', '', '', 7);

-- root: dossier
CREATE TABLE trajectory (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	intake_id BIGINT,
	kind TEXT NOT NULL REFERENCES trajectory_kind (code),
	coordinator_id BIGINT REFERENCES account (id),
	state TEXT NOT NULL,
	waiting_since TEXT,
	start_on TEXT,
	planned_end TEXT,
	ended_on TEXT,
	end_reason TEXT NOT NULL DEFAULT '',
	end_words BYTEA,
	abrupt BOOLEAN NOT NULL DEFAULT FALSE,
	visit_every_days BIGINT NOT NULL DEFAULT 14,
	max_visits BIGINT NOT NULL DEFAULT 0,
	complex BOOLEAN NOT NULL DEFAULT FALSE,
	continues_id BIGINT,
	imported BOOLEAN NOT NULL DEFAULT FALSE,
	import_key TEXT UNIQUE,
	version BIGINT NOT NULL DEFAULT 1,
	UNIQUE (dossier_id, id),
	FOREIGN KEY (dossier_id, intake_id) REFERENCES intake (dossier_id, id),
	FOREIGN KEY (dossier_id, continues_id) REFERENCES trajectory (dossier_id, id)
);
CREATE INDEX trajectory_by_coordinator ON trajectory (coordinator_id, state);
CREATE INDEX trajectory_by_start ON trajectory (start_on);
-- Whoever asks for what has not ended asks it of some families, and must not walk through those of everybody.
CREATE INDEX trajectory_by_end ON trajectory (ended_on) WHERE ended_on IS NOT NULL;

-- root: dossier
CREATE TABLE trajectory_person (
	trajectory_id BIGINT NOT NULL,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	person_id BIGINT NOT NULL,
	PRIMARY KEY (trajectory_id, person_id),
	FOREIGN KEY (dossier_id, trajectory_id) REFERENCES trajectory (dossier_id, id),
	FOREIGN KEY (dossier_id, person_id) REFERENCES person (dossier_id, id)
);
CREATE INDEX trajectory_person_by_dossier ON trajectory_person (dossier_id);

-- root: dossier
CREATE TABLE volunteer_match (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	trajectory_id BIGINT NOT NULL,
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	state TEXT NOT NULL,
	proposed_at TEXT NOT NULL,
	proposed_by BIGINT,
	agreed_at TEXT,
	introduction_on TEXT,
	introduced_on TEXT,
	accepted_on TEXT,
	ended_on TEXT,
	declined_at TEXT,
	declined_by TEXT NOT NULL DEFAULT '',
	reason BYTEA,
	double_role TEXT NOT NULL DEFAULT '',
	double_role_words BYTEA,
	imported BOOLEAN NOT NULL DEFAULT FALSE,
	FOREIGN KEY (dossier_id, trajectory_id) REFERENCES trajectory (dossier_id, id)
);
CREATE INDEX volunteer_match_by_dossier ON volunteer_match (dossier_id);
CREATE INDEX volunteer_match_by_trajectory ON volunteer_match (trajectory_id);
CREATE INDEX volunteer_match_by_volunteer ON volunteer_match (volunteer_id, state);
CREATE UNIQUE INDEX volunteer_match_once ON volunteer_match (trajectory_id, volunteer_id) WHERE ended_on IS NULL AND declined_at IS NULL;

-- root: dossier
CREATE TABLE checkpoint (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	trajectory_id BIGINT NOT NULL,
	kind TEXT NOT NULL,
	due_on TEXT NOT NULL,
	held_on TEXT,
	words BYTEA,
	account_id BIGINT,
	FOREIGN KEY (dossier_id, trajectory_id) REFERENCES trajectory (dossier_id, id)
);
CREATE INDEX checkpoint_by_dossier ON checkpoint (dossier_id);
CREATE INDEX checkpoint_by_trajectory ON checkpoint (trajectory_id);

-- root: dossier
CREATE TABLE extension (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	trajectory_id BIGINT NOT NULL,
	at TEXT NOT NULL,
	account_id BIGINT NOT NULL,
	old_end TEXT,
	new_end TEXT NOT NULL,
	reason TEXT NOT NULL,
	words BYTEA,
	FOREIGN KEY (dossier_id, trajectory_id) REFERENCES trajectory (dossier_id, id)
);
CREATE INDEX extension_by_dossier ON extension (dossier_id);

-- TRA-8: release earlier than expected asks for a choice; nothing ends by itself.
-- root: dossier
CREATE TABLE release_choice (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	trajectory_id BIGINT NOT NULL,
	detention_id BIGINT NOT NULL,
	asked_at TEXT NOT NULL,
	choice TEXT NOT NULL DEFAULT '',
	decided_at TEXT,
	decided_by BIGINT,
	words BYTEA,
	UNIQUE (trajectory_id, detention_id),
	FOREIGN KEY (dossier_id, trajectory_id) REFERENCES trajectory (dossier_id, id),
	FOREIGN KEY (dossier_id, detention_id) REFERENCES detention (dossier_id, id)
);
CREATE INDEX release_choice_by_dossier ON release_choice (dossier_id);

-- root: dossier
CREATE TABLE farewell (
	trajectory_id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	planned_on TEXT NOT NULL,
	last_visits BIGINT NOT NULL DEFAULT 0,
	held_on TEXT,
	family_mood TEXT NOT NULL DEFAULT '',
	family_words BYTEA,
	volunteer_mood TEXT NOT NULL DEFAULT '',
	volunteer_words BYTEA,
	final_report BYTEA,
	version BIGINT NOT NULL DEFAULT 1,
	FOREIGN KEY (dossier_id, trajectory_id) REFERENCES trajectory (dossier_id, id)
);
CREATE INDEX farewell_by_dossier ON farewell (dossier_id);

-- How each child is told that the volunteer will stop coming.
-- root: dossier
CREATE TABLE farewell_child (
	trajectory_id BIGINT NOT NULL,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	child_id BIGINT NOT NULL,
	words BYTEA,
	told_on TEXT,
	PRIMARY KEY (trajectory_id, child_id),
	FOREIGN KEY (dossier_id, trajectory_id) REFERENCES trajectory (dossier_id, id),
	FOREIGN KEY (dossier_id, child_id) REFERENCES person (dossier_id, id)
);
CREATE INDEX farewell_child_by_dossier ON farewell_child (dossier_id);

-- Which task of the volunteer goes to whom in the family's own network.
-- root: dossier
CREATE TABLE farewell_task (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	trajectory_id BIGINT NOT NULL,
	words BYTEA NOT NULL,
	taken_by TEXT NOT NULL DEFAULT '',
	FOREIGN KEY (dossier_id, trajectory_id) REFERENCES trajectory (dossier_id, id)
);
CREATE INDEX farewell_task_by_dossier ON farewell_task (dossier_id);

-- root: dossier
CREATE TABLE aftercare (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	trajectory_id BIGINT,
	taken_by TEXT NOT NULL,
	contact TEXT NOT NULL DEFAULT '',
	from_date TEXT NOT NULL,
	until_date TEXT,
	FOREIGN KEY (dossier_id, trajectory_id) REFERENCES trajectory (dossier_id, id)
);
CREATE INDEX aftercare_by_dossier ON aftercare (dossier_id);

-- root: dossier
CREATE TABLE step (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	trajectory_id BIGINT NOT NULL,
	month BIGINT NOT NULL,
	who TEXT NOT NULL DEFAULT '',
	what BYTEA NOT NULL,
	done_on TEXT,
	version BIGINT NOT NULL DEFAULT 1,
	FOREIGN KEY (dossier_id, trajectory_id) REFERENCES trajectory (dossier_id, id)
);
CREATE INDEX step_by_dossier ON step (dossier_id);
