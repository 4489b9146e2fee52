-- Ids are text made in Python. Times are UTC, ISO 8601 with milliseconds and a Z, so that they sort as text.
-- JSON is text that Python encodes; what is queried has a column. Rows of a class lead their keys with it.

CREATE TABLE people (
  id TEXT PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('guest', 'learner', 'instructor')),
  name TEXT NOT NULL,
  email TEXT UNIQUE,
  password_hash TEXT,
  created_at TEXT NOT NULL,
  disabled_at TEXT
);

CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES people (id),
  created_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
);
CREATE INDEX sessions_by_person ON sessions (person_id);

CREATE TABLE setup_links (
  token_hash TEXT PRIMARY KEY,
  created_at TEXT NOT NULL,
  used_at TEXT,
  used_by TEXT REFERENCES people (id)
);

CREATE TABLE rate_limits (
  bucket TEXT PRIMARY KEY,
  allowance DOUBLE PRECISION NOT NULL,
  refilled_at TEXT NOT NULL
);

CREATE TABLE audit_log (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  actor_id TEXT,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  details TEXT NOT NULL
);
CREATE INDEX audit_log_by_subject ON audit_log (subject, at);

CREATE TABLE classes (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  join_code TEXT NOT NULL UNIQUE,
  is_public BOOLEAN NOT NULL,
  created_by TEXT REFERENCES people (id),
  created_at TEXT NOT NULL,
  archived_at TEXT
);

CREATE TABLE members (
  class_id TEXT NOT NULL REFERENCES classes (id),
  person_id TEXT NOT NULL REFERENCES people (id),
  role TEXT NOT NULL CHECK (role IN ('learner', 'instructor')),
  joined_at TEXT NOT NULL,
  PRIMARY KEY (class_id, person_id)
);
CREATE INDEX members_by_person ON members (person_id);

CREATE TABLE sources (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('article', 'faq', 'record')),
  title TEXT NOT NULL,
  short_title TEXT NOT NULL,
  byline TEXT NOT NULL,
  publisher TEXT NOT NULL,
  published TEXT NOT NULL,
  published_note TEXT NOT NULL,
  faq_byline TEXT NOT NULL,
  language TEXT NOT NULL,
  checked_on TEXT NOT NULL,
  reliability TEXT NOT NULL,
  evidence TEXT NOT NULL,
  file_digest TEXT NOT NULL,
  attached_at TEXT
);

CREATE TABLE passages (
  source_id TEXT NOT NULL REFERENCES sources (id),
  key TEXT NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('paragraph', 'faq', 'event')),
  asked TEXT NOT NULL,
  gist TEXT NOT NULL,
  date TEXT NOT NULL,
  digests TEXT NOT NULL,
  misleads TEXT NOT NULL,
  note TEXT NOT NULL,
  original TEXT,
  PRIMARY KEY (source_id, key)
);

