-- correctness: how right the answer is, 0 to 1, whatever tries and certainty made of it in fraction; NULL: as fraction.
-- extra_of: the place that this one is like. NULL for what the quiz itself asks; an extra one never counts.
ALTER TABLE attempt_slots ADD COLUMN correctness DOUBLE PRECISION CHECK (correctness >= 0 AND correctness <= 1);
ALTER TABLE attempt_slots ADD COLUMN extra_of INTEGER;

-- How sure the learner was, 1 to 3; NULL if it was not said.
ALTER TABLE late_answers ADD COLUMN certainty INTEGER CHECK (certainty >= 1 AND certainty <= 3);

ALTER TABLE regrade_changes ADD COLUMN old_correctness DOUBLE PRECISION;
ALTER TABLE regrade_changes ADD COLUMN new_correctness DOUBLE PRECISION;
