-- +goose Up

-- The log. Its entries stand in one line: seq has no gaps, hash ties each to all before it, seal shows that the program
-- wrote it (docs/log.md).
-- root: none, because an entry outlives what it is about; it is read through visible_dossier
CREATE TABLE log_entry (
	seq BIGINT PRIMARY KEY,
	version BIGINT NOT NULL,
	at TEXT NOT NULL,
	account_id BIGINT NOT NULL,
	actor TEXT NOT NULL,
	behalf_of BIGINT NOT NULL,
	action TEXT NOT NULL,
	what TEXT NOT NULL,
	dossier_id BIGINT NOT NULL,
	row_id BIGINT NOT NULL,
	route TEXT NOT NULL,
	address TEXT NOT NULL,
	device TEXT NOT NULL,
	rule TEXT NOT NULL,
	outcome TEXT NOT NULL,
	hash BYTEA NOT NULL,
	seal BYTEA NOT NULL
);
CREATE INDEX log_entry_by_dossier ON log_entry (dossier_id, seq);

-- engine: sqlite
-- +goose StatementBegin
CREATE TRIGGER log_entry_no_update BEFORE UPDATE ON log_entry BEGIN
	SELECT RAISE(ABORT, 'the log only grows: an entry is never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER log_entry_no_delete BEFORE DELETE ON log_entry BEGIN
	SELECT RAISE(ABORT, 'the log only grows: an entry is never taken away');
END;
-- +goose StatementEnd
-- engine: postgres
-- +goose StatementBegin
CREATE FUNCTION log_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'the log only grows: an entry is never changed or taken away';
END
$$;
-- +goose StatementEnd
CREATE TRIGGER log_entry_no_change BEFORE UPDATE OR DELETE ON log_entry FOR EACH ROW EXECUTE FUNCTION log_entry_stays();
CREATE TRIGGER log_entry_no_truncate BEFORE TRUNCATE ON log_entry FOR EACH STATEMENT EXECUTE FUNCTION log_entry_stays();
-- engine: both
