-- name: insert_attempt
INSERT INTO attempts (
  class_id, id, quiz_id, person_id, number, state, policy, policy_reason, started_at, deadline_at, overrun, grace_s,
  behaviour, most_tries, penalty, navigation, is_in_parts, step_count
)
VALUES (
  :class_id, :id, :quiz_id, :person_id, :number, 'open', :policy, :policy_reason, :started_at, :deadline_at, :overrun,
  :grace_s, :behaviour, :most_tries, :penalty, :navigation, :is_in_parts, 0
);

-- name: insert_attempt_slot
INSERT INTO attempt_slots (
  class_id, attempt_id, position, question_id, version_id, seed, points, standing, is_counted, revision, is_flagged,
  seconds_spent
)
VALUES (
  :class_id, :attempt_id, :position, :question_id, :version_id, :seed, :points, :standing, :is_counted, 0, :is_flagged, 0
);

-- name: select_attempt
SELECT a.*, q.title AS quiz_title, q.state AS quiz_state, p.name AS person_name
FROM attempts AS a
JOIN quizzes AS q ON q.class_id = a.class_id AND q.id = a.quiz_id
JOIN people AS p ON p.id = a.person_id
WHERE a.id = :id;

-- name: select_attempts_of_person_at_quiz
SELECT a.*, q.title AS quiz_title, q.state AS quiz_state, p.name AS person_name
FROM attempts AS a
JOIN quizzes AS q ON q.class_id = a.class_id AND q.id = a.quiz_id
JOIN people AS p ON p.id = a.person_id
WHERE a.class_id = :class_id AND a.quiz_id = :quiz_id AND a.person_id = :person_id
ORDER BY a.number;

-- name: select_attempts_of_person
SELECT a.*, q.title AS quiz_title, q.state AS quiz_state, p.name AS person_name
FROM attempts AS a
JOIN quizzes AS q ON q.class_id = a.class_id AND q.id = a.quiz_id
JOIN people AS p ON p.id = a.person_id
WHERE a.person_id = :person_id
ORDER BY a.started_at DESC, a.id;

-- name: select_open_attempts_of_person
SELECT a.*, q.title AS quiz_title, q.state AS quiz_state, p.name AS person_name
FROM attempts AS a
JOIN quizzes AS q ON q.class_id = a.class_id AND q.id = a.quiz_id
JOIN people AS p ON p.id = a.person_id
WHERE a.person_id = :person_id AND a.state = 'open'
ORDER BY a.id;

-- name: select_open_attempts_at_quiz
SELECT a.*, q.title AS quiz_title, q.state AS quiz_state, p.name AS person_name
FROM attempts AS a
JOIN quizzes AS q ON q.class_id = a.class_id AND q.id = a.quiz_id
JOIN people AS p ON p.id = a.person_id
WHERE a.class_id = :class_id AND a.quiz_id = :quiz_id AND a.state = 'open'
ORDER BY a.id;

-- name: select_attempts_at_quiz
SELECT a.*, q.title AS quiz_title, q.state AS quiz_state, p.name AS person_name
FROM attempts AS a
JOIN quizzes AS q ON q.class_id = a.class_id AND q.id = a.quiz_id
JOIN people AS p ON p.id = a.person_id
WHERE a.class_id = :class_id AND a.quiz_id = :quiz_id
ORDER BY a.started_at, a.id;

-- name: select_attempt_slots
SELECT position, question_id, version_id, seed, points, standing, is_counted, response, revision, saved_at, is_flagged,
  seconds_spent, fraction, tries, certainty, finished_at, correctness, extra_of
FROM attempt_slots
WHERE class_id = :class_id AND attempt_id = :attempt_id
ORDER BY position;

-- name: select_attempt_slot
SELECT position, question_id, version_id, seed, points, standing, is_counted, response, revision, saved_at, is_flagged,
  seconds_spent, fraction, tries, certainty, finished_at, correctness, extra_of
FROM attempt_slots
WHERE class_id = :class_id AND attempt_id = :attempt_id AND position = :position;

