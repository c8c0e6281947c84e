-- +goose Up

-- VOL-4: courses are data. The names of the shipped ones stand in the catalogue; an organisation's own carry theirs here.
-- months is after how long it is done again; 0 is never. A course that is not published asks nothing of anybody.
-- root: none
CREATE TABLE course (
	id BIGINT PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL DEFAULT '',
	purpose TEXT NOT NULL DEFAULT '',
	months BIGINT NOT NULL DEFAULT 0,
	published BOOLEAN NOT NULL DEFAULT FALSE,
	position BIGINT NOT NULL DEFAULT 0,
	version BIGINT NOT NULL DEFAULT 1
);

-- An e-learning module as its writers have it now; pages are JSON. What volunteers read is an edition.
-- root: none
CREATE TABLE learning_module (
	id BIGINT PRIMARY KEY,
	name TEXT NOT NULL,
	name_en TEXT NOT NULL DEFAULT '',
	pages TEXT NOT NULL DEFAULT '[]',
	edition BIGINT NOT NULL DEFAULT 0,
	version BIGINT NOT NULL DEFAULT 1
);

-- A module as it was published. It is never changed: who is halfway ends what she began.
-- root: none
CREATE TABLE module_edition (
	id BIGINT PRIMARY KEY,
	module_id BIGINT NOT NULL REFERENCES learning_module (id),
	number BIGINT NOT NULL,
	name TEXT NOT NULL,
	name_en TEXT NOT NULL DEFAULT '',
	pages TEXT NOT NULL,
	published_at TEXT NOT NULL,
	UNIQUE (module_id, number)
);

-- Of what a course is made: a module, or an evening together when there is none.
-- root: none
CREATE TABLE course_part (
	id BIGINT PRIMARY KEY,
	course_id BIGINT NOT NULL REFERENCES course (id),
	module_id BIGINT REFERENCES learning_module (id),
	code TEXT NOT NULL DEFAULT '',
	name TEXT NOT NULL DEFAULT '',
	position BIGINT NOT NULL DEFAULT 0,
	ended_on TEXT
);
CREATE INDEX course_part_by_course ON course_part (course_id, position);

-- A part of a course, on a day. Without a municipality and a facility it is open to everybody.
-- root: none
CREATE TABLE training_session (
	id BIGINT PRIMARY KEY,
	part_id BIGINT NOT NULL REFERENCES course_part (id),
	held_on TEXT NOT NULL,
	starts TEXT NOT NULL DEFAULT '',
	ends TEXT NOT NULL DEFAULT '',
	place TEXT NOT NULL DEFAULT '',
	places BIGINT NOT NULL,
	trainer TEXT NOT NULL DEFAULT '',
	municipality_id BIGINT REFERENCES municipality (id),
	facility_id BIGINT REFERENCES facility (id),
	called_off_at TEXT,
	version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX training_session_by_day ON training_session (held_on);

-- Who comes, and who waits in the order of asking.
-- root: volunteer
CREATE TABLE training_place (
	id BIGINT PRIMARY KEY,
	session_id BIGINT NOT NULL REFERENCES training_session (id),
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	state TEXT NOT NULL,
	asked_at TEXT NOT NULL,
	attended TEXT NOT NULL DEFAULT '',
	UNIQUE (session_id, volunteer_id)
);
CREATE INDEX training_place_by_volunteer ON training_place (volunteer_id);

-- How far somebody is in an edition of a module.
-- root: volunteer
CREATE TABLE module_progress (
	id BIGINT PRIMARY KEY,
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	module_id BIGINT NOT NULL REFERENCES learning_module (id),
	edition_id BIGINT NOT NULL REFERENCES module_edition (id),
	page BIGINT NOT NULL DEFAULT 1,
	started_on TEXT NOT NULL,
	finished_on TEXT,
	version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX module_progress_once ON module_progress (volunteer_id, module_id) WHERE finished_on IS NULL;
CREATE INDEX module_progress_by_volunteer ON module_progress (volunteer_id, module_id);

-- What she chose or wrote on a page: hers alone.
-- root: volunteer
CREATE TABLE module_answer (
	id BIGINT PRIMARY KEY,
	progress_id BIGINT NOT NULL REFERENCES module_progress (id),
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	page BIGINT NOT NULL,
	words BYTEA,
	UNIQUE (progress_id, page)
);
CREATE INDEX module_answer_by_volunteer ON module_answer (volunteer_id);

-- engine: sqlite
-- +goose StatementBegin
CREATE TRIGGER module_edition_no_update BEFORE UPDATE ON module_edition BEGIN
	SELECT RAISE(ABORT, 'an edition is what somebody read: it is never changed');
END;
-- +goose StatementEnd
-- engine: postgres
-- +goose StatementBegin
CREATE FUNCTION module_edition_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'an edition is what somebody read: it is never changed';
END
$$;
-- +goose StatementEnd
CREATE TRIGGER module_edition_no_change BEFORE UPDATE ON module_edition FOR EACH ROW EXECUTE FUNCTION module_edition_stays();
-- engine: both
