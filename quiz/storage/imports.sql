-- Imports: checked, done or undone; what they hold, row by row; what they write.

-- name: insert_import
INSERT INTO imports (
  id, bank_id, new_bank_title, new_bank_language, file_name, file_size, digest, format, state, counts, bank_moment, made_by,
  made_at
)
VALUES (
  :id, :bank_id, :new_bank_title, :new_bank_language, :file_name, :file_size, :digest, :format, 'checking', :counts,
  :bank_moment, :made_by, :made_at
);

-- name: insert_file
INSERT INTO import_files (import_id, content)
VALUES (:import_id, :content);

-- name: insert_row
INSERT INTO import_rows (
  import_id, position, line, action, status, question_id, title, messages, based_on, version_id, before, after, outcome
)
VALUES (
  :import_id, :position, :line, :action, :status, :question_id, :title, :messages, :based_on, :version_id, :before, :after, ''
);

-- name: insert_wording
INSERT INTO import_wordings (
  import_id, position, outside_id, difficulty, tags, state, type, basis, language, stem, ask, answer_key, feedback, hints,
  citations, ignores
)
VALUES (
  :import_id, :position, :outside_id, :difficulty, :tags, :state, :type, :basis, :language, :stem, :ask, :answer_key,
  :feedback, :hints, :citations, :ignores
);

-- name: insert_picture
INSERT INTO import_pictures (import_id, id, media_type, width, height, data)
VALUES (:import_id, :id, :media_type, :width, :height, :data)
ON CONFLICT (import_id, id) DO NOTHING;

-- name: select_import
SELECT i.id, i.bank_id, i.new_bank_title, i.new_bank_language, i.file_name, i.file_size, i.digest, i.format, i.state, i.counts,
  i.bank_moment, i.made_by, i.made_at, i.confirmed_at, i.undone_at, COALESCE(b.title, i.new_bank_title) AS bank_title
FROM imports AS i
LEFT JOIN banks AS b ON b.id = i.bank_id
WHERE i.id = :import_id;

-- name: select_imports
-- Of one person, and those made at the prompt, the newest first.
SELECT i.id, i.bank_id, i.new_bank_title, i.new_bank_language, i.file_name, i.file_size, i.digest, i.format, i.state, i.counts,
  i.bank_moment, i.made_by, i.made_at, i.confirmed_at, i.undone_at, COALESCE(b.title, i.new_bank_title) AS bank_title
FROM imports AS i
LEFT JOIN banks AS b ON b.id = i.bank_id
WHERE (i.made_by IS NULL OR i.made_by = :person_id)
  AND i.made_at < :before
ORDER BY i.made_at DESC, i.id DESC
LIMIT :limit;

-- name: select_imports_of_file
SELECT i.id, i.bank_id, i.new_bank_title, i.new_bank_language, i.file_name, i.file_size, i.digest, i.format, i.state, i.counts,
  i.bank_moment, i.made_by, i.made_at, i.confirmed_at, i.undone_at, COALESCE(b.title, i.new_bank_title) AS bank_title
FROM imports AS i
LEFT JOIN banks AS b ON b.id = i.bank_id
WHERE i.digest = :digest
  AND i.id <> :import_id
ORDER BY i.made_at DESC, i.id DESC
LIMIT 5;

-- name: select_bank_moment
-- What changes with every import that is confirmed or undone in the bank.
SELECT COUNT(*) AS done_count, COUNT(undone_at) AS undone_count
FROM imports
WHERE bank_id = :bank_id
  AND state IN ('done', 'undone');

-- name: select_file
SELECT content
FROM import_files
WHERE import_id = :import_id;

-- name: select_rows
SELECT position, line, action, status, question_id, title, messages, based_on, version_id, before, after, outcome
FROM import_rows
WHERE import_id = :import_id
  AND (:status = '' OR status = :status)
  AND position > :after
ORDER BY position
LIMIT :limit;

-- name: select_rows_at_work
-- The rows that did something, which has not been taken back.
SELECT position, line, action, status, question_id, title, messages, based_on, version_id, before, after, outcome
FROM import_rows
WHERE import_id = :import_id
  AND action = :action
  AND outcome = ''
  AND position > :after
ORDER BY position
LIMIT :limit;

-- name: select_outcomes
SELECT action, outcome, COUNT(*) AS row_count
FROM import_rows
WHERE import_id = :import_id
GROUP BY action, outcome;

-- name: select_pictures
SELECT id, media_type, width, height, data
FROM import_pictures
WHERE import_id = :import_id
ORDER BY id;

