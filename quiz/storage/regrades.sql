-- name: hold_quiz
-- Until the transaction ends, nobody else regrades this quiz.
UPDATE quizzes
SET state = state
WHERE class_id = :class_id AND id = :id;

-- name: hold_regrades
SELECT id
FROM quizzes
WHERE class_id = :class_id AND id = :id;

-- name: insert_regrade
INSERT INTO regrades (
  class_id, id, quiz_id, number, question_id, kind, content, only_if_higher, reason, regraded_by, regraded_at, operation_id
)
VALUES (
  :class_id, :id, :quiz_id,
  (SELECT COALESCE(MAX(r.number), 0) + 1 FROM regrades AS r WHERE r.class_id = :class_id AND r.quiz_id = :quiz_id),
  :question_id, :kind, :content, :only_if_higher, :reason, :regraded_by, :regraded_at, :operation_id
);

-- name: insert_change
INSERT INTO regrade_changes (
  class_id, regrade_id, attempt_id, position, old_fraction, new_fraction, old_counted, new_counted, old_earned,
  old_possible, new_earned, new_possible, old_correctness, new_correctness
)
VALUES (
  :class_id, :regrade_id, :attempt_id, :position, :old_fraction, :new_fraction, :old_counted, :new_counted, :old_earned,
  :old_possible, :new_earned, :new_possible, CAST(:old_correctness AS DOUBLE PRECISION),
  CAST(:new_correctness AS DOUBLE PRECISION)
);

-- name: update_undone
UPDATE regrades
SET undone_at = :undone_at, undone_by = :undone_by
WHERE class_id = :class_id AND id = :id AND undone_at IS NULL;

-- name: select_regrade
SELECT r.*, p.name AS regraded_by_name
FROM regrades AS r
JOIN people AS p ON p.id = r.regraded_by
WHERE r.class_id = :class_id AND r.quiz_id = :quiz_id AND r.id = :id;

-- name: select_regrade_by_operation
SELECT r.*, p.name AS regraded_by_name
FROM regrades AS r
JOIN people AS p ON p.id = r.regraded_by
WHERE r.class_id = :class_id AND r.quiz_id = :quiz_id AND r.operation_id = :operation_id;

-- name: select_regrades_of_quiz
SELECT r.*, p.name AS regraded_by_name
FROM regrades AS r
JOIN people AS p ON p.id = r.regraded_by
WHERE r.class_id = :class_id AND r.quiz_id = :quiz_id
ORDER BY r.number DESC;

-- name: select_regrades_of_attempt
SELECT r.*, p.name AS regraded_by_name
FROM regrades AS r
JOIN people AS p ON p.id = r.regraded_by
WHERE r.class_id = :class_id
  AND r.id IN (SELECT c.regrade_id FROM regrade_changes AS c WHERE c.class_id = :class_id AND c.attempt_id = :attempt_id)
ORDER BY r.number;

-- name: select_regrades_since
SELECT r.*, p.name AS regraded_by_name
FROM regrades AS r
JOIN people AS p ON p.id = r.regraded_by
WHERE r.class_id = :class_id AND r.quiz_id = :quiz_id AND r.undone_at IS NULL AND r.regraded_at >= :started_at
ORDER BY r.number;

-- name: count_as_before_regrades
-- What the first regrade that stands found at the place.
UPDATE attempt_slots
SET is_counted = COALESCE(
  (
    SELECT c.old_counted
    FROM regrade_changes AS c
    JOIN regrades AS r ON r.class_id = c.class_id AND r.id = c.regrade_id
    WHERE c.class_id = :class_id AND c.attempt_id = :attempt_id AND c.position = :position AND r.undone_at IS NULL
    ORDER BY r.number
    LIMIT 1
  ),
  is_counted
)
WHERE class_id = :class_id AND attempt_id = :attempt_id AND position = :position;

-- name: delete_standing_changes
DELETE FROM regrade_changes
WHERE class_id = :class_id AND attempt_id = :attempt_id AND position = :position
  AND regrade_id IN (SELECT r.id FROM regrades AS r WHERE r.class_id = :class_id AND r.undone_at IS NULL);

-- name: select_changes
SELECT c.*, a.number AS attempt_number, a.person_id, p.name, p.email
FROM regrade_changes AS c
JOIN attempts AS a ON a.class_id = c.class_id AND a.id = c.attempt_id
JOIN people AS p ON p.id = a.person_id
WHERE c.class_id = :class_id AND c.regrade_id = :regrade_id
ORDER BY p.name, a.person_id, a.number, c.position;

-- name: select_changes_of_attempt
SELECT c.*, a.number AS attempt_number, a.person_id, p.name, p.email
FROM regrade_changes AS c
JOIN attempts AS a ON a.class_id = c.class_id AND a.id = c.attempt_id
JOIN people AS p ON p.id = a.person_id
WHERE c.class_id = :class_id AND c.attempt_id = :attempt_id
ORDER BY c.position;

-- name: count_changed_attempts
SELECT c.regrade_id, COUNT(DISTINCT c.attempt_id) AS attempts
FROM regrade_changes AS c
JOIN regrades AS r ON r.class_id = c.class_id AND r.id = c.regrade_id
WHERE r.class_id = :class_id AND r.quiz_id = :quiz_id
GROUP BY c.regrade_id;

