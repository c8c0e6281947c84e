-- +goose Up

-- VOL-1, VOL-2. What is said, asked and signed between an application and the start, and at the end. The words are sealed under a key of
-- the volunteer's own, which is made when the first of them is kept and goes with the volunteer.

-- root: volunteer
CREATE TABLE application (
	id BIGINT PRIMARY KEY,
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	code TEXT NOT NULL,
	received_at TEXT NOT NULL,
	answer_before TEXT NOT NULL,
	municipality_name TEXT NOT NULL DEFAULT '',
	form_token TEXT UNIQUE,
	words BYTEA
);
CREATE INDEX application_by_volunteer ON application (volunteer_id, received_at);

-- root: volunteer
CREATE TABLE screening_talk (
	id BIGINT PRIMARY KEY,
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	kind TEXT NOT NULL,
	held_on TEXT NOT NULL,
	held_by BIGINT NOT NULL REFERENCES account (id),
	noted_at TEXT NOT NULL,
	home_agrees BOOLEAN NOT NULL DEFAULT FALSE,
	comes_back TEXT NOT NULL DEFAULT '',
	words BYTEA,
	household BYTEA,
	affinity BYTEA,
	well BYTEA,
	better BYTEA
);
CREATE INDEX screening_talk_by_volunteer ON screening_talk (volunteer_id, kind);

-- root: volunteer
CREATE TABLE volunteer_reference (
	id BIGINT PRIMARY KEY,
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	name TEXT NOT NULL,
	relation TEXT NOT NULL,
	phone TEXT NOT NULL DEFAULT '',
	email TEXT NOT NULL DEFAULT '',
	asked_on TEXT,
	asked_by BIGINT REFERENCES account (id),
	given_on TEXT,
	noted_by BIGINT REFERENCES account (id),
	dropped_on TEXT,
	said BYTEA
);
CREATE INDEX volunteer_reference_by_volunteer ON volunteer_reference (volunteer_id);

-- What a volunteer signs: a new version stands beside the old ones, because people signed those.
-- root: none, because it is the organisation's own text
CREATE TABLE confidentiality (
	id BIGINT PRIMARY KEY,
	number BIGINT NOT NULL,
	dutch TEXT NOT NULL,
	english TEXT NOT NULL,
	written_on TEXT NOT NULL,
	written_by BIGINT REFERENCES account (id)
);
CREATE INDEX confidentiality_by_number ON confidentiality (number);

INSERT INTO confidentiality (id, number, dutch, english, written_on) VALUES (1, 1,
	'Ik ga zorgvuldig om met wat ik hoor en zie.
Wat een gezin mij vertelt, vertel ik niet door. Ook niet aan familie of vrienden, en ook niet zonder namen als iemand het gezin kan herkennen.
Ik zet niets over een gezin op sociale media of in een groepsapp, en ik maak geen foto''s van kinderen.
Wat ik schrijf, schrijf ik in Maatje en nergens anders.
Maak ik me zorgen over een kind, dan vertel ik dat aan mijn coördinator. Dat mag en moet altijd.
Vraagt een hulpverlener of school mij iets over een gezin, dan verwijs ik naar mijn coördinator.
Dit blijft zo als ik stop als vrijwilliger.',
	'I take care with what I hear and see.
What a family tells me I do not pass on. Not to my own family or friends either, and not without names if somebody could recognise the family.
I put nothing about a family on social media or in a group chat, and I take no pictures of children.
What I write, I write in Maatje and nowhere else.
If I worry about a child, I tell my coordinator. I always may, and I always must.
If a professional or a school asks me about a family, I refer them to my coordinator.
This stays so when I stop as a volunteer.', '2026-01-01');

-- root: volunteer
CREATE TABLE confidentiality_signature (
	id BIGINT PRIMARY KEY,
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	confidentiality_id BIGINT NOT NULL REFERENCES confidentiality (id),
	typed_name TEXT NOT NULL,
	signed_at TEXT NOT NULL,
	account_id BIGINT NOT NULL,
	in_presence BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX confidentiality_signature_by_text ON confidentiality_signature (confidentiality_id);
CREATE INDEX confidentiality_signature_by_volunteer ON confidentiality_signature (volunteer_id, confidentiality_id);

-- Until when somebody rests.
ALTER TABLE volunteer_status ADD COLUMN until_on TEXT;

-- Why there was no talk when somebody left.
ALTER TABLE volunteer_status ADD COLUMN without_talk TEXT NOT NULL DEFAULT '';

-- A second application is found by the address.
CREATE INDEX volunteer_by_email ON volunteer (LOWER(email)) WHERE email <> '';

-- A mail that tells on which day something happens: the day, and nothing else (PRV-5).
ALTER TABLE outbox ADD COLUMN on_date TEXT;

-- Who is on the way.
CREATE INDEX volunteer_by_status ON volunteer (status, status_since);
