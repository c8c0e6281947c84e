-- +goose Up
-- Whose keys are gone for good. It is kept here as well, because the data and their tombstones may be put back from an older backup.
CREATE TABLE tombstone (
	id BIGINT PRIMARY KEY,
	kind TEXT NOT NULL,
	at TEXT NOT NULL,
	reason TEXT NOT NULL
);
