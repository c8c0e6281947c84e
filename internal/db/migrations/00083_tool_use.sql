-- +goose Up

-- TOO. That one of the five tools was used with a family, or that it was skipped and why. Lines are only added: once a day for
-- each account and tool when it was used, and each time somebody says why it is left.
-- root: dossier
CREATE TABLE tool_use (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	tool TEXT NOT NULL,
	kind TEXT NOT NULL,
	at TEXT NOT NULL,
	used_on TEXT NOT NULL,
	account_id BIGINT NOT NULL,
	why TEXT NOT NULL DEFAULT '',
	words BYTEA
);
CREATE INDEX tool_use_by_dossier ON tool_use (dossier_id, tool, kind, at);
CREATE INDEX tool_use_by_day ON tool_use (used_on, kind);
