-- A change of results after they were given. question_id: NULL for all questions of the quiz. number: from 1 in each quiz,
-- in the order in which they were made. content: what the kind needs, JSON.
CREATE TABLE regrades (
  class_id TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  quiz_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  question_id TEXT REFERENCES questions (id),
  kind TEXT NOT NULL CHECK (kind IN ('other_key', 'accept', 'full', 'drop', 'recount')),
  content TEXT NOT NULL,
  only_if_higher BOOLEAN NOT NULL,
  reason TEXT NOT NULL,
  regraded_by TEXT NOT NULL REFERENCES people (id),
  regraded_at TEXT NOT NULL,
  operation_id TEXT NOT NULL,
  undone_at TEXT,
  undone_by TEXT REFERENCES people (id),
  PRIMARY KEY (class_id, id),
  UNIQUE (class_id, quiz_id, number),
  UNIQUE (class_id, quiz_id, operation_id),
  FOREIGN KEY (class_id, quiz_id) REFERENCES quizzes (class_id, id)
);

-- What a regrade changed, place by place, so that it can be told and undone. The four scores are of the whole attempt.
CREATE TABLE regrade_changes (
  class_id TEXT NOT NULL,
  regrade_id TEXT NOT NULL,
  attempt_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  old_fraction DOUBLE PRECISION,
  new_fraction DOUBLE PRECISION,
  old_counted BOOLEAN NOT NULL,
  new_counted BOOLEAN NOT NULL,
  old_earned DOUBLE PRECISION NOT NULL,
  old_possible DOUBLE PRECISION NOT NULL,
  new_earned DOUBLE PRECISION NOT NULL,
  new_possible DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (class_id, regrade_id, attempt_id, position),
  FOREIGN KEY (class_id, regrade_id) REFERENCES regrades (class_id, id),
  FOREIGN KEY (class_id, attempt_id, position) REFERENCES attempt_slots (class_id, attempt_id, position)
);
CREATE INDEX regrade_changes_by_attempt ON regrade_changes (class_id, attempt_id, position);

-- What a learner says is wrong with a question. address, source_date: of an appeal, '' else.
CREATE TABLE problem_reports (
  class_id TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  quiz_id TEXT NOT NULL,
  attempt_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  question_id TEXT NOT NULL REFERENCES questions (id),
  version_id TEXT NOT NULL REFERENCES versions (id),
  person_id TEXT NOT NULL REFERENCES people (id),
  kind TEXT NOT NULL CHECK (kind IN ('wrong', 'out_of_date', 'unclear', 'other', 'appeal')),
  words TEXT NOT NULL,
  address TEXT NOT NULL,
  source_date TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'refused')),
  answer TEXT NOT NULL,
  decided_by TEXT REFERENCES people (id),
  decided_at TEXT,
  regrade_id TEXT REFERENCES regrades (id),
  created_at TEXT NOT NULL,
  operation_id TEXT NOT NULL,
  PRIMARY KEY (class_id, id),
  UNIQUE (class_id, attempt_id, operation_id),
  FOREIGN KEY (class_id, attempt_id, position) REFERENCES attempt_slots (class_id, attempt_id, position)
);
CREATE INDEX problem_reports_by_quiz ON problem_reports (class_id, quiz_id, state, created_at);
CREATE INDEX problem_reports_by_attempt ON problem_reports (class_id, attempt_id, position);
