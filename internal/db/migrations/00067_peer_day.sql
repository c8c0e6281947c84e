-- +goose Up

-- VOL-5: the monthly exchange of volunteers. cases are what was discussed, without names. Without a municipality and a
-- facility it is for everybody.
-- root: none
CREATE TABLE peer_day (
	id BIGINT PRIMARY KEY,
	held_on TEXT NOT NULL,
	starts TEXT NOT NULL DEFAULT '',
	place TEXT NOT NULL DEFAULT '',
	about TEXT NOT NULL DEFAULT '',
	municipality_id BIGINT REFERENCES municipality (id),
	facility_id BIGINT REFERENCES facility (id),
	cases TEXT NOT NULL DEFAULT '',
	called_off_at TEXT,
	version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX peer_day_by_day ON peer_day (held_on);

-- root: volunteer
CREATE TABLE peer_invitation (
	id BIGINT PRIMARY KEY,
	peer_day_id BIGINT NOT NULL REFERENCES peer_day (id),
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	attended TEXT NOT NULL DEFAULT '',
	UNIQUE (peer_day_id, volunteer_id)
);
CREATE INDEX peer_invitation_by_volunteer ON peer_invitation (volunteer_id);
