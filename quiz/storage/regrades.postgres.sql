-- name: hold_regrades
-- Regrading updates the row, and waits for those who share it; they wait for it. On SQLite whoever writes is alone.
SELECT id
FROM quizzes
WHERE class_id = :class_id AND id = :id
FOR SHARE;
