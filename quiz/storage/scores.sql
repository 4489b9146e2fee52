-- Reads for reports and score files. Writers' SQL on attempts is in attempts.sql.

-- name: select_attempt_totals
-- Newest first. state: NULL for any.
SELECT a.id, a.class_id, a.quiz_id, q.title AS quiz_title, q.counting, a.person_id, p.name, p.email, a.number, a.state, a.started_at,
  a.submitted_at, a.receipt, a.earned, a.possible, a.unmarked, t.questions, t.answered, t.uncounted, t.seconds_spent
FROM (
  SELECT s.class_id, s.attempt_id, sum(CASE WHEN s.points > 0 THEN 1 ELSE 0 END) AS questions, count(s.response) AS answered,
    sum(CASE WHEN s.is_counted THEN 0 ELSE 1 END) AS uncounted, sum(s.seconds_spent) AS seconds_spent
  FROM attempt_slots AS s
  JOIN (
    SELECT b.class_id, b.id
    FROM attempts AS b
    WHERE b.class_id = :class_id AND b.quiz_id = :quiz_id AND (CAST(:state AS TEXT) IS NULL OR b.state = :state)
    ORDER BY b.started_at DESC, b.id DESC
    LIMIT :limit OFFSET :offset
  ) AS wanted ON wanted.class_id = s.class_id AND wanted.id = s.attempt_id
  WHERE s.extra_of IS NULL
  GROUP BY s.class_id, s.attempt_id
) AS t
JOIN attempts AS a ON a.class_id = t.class_id AND a.id = t.attempt_id
JOIN quizzes AS q ON q.class_id = a.class_id AND q.id = a.quiz_id
JOIN people AS p ON p.id = a.person_id
ORDER BY a.started_at DESC, a.id DESC;

-- name: count_attempts
SELECT state, count(*) AS attempts, count(DISTINCT person_id) AS people
FROM attempts
WHERE class_id = :class_id AND quiz_id = :quiz_id
GROUP BY state;

-- name: count_attempts_of_quizzes
-- For lists of quizzes: those that an instructor may read.
SELECT a.quiz_id, count(DISTINCT a.person_id) AS people, sum(CASE WHEN a.state = 'open' THEN 1 ELSE 0 END) AS open_attempts
FROM attempts AS a
JOIN classes AS c ON c.id = a.class_id
LEFT JOIN members AS m ON m.class_id = c.id AND m.person_id = :person_id AND m.role = 'instructor'
WHERE m.person_id IS NOT NULL OR c.is_public
GROUP BY a.quiz_id;

-- name: select_open_attempt_ids
SELECT id
FROM attempts
WHERE class_id = :class_id AND quiz_id = :quiz_id AND state = 'open'
ORDER BY id;

-- name: select_overdue_attempt_ids
-- quiz_id: NULL for all quizzes of the class.
SELECT id
FROM attempts
WHERE class_id = :class_id AND (CAST(:quiz_id AS TEXT) IS NULL OR quiz_id = :quiz_id) AND state = 'open'
  AND deadline_at < :before
ORDER BY id;

-- name: select_learners_not_started
SELECT p.id, p.name, p.email, m.role, m.joined_at
FROM members AS m
JOIN people AS p ON p.id = m.person_id
WHERE m.class_id = :class_id AND m.role = 'learner'
  AND NOT EXISTS (
    SELECT 1 FROM attempts AS a
    WHERE a.class_id = m.class_id AND a.quiz_id = :quiz_id AND a.person_id = m.person_id
  )
ORDER BY p.id;

-- name: select_asked_question_ids
SELECT DISTINCT s.question_id
FROM attempts AS a
JOIN attempt_slots AS s ON s.class_id = a.class_id AND s.attempt_id = a.id
WHERE a.class_id = :class_id AND a.quiz_id = :quiz_id AND s.extra_of IS NULL
ORDER BY s.question_id;

