-- When a quiz can be taken, for how long, and which attempt counts. Times as elsewhere; spans in whole seconds.
ALTER TABLE quizzes ADD COLUMN opens_at TEXT;
ALTER TABLE quizzes ADD COLUMN time_limit_s INTEGER CHECK (time_limit_s > 0);
ALTER TABLE quizzes ADD COLUMN overrun TEXT NOT NULL DEFAULT 'submit' CHECK (overrun IN ('submit', 'grace', 'abandon'));
ALTER TABLE quizzes ADD COLUMN grace_s INTEGER NOT NULL DEFAULT 0 CHECK (grace_s >= 0);
ALTER TABLE quizzes ADD COLUMN wait_between_s INTEGER NOT NULL DEFAULT 0 CHECK (wait_between_s >= 0);
ALTER TABLE quizzes ADD COLUMN counting TEXT NOT NULL DEFAULT 'best' CHECK (counting IN ('best', 'last', 'first', 'mean'));

-- What happens at its end is fixed when an attempt starts. paused_s: in breaks that are over. paused_at: of one that is not.
ALTER TABLE attempts ADD COLUMN overrun TEXT NOT NULL DEFAULT 'submit' CHECK (overrun IN ('submit', 'grace', 'abandon'));
ALTER TABLE attempts ADD COLUMN grace_s INTEGER NOT NULL DEFAULT 0 CHECK (grace_s >= 0);
ALTER TABLE attempts ADD COLUMN paused_s INTEGER NOT NULL DEFAULT 0 CHECK (paused_s >= 0);
ALTER TABLE attempts ADD COLUMN paused_at TEXT;

-- What one learner gets in every quiz.
CREATE TABLE accommodations (
  person_id TEXT PRIMARY KEY REFERENCES people (id),
  factor DOUBLE PRECISION NOT NULL CHECK (factor >= 1 AND factor <= 3),
  is_untimed BOOLEAN NOT NULL,
  extra_days INTEGER NOT NULL CHECK (extra_days >= 0),
  extra_attempts INTEGER NOT NULL CHECK (extra_attempts >= 0),
  may_pause BOOLEAN NOT NULL,
  note TEXT NOT NULL,
  set_by TEXT NOT NULL REFERENCES people (id),
  set_at TEXT NOT NULL
);

-- Answers that came after the end: kept, and marked only if an instructor accepts them. response: JSON, NULL if cleared.
CREATE TABLE late_answers (
  class_id TEXT NOT NULL,
  attempt_id TEXT NOT NULL,
  operation_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  response TEXT,
  at TEXT NOT NULL,
  decision TEXT CHECK (decision IN ('accepted', 'refused')),
  decided_by TEXT REFERENCES people (id),
  decided_at TEXT,
  reason TEXT NOT NULL,
  PRIMARY KEY (class_id, attempt_id, operation_id),
  FOREIGN KEY (class_id, attempt_id, position) REFERENCES attempt_slots (class_id, attempt_id, position)
);
