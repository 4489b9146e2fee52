-- How long the timed sections of a quiz take together, in seconds; kept by whatever writes a section, so that a quiz is
-- read in one row.
ALTER TABLE quizzes ADD COLUMN parts_limit_s INTEGER NOT NULL DEFAULT 0;

-- Whether its parts are passed one after the other, none twice: fixed when it starts.
ALTER TABLE attempts ADD COLUMN is_in_parts BOOLEAN NOT NULL DEFAULT FALSE;

-- section_id: of the quiz, '' for the places outside of sections. extra_s: what an accommodation adds to time_limit_s.
ALTER TABLE attempt_sections ADD COLUMN section_id TEXT NOT NULL DEFAULT '';
ALTER TABLE attempt_sections ADD COLUMN extra_s INTEGER NOT NULL DEFAULT 0;
