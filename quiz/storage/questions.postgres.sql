-- name: select_public_questions
SELECT v.id, v.question_id, v.number, v.type, v.basis, v.stem, v.ask, v.language, b.language AS bank_language
FROM versions AS v
JOIN questions AS q ON q.id = v.question_id
JOIN banks AS b ON b.id = q.bank_id
WHERE v.id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));

-- name: select_types
SELECT id, type
FROM versions
WHERE id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));

-- name: select_citations
SELECT version_id, source_id, claim_id, role
FROM citations
WHERE version_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)))
ORDER BY version_id, position;

-- name: select_keys
SELECT version_id, answer_key, feedback, hints
FROM version_keys
WHERE version_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));

-- name: select_newest_ready_versions
-- A question that is retired is asked no more.
SELECT v.question_id, v.id
FROM versions AS v
JOIN questions AS q ON q.id = v.question_id
WHERE v.question_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)))
  AND q.retired_at IS NULL
  AND v.number = (
    SELECT MAX(n.number) FROM versions AS n WHERE n.question_id = v.question_id AND n.state = 'ready'
  );

-- name: select_bank_ids_of
SELECT id, bank_id
FROM questions
WHERE id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));