-- name: count_times_asked
-- How often the person was asked each question of this bank, in any attempt.
SELECT s.question_id, count(*) AS times
FROM attempt_slots AS s
JOIN attempts AS a ON a.class_id = s.class_id AND a.id = s.attempt_id
JOIN questions AS q ON q.id = s.question_id
WHERE a.person_id = :person_id AND q.bank_id = :bank_id
GROUP BY s.question_id;

-- name: take_step_number
-- Only an open attempt takes another step: no row comes back from one that is closed.
UPDATE attempts
SET step_count = step_count + 1
WHERE class_id = :class_id AND id = :id AND state = 'open'
RETURNING step_count;

-- name: take_step_number_of_any
UPDATE attempts
SET step_count = step_count + 1
WHERE class_id = :class_id AND id = :id
RETURNING step_count;

-- name: insert_step
INSERT INTO steps (class_id, attempt_id, sequence, operation_id, position, kind, content, at)
VALUES (:class_id, :attempt_id, :sequence, :operation_id, :position, :kind, :content, :at);

-- name: select_step_by_operation
SELECT sequence, operation_id, position, kind, content, at
FROM steps
WHERE class_id = :class_id AND attempt_id = :attempt_id AND operation_id = :operation_id;

-- name: select_newest_step
SELECT at
FROM steps
WHERE class_id = :class_id AND attempt_id = :attempt_id
ORDER BY sequence DESC
LIMIT 1;

-- name: select_steps
SELECT sequence, operation_id, position, kind, content, at
FROM steps
WHERE class_id = :class_id AND attempt_id = :attempt_id
ORDER BY sequence;

-- name: select_steps_of_place
SELECT sequence, operation_id, position, kind, content, at
FROM steps
WHERE class_id = :class_id AND attempt_id = :attempt_id AND position = :position
ORDER BY sequence;

-- name: insert_extra_slot
INSERT INTO attempt_slots (
  class_id, attempt_id, position, question_id, version_id, seed, points, standing, is_counted, revision, is_flagged,
  seconds_spent, extra_of
)
VALUES (
  :class_id, :attempt_id, :position, :question_id, :version_id, :seed, :points, :standing, :is_counted, 0, :is_flagged, 0,
  :extra_of
);

-- name: update_mark
UPDATE attempt_slots
SET fraction = CAST(:fraction AS DOUBLE PRECISION), correctness = CAST(:correctness AS DOUBLE PRECISION), tries = :tries,
  finished_at = CAST(:finished_at AS TEXT)
WHERE class_id = :class_id AND attempt_id = :attempt_id AND position = :position;

-- name: update_response
UPDATE attempt_slots
SET response = :response, revision = revision + 1, saved_at = :saved_at, seconds_spent = seconds_spent + :seconds,
  certainty = CAST(:certainty AS INTEGER)
WHERE class_id = :class_id AND attempt_id = :attempt_id AND position = :position
RETURNING revision;

-- name: update_flag
UPDATE attempt_slots
SET is_flagged = :is_flagged
WHERE class_id = :class_id AND attempt_id = :attempt_id AND position = :position;

-- name: update_attempt_submitted
UPDATE attempts
SET state = 'submitted', submitted_at = :submitted_at, receipt = coalesce(receipt, CAST(:receipt AS TEXT)),
  earned = :earned, possible = :possible
WHERE class_id = :class_id AND id = :id AND state = 'open'
RETURNING id;

-- name: update_attempt_abandoned
UPDATE attempts
SET state = 'abandoned', submitted_at = :submitted_at, receipt = :receipt
WHERE class_id = :class_id AND id = :id AND state = 'open';

-- name: update_attempt_reopened
UPDATE attempts
SET state = 'open'
WHERE class_id = :class_id AND id = :id AND state = 'abandoned';

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
WHERE class_id = :class_id AND id = :id AND state = 'submitted';

-- name: update_timing
UPDATE attempts
SET deadline_at = :deadline_at, paused_s = :paused_s, paused_at = :paused_at
WHERE class_id = :class_id AND id = :id AND state = 'open';

-- name: update_fraction
UPDATE attempt_slots
SET fraction = :fraction, correctness = NULL
WHERE class_id = :class_id AND attempt_id = :attempt_id AND position = :position;

-- name: update_reached
UPDATE attempts
SET reached = :reached
WHERE class_id = :class_id AND id = :id AND state = 'open';
