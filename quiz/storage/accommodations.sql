-- name: select_accommodation
SELECT a.*, p.name AS set_by_name
FROM accommodations AS a
JOIN people AS p ON p.id = a.set_by
WHERE a.person_id = :person_id;

-- name: select_accommodated
SELECT a.person_id
FROM accommodations AS a
JOIN members AS m ON m.person_id = a.person_id
WHERE m.class_id = :class_id AND m.role = 'learner';

-- name: select_accommodations_at_quiz
SELECT a.factor, a.is_untimed, a.extra_days, a.extra_attempts, a.may_pause
FROM accommodations AS a
WHERE EXISTS (
    SELECT 1 FROM members AS m WHERE m.class_id = :class_id AND m.person_id = a.person_id AND m.role = 'learner'
  )
  OR EXISTS (
    SELECT 1 FROM attempts AS t WHERE t.class_id = :class_id AND t.quiz_id = :quiz_id AND t.person_id = a.person_id
  );

-- name: upsert_accommodation
INSERT INTO accommodations (
  person_id, factor, is_untimed, extra_days, extra_attempts, may_pause, note, set_by, set_at
)
VALUES (:person_id, :factor, :is_untimed, :extra_days, :extra_attempts, :may_pause, :note, :set_by, :set_at)
ON CONFLICT (person_id) DO UPDATE
SET factor = excluded.factor, is_untimed = excluded.is_untimed, extra_days = excluded.extra_days,
  extra_attempts = excluded.extra_attempts, may_pause = excluded.may_pause, note = excluded.note,
  set_by = excluded.set_by, set_at = excluded.set_at;

-- name: delete_accommodation
DELETE FROM accommodations
WHERE person_id = :person_id;