CREATE TABLE not_passages (
  source_id TEXT NOT NULL REFERENCES sources (id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  what TEXT NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (source_id, position)
);

CREATE TABLE claims (
  source_id TEXT NOT NULL REFERENCES sources (id),
  id TEXT NOT NULL,
  passage_key TEXT NOT NULL,
  printed_where TEXT NOT NULL,
  position INTEGER NOT NULL,
  statement TEXT NOT NULL,
  kind TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (
    verdict IN ('supported', 'dated', 'wrong', 'disputed', 'unsupported', 'inconsistent', 'opinion')
  ),
  reason TEXT NOT NULL,
  correction TEXT NOT NULL,
  as_of TEXT NOT NULL,
  review_by TEXT NOT NULL,
  volatility TEXT NOT NULL CHECK (volatility IN ('settled', 'slow', 'fast')),
  confidence TEXT NOT NULL CHECK (confidence IN ('high', 'medium', 'low')),
  is_quizworthy BOOLEAN NOT NULL,
  file_digest TEXT NOT NULL,
  edited_at TEXT,
  edited_by TEXT REFERENCES people (id),
  PRIMARY KEY (source_id, id)
);
CREATE INDEX claims_by_passage ON claims (source_id, passage_key, position);

CREATE TABLE evidence (
  source_id TEXT NOT NULL,
  claim_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  address TEXT NOT NULL,
  PRIMARY KEY (source_id, claim_id, position),
  FOREIGN KEY (source_id, claim_id) REFERENCES claims (source_id, id)
);

CREATE TABLE contradictions (
  source_id TEXT NOT NULL REFERENCES sources (id),
  id TEXT NOT NULL,
  position INTEGER NOT NULL,
  about TEXT NOT NULL,
  note TEXT NOT NULL,
  clashes_with TEXT NOT NULL,
  ask TEXT NOT NULL,
  PRIMARY KEY (source_id, id)
);

CREATE TABLE contradiction_claims (
  source_id TEXT NOT NULL,
  contradiction_id TEXT NOT NULL,
  claim_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (source_id, contradiction_id, claim_id),
  FOREIGN KEY (source_id, contradiction_id) REFERENCES contradictions (source_id, id),
  FOREIGN KEY (source_id, claim_id) REFERENCES claims (source_id, id)
);

CREATE TABLE banks (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  language TEXT NOT NULL,
  position INTEGER NOT NULL,
  file_digest TEXT NOT NULL,
  created_by TEXT REFERENCES people (id),
  created_at TEXT NOT NULL
);

-- file_digest: of the question as the bank file had it when it was loaded last, '' if it came from no file.
-- edited_at: when somebody changed it in the pages since; the file never overwrites it then.
CREATE TABLE questions (
  id TEXT PRIMARY KEY,
  bank_id TEXT NOT NULL REFERENCES banks (id),
  difficulty TEXT NOT NULL CHECK (difficulty IN ('easy', 'medium', 'hard')),
  file_digest TEXT NOT NULL,
  created_by TEXT REFERENCES people (id),
  created_at TEXT NOT NULL,
  edited_at TEXT,
  retired_at TEXT
);
CREATE INDEX questions_by_bank ON questions (bank_id, id);

CREATE TABLE question_tags (
  question_id TEXT NOT NULL REFERENCES questions (id),
  tag TEXT NOT NULL,
  PRIMARY KEY (question_id, tag)
);
CREATE INDEX question_tags_by_tag ON question_tags (tag, question_id);

-- A version never changes once it is ready; only its state does. What learners may see is here ...
CREATE TABLE versions (
  id TEXT PRIMARY KEY,
  question_id TEXT NOT NULL REFERENCES questions (id),
  number INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'ready', 'retired')),
  type TEXT NOT NULL,
  basis TEXT NOT NULL CHECK (basis IN ('world', 'text', 'check')),
  stem TEXT NOT NULL,
  ask TEXT NOT NULL,
  created_by TEXT REFERENCES people (id),
  created_at TEXT NOT NULL,
  UNIQUE (question_id, number)
);

-- ... and what they may not see before release is here.
CREATE TABLE version_keys (
  version_id TEXT PRIMARY KEY REFERENCES versions (id),
  answer_key TEXT NOT NULL,
  feedback TEXT NOT NULL
);

CREATE TABLE citations (
  version_id TEXT NOT NULL REFERENCES versions (id),
  source_id TEXT NOT NULL,
  claim_id TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('rests_on', 'corrects', 'checks')),
  position INTEGER NOT NULL,
  PRIMARY KEY (version_id, source_id, claim_id, role),
  FOREIGN KEY (source_id, claim_id) REFERENCES claims (source_id, id)
);
CREATE INDEX citations_by_claim ON citations (source_id, claim_id);

-- What the search looks through: one row a question, folded (see core/text_folding.py). number: SQLite's index of
-- words points to it; without such a column a VACUUM may renumber the rows under the index.
CREATE TABLE question_texts (
  number INTEGER PRIMARY KEY,
  question_id TEXT NOT NULL UNIQUE REFERENCES questions (id),
  folded TEXT NOT NULL
);

