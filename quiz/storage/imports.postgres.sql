-- name: insert_citations
INSERT INTO citations (version_id, source_id, claim_id, role, position)
SELECT r.version_id, c.value ->> 0, c.value ->> 1, c.value ->> 2, c.place - 1
FROM import_rows AS r
JOIN import_wordings AS w ON w.import_id = r.import_id AND w.position = r.position
CROSS JOIN LATERAL json_array_elements(CAST(w.citations AS json)) WITH ORDINALITY AS c (value, place)
WHERE r.import_id = :import_id
  AND r.version_id <> ''
  AND r.outcome = '';

-- name: insert_tags
INSERT INTO question_tags (question_id, tag)
SELECT r.question_id, t.value
FROM import_rows AS r
JOIN import_wordings AS w ON w.import_id = r.import_id AND w.position = r.position
CROSS JOIN LATERAL json_array_elements_text(CAST(w.tags AS json)) AS t (value)
WHERE r.import_id = :import_id
  AND r.outcome = '';

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
WHERE q.id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)))
  AND n.number = (SELECT MAX(m.number) FROM versions AS m WHERE m.question_id = q.id);

-- name: select_origins
SELECT outside_id, question_id
FROM question_origins
WHERE bank_id = :bank_id
  AND outside_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));

-- name: select_in_use
-- Those of the questions that a quiz holds, or that somebody has been asked.
SELECT q.id
FROM questions AS q
WHERE q.id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)))
  AND (
    EXISTS (SELECT 1 FROM slots AS s WHERE s.question_id = q.id)
    OR EXISTS (SELECT 1 FROM attempt_slots AS a WHERE a.question_id = q.id)
  );

-- name: delete_origins_of
DELETE FROM question_origins
WHERE question_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));

-- name: delete_ignores_of
DELETE FROM lint_ignores
WHERE question_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));

-- name: delete_tags_of
DELETE FROM question_tags
WHERE question_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));

-- name: delete_citations_of
DELETE FROM citations
WHERE version_id IN (SELECT v.id FROM versions AS v WHERE v.question_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json))));

-- name: delete_keys_of
DELETE FROM version_keys
WHERE version_id IN (SELECT v.id FROM versions AS v WHERE v.question_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json))));

-- name: delete_versions_of
DELETE FROM versions
WHERE question_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));

-- name: delete_questions
DELETE FROM questions
WHERE id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));

-- name: select_ignores_of
SELECT question_id, rule, reason
FROM lint_ignores
WHERE question_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));