-- name: select_ignores
SELECT r.question_id, w.ignores
FROM import_wordings AS w
JOIN import_rows AS r ON r.import_id = w.import_id AND r.position = w.position
WHERE w.import_id = :import_id
  AND w.ignores <> '[]'
  AND r.outcome = ''
ORDER BY r.position;

-- name: update_checked
UPDATE imports
SET state = 'checked', counts = :counts
WHERE id = :import_id
  AND state = 'checking';

-- name: update_done
UPDATE imports
SET state = 'done', confirmed_at = :now, bank_id = :bank_id, counts = :counts
WHERE id = :import_id
  AND state = 'checked';

-- name: update_undone
UPDATE imports
SET state = 'undone', undone_at = :now
WHERE id = :import_id
  AND state = 'done';

-- name: update_outcome
UPDATE import_rows
SET outcome = :outcome
WHERE import_id = :import_id
  AND position = :position;

-- name: update_added_meanwhile
-- Somebody has made a question of that id since the check.
UPDATE import_rows
SET outcome = 'changed'
WHERE import_id = :import_id
  AND action = 'add'
  AND EXISTS (SELECT 1 FROM questions AS q WHERE q.id = import_rows.question_id);

-- name: update_edited_meanwhile
-- Somebody has saved another version since the check.
UPDATE import_rows
SET outcome = 'changed'
WHERE import_id = :import_id
  AND action = 'update'
  AND based_on <> (
    SELECT v.id FROM versions AS v WHERE v.question_id = import_rows.question_id ORDER BY v.number DESC LIMIT 1
  );

-- name: insert_questions
INSERT INTO questions (id, bank_id, difficulty, file_digest, created_by, created_at)
SELECT r.question_id, :bank_id, w.difficulty, '', :made_by, :now
FROM import_rows AS r
JOIN import_wordings AS w ON w.import_id = r.import_id AND w.position = r.position
WHERE r.import_id = :import_id
  AND r.action = 'add'
  AND r.outcome = ''
ORDER BY r.position;

-- name: insert_versions
INSERT INTO versions (id, question_id, number, state, type, basis, stem, ask, language, created_by, created_at)
SELECT r.version_id, r.question_id,
  (SELECT COALESCE(MAX(v.number), 0) + 1 FROM versions AS v WHERE v.question_id = r.question_id),
  w.state, w.type, w.basis, w.stem, w.ask, w.language, :made_by, :now
FROM import_rows AS r
JOIN import_wordings AS w ON w.import_id = r.import_id AND w.position = r.position
WHERE r.import_id = :import_id
  AND r.version_id <> ''
  AND r.outcome = ''
ORDER BY r.position;

-- name: insert_keys
INSERT INTO version_keys (version_id, answer_key, feedback, hints)
SELECT r.version_id, w.answer_key, w.feedback, w.hints
FROM import_rows AS r
JOIN import_wordings AS w ON w.import_id = r.import_id AND w.position = r.position
WHERE r.import_id = :import_id
  AND r.version_id <> ''
  AND r.outcome = ''
ORDER BY r.position;

-- name: insert_citations
INSERT INTO citations (version_id, source_id, claim_id, role, position)
SELECT r.version_id, json_extract(c.value, '$[0]'), json_extract(c.value, '$[1]'), json_extract(c.value, '$[2]'), c.key
FROM import_rows AS r
JOIN import_wordings AS w ON w.import_id = r.import_id AND w.position = r.position
JOIN json_each(w.citations) AS c
WHERE r.import_id = :import_id
  AND r.version_id <> ''
  AND r.outcome = '';

-- name: delete_tags_of_updated
DELETE FROM question_tags
WHERE question_id IN (
  SELECT r.question_id FROM import_rows AS r WHERE r.import_id = :import_id AND r.action = 'update' AND r.outcome = ''
);

-- name: insert_tags
INSERT INTO question_tags (question_id, tag)
SELECT r.question_id, t.value
FROM import_rows AS r
JOIN import_wordings AS w ON w.import_id = r.import_id AND w.position = r.position
JOIN json_each(w.tags) AS t
WHERE r.import_id = :import_id
  AND r.outcome = '';

-- name: update_updated_questions
UPDATE questions
SET edited_at = :now,
  difficulty = (
    SELECT w.difficulty
    FROM import_rows AS r
    JOIN import_wordings AS w ON w.import_id = r.import_id AND w.position = r.position
    WHERE r.import_id = :import_id AND r.action = 'update' AND r.outcome = '' AND r.question_id = questions.id
  )
