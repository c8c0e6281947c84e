-- +goose Up
-- Who somebody is at the organisation's own provider. The pair of issuer and subject is the person there; nothing else of
-- what it says is kept.
-- root: none
CREATE TABLE provider_identity (
	id BIGINT PRIMARY KEY,
	account_id BIGINT NOT NULL REFERENCES account (id),
	issuer TEXT NOT NULL,
	subject TEXT NOT NULL,
	linked_at TEXT NOT NULL,
	used_at TEXT,
	UNIQUE (issuer, subject),
	UNIQUE (account_id, issuer)
);
