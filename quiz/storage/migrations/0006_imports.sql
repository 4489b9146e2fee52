-- Questions that come from files. An import is checked first: what it would do is kept here until somebody confirms it, or
-- for a day. state: 'checking' until all rows are there. bank_id: NULL while the bank is still to be made. digest: SHA-256 of the file. made_by: NULL if it was made at
-- the prompt. counts: JSON, how many rows have which status. bank_moment: which import was the bank's last one then.
CREATE TABLE imports (
  id TEXT PRIMARY KEY,
  bank_id TEXT REFERENCES banks (id),
  new_bank_title TEXT NOT NULL,
  new_bank_language TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_size INTEGER NOT NULL,
  digest TEXT NOT NULL,
  format TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('checking', 'checked', 'done', 'undone')),
  counts TEXT NOT NULL,
  bank_moment TEXT NOT NULL,
  made_by TEXT REFERENCES people (id),
  made_at TEXT NOT NULL,
  confirmed_at TEXT,
  undone_at TEXT
);
CREATE INDEX imports_by_person ON imports (made_by, made_at);
CREATE INDEX imports_by_digest ON imports (digest);
CREATE INDEX imports_by_bank ON imports (bank_id, state);

-- The file itself, so that it can be checked again as another format or into another bank. Gone once it is confirmed.
CREATE TABLE import_files (
  import_id TEXT PRIMARY KEY REFERENCES imports (id),
  content BYTEA NOT NULL
);

-- What the file holds, question by question, as the report tells it. line: NULL where the format has none. messages: JSON.
-- based_on: the newest version at the check; version_id: the one that is written ('' if only tags or difficulty change).
-- before, after: JSON of what belongs to the question and not to a version. outcome: '' until something happened to the row.
CREATE TABLE import_rows (
  import_id TEXT NOT NULL REFERENCES imports (id),
  position INTEGER NOT NULL,
  line INTEGER,
  action TEXT NOT NULL CHECK (action IN ('add', 'update', 'same', 'none')),
  status TEXT NOT NULL CHECK (status IN ('add', 'update', 'same', 'warning', 'error')),
  question_id TEXT NOT NULL,
  title TEXT NOT NULL,
  messages TEXT NOT NULL,
  based_on TEXT NOT NULL,
  version_id TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('', 'changed', 'undone', 'kept', 'retired')),
  PRIMARY KEY (import_id, position)
);
CREATE INDEX import_rows_by_status ON import_rows (import_id, status, position);

-- What will be written, ready for the tables of questions, so that confirming is short. Gone once it is confirmed.
CREATE TABLE import_wordings (
  import_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  outside_id TEXT NOT NULL,
  difficulty TEXT NOT NULL,
  tags TEXT NOT NULL,
  state TEXT NOT NULL,
  type TEXT NOT NULL,
  basis TEXT NOT NULL,
  language TEXT NOT NULL,
  stem TEXT NOT NULL,
  ask TEXT NOT NULL,
  answer_key TEXT NOT NULL,
  feedback TEXT NOT NULL,
  hints TEXT NOT NULL,
  citations TEXT NOT NULL,
  ignores TEXT NOT NULL,
  PRIMARY KEY (import_id, position),
  FOREIGN KEY (import_id, position) REFERENCES import_rows (import_id, position)
);

-- Pictures that came with the file. They are stored when it is confirmed.
CREATE TABLE import_pictures (
  import_id TEXT NOT NULL REFERENCES imports (id),
  id TEXT NOT NULL,
  media_type TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  data BYTEA NOT NULL,
  PRIMARY KEY (import_id, id)
);

-- What other systems call our questions, so that a file that comes again finds them.
CREATE TABLE question_origins (
  bank_id TEXT NOT NULL REFERENCES banks (id),
  outside_id TEXT NOT NULL,
  question_id TEXT NOT NULL REFERENCES questions (id),
  PRIMARY KEY (bank_id, outside_id)
);
CREATE INDEX question_origins_by_question ON question_origins (question_id);

-- Undoing an import deletes questions; each of these is asked whether something still points there.
CREATE INDEX attempt_slots_by_version ON attempt_slots (version_id);
CREATE INDEX slots_by_version ON slots (version_id);
CREATE INDEX problem_reports_by_question ON problem_reports (question_id);
CREATE INDEX problem_reports_by_version ON problem_reports (version_id);
CREATE INDEX regrades_by_question ON regrades (question_id);
