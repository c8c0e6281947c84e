-- +goose Up

-- When somebody last signed in: sessions are swept, and who keeps the accounts must see who stopped coming.
ALTER TABLE account ADD COLUMN signed_in_at TEXT;
