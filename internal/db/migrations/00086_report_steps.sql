-- +goose Up

-- Which steps of the plan somebody ticked in a report; done is done when the report is.
ALTER TABLE visit_report ADD COLUMN steps TEXT NOT NULL DEFAULT '';
