-- name: upsert_hand_answer
-- An answer that takes the place of another begins the next round, under the same token.
INSERT INTO hand_answers (class_id, attempt_id, position, token, quiz_id, question_id, markers, round, state)
VALUES (:class_id, :attempt_id, :position, :token, :quiz_id, :question_id, :markers, 1, 'waiting')
ON CONFLICT (class_id, attempt_id, position) DO UPDATE
SET round = hand_answers.round + 1, state = 'waiting', markers = excluded.markers, claimed_by = NULL, claimed_at = NULL;

-- name: update_unmarked
UPDATE attempts
SET unmarked = (
  SELECT count(*)
  FROM hand_answers AS h
  JOIN attempt_slots AS s ON s.class_id = h.class_id AND s.attempt_id = h.attempt_id AND s.position = h.position
  WHERE h.class_id = attempts.class_id AND h.attempt_id = attempts.id AND s.response IS NOT NULL AND s.fraction IS NULL
)
WHERE class_id = :class_id AND id = :attempt_id;

-- name: select_hand_answers
-- Without what was written: a list of hundreds has no use for it. question_id: NULL for all of the quiz.
SELECT h.*, s.version_id, s.seed, s.points, s.fraction, NULL AS response, p.name AS claimed_by_name
FROM hand_answers AS h
JOIN attempt_slots AS s ON s.class_id = h.class_id AND s.attempt_id = h.attempt_id AND s.position = h.position
LEFT JOIN people AS p ON p.id = h.claimed_by
WHERE h.class_id = :class_id AND h.quiz_id = :quiz_id AND (CAST(:question_id AS TEXT) IS NULL OR h.question_id = :question_id)
  AND s.response IS NOT NULL
ORDER BY h.token;

-- name: each_hand_answer
-- With what was written.
SELECT h.*, s.version_id, s.seed, s.points, s.fraction, s.response, p.name AS claimed_by_name
FROM hand_answers AS h
JOIN attempt_slots AS s ON s.class_id = h.class_id AND s.attempt_id = h.attempt_id AND s.position = h.position
LEFT JOIN people AS p ON p.id = h.claimed_by
WHERE h.class_id = :class_id AND h.quiz_id = :quiz_id AND h.question_id = :question_id AND s.response IS NOT NULL
ORDER BY h.token;

-- name: select_hand_answer
SELECT h.*, s.version_id, s.seed, s.points, s.fraction, s.response, p.name AS claimed_by_name
FROM hand_answers AS h
JOIN attempt_slots AS s ON s.class_id = h.class_id AND s.attempt_id = h.attempt_id AND s.position = h.position
LEFT JOIN people AS p ON p.id = h.claimed_by
WHERE h.class_id = :class_id AND h.quiz_id = :quiz_id AND h.token = :token AND s.response IS NOT NULL;

-- name: select_hand_answers_of_attempt
SELECT h.*, s.version_id, s.seed, s.points, s.fraction, NULL AS response, p.name AS claimed_by_name
FROM hand_answers AS h
JOIN attempt_slots AS s ON s.class_id = h.class_id AND s.attempt_id = h.attempt_id AND s.position = h.position
LEFT JOIN people AS p ON p.id = h.claimed_by
WHERE h.class_id = :class_id AND h.attempt_id = :attempt_id AND s.response IS NOT NULL
ORDER BY h.position;

-- name: select_marks
SELECT m.*, p.name AS marker_name
FROM hand_marks AS m
JOIN people AS p ON p.id = m.marker_id
WHERE m.class_id = :class_id AND m.attempt_id = :attempt_id AND m.position = :position AND m.round = :round
ORDER BY m.number;

-- name: select_marks_of_question
SELECT h.token, m.*, p.name AS marker_name
FROM hand_answers AS h
JOIN hand_marks AS m ON m.class_id = h.class_id AND m.attempt_id = h.attempt_id AND m.position = h.position
  AND m.round = h.round
JOIN people AS p ON p.id = m.marker_id
WHERE h.class_id = :class_id AND h.quiz_id = :quiz_id AND h.question_id = :question_id
ORDER BY h.token, m.number;