WHERE id IN (
  SELECT r.question_id FROM import_rows AS r WHERE r.import_id = :import_id AND r.action = 'update' AND r.outcome = ''
);

-- name: upsert_origins
INSERT INTO question_origins (bank_id, outside_id, question_id)
SELECT :bank_id, w.outside_id, r.question_id
FROM import_rows AS r
JOIN import_wordings AS w ON w.import_id = r.import_id AND w.position = r.position
WHERE r.import_id = :import_id
  AND w.outside_id <> ''
  AND r.outcome = ''
ON CONFLICT (bank_id, outside_id) DO UPDATE SET question_id = excluded.question_id;

-- name: select_written
SELECT question_id
FROM import_rows
WHERE import_id = :import_id
  AND action IN ('add', 'update')
  AND outcome = ''
ORDER BY position;

-- name: delete_wordings
DELETE FROM import_wordings
WHERE import_id = :import_id;

-- name: delete_pictures
DELETE FROM import_pictures
WHERE import_id = :import_id;

-- name: delete_file
DELETE FROM import_files
WHERE import_id = :import_id;

-- name: delete_rows
DELETE FROM import_rows
WHERE import_id = :import_id;

-- name: delete_import
DELETE FROM imports
WHERE id = :import_id
  AND state IN ('checking', 'checked');

-- name: select_outdated
-- What nobody confirmed in time, and what can be undone no more and still has its rows.
SELECT i.id, i.state
FROM imports AS i
WHERE (i.state IN ('checking', 'checked') AND i.made_at < :checked_before)
  OR (
    i.state IN ('done', 'undone') AND i.confirmed_at < :confirmed_before
    AND EXISTS (SELECT 1 FROM import_rows AS r WHERE r.import_id = i.id)
  );

-- name: select_stored
-- The questions among these ids, with the version that files hold (the newest that is ready, else the newest) and the newest.
SELECT q.id, q.bank_id, q.difficulty, q.retired_at, n.id AS newest_id, n.state AS newest_state,
  COALESCE(
    (
      SELECT v.id FROM versions AS v
      WHERE v.question_id = q.id AND v.state = 'ready'
      ORDER BY v.number DESC
      LIMIT 1
    ),
    n.id
  ) AS version_id
FROM questions AS q
JOIN versions AS n ON n.question_id = q.id
WHERE q.id IN (SELECT value FROM json_each(:ids))
  AND n.number = (SELECT MAX(m.number) FROM versions AS m WHERE m.question_id = q.id);

-- name: select_question_ids
SELECT id
FROM questions
WHERE bank_id = :bank_id
  AND id > :after
ORDER BY id
LIMIT :limit;

-- name: select_origins
SELECT outside_id, question_id
FROM question_origins
WHERE bank_id = :bank_id
  AND outside_id IN (SELECT value FROM json_each(:ids));

-- name: select_in_use
-- Those of the questions that a quiz holds, or that somebody has been asked.
SELECT q.id
FROM questions AS q
WHERE q.id IN (SELECT value FROM json_each(:ids))
  AND (
    EXISTS (SELECT 1 FROM slots AS s WHERE s.question_id = q.id)
    OR EXISTS (SELECT 1 FROM attempt_slots AS a WHERE a.question_id = q.id)
  );

-- name: delete_origins_of
DELETE FROM question_origins
WHERE question_id IN (SELECT value FROM json_each(:ids));

-- name: delete_ignores_of
DELETE FROM lint_ignores
WHERE question_id IN (SELECT value FROM json_each(:ids));

-- name: delete_tags_of
DELETE FROM question_tags
WHERE question_id IN (SELECT value FROM json_each(:ids));

-- name: delete_citations_of
DELETE FROM citations
WHERE version_id IN (SELECT v.id FROM versions AS v WHERE v.question_id IN (SELECT value FROM json_each(:ids)));

-- name: delete_keys_of
DELETE FROM version_keys
WHERE version_id IN (SELECT v.id FROM versions AS v WHERE v.question_id IN (SELECT value FROM json_each(:ids)));

-- name: delete_versions_of
DELETE FROM versions
WHERE question_id IN (SELECT value FROM json_each(:ids));

-- name: delete_questions
DELETE FROM questions
WHERE id IN (SELECT value FROM json_each(:ids));

-- name: select_ignores_of
SELECT question_id, rule, reason
FROM lint_ignores
WHERE question_id IN (SELECT value FROM json_each(:ids));