-- name: select_later_regrades
-- Those not undone that came after this one and changed a place that it changed, too.
SELECT DISTINCT r.number
FROM regrades AS r
JOIN regrade_changes AS c ON c.class_id = r.class_id AND c.regrade_id = r.id
JOIN regrade_changes AS mine ON mine.class_id = c.class_id AND mine.attempt_id = c.attempt_id AND mine.position = c.position
WHERE r.class_id = :class_id AND r.quiz_id = :quiz_id AND r.undone_at IS NULL AND r.number > :number AND mine.regrade_id = :id
ORDER BY r.number;

-- name: select_marked_slots
-- All places of the submitted attempts at the quiz, with whether a regrade that stands has dropped each.
SELECT a.id AS attempt_id, a.number, a.person_id, a.policy, p.name, p.email, s.position, s.question_id, s.version_id,
  s.points, s.response, s.fraction, s.is_counted, s.correctness, s.certainty, a.behaviour, a.most_tries, a.penalty,
  EXISTS (
    SELECT 1
    FROM regrade_changes AS c
    JOIN regrades AS r ON r.class_id = c.class_id AND r.id = c.regrade_id
    WHERE c.class_id = s.class_id AND c.attempt_id = s.attempt_id AND c.position = s.position
      AND r.kind = 'drop' AND r.undone_at IS NULL
  ) AS is_dropped
FROM attempts AS a
JOIN people AS p ON p.id = a.person_id
JOIN attempt_slots AS s ON s.class_id = a.class_id AND s.attempt_id = a.id
WHERE a.class_id = :class_id AND a.quiz_id = :quiz_id AND a.state = 'submitted' AND s.extra_of IS NULL
  AND (CAST(:attempt_id AS TEXT) IS NULL OR a.id = CAST(:attempt_id AS TEXT))
ORDER BY p.name, a.person_id, a.number, s.position;

-- name: select_tries
-- Answers that were checked, or accepted after the end, in the submitted attempts at the quiz.
SELECT t.attempt_id, t.sequence, t.operation_id, t.position, t.kind, t.content, t.at
FROM attempts AS a
JOIN steps AS t ON t.class_id = a.class_id AND t.attempt_id = a.id
WHERE a.class_id = :class_id AND a.quiz_id = :quiz_id AND a.state = 'submitted' AND t.kind IN ('check', 'accept')
  AND a.behaviour IN ('immediate', 'interactive', 'cbm_immediate')
  AND (CAST(:attempt_id AS TEXT) IS NULL OR a.id = CAST(:attempt_id AS TEXT))
ORDER BY t.attempt_id, t.sequence;

-- name: select_asked_questions
-- Each question that submitted attempts at the quiz were asked, with one of the wordings.
SELECT s.question_id, MAX(s.version_id) AS version_id, COUNT(*) AS times, SUM(s.points * COALESCE(s.fraction, 0)) / SUM(s.points) AS share,
  SUM(CASE WHEN s.is_counted THEN 1 ELSE 0 END) AS counted, MIN(s.position) AS first_position
FROM attempts AS a
JOIN attempt_slots AS s ON s.class_id = a.class_id AND s.attempt_id = a.id
WHERE a.class_id = :class_id AND a.quiz_id = :quiz_id AND a.state = 'submitted' AND s.extra_of IS NULL
GROUP BY s.question_id
ORDER BY first_position, s.question_id;

-- name: take_step_number
-- An attempt that is closed takes steps of marking alone.
UPDATE attempts
SET step_count = step_count + 1
WHERE class_id = :class_id AND id = :id AND state <> 'open'
RETURNING step_count;

-- name: update_slot_mark
UPDATE attempt_slots
SET fraction = :fraction, is_counted = :is_counted, correctness = CAST(:correctness AS DOUBLE PRECISION)
WHERE class_id = :class_id AND attempt_id = :attempt_id AND position = :position;

-- name: update_score
-- What waits to be marked by a person is counted anew, since the mark may have been decided or taken back.
UPDATE attempts
SET earned = :earned, possible = :possible,
  unmarked = (
    SELECT count(*)
    FROM hand_answers AS h
    JOIN attempt_slots AS s ON s.class_id = h.class_id AND s.attempt_id = h.attempt_id AND s.position = h.position
    WHERE h.class_id = attempts.class_id AND h.attempt_id = attempts.id AND s.response IS NOT NULL AND s.fraction IS NULL
  )
WHERE class_id = :class_id AND id = :id;

-- name: insert_mark_step
INSERT INTO steps (class_id, attempt_id, sequence, operation_id, position, kind, content, at)
VALUES (:class_id, :attempt_id, :sequence, :operation_id, :position, 'mark', :content, :at);

-- name: select_quizzes_answered
-- Quizzes in which a version that cites the claim was asked, with how many attempts asked it.
SELECT z.class_id, z.id, z.title, COUNT(DISTINCT a.id) AS attempts, COUNT(DISTINCT s.question_id) AS questions
FROM citations AS x
JOIN attempt_slots AS s ON s.version_id = x.version_id
JOIN attempts AS a ON a.class_id = s.class_id AND a.id = s.attempt_id
JOIN quizzes AS z ON z.class_id = a.class_id AND z.id = a.quiz_id
WHERE x.source_id = :source_id AND x.claim_id = :claim_id AND a.state = 'submitted'
GROUP BY z.class_id, z.id, z.title, z.created_at
ORDER BY z.created_at DESC, z.id;
