-- +goose Up

-- Who works here asks what was done under their name, and who looked at their volunteer file (PRV-4). Rows without a dossier are
-- of volunteers, referrals and accounts.
CREATE INDEX log_entry_by_account ON log_entry (account_id, action, at);
CREATE INDEX log_entry_by_row ON log_entry (row_id, seq) WHERE dossier_id = 0;

-- And which mails they got.
CREATE INDEX outbox_by_account ON outbox (account_id, created_at);
