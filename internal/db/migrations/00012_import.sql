-- +goose Up

-- What was imported, so that the same line again changes nothing. It holds no key and no name: both columns are fingerprints.
-- root: none
CREATE TABLE import_record (
	key_hash TEXT PRIMARY KEY,
	content_hash TEXT NOT NULL,
	at TEXT NOT NULL
);
