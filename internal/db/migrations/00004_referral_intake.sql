-- +goose Up

-- A referral stands before the dossier; its narrative is sealed under a key of its own (owner: the referral).
-- root: referral
CREATE TABLE referral (
	id BIGINT PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	received_at TEXT NOT NULL,
	channel TEXT NOT NULL,
	referrer TEXT NOT NULL DEFAULT '',
	referrer_organisation TEXT NOT NULL DEFAULT '',
	referrer_phone TEXT NOT NULL DEFAULT '',
	referrer_email TEXT NOT NULL DEFAULT '',
	municipality_id BIGINT REFERENCES municipality (id),
	facility_id BIGINT REFERENCES facility (id),
	municipality_name TEXT NOT NULL DEFAULT '',
	facility_name TEXT NOT NULL DEFAULT '',
	parent_name TEXT NOT NULL DEFAULT '',
	parent_fold TEXT NOT NULL DEFAULT '',
	parent_birth TEXT,
	parent_sex TEXT NOT NULL DEFAULT '',
	caregiver_name TEXT NOT NULL DEFAULT '',
	caregiver_fold TEXT NOT NULL DEFAULT '',
	caregiver_relation TEXT NOT NULL DEFAULT '',
	caregiver_phone TEXT NOT NULL DEFAULT '',
	words BYTEA,
	state TEXT NOT NULL,
	coordinator_id BIGINT REFERENCES account (id),
	dossier_id BIGINT REFERENCES dossier (id),
	answer_before TEXT,
	answered_at TEXT,
	answered_by BIGINT REFERENCES account (id),
	reasons TEXT NOT NULL DEFAULT '',
	answer BYTEA,
	form_token TEXT UNIQUE,
	imported BOOLEAN NOT NULL DEFAULT FALSE,
	import_key TEXT UNIQUE,
	version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX referral_by_municipality ON referral (municipality_id, state);
CREATE INDEX referral_by_facility ON referral (facility_id, state);
CREATE INDEX referral_by_coordinator ON referral (coordinator_id, state);
CREATE INDEX referral_by_dossier ON referral (dossier_id);
CREATE INDEX referral_by_received ON referral (received_at);
CREATE INDEX referral_by_parent ON referral (parent_fold);

-- root: referral
CREATE TABLE referral_child (
	id BIGINT PRIMARY KEY,
	referral_id BIGINT NOT NULL REFERENCES referral (id),
	name TEXT NOT NULL DEFAULT '',
	name_fold TEXT NOT NULL DEFAULT '',
	birth TEXT,
	sex TEXT NOT NULL DEFAULT ''
);
CREATE INDEX referral_child_by_referral ON referral_child (referral_id);
CREATE INDEX referral_child_by_birth ON referral_child (birth);

-- root: dossier
CREATE TABLE intake (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	referral_id BIGINT REFERENCES referral (id),
	coordinator_id BIGINT REFERENCES account (id),
	opened_on TEXT NOT NULL,
	decided_on TEXT,
	decided_by BIGINT REFERENCES account (id),
	outcome TEXT NOT NULL DEFAULT '',
	decision_words BYTEA,
	added_value BYTEA,
	imported BOOLEAN NOT NULL DEFAULT FALSE,
	import_key TEXT UNIQUE,
	version BIGINT NOT NULL DEFAULT 1,
	UNIQUE (dossier_id, id)
);
CREATE INDEX intake_by_decision ON intake (decided_on, outcome);

-- root: dossier
CREATE TABLE intake_reason (
	intake_id BIGINT NOT NULL,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	reason TEXT NOT NULL,
	position BIGINT NOT NULL,
	PRIMARY KEY (intake_id, reason),
	FOREIGN KEY (dossier_id, intake_id) REFERENCES intake (dossier_id, id)
);
CREATE INDEX intake_reason_by_dossier ON intake_reason (dossier_id);

-- root: dossier
CREATE TABLE intake_talk (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	intake_id BIGINT NOT NULL,
	held_on TEXT NOT NULL,
	with_group TEXT NOT NULL,
	person_id BIGINT,
	place TEXT NOT NULL DEFAULT '',
	minutes BIGINT NOT NULL DEFAULT 0,
	said BYTEA,
	next_step BYTEA,
	account_id BIGINT,
	FOREIGN KEY (dossier_id, intake_id) REFERENCES intake (dossier_id, id),
	FOREIGN KEY (dossier_id, person_id) REFERENCES person (dossier_id, id)
);
CREATE INDEX intake_talk_by_dossier ON intake_talk (dossier_id);
CREATE INDEX intake_talk_by_intake ON intake_talk (intake_id);

-- root: dossier
CREATE TABLE support_question (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	intake_id BIGINT NOT NULL,
	person_id BIGINT,
	person_group TEXT NOT NULL,
	need TEXT NOT NULL DEFAULT '',
	hidden BOOLEAN NOT NULL DEFAULT FALSE,
	words BYTEA,
	FOREIGN KEY (dossier_id, intake_id) REFERENCES intake (dossier_id, id),
	FOREIGN KEY (dossier_id, person_id) REFERENCES person (dossier_id, id)
);
CREATE INDEX support_question_by_dossier ON support_question (dossier_id);

-- root: dossier
CREATE TABLE follow_up (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	intake_id BIGINT NOT NULL,
	due_on TEXT NOT NULL,
	person_id BIGINT,
	with_group TEXT NOT NULL DEFAULT '',
	try_words BYTEA,
	done_on TEXT,
	outcome_words BYTEA,
	FOREIGN KEY (dossier_id, intake_id) REFERENCES intake (dossier_id, id),
	FOREIGN KEY (dossier_id, person_id) REFERENCES person (dossier_id, id)
);
CREATE INDEX follow_up_by_dossier ON follow_up (dossier_id);

-- "checked" only: the offence itself has no column (INT-5, PRV-1).
-- root: dossier
CREATE TABLE contraindication (
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	intake_id BIGINT NOT NULL,
	kind TEXT NOT NULL,
	checked BOOLEAN NOT NULL,
	present BOOLEAN NOT NULL,
	decided_on TEXT,
	decided_by BIGINT REFERENCES account (id),
	leader_decision BOOLEAN NOT NULL DEFAULT FALSE,
	start_anyway BOOLEAN NOT NULL DEFAULT FALSE,
	decision_words BYTEA,
	PRIMARY KEY (intake_id, kind),
	FOREIGN KEY (dossier_id, intake_id) REFERENCES intake (dossier_id, id)
);
CREATE INDEX contraindication_by_dossier ON contraindication (dossier_id);

-- root: dossier
CREATE TABLE start_condition (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	intake_id BIGINT NOT NULL,
	letter TEXT NOT NULL,
	person_id BIGINT,
	met_on TEXT NOT NULL,
	consent_id BIGINT,
	evidence TEXT NOT NULL DEFAULT '',
	account_id BIGINT,
	FOREIGN KEY (dossier_id, intake_id) REFERENCES intake (dossier_id, id),
	FOREIGN KEY (dossier_id, person_id) REFERENCES person (dossier_id, id),
	FOREIGN KEY (dossier_id, consent_id) REFERENCES consent (dossier_id, id)
);
CREATE INDEX start_condition_by_dossier ON start_condition (dossier_id);

-- What the family is told while it waits for a volunteer (INT-10).
-- root: dossier
CREATE TABLE waiting_word (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	told_on TEXT NOT NULL,
	how TEXT NOT NULL DEFAULT '',
	said BYTEA,
	account_id BIGINT
);
CREATE INDEX waiting_word_by_dossier ON waiting_word (dossier_id);

-- root: dossier
CREATE TABLE unmet_need (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	municipality_id BIGINT REFERENCES municipality (id),
	kind TEXT NOT NULL,
	noted_on TEXT NOT NULL,
	referred_to TEXT NOT NULL DEFAULT '',
	referral_result TEXT NOT NULL DEFAULT '',
	words BYTEA
);
CREATE INDEX unmet_need_by_dossier ON unmet_need (dossier_id);
CREATE INDEX unmet_need_by_municipality ON unmet_need (municipality_id, noted_on);
