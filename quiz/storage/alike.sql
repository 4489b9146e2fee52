-- name: select_sketches
SELECT number, question_id, sketch
FROM question_heads
WHERE state <> 'retired' AND sketch <> ''
  AND bank_id IN (SELECT value FROM json_each(:bank_ids))
ORDER BY number DESC
LIMIT :limit;

-- name: select_different
SELECT first_id, second_id
FROM different_questions
WHERE first_id IN (SELECT value FROM json_each(:ids)) AND second_id IN (SELECT value FROM json_each(:ids));

-- name: insert_different
INSERT INTO different_questions (first_id, second_id, said_by, said_at)
VALUES (:first_id, :second_id, :said_by, :said_at)
ON CONFLICT (first_id, second_id) DO NOTHING;

-- name: delete_different
DELETE FROM different_questions
WHERE first_id = :first_id AND second_id = :second_id AND said_by = :said_by;
