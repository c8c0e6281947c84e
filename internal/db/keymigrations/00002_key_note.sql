-- +goose Up
-- What was done with the keys, and when: "rotated", "split".
CREATE TABLE key_note (
	name TEXT PRIMARY KEY,
	at TEXT NOT NULL
);
