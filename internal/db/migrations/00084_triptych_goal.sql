-- +goose Up

-- TOO-1. What is difficult for somebody of the family, what they wish, and how: in their own words. A change is a new row, so
-- that the picture of May stays beside that of October.
-- root: dossier
CREATE TABLE triptych (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	person_id BIGINT NOT NULL REFERENCES person (id),
	seq BIGINT NOT NULL,
	at TEXT NOT NULL,
	account_id BIGINT NOT NULL,
	problem BYTEA,
	wish BYTEA,
	how BYTEA,
	UNIQUE (person_id, seq)
);
CREATE INDEX triptych_by_dossier ON triptych (dossier_id);

-- TOO-5. A goal of the family; a wish of a triptych becomes one once.
-- root: dossier
CREATE TABLE goal (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	triptych_id BIGINT UNIQUE REFERENCES triptych (id),
	at TEXT NOT NULL,
	account_id BIGINT NOT NULL
);
CREATE INDEX goal_by_dossier ON goal (dossier_id);

-- What the goal is and its five sentences, from the first on; a change says why and takes nothing away.
-- root: dossier
CREATE TABLE goal_change (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	goal_id BIGINT NOT NULL REFERENCES goal (id),
	seq BIGINT NOT NULL,
	at TEXT NOT NULL,
	account_id BIGINT NOT NULL,
	content BYTEA NOT NULL,
	UNIQUE (goal_id, seq)
);
CREATE INDEX goal_change_by_dossier ON goal_change (dossier_id);

-- How the family itself says it stands, from -2 to 2.
-- root: dossier
CREATE TABLE goal_rating (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	goal_id BIGINT NOT NULL REFERENCES goal (id),
	rated_on TEXT NOT NULL,
	score BIGINT NOT NULL,
	person_id BIGINT REFERENCES person (id),
	words BYTEA,
	at TEXT NOT NULL,
	account_id BIGINT NOT NULL
);
CREATE INDEX goal_rating_by_dossier ON goal_rating (dossier_id);
CREATE INDEX goal_rating_by_goal ON goal_rating (goal_id);
CREATE INDEX goal_rating_by_person ON goal_rating (person_id);
