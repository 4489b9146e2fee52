-- name: insert_section
INSERT INTO sections (class_id, quiz_id, id, position, title, time_limit_s, is_shuffled)
VALUES (:class_id, :quiz_id, :id, :position, :title, :time_limit_s, :is_shuffled);

-- name: update_section
UPDATE sections
SET position = :position, title = :title, time_limit_s = :time_limit_s, is_shuffled = :is_shuffled
WHERE class_id = :class_id AND quiz_id = :quiz_id AND id = :id;

-- name: delete_section
DELETE FROM sections
WHERE class_id = :class_id AND quiz_id = :quiz_id AND id = :id;

-- name: update_parts_limit
UPDATE quizzes
SET parts_limit_s = (
  SELECT coalesce(sum(s.time_limit_s), 0) FROM sections AS s WHERE s.class_id = :class_id AND s.quiz_id = :quiz_id
)
WHERE class_id = :class_id AND id = :quiz_id;

-- name: select_sections
SELECT id, position, title, time_limit_s, is_shuffled
FROM sections
WHERE class_id = :class_id AND quiz_id = :quiz_id
ORDER BY position, id;
