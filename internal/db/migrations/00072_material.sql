-- +goose Up

-- VOL-6. What may be lent or given to families: the programme's own, and of no family. About_detention says that it talks about
-- prison, so that it does not come to a child that does not know (INT-8).
-- root: none
CREATE TABLE material (
	id BIGINT PRIMARY KEY,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	topic TEXT NOT NULL,
	age_from BIGINT NOT NULL,
	age_to BIGINT NOT NULL,
	about_detention BOOLEAN NOT NULL DEFAULT FALSE,
	gift BOOLEAN NOT NULL DEFAULT FALSE,
	copies BIGINT NOT NULL,
	lend_days BIGINT NOT NULL,
	ended_on TEXT,
	version BIGINT NOT NULL DEFAULT 1
);

-- A copy on its way: asked for, lent, back; or given away. The family is the one for which a volunteer has it, if she says so.
-- root: volunteer
CREATE TABLE material_loan (
	id BIGINT PRIMARY KEY,
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	material_id BIGINT NOT NULL REFERENCES material (id),
	dossier_id BIGINT REFERENCES dossier (id),
	state TEXT NOT NULL,
	asked_on TEXT NOT NULL,
	lent_on TEXT,
	due_on TEXT,
	ended_on TEXT,
	why TEXT NOT NULL DEFAULT '',
	form_token TEXT UNIQUE
);
CREATE INDEX material_loan_by_volunteer ON material_loan (volunteer_id, state);
CREATE INDEX material_loan_by_material ON material_loan (material_id, state);
CREATE INDEX material_loan_by_dossier ON material_loan (dossier_id) WHERE dossier_id IS NOT NULL;

-- What most programmes have in the cupboard; copies are counted by who has them.
INSERT INTO material (id, name, kind, topic, age_from, age_to, about_detention, gift, copies, lend_days) VALUES
	(72001, 'Prentenboek over missen', 'picture_book', 'missing', 2, 6, FALSE, FALSE, 2, 28),
	(72002, 'Prentenboek over een ouder in detentie', 'picture_book', 'detention', 4, 8, TRUE, FALSE, 2, 28),
	(72003, 'Dagboek om zelf te vullen', 'diary', 'feelings', 7, 12, FALSE, TRUE, 10, 28),
	(72004, 'Bezoekdagboek: voor en na het bezoek', 'diary', 'visit', 6, 12, TRUE, TRUE, 10, 28),
	(72005, 'Verhalen van jongeren met een ouder in detentie', 'story', 'detention', 12, 17, TRUE, FALSE, 2, 28),
	(72006, 'Spel met vragen over gevoelens', 'game', 'feelings', 5, 14, FALSE, FALSE, 1, 14),
	(72007, 'Folder: wat vertel ik het kind?', 'leaflet', 'telling', 18, 99, TRUE, TRUE, 50, 28);
