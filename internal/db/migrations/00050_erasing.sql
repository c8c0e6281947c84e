-- +goose Up

-- PRV-3. Of each of the three kinds of whom data are kept: that it was announced that they are erased, and for which day; what holds
-- it up; and that somebody asked for it before its time (PRV-4). They are erased with what they are about.

-- root: dossier
CREATE TABLE dossier_erasure (
	dossier_id BIGINT PRIMARY KEY REFERENCES dossier (id),
	announced_on TEXT NOT NULL,
	due_on TEXT NOT NULL
);

-- root: dossier
CREATE TABLE dossier_hold (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	why BYTEA NOT NULL,
	placed_on TEXT NOT NULL,
	placed_by BIGINT NOT NULL REFERENCES account (id),
	until_on TEXT,
	lifted_on TEXT,
	lifted_by BIGINT REFERENCES account (id),
	lifted_why BYTEA
);
CREATE INDEX dossier_hold_by_dossier ON dossier_hold (dossier_id, lifted_on);

-- root: dossier
CREATE TABLE dossier_wish (
	dossier_id BIGINT PRIMARY KEY REFERENCES dossier (id),
	why BYTEA NOT NULL,
	asked_on TEXT NOT NULL,
	asked_by BIGINT NOT NULL REFERENCES account (id),
	confirmed_on TEXT,
	confirmed_by BIGINT REFERENCES account (id)
);

-- root: referral
CREATE TABLE referral_erasure (
	referral_id BIGINT PRIMARY KEY REFERENCES referral (id),
	announced_on TEXT NOT NULL,
	due_on TEXT NOT NULL
);

-- root: referral
CREATE TABLE referral_hold (
	id BIGINT PRIMARY KEY,
	referral_id BIGINT NOT NULL REFERENCES referral (id),
	why BYTEA NOT NULL,
	placed_on TEXT NOT NULL,
	placed_by BIGINT NOT NULL REFERENCES account (id),
	until_on TEXT,
	lifted_on TEXT,
	lifted_by BIGINT REFERENCES account (id),
	lifted_why BYTEA
);
CREATE INDEX referral_hold_by_referral ON referral_hold (referral_id, lifted_on);

-- root: referral
CREATE TABLE referral_wish (
	referral_id BIGINT PRIMARY KEY REFERENCES referral (id),
	why BYTEA NOT NULL,
	asked_on TEXT NOT NULL,
	asked_by BIGINT NOT NULL REFERENCES account (id),
	confirmed_on TEXT,
	confirmed_by BIGINT REFERENCES account (id)
);

-- root: volunteer
CREATE TABLE volunteer_erasure (
	volunteer_id BIGINT PRIMARY KEY REFERENCES volunteer (id),
	announced_on TEXT NOT NULL,
	due_on TEXT NOT NULL
);

-- A volunteer has no key of their own; these words are about the programme's own people.
-- root: volunteer
CREATE TABLE volunteer_hold (
	id BIGINT PRIMARY KEY,
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	why TEXT NOT NULL,
	placed_on TEXT NOT NULL,
	placed_by BIGINT NOT NULL REFERENCES account (id),
	until_on TEXT,
	lifted_on TEXT,
	lifted_by BIGINT REFERENCES account (id),
	lifted_why TEXT NOT NULL DEFAULT ''
);
CREATE INDEX volunteer_hold_by_volunteer ON volunteer_hold (volunteer_id, lifted_on);

-- root: volunteer
CREATE TABLE volunteer_wish (
	volunteer_id BIGINT PRIMARY KEY REFERENCES volunteer (id),
	why TEXT NOT NULL,
	asked_on TEXT NOT NULL,
	asked_by BIGINT NOT NULL REFERENCES account (id),
	confirmed_on TEXT,
	confirmed_by BIGINT REFERENCES account (id)
);

-- What was erased: a number, what it was, when and why. Nothing else of it is left.
-- root: none, because what it is about is gone
CREATE TABLE tombstone (
	id BIGINT PRIMARY KEY,
	kind TEXT NOT NULL,
	at TEXT NOT NULL,
	reason TEXT NOT NULL,
	swept_at TEXT
);
CREATE INDEX tombstone_unswept ON tombstone (id) WHERE swept_at IS NULL;

-- What the figures count of rows that are erased. No line says which family it came from, and no line knows of another.
-- root: none, because it holds counts alone
CREATE TABLE fact_count (
	figure TEXT NOT NULL,
	dim TEXT NOT NULL,
	code TEXT NOT NULL,
	place BIGINT NOT NULL,
	part TEXT NOT NULL,
	day TEXT NOT NULL,
	n BIGINT NOT NULL,
	minutes BIGINT NOT NULL,
	km BIGINT NOT NULL,
	PRIMARY KEY (figure, dim, day, code, place, part)
);

-- How many trajectories, or people in trajectories, had exactly these spans of days.
-- root: none, because it holds counts alone
CREATE TABLE fact_spans (
	figure TEXT NOT NULL,
	code TEXT NOT NULL,
	spans TEXT NOT NULL,
	first_on TEXT NOT NULL,
	last_on TEXT NOT NULL,
	n BIGINT NOT NULL,
	PRIMARY KEY (figure, code, spans)
);
CREATE INDEX fact_spans_by_end ON fact_spans (last_on, first_on);

-- From when until when a volunteer helped a family that is erased: a year counts a volunteer once, however many families there were.
-- root: volunteer
CREATE TABLE helped (
	id BIGINT PRIMARY KEY,
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	from_on TEXT NOT NULL,
	until_on TEXT NOT NULL
);
CREATE INDEX helped_by_volunteer ON helped (volunteer_id);

-- Erasing looks for everything that points to a row.
CREATE INDEX intake_by_referral ON intake (referral_id) WHERE referral_id IS NOT NULL;
CREATE INDEX task_any_of_dossier ON task (dossier_id) WHERE dossier_id IS NOT NULL;
CREATE INDEX task_any_of_referral ON task (referral_id) WHERE referral_id IS NOT NULL;
CREATE INDEX task_any_of_volunteer ON task (volunteer_id) WHERE volunteer_id IS NOT NULL;
