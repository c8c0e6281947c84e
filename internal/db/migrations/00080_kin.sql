-- +goose Up

-- TOO-2, TOO-3, TOO-4. What was told about the people around a family, change by change. Nothing here is updated or deleted by a
-- screen: what is taken back is a change too. The words hold the change itself; the drawing is how the people stood in the
-- picture after it, from which the next picture starts.
-- root: dossier
CREATE TABLE kin_change (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	seq BIGINT NOT NULL,
	at TEXT NOT NULL,
	account_id BIGINT,
	tool TEXT NOT NULL,
	words BYTEA NOT NULL,
	drawing BYTEA,
	UNIQUE (dossier_id, seq)
);
