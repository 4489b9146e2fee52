-- name: select_sketches
SELECT number, question_id, sketch
FROM question_heads
WHERE state <> 'retired' AND sketch <> ''
  AND bank_id = ANY(SELECT json_array_elements_text(CAST(:bank_ids AS json)))
ORDER BY number DESC
LIMIT :limit;

-- name: select_different
SELECT first_id, second_id
FROM different_questions
WHERE first_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)))
  AND second_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));
