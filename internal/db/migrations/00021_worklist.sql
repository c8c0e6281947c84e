-- +goose Up
-- A worklist is read often and its lines were written on as many days: the index holds the whole line, so that the lines of one
-- person lie together.
DROP INDEX task_waiting;
CREATE INDEX task_waiting ON task (account_id, urgency, due_at, id, show_from, kind, key, dossier_id, referral_id, volunteer_id, subject_id)
	WHERE done_at IS NULL;
