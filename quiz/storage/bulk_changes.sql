-- name: insert_bulk_change
INSERT INTO bulk_changes (id, kind, settings, question_count, made_by, made_at, kept_count)
VALUES (:id, :kind, :settings, :question_count, :made_by, :made_at, 0);

-- name: insert_bulk_row
INSERT INTO bulk_change_rows (change_id, aspect, subject, before, after)
VALUES (:change_id, :aspect, :subject, :before, :after);

-- name: update_undone
UPDATE bulk_changes
SET undone_at = :undone_at, undone_by = :undone_by, kept_count = :kept_count
WHERE id = :id AND undone_at IS NULL;

-- name: select_bulk_change
SELECT c.id, c.kind, c.settings, c.question_count, c.made_by, c.made_at, c.undone_at, c.kept_count
FROM bulk_changes AS c
WHERE c.id = :id;

-- name: select_bulk_changes_by
SELECT c.id, c.kind, c.settings, c.question_count, c.made_by, c.made_at, c.undone_at, c.kept_count
FROM bulk_changes AS c
WHERE c.made_by = :person_id AND c.id < :before
ORDER BY c.id DESC
LIMIT :limit;

-- name: select_bulk_rows
SELECT aspect, subject, before, after
FROM bulk_change_rows
WHERE change_id = :change_id
ORDER BY aspect, subject;

-- name: select_some_bulk_rows
SELECT aspect, subject, before, after
FROM bulk_change_rows
WHERE change_id = :change_id
ORDER BY aspect, subject
LIMIT :limit;

-- name: update_bank
UPDATE questions
SET bank_id = :bank_id, edited_at = :edited_at
WHERE id = :question_id;

-- name: update_retired
UPDATE questions
SET retired_at = CAST(:retired_at AS TEXT)
WHERE id = :question_id;

-- name: update_edited
UPDATE questions
SET edited_at = :edited_at
WHERE id = :question_id;

-- name: delete_tag
DELETE FROM question_tags
WHERE question_id = :question_id AND tag = :tag;

-- name: insert_tag
INSERT INTO question_tags (question_id, tag)
VALUES (:question_id, :tag)
ON CONFLICT (question_id, tag) DO NOTHING;

-- name: select_slots_of_questions
-- Places of quizzes that learners can still start, with how each place stands.
SELECT s.class_id, s.quiz_id, s.id, s.question_id, s.version_id, s.points, s.position, s.section_id, s.is_pinned,
  z.state AS quiz_state, z.title AS quiz_title
FROM slots AS s
JOIN quizzes AS z ON z.class_id = s.class_id AND z.id = s.quiz_id
WHERE s.question_id IN (SELECT value FROM json_each(:ids)) AND z.state <> 'closed'
ORDER BY s.quiz_id, s.position;

-- name: update_slot_question
UPDATE slots
SET question_id = :question_id, version_id = CAST(:version_id AS TEXT)
WHERE class_id = :class_id AND quiz_id = :quiz_id AND id = :id;
