-- name: select_ignores
SELECT rule, reason
FROM lint_ignores
WHERE question_id = :question_id
ORDER BY rule;

-- name: select_ignores_of_bank
SELECT i.question_id, i.rule, i.reason
FROM lint_ignores AS i
JOIN questions AS q ON q.id = i.question_id
WHERE q.bank_id = :bank_id
ORDER BY i.question_id, i.rule;

-- name: upsert_ignore
INSERT INTO lint_ignores (question_id, rule, reason, ignored_by, ignored_at)
VALUES (:question_id, :rule, :reason, :ignored_by, :ignored_at)
ON CONFLICT (question_id, rule) DO UPDATE SET
  reason = excluded.reason, ignored_by = excluded.ignored_by, ignored_at = excluded.ignored_at;

-- name: delete_ignore
DELETE FROM lint_ignores
WHERE question_id = :question_id AND rule = :rule;

-- name: select_versions_to_lint
SELECT q.id AS question_id, v.id
FROM questions AS q
JOIN versions AS v ON v.question_id = q.id
WHERE q.bank_id = :bank_id
  AND q.retired_at IS NULL
  AND v.number = (SELECT MAX(n.number) FROM versions AS n WHERE n.question_id = q.id)
ORDER BY q.id;

-- name: select_language_of_question
SELECT b.language
FROM questions AS q
JOIN banks AS b ON b.id = q.bank_id
WHERE q.id = :question_id;
