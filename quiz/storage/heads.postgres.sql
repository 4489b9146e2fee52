-- name: select_what_heads_say
SELECT q.id AS question_id, q.bank_id, q.difficulty, q.created_by, q.retired_at, v.id AS version_id, v.number AS version_number,
  v.state, v.type, v.basis, v.stem, v.ask, v.created_at AS updated_at, k.answer_key, k.feedback, k.hints,
  x.number
FROM questions AS q
JOIN versions AS v ON v.question_id = q.id
JOIN version_keys AS k ON k.version_id = v.id
LEFT JOIN question_texts AS x ON x.question_id = q.id
WHERE q.id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)))
  AND v.number = (SELECT MAX(n.number) FROM versions AS n WHERE n.question_id = q.id);

-- name: select_tags
SELECT question_id, tag
FROM question_tags
WHERE question_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));

-- name: select_cited
SELECT version_id, source_id, claim_id
FROM citations
WHERE version_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)))
ORDER BY version_id, position;

-- name: select_heads
SELECT number, question_id, bank_id, state, type, basis, difficulty, tags, created_by
FROM question_heads
WHERE question_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));

-- name: hold_questions
-- Of two who change a question at once, the second reads what the first has written.
SELECT id
FROM questions
WHERE id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)))
ORDER BY id
FOR UPDATE;

-- name: hold_numbers
-- Until the transaction ends; any number will do that nothing else holds.
SELECT pg_advisory_xact_lock(7306105);

-- name: delete_texts
DELETE FROM question_texts
WHERE question_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));

-- name: delete_heads
DELETE FROM question_heads
WHERE question_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));
