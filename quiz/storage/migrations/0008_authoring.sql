-- The language of one wording, '' for its bank's, and what is told after wrong tries: a JSON list of texts, part of the key.
ALTER TABLE versions ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE version_keys ADD COLUMN hints TEXT NOT NULL DEFAULT '[]';

-- Pictures, each once. id: a digest of the data with its size, so a row never changes. data: as picture_reading encoded it.
CREATE TABLE pictures (
  id TEXT PRIMARY KEY,
  media_type TEXT NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg', 'image/webp')),
  width INTEGER NOT NULL CHECK (width > 0),
  height INTEGER NOT NULL CHECK (height > 0),
  data BYTEA NOT NULL,
  created_by TEXT REFERENCES people (id),
  created_at TEXT NOT NULL
);

-- What somebody has typed into the editor and not saved. question_id: perhaps of a question that does not exist yet.
-- number: counts what was kept, so that two tabs notice each other. based_on: the version that the form was filled from.
CREATE TABLE question_drafts (
  person_id TEXT NOT NULL REFERENCES people (id),
  question_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  type TEXT NOT NULL,
  based_on TEXT NOT NULL,
  fields TEXT NOT NULL,
  kept_at TEXT NOT NULL,
  PRIMARY KEY (person_id, question_id)
);
