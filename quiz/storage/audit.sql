-- name: insert_entry
INSERT INTO audit_log (id, at, actor_id, action, subject, details)
VALUES (:id, :at, :actor_id, :action, :subject, :details);

-- name: select_entries_about
SELECT id, at, actor_id, action, subject, details
FROM audit_log
WHERE subject = :subject
ORDER BY at, id;
