-- name: insert_late_answer
INSERT INTO late_answers (class_id, attempt_id, operation_id, position, response, certainty, at, reason)
VALUES (:class_id, :attempt_id, :operation_id, :position, :response, CAST(:certainty AS INTEGER), :at, '');

-- name: select_late_answers
SELECT l.*, p.name AS decided_by_name
FROM late_answers AS l
LEFT JOIN people AS p ON p.id = l.decided_by
WHERE l.class_id = :class_id AND l.attempt_id = :attempt_id
ORDER BY l.at, l.operation_id;

-- name: select_late_answer
SELECT l.*, p.name AS decided_by_name
FROM late_answers AS l
LEFT JOIN people AS p ON p.id = l.decided_by
WHERE l.class_id = :class_id AND l.attempt_id = :attempt_id AND l.operation_id = :operation_id;

-- name: count_undecided
SELECT l.attempt_id, count(*) AS late_answers
FROM late_answers AS l
JOIN attempts AS a ON a.class_id = l.class_id AND a.id = l.attempt_id
WHERE a.class_id = :class_id AND a.quiz_id = :quiz_id AND l.decision IS NULL
GROUP BY l.attempt_id;

-- name: update_decision
UPDATE late_answers
SET decision = :decision, decided_by = :decided_by, decided_at = :decided_at, reason = :reason
WHERE class_id = :class_id AND attempt_id = :attempt_id AND operation_id = :operation_id AND decision IS NULL
RETURNING operation_id;
