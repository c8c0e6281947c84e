-- +goose Up

-- VOL-8. What a coordinator and a volunteer said to each other, and when. It only grows. It is about the volunteer; families are
-- not named in it.
-- root: volunteer
CREATE TABLE volunteer_contact (
	id BIGINT PRIMARY KEY,
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	held_on TEXT NOT NULL,
	how TEXT NOT NULL,
	words TEXT NOT NULL DEFAULT '',
	account_id BIGINT NOT NULL,
	noted_at TEXT NOT NULL,
	form_token TEXT UNIQUE
);
CREATE INDEX volunteer_contact_by_volunteer ON volunteer_contact (volunteer_id, held_on);

-- How often a volunteer is spoken to when it is not what the weight of the case says.
-- root: volunteer
CREATE TABLE volunteer_rhythm (
	volunteer_id BIGINT PRIMARY KEY REFERENCES volunteer (id),
	every TEXT NOT NULL,
	version BIGINT NOT NULL DEFAULT 1
);

-- Who was thanked after how many years.
-- root: volunteer
CREATE TABLE volunteer_thanks (
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	years BIGINT NOT NULL,
	thanked_on TEXT NOT NULL,
	account_id BIGINT NOT NULL,
	PRIMARY KEY (volunteer_id, years)
);
