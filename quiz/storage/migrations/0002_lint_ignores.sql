-- Why a finding of lint is left as it is. It belongs to the question, not to one version, and answers all that the rule
-- finds in it. ignored_by: NULL if it came from a bank file.
CREATE TABLE lint_ignores (
  question_id TEXT NOT NULL REFERENCES questions (id),
  rule TEXT NOT NULL,
  reason TEXT NOT NULL,
  ignored_by TEXT REFERENCES people (id),
  ignored_at TEXT NOT NULL,
  PRIMARY KEY (question_id, rule)
);