-- name: select_marks_of_attempt
SELECT h.token, m.*, p.name AS marker_name
FROM hand_answers AS h
JOIN hand_marks AS m ON m.class_id = h.class_id AND m.attempt_id = h.attempt_id AND m.position = h.position
  AND m.round = h.round
JOIN people AS p ON p.id = m.marker_id
WHERE h.class_id = :class_id AND h.attempt_id = :attempt_id
ORDER BY h.position, m.number;

-- name: select_highest_number
SELECT coalesce(max(number), 0) AS number
FROM hand_marks
WHERE class_id = :class_id AND attempt_id = :attempt_id AND position = :position;

-- name: insert_mark
INSERT INTO hand_marks (
  class_id, attempt_id, position, number, round, kind, marker_id, points, maximum, given, comment, note, reason, operation_id,
  marked_at
)
VALUES (
  :class_id, :attempt_id, :position, :number, :round, :kind, :marker_id, :points, :maximum, :given, :comment, :note, :reason,
  :operation_id, :marked_at
);

-- name: update_state
UPDATE hand_answers
SET state = :state, markers = :markers
WHERE class_id = :class_id AND attempt_id = :attempt_id AND position = :position;

-- name: update_claim
-- Only what nobody else has before them: no row comes back otherwise.
UPDATE hand_answers
SET claimed_by = :person_id, claimed_at = :now
WHERE class_id = :class_id AND token = :token
  AND (claimed_by IS NULL OR claimed_by = :person_id OR claimed_at <= :expired)
RETURNING token;

-- name: delete_claims
-- Nobody has two answers of a quiz before them.
UPDATE hand_answers
SET claimed_by = NULL, claimed_at = NULL
WHERE class_id = :class_id AND quiz_id = :quiz_id AND claimed_by = :person_id;

-- name: count_by_question
-- mine: what this marker can do something about. version_id: of one of the wordings that were asked.
SELECT h.question_id, max(s.version_id) AS version_id, max(s.points) AS points, count(*) AS answers,
  sum(CASE WHEN s.fraction IS NULL THEN 1 ELSE 0 END) AS undecided,
  sum(CASE WHEN s.fraction IS NULL AND h.state = 'unsettled' THEN 1 ELSE 0 END) AS unsettled,
  sum(CASE WHEN s.fraction IS NULL AND h.state = 'second' THEN 1 ELSE 0 END) AS half_done,
  sum(CASE WHEN s.fraction IS NULL AND (h.state IN ('waiting', 'unsettled') OR (h.state = 'second' AND m.marker_id IS NULL))
    THEN 1 ELSE 0 END) AS mine
FROM hand_answers AS h
JOIN attempt_slots AS s ON s.class_id = h.class_id AND s.attempt_id = h.attempt_id AND s.position = h.position
LEFT JOIN (
  SELECT DISTINCT class_id, attempt_id, position, round, marker_id FROM hand_marks WHERE marker_id = :person_id
) AS m ON m.class_id = h.class_id AND m.attempt_id = h.attempt_id AND m.position = h.position AND m.round = h.round
WHERE h.class_id = :class_id AND h.quiz_id = :quiz_id AND s.response IS NOT NULL
GROUP BY h.question_id
ORDER BY min(s.position), h.question_id;

-- name: count_to_mark_by_quiz
-- What waits for this marker, in the quizzes of their classes.
SELECT h.class_id, h.quiz_id, count(*) AS answers
FROM members AS c
JOIN hand_answers AS h ON h.class_id = c.class_id
JOIN attempt_slots AS s ON s.class_id = h.class_id AND s.attempt_id = h.attempt_id AND s.position = h.position
LEFT JOIN (
  SELECT DISTINCT class_id, attempt_id, position, round, marker_id FROM hand_marks WHERE marker_id = :person_id
) AS m ON m.class_id = h.class_id AND m.attempt_id = h.attempt_id AND m.position = h.position AND m.round = h.round
WHERE c.person_id = :person_id AND c.role = 'instructor' AND s.response IS NOT NULL AND s.fraction IS NULL
  AND (h.state IN ('waiting', 'unsettled') OR (h.state = 'second' AND m.marker_id IS NULL))
GROUP BY h.class_id, h.quiz_id;
