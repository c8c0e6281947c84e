-- +goose Up

-- PRV-4. What somebody of a family asked about the data that are kept about a person: to have them, to have them corrected or
-- erased, or to object. All texts are sealed.
-- root: dossier
CREATE TABLE data_request (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	kind TEXT NOT NULL,
	person_id BIGINT NOT NULL,
	asker_id BIGINT,
	asker_name TEXT NOT NULL DEFAULT '',
	received_on TEXT NOT NULL,
	how TEXT NOT NULL,
	checked TEXT NOT NULL DEFAULT '',
	agrees BOOLEAN NOT NULL DEFAULT FALSE,
	words BYTEA,
	says BYTEA,
	should BYTEA,
	extended_on TEXT,
	why_longer BYTEA,
	made_at TEXT,
	outcome TEXT NOT NULL DEFAULT '',
	ended_on TEXT,
	answer BYTEA,
	recipients BYTEA,
	statement BYTEA,
	recorded_at TEXT NOT NULL,
	recorded_by BIGINT NOT NULL,
	form_token TEXT UNIQUE,
	version BIGINT NOT NULL DEFAULT 1,
	FOREIGN KEY (dossier_id, person_id) REFERENCES person (dossier_id, id),
	FOREIGN KEY (dossier_id, asker_id) REFERENCES person (dossier_id, id)
);
CREATE INDEX data_request_by_dossier ON data_request (dossier_id, received_on);
