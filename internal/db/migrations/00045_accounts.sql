-- +goose Up
-- When who holds the session last showed that it is they, and how they signed in.
ALTER TABLE session ADD COLUMN proved_at TEXT;
ALTER TABLE session ADD COLUMN how TEXT NOT NULL DEFAULT '';

-- When a newer invitation took the place of this one: who opens it reads so.
ALTER TABLE invitation ADD COLUMN replaced_at TEXT;

-- Who is to become project leader, and waits for a second pair of eyes.
-- root: none
CREATE TABLE leader_candidate (
	account_id BIGINT PRIMARY KEY REFERENCES account (id),
	asked_by BIGINT NOT NULL REFERENCES account (id),
	asked_at TEXT NOT NULL
);

-- The public half of a passkey, as the library keeps it. It signs nobody in.
-- root: none
CREATE TABLE passkey (
	id BIGINT PRIMARY KEY,
	account_id BIGINT NOT NULL REFERENCES account (id),
	name TEXT NOT NULL,
	credential_id TEXT NOT NULL UNIQUE,
	record TEXT NOT NULL,
	made_at TEXT NOT NULL,
	used_at TEXT
);
CREATE INDEX passkey_by_account ON passkey (account_id);

-- Codes for who has lost the telephone: hashes of one set, which share a salt. Each counts once.
-- root: none
CREATE TABLE recovery_code (
	account_id BIGINT NOT NULL REFERENCES account (id),
	hash TEXT NOT NULL,
	salt TEXT NOT NULL,
	made_at TEXT NOT NULL,
	used_at TEXT,
	PRIMARY KEY (account_id, hash)
);

-- What a browser was asked and has not answered yet. It is answered once.
-- root: none
CREATE TABLE ceremony (
	challenge_hash TEXT PRIMARY KEY,
	account_id BIGINT REFERENCES account (id),
	purpose TEXT NOT NULL,
	asked TEXT NOT NULL,
	until_at TEXT NOT NULL
);
CREATE INDEX ceremony_by_end ON ceremony (until_at);
