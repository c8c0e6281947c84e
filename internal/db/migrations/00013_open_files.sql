-- +goose Up

-- A coordinator's files that are not closed lie together, however many have closed in the course of the years.
CREATE INDEX dossier_by_state ON dossier (municipality_id, state);
