-- +goose Up

-- What two people may have on their screens at once carries a version, so that the second of them sees what the first did.
ALTER TABLE account ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE facility ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE household ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE household_member ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE authority ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE placement ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE restriction ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE home_leave ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE professional ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
