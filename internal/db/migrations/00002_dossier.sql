-- +goose Up
-- A row of a family points only to rows of the same family: its foreign keys carry the dossier, so that no guessed
-- identifier can pull somebody of another family in.

-- root: dossier
CREATE TABLE dossier (
	id BIGINT PRIMARY KEY,
	name TEXT NOT NULL,
	name_fold TEXT NOT NULL,
	municipality_id BIGINT REFERENCES municipality (id),
	coordinator_id BIGINT REFERENCES account (id),
	inside_coordinator_id BIGINT REFERENCES account (id),
	state TEXT NOT NULL,
	state_since TEXT NOT NULL,
	opened_at TEXT NOT NULL,
	closed_on TEXT,
	weight TEXT NOT NULL DEFAULT 'normal',
	imported BOOLEAN NOT NULL DEFAULT FALSE,
	import_key TEXT UNIQUE,
	version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX dossier_by_municipality ON dossier (municipality_id, name_fold);
CREATE INDEX dossier_by_coordinator ON dossier (coordinator_id, state);
CREATE INDEX dossier_by_inside_coordinator ON dossier (inside_coordinator_id);

-- root: none, because breaking the glass is what makes a dossier visible (METHOD ch. 9)
CREATE TABLE broken_glass (
	id BIGINT PRIMARY KEY,
	account_id BIGINT NOT NULL REFERENCES account (id),
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	reason BYTEA,
	from_at TEXT NOT NULL,
	until_at TEXT NOT NULL,
	seen_at TEXT
);
CREATE INDEX broken_glass_by_account ON broken_glass (account_id, until_at);
CREATE INDEX broken_glass_by_dossier ON broken_glass (dossier_id);

-- root: dossier
CREATE TABLE person (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	name TEXT NOT NULL,
	name_fold TEXT NOT NULL,
	birth TEXT,
	sex TEXT NOT NULL DEFAULT '',
	is_child BOOLEAN NOT NULL DEFAULT FALSE,
	is_parent BOOLEAN NOT NULL DEFAULT FALSE,
	is_caregiver BOOLEAN NOT NULL DEFAULT FALSE,
	relation TEXT NOT NULL DEFAULT '',
	died_on TEXT,
	phone TEXT NOT NULL DEFAULT '',
	email TEXT NOT NULL DEFAULT '',
	languages TEXT NOT NULL DEFAULT '',
	import_key TEXT NOT NULL DEFAULT '',
	version BIGINT NOT NULL DEFAULT 1,
	UNIQUE (dossier_id, id)
);
CREATE INDEX person_by_birth ON person (birth);

-- The words of names, folded, under which a dossier is found.
-- root: dossier
CREATE TABLE name_word (
	word TEXT NOT NULL,
	person_id BIGINT NOT NULL,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	PRIMARY KEY (word, person_id),
	FOREIGN KEY (dossier_id, person_id) REFERENCES person (dossier_id, id)
);
CREATE INDEX name_word_by_person ON name_word (person_id);
CREATE INDEX name_word_by_dossier ON name_word (dossier_id, word);

-- root: dossier
CREATE TABLE parentage (
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	parent_id BIGINT NOT NULL,
	child_id BIGINT NOT NULL,
	kind TEXT NOT NULL DEFAULT 'birth',
	PRIMARY KEY (parent_id, child_id),
	FOREIGN KEY (dossier_id, parent_id) REFERENCES person (dossier_id, id),
	FOREIGN KEY (dossier_id, child_id) REFERENCES person (dossier_id, id)
);
CREATE INDEX parentage_by_dossier ON parentage (dossier_id);

-- root: dossier
CREATE TABLE household (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	name TEXT NOT NULL,
	kind TEXT NOT NULL DEFAULT 'home',
	address TEXT NOT NULL DEFAULT '',
	town TEXT NOT NULL DEFAULT '',
	phone TEXT NOT NULL DEFAULT '',
	UNIQUE (dossier_id, id)
);

-- root: dossier
CREATE TABLE household_member (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	household_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	from_date TEXT,
	until_date TEXT,
	FOREIGN KEY (dossier_id, household_id) REFERENCES household (dossier_id, id),
	FOREIGN KEY (dossier_id, person_id) REFERENCES person (dossier_id, id)
);
CREATE INDEX household_member_by_dossier ON household_member (dossier_id);

-- root: dossier
CREATE TABLE authority (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	child_id BIGINT NOT NULL,
	holder_id BIGINT,
	holder_name TEXT NOT NULL DEFAULT '',
	kind TEXT NOT NULL DEFAULT 'parental',
	from_date TEXT,
	until_date TEXT,
	FOREIGN KEY (dossier_id, child_id) REFERENCES person (dossier_id, id),
	FOREIGN KEY (dossier_id, holder_id) REFERENCES person (dossier_id, id)
);
CREATE INDEX authority_by_dossier ON authority (dossier_id);

-- root: dossier
CREATE TABLE knowledge (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	child_id BIGINT NOT NULL,
	level TEXT NOT NULL,
	story BYTEA,
	told_by TEXT NOT NULL DEFAULT '',
	since TEXT,
	recorded_at TEXT NOT NULL,
	recorded_by BIGINT NOT NULL,
	FOREIGN KEY (dossier_id, child_id) REFERENCES person (dossier_id, id)
);
CREATE INDEX knowledge_by_dossier ON knowledge (dossier_id, child_id, recorded_at);

-- root: dossier
CREATE TABLE detention (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	parent_id BIGINT NOT NULL,
	from_date TEXT,
	expected_until TEXT,
	released_on TEXT,
	country TEXT NOT NULL DEFAULT '',
	version BIGINT NOT NULL DEFAULT 1,
	UNIQUE (dossier_id, id),
	FOREIGN KEY (dossier_id, parent_id) REFERENCES person (dossier_id, id)
);
CREATE INDEX detention_by_release ON detention (expected_until) WHERE released_on IS NULL;

-- root: dossier
CREATE TABLE placement (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	detention_id BIGINT NOT NULL,
	facility_id BIGINT REFERENCES facility (id),
	place TEXT NOT NULL DEFAULT '',
	wing TEXT NOT NULL DEFAULT '',
	from_date TEXT,
	until_date TEXT,
	confirmed_on TEXT,
	confirmed_by BIGINT REFERENCES account (id),
	FOREIGN KEY (dossier_id, detention_id) REFERENCES detention (dossier_id, id)
);
CREATE INDEX placement_by_dossier ON placement (dossier_id);
CREATE INDEX placement_by_detention ON placement (detention_id);
CREATE INDEX placement_by_facility ON placement (facility_id, until_date);

-- root: dossier
CREATE TABLE restriction (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	detention_id BIGINT NOT NULL,
	from_date TEXT NOT NULL,
	expected_until TEXT,
	lifted_on TEXT,
	FOREIGN KEY (dossier_id, detention_id) REFERENCES detention (dossier_id, id)
);
CREATE INDEX restriction_by_dossier ON restriction (dossier_id);
CREATE INDEX restriction_by_detention ON restriction (detention_id);

-- root: dossier
CREATE TABLE home_leave (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	detention_id BIGINT NOT NULL,
	from_date TEXT NOT NULL,
	until_date TEXT NOT NULL,
	FOREIGN KEY (dossier_id, detention_id) REFERENCES detention (dossier_id, id)
);
CREATE INDEX home_leave_by_dossier ON home_leave (dossier_id);

-- A professional involved with the family. That somebody is involved is no share (case C12).
-- root: dossier
CREATE TABLE professional (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	name TEXT NOT NULL DEFAULT '',
	organisation TEXT NOT NULL DEFAULT '',
	kind TEXT NOT NULL,
	phone TEXT NOT NULL DEFAULT '',
	email TEXT NOT NULL DEFAULT '',
	from_date TEXT,
	until_date TEXT,
	note BYTEA
);
CREATE INDEX professional_by_dossier ON professional (dossier_id);

-- root: dossier
CREATE TABLE note (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	at TEXT NOT NULL,
	account_id BIGINT NOT NULL,
	words BYTEA NOT NULL
);
CREATE INDEX note_by_dossier ON note (dossier_id);

-- A guardian organisation gives a consent under its name, without a person (CON-1).
-- root: dossier
CREATE TABLE consent (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	giver_id BIGINT,
	giver_name TEXT NOT NULL DEFAULT '',
	capacity TEXT NOT NULL,
	purpose TEXT NOT NULL,
	recipient TEXT NOT NULL DEFAULT '',
	recipient_organisation TEXT NOT NULL DEFAULT '',
	parts TEXT NOT NULL DEFAULT '',
	from_date TEXT NOT NULL,
	until_date TEXT,
	how TEXT NOT NULL,
	evidence TEXT NOT NULL DEFAULT '',
	withdrawn_on TEXT,
	recorded_at TEXT NOT NULL,
	recorded_by BIGINT NOT NULL,
	UNIQUE (dossier_id, id),
	FOREIGN KEY (dossier_id, giver_id) REFERENCES person (dossier_id, id)
);

-- root: dossier
CREATE TABLE consent_about (
	consent_id BIGINT NOT NULL,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	person_id BIGINT NOT NULL,
	PRIMARY KEY (consent_id, person_id),
	FOREIGN KEY (dossier_id, consent_id) REFERENCES consent (dossier_id, id),
	FOREIGN KEY (dossier_id, person_id) REFERENCES person (dossier_id, id)
);
CREATE INDEX consent_about_by_dossier ON consent_about (dossier_id);
