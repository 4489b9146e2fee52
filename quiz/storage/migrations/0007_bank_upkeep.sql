-- Who may see a bank: every instructor, or whoever made it and the instructors of bank_classes. copied_from: the bank that
-- it is a copy of. edited_at: when its title or description was changed in the pages; its file leaves them alone then.
ALTER TABLE banks ADD COLUMN audience TEXT NOT NULL DEFAULT 'everyone' CHECK (audience IN ('everyone', 'classes'));
ALTER TABLE banks ADD COLUMN copied_from TEXT;
ALTER TABLE banks ADD COLUMN edited_at TEXT;
ALTER TABLE questions ADD COLUMN copied_from TEXT;

CREATE TABLE bank_classes (
  bank_id TEXT NOT NULL REFERENCES banks (id),
  class_id TEXT NOT NULL REFERENCES classes (id),
  PRIMARY KEY (bank_id, class_id)
);
CREATE INDEX bank_classes_by_class ON bank_classes (class_id, bank_id);

-- One narrow row a question: its newest version and what it is listed by. Everything in it, in question_texts and in
-- question_counts follows from the other tables (see storage/heads.py). number: as in question_texts; a later question
-- has a higher one. state: 'retired' if the question is. sketch: what near-duplicates are found by.
-- is_text_due: question_texts lags behind.
CREATE TABLE question_heads (
  number INTEGER PRIMARY KEY,
  question_id TEXT NOT NULL UNIQUE REFERENCES questions (id),
  bank_id TEXT NOT NULL REFERENCES banks (id),
  version_id TEXT NOT NULL REFERENCES versions (id),
  version_number INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'ready', 'retired')),
  type TEXT NOT NULL,
  basis TEXT NOT NULL,
  difficulty TEXT NOT NULL,
  tags TEXT NOT NULL,
  created_by TEXT,
  updated_at TEXT NOT NULL,
  sketch TEXT NOT NULL,
  is_text_due BOOLEAN NOT NULL
);
CREATE INDEX question_heads_due ON question_heads (question_id) WHERE is_text_due;
CREATE INDEX question_heads_by_bank ON question_heads (bank_id, number);
CREATE INDEX question_heads_by_version ON question_heads (version_id);

-- What is filtered by, as signs that no text holds; see storage/heads.py.
ALTER TABLE question_texts ADD COLUMN facets TEXT NOT NULL DEFAULT '';

-- How many questions of a bank have a state, and how many that are not retired a type, a basis, a tag, an author.
CREATE TABLE question_counts (
  bank_id TEXT NOT NULL REFERENCES banks (id),
  facet TEXT NOT NULL,
  value TEXT NOT NULL,
  question_count INTEGER NOT NULL,
  PRIMARY KEY (bank_id, facet, value)
);

CREATE INDEX question_counts_by_value ON question_counts (facet, value, bank_id);

-- What was done to a bank, append-only. question_id: NULL if it was done to the bank, or to several questions.
-- details: facts, JSON.
CREATE TABLE bank_changes (
  id TEXT PRIMARY KEY,
  bank_id TEXT NOT NULL REFERENCES banks (id),
  at TEXT NOT NULL,
  made_by TEXT REFERENCES people (id),
  kind TEXT NOT NULL,
  question_id TEXT,
  details TEXT NOT NULL
);
CREATE INDEX bank_changes_by_bank ON bank_changes (bank_id, id);

-- One change to many questions at once. id: made with the page that asked for it, so that a repeat changes nothing.
-- settings: what was asked for, JSON.
CREATE TABLE bulk_changes (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('tag', 'move', 'retire', 'restore', 'add_to_quiz', 'merge')),
  settings TEXT NOT NULL,
  question_count INTEGER NOT NULL,
  made_by TEXT NOT NULL REFERENCES people (id),
  made_at TEXT NOT NULL,
  undone_at TEXT,
  undone_by TEXT REFERENCES people (id),
  kept_count INTEGER NOT NULL
);
CREATE INDEX bulk_changes_by_person ON bulk_changes (made_by, id);

-- What it changed, thing by thing, so that it can be told and undone. subject: a question's id; of a
-- slot, its quiz's and its own. before, after: JSON.
CREATE TABLE bulk_change_rows (
  change_id TEXT NOT NULL REFERENCES bulk_changes (id),
  aspect TEXT NOT NULL CHECK (aspect IN ('tags', 'bank', 'retired', 'slot')),
  subject TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  PRIMARY KEY (change_id, aspect, subject)
);

-- Pairs that look alike and are not: somebody said so. first_id is the lower of the two.
CREATE TABLE different_questions (
  first_id TEXT NOT NULL REFERENCES questions (id),
  second_id TEXT NOT NULL REFERENCES questions (id),
  said_by TEXT NOT NULL REFERENCES people (id),
  said_at TEXT NOT NULL,
  PRIMARY KEY (first_id, second_id),
  CHECK (first_id < second_id)
);

CREATE INDEX slots_by_question ON slots (question_id);
