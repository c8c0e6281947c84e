-- +goose Up
CREATE TABLE owner_key (
	owner BIGINT PRIMARY KEY,
	version BIGINT NOT NULL,
	wrapped BYTEA NOT NULL
);
