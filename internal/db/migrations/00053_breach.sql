-- +goose Up

-- PRV-6. Something went wrong with data. It is of the programme and names no family; its texts are sealed.
-- root: none
CREATE TABLE breach (
	id BIGINT PRIMARY KEY,
	kind TEXT NOT NULL,
	reported_by BIGINT NOT NULL REFERENCES account (id),
	reported_at TEXT NOT NULL,
	discovered_at TEXT NOT NULL,
	people BIGINT NOT NULL DEFAULT 0,
	authority TEXT NOT NULL DEFAULT '',
	authority_at TEXT,
	told TEXT NOT NULL DEFAULT '',
	told_on TEXT,
	closed_at TEXT,
	words BYTEA,
	stage TEXT NOT NULL DEFAULT '',
	form_token TEXT UNIQUE,
	version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX breach_by_reporter ON breach (reported_by, reported_at);
CREATE INDEX breach_open ON breach (discovered_at) WHERE closed_at IS NULL;

-- What the register said after each change, by whom. It only grows.
-- root: none
CREATE TABLE breach_change (
	id BIGINT PRIMARY KEY,
	breach_id BIGINT NOT NULL REFERENCES breach (id),
	at TEXT NOT NULL,
	account_id BIGINT NOT NULL,
	entry BYTEA
);
CREATE INDEX breach_change_by_breach ON breach_change (breach_id, at);

-- engine: sqlite
-- +goose StatementBegin
CREATE TRIGGER breach_change_no_update BEFORE UPDATE ON breach_change BEGIN
	SELECT RAISE(ABORT, 'the register only grows: what it said is never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER breach_change_no_delete BEFORE DELETE ON breach_change BEGIN
	SELECT RAISE(ABORT, 'the register only grows: what it said is never taken away');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER breach_no_delete BEFORE DELETE ON breach BEGIN
	SELECT RAISE(ABORT, 'the register only grows: a breach is never taken away');
END;
-- +goose StatementEnd
-- engine: postgres
-- +goose StatementBegin
CREATE FUNCTION breach_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'the register only grows: nothing in it is taken away';
END
$$;
-- +goose StatementEnd
CREATE TRIGGER breach_change_no_change BEFORE UPDATE OR DELETE ON breach_change FOR EACH ROW EXECUTE FUNCTION breach_stays();
CREATE TRIGGER breach_no_delete BEFORE DELETE ON breach FOR EACH ROW EXECUTE FUNCTION breach_stays();
-- engine: both
