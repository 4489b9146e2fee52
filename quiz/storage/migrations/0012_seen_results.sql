-- What learners saw when they last opened the result of an attempt, so that they can be told of what changed since.
-- earned, possible: NULL if no score was shown. unmarked: how many answers waited for somebody to mark them.
CREATE TABLE seen_results (
  class_id TEXT NOT NULL,
  attempt_id TEXT NOT NULL,
  earned DOUBLE PRECISION,
  possible DOUBLE PRECISION,
  unmarked INTEGER NOT NULL,
  seen_at TEXT NOT NULL,
  PRIMARY KEY (class_id, attempt_id),
  FOREIGN KEY (class_id, attempt_id) REFERENCES attempts (class_id, id)
);

-- Results that were there before count as seen: they were shown right after submitting.
INSERT INTO seen_results (class_id, attempt_id, earned, possible, unmarked, seen_at)
SELECT class_id, id, earned, possible, unmarked, submitted_at
FROM attempts
WHERE state <> 'open' AND submitted_at IS NOT NULL;
