-- +goose Up

-- What was asked once is looked up among the tasks that are done as well.
DROP INDEX task_by_subject;
CREATE INDEX task_by_subject ON task (subject_id, kind, due_at);

-- An import looks for the detention of each parent.
CREATE INDEX detention_by_parent ON detention (parent_id);

-- The year's totals read every visit of the year: all they need stands in the index.
DROP INDEX visit_by_held;
CREATE INDEX visit_by_held ON visit (held_at, state, trajectory_id, minutes, km);

-- The list of volunteers counts the families that each has now.
CREATE INDEX volunteer_match_now ON volunteer_match (volunteer_id, dossier_id) WHERE ended_on IS NULL AND declined_at IS NULL;
