-- +goose Up

-- FIG-4 counts a period: what was due in it, for everybody.
CREATE INDEX checkpoint_by_due ON checkpoint (due_on);
CREATE INDEX signal_by_term ON signal (answer_before);
CREATE INDEX visit_by_plan ON visit (planned_at) WHERE held_at IS NULL;
