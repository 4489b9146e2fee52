-- name: insert_problem
INSERT INTO problem_reports (
  class_id, id, quiz_id, attempt_id, position, question_id, version_id, person_id, kind, words, address, source_date, state,
  answer, created_at, operation_id
)
VALUES (
  :class_id, :id, :quiz_id, :attempt_id, :position, :question_id, :version_id, :person_id, :kind, :words, :address,
  :source_date, 'open', '', :created_at, :operation_id
);

-- name: update_decision
UPDATE problem_reports
SET state = :state, answer = :answer, decided_by = :decided_by, decided_at = :decided_at
WHERE class_id = :class_id AND id = :id;

-- name: update_regrade
UPDATE problem_reports
SET regrade_id = :regrade_id
WHERE class_id = :class_id AND id = :id;

-- name: select_problem
SELECT r.*, p.name AS person_name, q.title AS quiz_title, v.stem, v.number AS version, d.name AS decided_by_name
FROM problem_reports AS r
JOIN people AS p ON p.id = r.person_id
JOIN quizzes AS q ON q.class_id = r.class_id AND q.id = r.quiz_id
JOIN versions AS v ON v.id = r.version_id
LEFT JOIN people AS d ON d.id = r.decided_by
WHERE r.quiz_id = :quiz_id AND r.id = :id;

-- name: select_problem_by_operation
SELECT r.id
FROM problem_reports AS r
WHERE r.class_id = :class_id AND r.attempt_id = :attempt_id AND r.operation_id = :operation_id;

-- name: select_problems_of_attempt
SELECT r.*, p.name AS person_name, q.title AS quiz_title, v.stem, v.number AS version, d.name AS decided_by_name
FROM problem_reports AS r
JOIN people AS p ON p.id = r.person_id
JOIN quizzes AS q ON q.class_id = r.class_id AND q.id = r.quiz_id
JOIN versions AS v ON v.id = r.version_id
LEFT JOIN people AS d ON d.id = r.decided_by
WHERE r.class_id = :class_id AND r.attempt_id = :attempt_id
ORDER BY r.created_at, r.id;

-- name: select_problems_of_quiz
SELECT r.*, p.name AS person_name, q.title AS quiz_title, v.stem, v.number AS version, d.name AS decided_by_name
FROM problem_reports AS r
JOIN people AS p ON p.id = r.person_id
JOIN quizzes AS q ON q.class_id = r.class_id AND q.id = r.quiz_id
JOIN versions AS v ON v.id = r.version_id
LEFT JOIN people AS d ON d.id = r.decided_by
WHERE r.class_id = :class_id AND r.quiz_id = :quiz_id
ORDER BY CASE WHEN r.state = 'open' THEN 0 ELSE 1 END, r.created_at, r.id;

-- name: select_problems_for_instructor
-- Of all the classes that they teach, and of public ones, which every instructor may read.
SELECT r.*, p.name AS person_name, q.title AS quiz_title, v.stem, v.number AS version, d.name AS decided_by_name
FROM problem_reports AS r
JOIN people AS p ON p.id = r.person_id
JOIN quizzes AS q ON q.class_id = r.class_id AND q.id = r.quiz_id
JOIN versions AS v ON v.id = r.version_id
JOIN classes AS c ON c.id = r.class_id
LEFT JOIN members AS m ON m.class_id = c.id AND m.person_id = :person_id AND m.role = 'instructor'
LEFT JOIN people AS d ON d.id = r.decided_by
WHERE m.person_id IS NOT NULL OR c.is_public
ORDER BY CASE WHEN r.state = 'open' THEN 0 ELSE 1 END, r.created_at, r.id
LIMIT :most;

-- name: count_open_problems
SELECT count(*) AS problems
FROM problem_reports
WHERE class_id = :class_id AND quiz_id = :quiz_id AND state = 'open';
