-- +goose Up
-- How often the door refused something, counted per hour, so that nobody can fill the log with it. Nothing that was typed.
-- root: none
CREATE TABLE refusal (
	since TEXT NOT NULL,
	kind TEXT NOT NULL,
	about BIGINT NOT NULL,
	actor BIGINT NOT NULL,
	address TEXT NOT NULL,
	route TEXT NOT NULL,
	last_at TEXT NOT NULL,
	times BIGINT NOT NULL,
	PRIMARY KEY (since, kind, about, actor, address, route)
);
