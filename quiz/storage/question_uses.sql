-- name: select_quizzes_using
-- Quizzes that hold the question, and those that have drawn it for somebody.
SELECT z.class_id, z.id, z.title, z.state
FROM quizzes AS z
WHERE EXISTS (
    SELECT 1 FROM slots AS s WHERE s.class_id = z.class_id AND s.quiz_id = z.id AND s.question_id = :question_id
  )
  OR EXISTS (
    SELECT 1
    FROM attempt_slots AS a
    JOIN attempts AS t ON t.class_id = a.class_id AND t.id = a.attempt_id
    WHERE a.question_id = :question_id AND t.class_id = z.class_id AND t.quiz_id = z.id
  )
ORDER BY z.created_at DESC, z.id;

-- name: count_answers
SELECT COUNT(*) AS answer_count
FROM attempt_slots
WHERE question_id = :question_id AND response IS NOT NULL;

-- name: select_used_among
SELECT DISTINCT question_id
FROM slots
WHERE question_id IN (SELECT value FROM json_each(:ids));
