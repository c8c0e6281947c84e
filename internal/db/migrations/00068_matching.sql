-- +goose Up

-- VOL-7: what makes a match good beyond what makes it possible. Spoken languages are codes; ages of 0 are no wish; of a
-- postcode the four digits alone.
ALTER TABLE volunteer ADD COLUMN speaks TEXT NOT NULL DEFAULT '';
ALTER TABLE volunteer ADD COLUMN youngest BIGINT NOT NULL DEFAULT 0;
ALTER TABLE volunteer ADD COLUMN oldest BIGINT NOT NULL DEFAULT 0;
ALTER TABLE volunteer ADD COLUMN postcode TEXT NOT NULL DEFAULT '';
ALTER TABLE volunteer ADD COLUMN travel_minutes BIGINT NOT NULL DEFAULT 0;

-- INT-6: kinds of support that need contact with the parent inside cannot begin while restrictions run.
ALTER TABLE trajectory_kind ADD COLUMN with_parent BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE trajectory_kind SET with_parent = TRUE WHERE code IN ('visiting_buddy', 'accompanied_visits');

-- What a family seeks in a volunteer, as far as it was asked. Without a row nothing was.
-- root: dossier
CREATE TABLE trajectory_want (
	trajectory_id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	languages TEXT NOT NULL DEFAULT '',
	language_needed BOOLEAN NOT NULL DEFAULT FALSE,
	days TEXT NOT NULL DEFAULT '',
	postcode TEXT NOT NULL DEFAULT '',
	volunteers BIGINT NOT NULL DEFAULT 1,
	version BIGINT NOT NULL DEFAULT 1,
	FOREIGN KEY (dossier_id, trajectory_id) REFERENCES trajectory (dossier_id, id)
);
CREATE INDEX trajectory_want_by_dossier ON trajectory_want (dossier_id);

-- A volunteer and a family that are not brought together, from either side, with the reason for coordinators alone.
-- root: dossier
CREATE TABLE match_exclusion (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	side TEXT NOT NULL,
	words BYTEA,
	at TEXT NOT NULL,
	account_id BIGINT NOT NULL,
	lifted_on TEXT
);
CREATE INDEX match_exclusion_by_dossier ON match_exclusion (dossier_id);
CREATE INDEX match_exclusion_by_volunteer ON match_exclusion (volunteer_id);
CREATE UNIQUE INDEX match_exclusion_once ON match_exclusion (dossier_id, volunteer_id) WHERE lifted_on IS NULL;

-- Who was advised when somebody else was chosen, and why.
ALTER TABLE volunteer_match ADD COLUMN advised_id BIGINT REFERENCES volunteer (id);
ALTER TABLE volunteer_match ADD COLUMN deviation TEXT NOT NULL DEFAULT '';
ALTER TABLE volunteer_match ADD COLUMN deviation_words BYTEA;
CREATE INDEX volunteer_match_by_advised ON volunteer_match (advised_id) WHERE advised_id IS NOT NULL;
