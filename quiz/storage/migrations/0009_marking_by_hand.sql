-- Answers of submitted attempts that a person marks. token: stands for the answer in addresses and files, and says nothing
-- of its learner. markers: how many people mark it, fixed when it was submitted. round: from 1; a late answer that takes
-- the place of this one begins another, in which earlier marks do not count. state: waiting (no mark), second (one of
-- two), unsettled (two that differ), marked. claimed_by: who has it before them, since claimed_at.
CREATE TABLE hand_answers (
  class_id TEXT NOT NULL,
  attempt_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  token TEXT NOT NULL UNIQUE,
  quiz_id TEXT NOT NULL,
  question_id TEXT NOT NULL REFERENCES questions (id),
  markers INTEGER NOT NULL CHECK (markers >= 1 AND markers <= 2),
  round INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'second', 'unsettled', 'marked')),
  claimed_by TEXT REFERENCES people (id),
  claimed_at TEXT,
  PRIMARY KEY (class_id, attempt_id, position),
  FOREIGN KEY (class_id, attempt_id, position) REFERENCES attempt_slots (class_id, attempt_id, position)
);
CREATE INDEX hand_answers_by_question ON hand_answers (class_id, quiz_id, question_id, state);

-- What people gave, append-only: whoever changes a mark adds another, and the last one of each counts. number: from 1 for
-- each answer. kind: mark, or settlement, where two differed. maximum: the points of the question then. given: by
-- criterion of the rubric, JSON. note: for other markers, never for the learner. reason: of a settlement, '' else.
CREATE TABLE hand_marks (
  class_id TEXT NOT NULL,
  attempt_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  number INTEGER NOT NULL,
  round INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('mark', 'settlement')),
  marker_id TEXT NOT NULL REFERENCES people (id),
  points DOUBLE PRECISION NOT NULL CHECK (points >= 0),
  maximum DOUBLE PRECISION NOT NULL CHECK (maximum > 0),
  given TEXT NOT NULL,
  comment TEXT NOT NULL,
  note TEXT NOT NULL,
  reason TEXT NOT NULL,
  operation_id TEXT NOT NULL,
  marked_at TEXT NOT NULL,
  PRIMARY KEY (class_id, attempt_id, position, number),
  UNIQUE (class_id, attempt_id, position, operation_id),
  FOREIGN KEY (class_id, attempt_id, position) REFERENCES hand_answers (class_id, attempt_id, position)
);
CREATE INDEX hand_marks_by_marker ON hand_marks (marker_id, marked_at);
