-- +goose Up

-- One contact more than planned, because a case is heavy (TRA-4): why, and when that was decided.
ALTER TABLE checkpoint ADD COLUMN why BYTEA;
ALTER TABLE checkpoint ADD COLUMN added_on TEXT;

-- Another rhythm of visits than the kind asks, with why (TRA-5).
-- root: dossier
CREATE TABLE rhythm_change (
	id BIGINT PRIMARY KEY,
	dossier_id BIGINT NOT NULL REFERENCES dossier (id),
	trajectory_id BIGINT NOT NULL,
	at TEXT NOT NULL,
	account_id BIGINT NOT NULL,
	old_days BIGINT NOT NULL,
	new_days BIGINT NOT NULL,
	why BYTEA,
	FOREIGN KEY (dossier_id, trajectory_id) REFERENCES trajectory (dossier_id, id)
);
CREATE INDEX rhythm_change_by_dossier ON rhythm_change (dossier_id);

-- Whom a signal was put to, also after it was answered: what an inside coordinator may see of signals rests on it.
CREATE INDEX task_asked ON task (account_id, dossier_id) WHERE kind = 'answer_signal';
