-- +goose Up

-- TOO-5. In which way a step is done, and which goal it serves. A step that is taken out stays, out of sight.
ALTER TABLE step ADD COLUMN way BYTEA;
ALTER TABLE step ADD COLUMN goal_id BIGINT;
ALTER TABLE step ADD COLUMN removed_at TEXT;

-- What a step was before each change of it, and what was done to it then. Rows are only added.
-- root: dossier
CREATE TABLE step_past (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	step_id BIGINT NOT NULL REFERENCES step (id),
	version BIGINT NOT NULL,
	until_at TEXT NOT NULL,
	account_id BIGINT NOT NULL,
	deed TEXT NOT NULL,
	month BIGINT NOT NULL,
	who TEXT NOT NULL DEFAULT '',
	what BYTEA NOT NULL,
	way BYTEA,
	done_on TEXT,
	goal_id BIGINT,
	UNIQUE (step_id, version)
);
CREATE INDEX step_past_by_dossier ON step_past (dossier_id);
