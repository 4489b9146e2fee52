-- name: insert_part
INSERT INTO attempt_sections (
  class_id, attempt_id, number, section_id, title, first_position, last_position, time_limit_s, extra_s, started_at,
  deadline_at
)
VALUES (
  :class_id, :attempt_id, :number, :section_id, :title, :first_position, :last_position, :time_limit_s, :extra_s,
  :started_at, :deadline_at
);

-- name: update_part
UPDATE attempt_sections
SET time_limit_s = :time_limit_s, extra_s = :extra_s, started_at = :started_at, deadline_at = :deadline_at,
  ended_at = :ended_at
WHERE class_id = :class_id AND attempt_id = :attempt_id AND number = :number;

-- name: select_parts
SELECT number, section_id, title, first_position, last_position, time_limit_s, extra_s, started_at, deadline_at, ended_at
FROM attempt_sections
WHERE class_id = :class_id AND attempt_id = :attempt_id
ORDER BY number;
