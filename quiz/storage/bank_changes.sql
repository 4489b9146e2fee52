-- name: insert_bank_change
INSERT INTO bank_changes (id, bank_id, at, made_by, kind, question_id, details)
VALUES (:id, :bank_id, :at, :made_by, :kind, :question_id, :details);

-- name: select_bank_changes
-- Ids begin with the time, so they are in its order.
SELECT c.id, c.bank_id, c.at, c.made_by, c.kind, c.question_id, c.details, p.name
FROM bank_changes AS c
LEFT JOIN people AS p ON p.id = c.made_by
WHERE c.bank_id = :bank_id AND c.id < :before
ORDER BY c.id DESC
LIMIT :limit;
