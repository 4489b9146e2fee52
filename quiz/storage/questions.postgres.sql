-- name: select_public_questions
SELECT id, question_id, number, type, basis, stem, ask
FROM versions
WHERE id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));

-- name: select_citations
SELECT version_id, source_id, claim_id, role
FROM citations
WHERE version_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)))
ORDER BY version_id, position;

-- name: select_keys
SELECT version_id, answer_key, feedback
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
