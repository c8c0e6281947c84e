-- +goose Up
-- Every table says to which root its rows belong: whoever may not see the root does not find the row. See db/registry.go.
-- Dates and instants are text (core.Date, core.Instant), so that both engines compare them alike. Narratives are sealed BYTEA.

-- root: none
CREATE TABLE municipality (
	id BIGINT PRIMARY KEY,
	name TEXT NOT NULL,
	name_fold TEXT NOT NULL UNIQUE
);

-- root: none
CREATE TABLE facility (
	id BIGINT PRIMARY KEY,
	name TEXT NOT NULL,
	name_fold TEXT NOT NULL UNIQUE,
	town TEXT NOT NULL DEFAULT '',
	kind TEXT NOT NULL DEFAULT '',
	holds TEXT NOT NULL DEFAULT '',
	visit_rules TEXT NOT NULL DEFAULT '',
	source TEXT NOT NULL DEFAULT '',
	checked_on TEXT,
	imported BOOLEAN NOT NULL DEFAULT FALSE
);

-- root: none
CREATE TABLE account (
	id BIGINT PRIMARY KEY,
	email TEXT NOT NULL,
	email_fold TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	passphrase_hash TEXT NOT NULL DEFAULT '',
	totp_secret BYTEA,
	totp_confirmed_at TEXT,
	totp_last_step BIGINT NOT NULL DEFAULT 0,
	language TEXT NOT NULL DEFAULT 'nl',
	created_at TEXT NOT NULL,
	ended_at TEXT,
	imported BOOLEAN NOT NULL DEFAULT FALSE
);

-- root: none
CREATE TABLE account_role (
	account_id BIGINT NOT NULL REFERENCES account (id),
	role TEXT NOT NULL,
	PRIMARY KEY (account_id, role)
);
CREATE INDEX account_role_by_role ON account_role (role);

-- root: none
CREATE TABLE account_municipality (
	account_id BIGINT NOT NULL REFERENCES account (id),
	municipality_id BIGINT NOT NULL REFERENCES municipality (id),
	PRIMARY KEY (account_id, municipality_id)
);
CREATE INDEX account_municipality_by_place ON account_municipality (municipality_id);

-- root: none
CREATE TABLE account_facility (
	account_id BIGINT NOT NULL REFERENCES account (id),
	facility_id BIGINT NOT NULL REFERENCES facility (id),
	PRIMARY KEY (account_id, facility_id)
);
CREATE INDEX account_facility_by_place ON account_facility (facility_id);

-- root: none
CREATE TABLE standing_in (
	id BIGINT PRIMARY KEY,
	absent_id BIGINT NOT NULL REFERENCES account (id),
	backup_id BIGINT NOT NULL REFERENCES account (id),
	from_date TEXT NOT NULL,
	until_date TEXT NOT NULL
);
CREATE INDEX standing_in_by_backup ON standing_in (backup_id, until_date);
CREATE INDEX standing_in_by_absent ON standing_in (absent_id, until_date);

-- root: none
CREATE TABLE session (
	token_hash TEXT PRIMARY KEY,
	account_id BIGINT NOT NULL REFERENCES account (id),
	created_at TEXT NOT NULL,
	seen_at TEXT NOT NULL,
	second_factor BOOLEAN NOT NULL DEFAULT FALSE,
	address TEXT NOT NULL DEFAULT '',
	device TEXT NOT NULL DEFAULT ''
);
CREATE INDEX session_by_account ON session (account_id);

-- An invitation to choose a passphrase. Only the hash of its secret is kept.
-- root: none
CREATE TABLE invitation (
	token_hash TEXT NOT NULL PRIMARY KEY,
	account_id BIGINT NOT NULL REFERENCES account (id),
	made_by BIGINT NOT NULL REFERENCES account (id),
	made_at TEXT NOT NULL,
	until_at TEXT NOT NULL,
	used_at TEXT
);
CREATE INDEX invitation_by_account ON invitation (account_id);

-- root: none
CREATE TABLE attempt (
	key TEXT PRIMARY KEY,
	tokens DOUBLE PRECISION NOT NULL,
	at TEXT NOT NULL
);

-- root: none
CREATE TABLE setting (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	changed_by BIGINT REFERENCES account (id)
);

-- root: none
CREATE TABLE job (
	name TEXT PRIMARY KEY,
	next_at TEXT NOT NULL,
	leased_until TEXT,
	last_at TEXT,
	last_error TEXT NOT NULL DEFAULT ''
);

-- root: none
CREATE TABLE outbox (
	id BIGINT PRIMARY KEY,
	key TEXT NOT NULL UNIQUE,
	account_id BIGINT REFERENCES account (id),
	address TEXT NOT NULL DEFAULT '',
	template TEXT NOT NULL,
	link BYTEA,
	created_at TEXT NOT NULL,
	next_at TEXT NOT NULL,
	leased_until TEXT,
	attempts BIGINT NOT NULL DEFAULT 0,
	sent_at TEXT,
	given_up_at TEXT,
	last_error TEXT NOT NULL DEFAULT ''
);
CREATE INDEX outbox_waiting ON outbox (next_at) WHERE sent_at IS NULL AND given_up_at IS NULL;
