-- How answers are marked, in which order questions come, and what learners are shown when. penalty: what each further
-- try costs. visibility: the moments at which each aspect is shown, JSON; '' as for homework.
ALTER TABLE quizzes ADD COLUMN behaviour TEXT NOT NULL DEFAULT 'deferred' CHECK (
  behaviour IN ('deferred', 'immediate', 'interactive', 'cbm', 'cbm_immediate')
);
ALTER TABLE quizzes ADD COLUMN tries INTEGER NOT NULL DEFAULT 3 CHECK (tries >= 1);
ALTER TABLE quizzes ADD COLUMN penalty DOUBLE PRECISION NOT NULL DEFAULT 0.3333333 CHECK (penalty >= 0 AND penalty <= 1);
ALTER TABLE quizzes ADD COLUMN navigation TEXT NOT NULL DEFAULT 'free' CHECK (navigation IN ('free', 'sequential'));
ALTER TABLE quizzes ADD COLUMN is_shuffled BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE quizzes ADD COLUMN visibility TEXT NOT NULL DEFAULT '';
ALTER TABLE quizzes ADD COLUMN second_marker BOOLEAN NOT NULL DEFAULT FALSE;

-- A part of a quiz with its own title, order and time. Places of no section come first.
CREATE TABLE sections (
  class_id TEXT NOT NULL,
  quiz_id TEXT NOT NULL,
  id TEXT NOT NULL,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  time_limit_s INTEGER CHECK (time_limit_s > 0),
  is_shuffled BOOLEAN NOT NULL,
  PRIMARY KEY (class_id, quiz_id, id),
  FOREIGN KEY (class_id, quiz_id) REFERENCES quizzes (class_id, id)
);

-- section_id: '' for none. version_id: the one that is asked, NULL for the newest that is ready. is_pinned: keeps its
-- place when the others are shuffled.
ALTER TABLE slots ADD COLUMN section_id TEXT NOT NULL DEFAULT '';
ALTER TABLE slots ADD COLUMN version_id TEXT REFERENCES versions (id);
ALTER TABLE slots ADD COLUMN is_pinned BOOLEAN NOT NULL DEFAULT FALSE;

-- What a draw takes from besides its first pool: from each pool as many, as near as can be.
CREATE TABLE slot_pools (
  class_id TEXT NOT NULL,
  quiz_id TEXT NOT NULL,
  slot_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  bank_id TEXT NOT NULL REFERENCES banks (id),
  tag TEXT NOT NULL,
  PRIMARY KEY (class_id, quiz_id, slot_id, position),
  FOREIGN KEY (class_id, quiz_id, slot_id) REFERENCES slots (class_id, quiz_id, id)
);

-- Fixed when an attempt starts, as its questions are. reached: the furthest place that was opened. unmarked: how many
-- answers wait for somebody to mark them.
ALTER TABLE attempts ADD COLUMN behaviour TEXT NOT NULL DEFAULT 'deferred';
ALTER TABLE attempts ADD COLUMN most_tries INTEGER NOT NULL DEFAULT 1;
ALTER TABLE attempts ADD COLUMN penalty DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN navigation TEXT NOT NULL DEFAULT 'free';
ALTER TABLE attempts ADD COLUMN reached INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN unmarked INTEGER NOT NULL DEFAULT 0;

-- A part of an attempt. started_at, ended_at: NULL until then. deadline_at: NULL without a limit, or before the start.
CREATE TABLE attempt_sections (
  class_id TEXT NOT NULL,
  attempt_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  title TEXT NOT NULL,
  first_position INTEGER NOT NULL,
  last_position INTEGER NOT NULL,
  time_limit_s INTEGER,
  started_at TEXT,
  deadline_at TEXT,
  ended_at TEXT,
  PRIMARY KEY (class_id, attempt_id, number),
  FOREIGN KEY (class_id, attempt_id) REFERENCES attempts (class_id, id)
);

-- tries: how often the answer was checked while the attempt was open. certainty: 1 to 3, NULL if it was not said.
-- finished_at: when nothing more could be changed here, NULL while it can.
ALTER TABLE attempt_slots ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempt_slots ADD COLUMN certainty INTEGER CHECK (certainty >= 1 AND certainty <= 3);
ALTER TABLE attempt_slots ADD COLUMN finished_at TEXT;