CREATE TABLE quizzes (
  class_id TEXT NOT NULL REFERENCES classes (id),
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  language TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed')),
  policy TEXT NOT NULL CHECK (policy IN ('unscored', 'left_out', 'scored')),
  policy_reason TEXT NOT NULL,
  guests_allowed BOOLEAN NOT NULL,
  attempts_allowed INTEGER,
  join_code TEXT NOT NULL UNIQUE,
  settings TEXT NOT NULL,
  created_by TEXT REFERENCES people (id),
  created_at TEXT NOT NULL,
  opened_at TEXT,
  closes_at TEXT,
  PRIMARY KEY (class_id, id)
);

-- A slot holds one question, or draws some from a bank (with a tag, if one is named).
CREATE TABLE slots (
  class_id TEXT NOT NULL,
  quiz_id TEXT NOT NULL,
  id TEXT NOT NULL,
  position INTEGER NOT NULL,
  points DOUBLE PRECISION NOT NULL CHECK (points > 0),
  question_id TEXT REFERENCES questions (id),
  draw_bank_id TEXT REFERENCES banks (id),
  draw_tag TEXT NOT NULL,
  draw_count INTEGER NOT NULL CHECK (draw_count >= 0),
  PRIMARY KEY (class_id, quiz_id, id),
  FOREIGN KEY (class_id, quiz_id) REFERENCES quizzes (class_id, id),
  CHECK ((question_id IS NULL) <> (draw_bank_id IS NULL))
);

CREATE TABLE attempts (
  class_id TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  quiz_id TEXT NOT NULL,
  person_id TEXT NOT NULL REFERENCES people (id),
  number INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'submitted', 'abandoned')),
  policy TEXT NOT NULL,
  policy_reason TEXT NOT NULL,
  started_at TEXT NOT NULL,
  deadline_at TEXT,
  submitted_at TEXT,
  receipt TEXT,
  earned DOUBLE PRECISION,
  possible DOUBLE PRECISION,
  step_count INTEGER NOT NULL,
  PRIMARY KEY (class_id, id),
  UNIQUE (class_id, quiz_id, person_id, number),
  FOREIGN KEY (class_id, quiz_id) REFERENCES quizzes (class_id, id)
);
CREATE INDEX attempts_by_person ON attempts (person_id, started_at);

-- One place of an attempt, fixed when it starts. response, is_flagged and the rest are what its steps come to.
CREATE TABLE attempt_slots (
  class_id TEXT NOT NULL,
  attempt_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  question_id TEXT NOT NULL REFERENCES questions (id),
  version_id TEXT NOT NULL REFERENCES versions (id),
  seed TEXT NOT NULL,
  points DOUBLE PRECISION NOT NULL,
  standing TEXT NOT NULL,
  is_counted BOOLEAN NOT NULL,
  response TEXT,
  revision INTEGER NOT NULL,
  saved_at TEXT,
  is_flagged BOOLEAN NOT NULL,
  seconds_spent INTEGER NOT NULL,
  fraction DOUBLE PRECISION,
  PRIMARY KEY (class_id, attempt_id, position),
  FOREIGN KEY (class_id, attempt_id) REFERENCES attempts (class_id, id)
);
CREATE INDEX attempt_slots_by_question ON attempt_slots (question_id, version_id);

-- What happened, append-only. operation_id: made by whoever asked, so that a repeat changes nothing.
CREATE TABLE steps (
  class_id TEXT NOT NULL,
  attempt_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  operation_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  content TEXT NOT NULL,
  at TEXT NOT NULL,
  is_late BOOLEAN NOT NULL,
  PRIMARY KEY (class_id, attempt_id, sequence),
  UNIQUE (class_id, attempt_id, operation_id),
  FOREIGN KEY (class_id, attempt_id) REFERENCES attempts (class_id, id)
);