-- name: each_answer
-- By learner, attempt, place: the order of the unique key on attempts and of the slots' own key, so that SQLite has
-- nothing to sort, which it would do in memory. CROSS JOIN keeps it to that order of tables; PostgreSQL knows no difference.
SELECT a.id, a.class_id, a.quiz_id, q.title AS quiz_title, q.counting, a.person_id, p.name, p.email, a.number, a.state, a.started_at,
  a.submitted_at, a.receipt, a.earned, a.possible, a.unmarked, s.position, s.question_id, s.version_id, v.number AS version, v.type,
  v.basis, v.stem, s.response, s.fraction, s.points, s.is_counted, s.standing, s.seconds_spent, s.saved_at,
  s.correctness, s.certainty, s.tries, s.extra_of
FROM attempts AS a
CROSS JOIN quizzes AS q
CROSS JOIN people AS p
CROSS JOIN attempt_slots AS s
CROSS JOIN versions AS v
WHERE a.class_id = :class_id AND a.quiz_id = :quiz_id
  AND q.class_id = a.class_id AND q.id = a.quiz_id
  AND p.id = a.person_id
  AND s.class_id = a.class_id AND s.attempt_id = a.id
  AND v.id = s.version_id
ORDER BY a.person_id, a.number, s.position;

-- name: select_answers_of_attempt
SELECT s.position, s.question_id, s.version_id, v.number AS version, v.type, v.basis, v.stem, s.response, s.fraction,
  s.points, s.is_counted, s.standing, s.seconds_spent, s.saved_at, s.correctness, s.certainty, s.tries, s.extra_of
FROM attempt_slots AS s
JOIN versions AS v ON v.id = s.version_id
WHERE s.class_id = :class_id AND s.attempt_id = :attempt_id
ORDER BY s.position;

-- name: select_attempt_head
SELECT a.id, a.class_id, a.quiz_id, q.title AS quiz_title, q.counting, a.person_id, p.name, p.email, a.number, a.state, a.started_at,
  a.submitted_at, a.receipt, a.earned, a.possible, a.unmarked
FROM attempts AS a
JOIN quizzes AS q ON q.class_id = a.class_id AND q.id = a.quiz_id
JOIN people AS p ON p.id = a.person_id
WHERE a.class_id = :class_id AND a.quiz_id = :quiz_id AND a.id = :attempt_id;

-- name: each_attempt_at_quiz
SELECT a.id, a.class_id, a.quiz_id, q.title AS quiz_title, q.counting, a.person_id, p.name, p.email, a.number, a.state, a.started_at,
  a.submitted_at, a.receipt, a.earned, a.possible, a.unmarked
FROM attempts AS a
JOIN quizzes AS q ON q.class_id = a.class_id AND q.id = a.quiz_id
JOIN people AS p ON p.id = a.person_id
WHERE a.class_id = :class_id AND a.quiz_id = :quiz_id
ORDER BY a.person_id, a.number;

-- name: each_attempt_in_class
SELECT a.id, a.class_id, a.quiz_id, q.title AS quiz_title, q.counting, a.person_id, p.name, p.email, a.number, a.state, a.started_at,
  a.submitted_at, a.receipt, a.earned, a.possible, a.unmarked
FROM attempts AS a
JOIN quizzes AS q ON q.class_id = a.class_id AND q.id = a.quiz_id
JOIN people AS p ON p.id = a.person_id
WHERE a.class_id = :class_id
ORDER BY a.person_id, a.quiz_id, a.number;

-- name: select_learners_without_attempts
SELECT p.id, p.name, p.email, m.role, m.joined_at
FROM members AS m
JOIN people AS p ON p.id = m.person_id
WHERE m.class_id = :class_id AND m.role = 'learner'
  AND NOT EXISTS (SELECT 1 FROM attempts AS a WHERE a.class_id = m.class_id AND a.person_id = m.person_id)
ORDER BY p.id;
