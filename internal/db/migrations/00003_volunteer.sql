-- +goose Up

-- root: volunteer
CREATE TABLE volunteer (
	id BIGINT PRIMARY KEY,
	account_id BIGINT UNIQUE REFERENCES account (id),
	name TEXT NOT NULL,
	name_fold TEXT NOT NULL,
	email TEXT NOT NULL DEFAULT '',
	phone TEXT NOT NULL DEFAULT '',
	municipality_id BIGINT REFERENCES municipality (id),
	facility_id BIGINT REFERENCES facility (id),
	status TEXT NOT NULL,
	status_since TEXT NOT NULL,
	capacity BIGINT NOT NULL DEFAULT 1,
	complex_wanted BOOLEAN NOT NULL DEFAULT FALSE,
	complex_confirmed BOOLEAN NOT NULL DEFAULT FALSE,
	languages TEXT NOT NULL DEFAULT '',
	days TEXT NOT NULL DEFAULT '',
	car BOOLEAN NOT NULL DEFAULT FALSE,
	wishes TEXT NOT NULL DEFAULT '',
	imported BOOLEAN NOT NULL DEFAULT FALSE,
	import_key TEXT UNIQUE,
	version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX volunteer_by_municipality ON volunteer (municipality_id, name_fold);
CREATE INDEX volunteer_by_facility ON volunteer (facility_id);

-- root: volunteer
CREATE TABLE volunteer_status (
	id BIGINT PRIMARY KEY,
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	status TEXT NOT NULL,
	at TEXT NOT NULL,
	account_id BIGINT NOT NULL,
	why TEXT NOT NULL DEFAULT ''
);
CREATE INDEX volunteer_status_by_volunteer ON volunteer_status (volunteer_id, at);

-- root: volunteer
CREATE TABLE volunteer_kind (
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	kind TEXT NOT NULL,
	PRIMARY KEY (volunteer_id, kind)
);

-- root: volunteer
CREATE TABLE volunteer_course (
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	course TEXT NOT NULL,
	completed_on TEXT NOT NULL,
	PRIMARY KEY (volunteer_id, course)
);

-- root: volunteer
CREATE TABLE certificate (
	id BIGINT PRIMARY KEY,
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	profile TEXT NOT NULL DEFAULT '',
	number TEXT NOT NULL DEFAULT '',
	issued_on TEXT,
	renew_before TEXT NOT NULL,
	seen_by BIGINT REFERENCES account (id),
	seen_on TEXT
);
CREATE INDEX certificate_by_volunteer ON certificate (volunteer_id, renew_before);
CREATE INDEX certificate_by_renewal ON certificate (renew_before);
