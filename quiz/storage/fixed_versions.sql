-- name: select_fixed_versions
-- A draft is never asked, and neither is any version of a question that is retired.
SELECT v.id, v.question_id, v.number, v.state,
  (SELECT MAX(n.number) FROM versions AS n WHERE n.question_id = v.question_id AND n.state = 'ready') AS newest
FROM versions AS v
JOIN questions AS q ON q.id = v.question_id
WHERE v.id IN (SELECT value FROM json_each(:ids)) AND v.state <> 'draft' AND q.retired_at IS NULL;

-- name: select_choosable_versions
SELECT id, question_id, number, state
FROM versions
WHERE question_id IN (SELECT value FROM json_each(:ids)) AND state = 'ready'
ORDER BY question_id, number DESC;
