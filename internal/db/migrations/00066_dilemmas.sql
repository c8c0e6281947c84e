-- +goose Up

-- VOL-4: dilemmas to discuss. The words of the shipped ones stand in the catalogue under their code, until an organisation
-- writes its own in their place.
-- root: none
CREATE TABLE dilemma (
	id BIGINT PRIMARY KEY,
	code TEXT NOT NULL DEFAULT '',
	title TEXT NOT NULL DEFAULT '',
	situation TEXT NOT NULL DEFAULT '',
	thought TEXT NOT NULL DEFAULT '',
	position BIGINT NOT NULL DEFAULT 0,
	version BIGINT NOT NULL DEFAULT 1
);
INSERT INTO dilemma (id, code, position) VALUES
	(1, 'phone_credit', 1), (2, 'secret', 2), (3, 'youth_care_asks', 3), (4, 'money', 4), (5, 'story', 5),
	(6, 'grandmother_tired', 6), (7, 'visit_refused', 7), (8, 'doing_it_yourself', 8), (9, 'letter_along', 9), (10, 'staying_friends', 10);

-- What a group thought of it: a day, an occasion, no names.
-- root: none
CREATE TABLE dilemma_talk (
	id BIGINT PRIMARY KEY,
	dilemma_id BIGINT NOT NULL REFERENCES dilemma (id),
	held_on TEXT NOT NULL,
	occasion TEXT NOT NULL,
	words TEXT NOT NULL,
	account_id BIGINT NOT NULL
);
CREATE INDEX dilemma_talk_by_dilemma ON dilemma_talk (dilemma_id, held_on);
