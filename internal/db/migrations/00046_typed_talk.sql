-- +goose Up

-- A talk of an intake as somebody types it, until it is recorded: then nothing of it remains but the version.
-- root: dossier
CREATE TABLE typed_talk (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	account_id BIGINT NOT NULL REFERENCES account (id),
	fields BYTEA,
	key TEXT NOT NULL,
	saved_at TEXT NOT NULL,
	version BIGINT NOT NULL DEFAULT 1,
	UNIQUE (dossier_id, account_id)
);
