-- name: select_draft
SELECT person_id, question_id, number, type, based_on, fields, kept_at
FROM question_drafts
WHERE person_id = :person_id AND question_id = :question_id;

-- name: select_drafts_of_new_questions
SELECT d.person_id, d.question_id, d.number, d.type, d.based_on, d.fields, d.kept_at
FROM question_drafts AS d
LEFT JOIN questions AS q ON q.id = d.question_id
WHERE d.person_id = :person_id AND q.id IS NULL
ORDER BY d.kept_at DESC, d.question_id;

-- name: upsert_draft
-- No row comes back if another draft than the one that was before the writer is kept.
INSERT INTO question_drafts (person_id, question_id, number, type, based_on, fields, kept_at)
VALUES (:person_id, :question_id, CAST(:base AS INTEGER) + 1, :type, :based_on, :fields, :kept_at)
ON CONFLICT (person_id, question_id) DO UPDATE SET
  number = question_drafts.number + 1, type = excluded.type, based_on = excluded.based_on,
  fields = excluded.fields, kept_at = excluded.kept_at
WHERE question_drafts.number = :base
RETURNING number;

-- name: delete_draft
DELETE FROM question_drafts
WHERE person_id = :person_id AND question_id = :question_id;
