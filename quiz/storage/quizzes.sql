-- name: insert_quiz
INSERT INTO quizzes (
  class_id, id, title, description, language, state, policy, policy_reason, guests_allowed, attempts_allowed,
  opens_at, closes_at, time_limit_s, overrun, grace_s, wait_between_s, counting, behaviour, tries, penalty, navigation,
  is_shuffled, visibility, second_marker, join_code, settings, created_by, created_at
)
VALUES (
  :class_id, :id, :title, :description, :language, 'draft', :policy, :policy_reason, :guests_allowed, :attempts_allowed,
  :opens_at, :closes_at, :time_limit_s, :overrun, :grace_s, :wait_between_s, :counting, :behaviour, :tries, :penalty,
  :navigation, :is_shuffled, :visibility, :second_marker, :join_code, '{}', :created_by, :created_at
);

-- name: update_quiz
UPDATE quizzes
SET title = :title, description = :description, policy = :policy, policy_reason = :policy_reason,
  guests_allowed = :guests_allowed, attempts_allowed = :attempts_allowed, opens_at = :opens_at, closes_at = :closes_at,
  time_limit_s = :time_limit_s, overrun = :overrun, grace_s = :grace_s, wait_between_s = :wait_between_s,
  counting = :counting, behaviour = :behaviour, tries = :tries, penalty = :penalty, navigation = :navigation,
  is_shuffled = :is_shuffled, visibility = :visibility, second_marker = :second_marker
WHERE class_id = :class_id AND id = :id;

-- name: update_quiz_state
UPDATE quizzes
SET state = :state, opened_at = coalesce(opened_at, CAST(:opened_at AS TEXT))
WHERE class_id = :class_id AND id = :id AND state <> :state
RETURNING id;

-- name: delete_quiz
DELETE FROM quizzes
WHERE class_id = :class_id AND id = :id AND state = 'draft';

-- name: select_quiz
SELECT q.*, c.title AS class_title, c.is_public
FROM quizzes AS q
JOIN classes AS c ON c.id = q.class_id
WHERE q.id = :id;

-- name: select_quiz_by_code
SELECT q.*, c.title AS class_title, c.is_public
FROM quizzes AS q
JOIN classes AS c ON c.id = q.class_id
WHERE q.join_code = :join_code AND c.archived_at IS NULL;

-- name: select_quizzes_of_class
SELECT q.*, c.title AS class_title, c.is_public
FROM quizzes AS q
JOIN classes AS c ON c.id = q.class_id
WHERE q.class_id = :class_id
ORDER BY q.created_at DESC, q.id;

-- name: select_quizzes_for_instructor
-- Those of their classes, and those of the public ones.
SELECT q.*, c.title AS class_title, c.is_public
FROM quizzes AS q
JOIN classes AS c ON c.id = q.class_id
LEFT JOIN members AS m ON m.class_id = c.id AND m.person_id = :person_id AND m.role = 'instructor'
WHERE (m.person_id IS NOT NULL OR c.is_public) AND c.archived_at IS NULL
ORDER BY c.is_public, q.created_at DESC, q.id;

-- name: select_open_quizzes_for_person
SELECT q.*, c.title AS class_title, c.is_public
FROM quizzes AS q
JOIN classes AS c ON c.id = q.class_id
JOIN members AS m ON m.class_id = c.id
WHERE m.person_id = :person_id AND m.role = 'learner' AND q.state = 'open' AND c.archived_at IS NULL
ORDER BY q.opened_at DESC, q.id;

-- name: select_quizzes_begun_by
-- Those that the person has an attempt at, whatever became of the class.
SELECT q.*, c.title AS class_title, c.is_public
FROM (SELECT DISTINCT a.class_id, a.quiz_id FROM attempts AS a WHERE a.person_id = :person_id) AS b
JOIN quizzes AS q ON q.class_id = b.class_id AND q.id = b.quiz_id
JOIN classes AS c ON c.id = q.class_id;

-- name: select_open_public_quizzes
SELECT q.*, c.title AS class_title, c.is_public
FROM quizzes AS q
JOIN classes AS c ON c.id = q.class_id
WHERE c.is_public AND q.state = 'open' AND c.archived_at IS NULL
ORDER BY q.opened_at, q.id;

-- name: insert_slot
INSERT INTO slots (
  class_id, quiz_id, id, position, points, question_id, draw_bank_id, draw_tag, draw_count, section_id, version_id,
  is_pinned
)
VALUES (
  :class_id, :quiz_id, :id, :position, :points, :question_id, :draw_bank_id, :draw_tag, :draw_count, :section_id,
  :version_id, :is_pinned
);

-- name: insert_slot_pool
INSERT INTO slot_pools (class_id, quiz_id, slot_id, position, bank_id, tag)
VALUES (:class_id, :quiz_id, :slot_id, :position, :bank_id, :tag);

-- name: update_slot
UPDATE slots
SET position = :position, points = :points, section_id = :section_id, version_id = :version_id, is_pinned = :is_pinned
WHERE class_id = :class_id AND quiz_id = :quiz_id AND id = :id;

-- name: delete_pools_of_slot
DELETE FROM slot_pools
WHERE class_id = :class_id AND quiz_id = :quiz_id AND slot_id = :id;

-- name: delete_slot
DELETE FROM slots
WHERE class_id = :class_id AND quiz_id = :quiz_id AND id = :id;

-- name: hold_open
-- Until the transaction ends, nobody else can change the quiz's row, so nobody can close it meanwhile.
UPDATE quizzes
SET state = state
WHERE class_id = :class_id AND id = :id AND state = 'open'
RETURNING id;

-- name: delete_slot_pools
-- Those of a draft alone, as below.
DELETE FROM slot_pools
WHERE class_id = :class_id AND quiz_id = :quiz_id
  AND EXISTS (SELECT 1 FROM quizzes AS q WHERE q.class_id = :class_id AND q.id = :quiz_id AND q.state = 'draft');

-- name: delete_sections
DELETE FROM sections
WHERE class_id = :class_id AND quiz_id = :quiz_id
  AND EXISTS (SELECT 1 FROM quizzes AS q WHERE q.class_id = :class_id AND q.id = :quiz_id AND q.state = 'draft');

-- name: delete_slots
-- Those of a draft alone: what learners were set stays.
DELETE FROM slots
WHERE class_id = :class_id AND quiz_id = :quiz_id
  AND EXISTS (SELECT 1 FROM quizzes AS q WHERE q.class_id = :class_id AND q.id = :quiz_id AND q.state = 'draft');

-- name: select_slots
SELECT id, position, points, question_id, draw_bank_id, draw_tag, draw_count, section_id, version_id, is_pinned
FROM slots
WHERE class_id = :class_id AND quiz_id = :quiz_id
ORDER BY position, id;

-- name: select_slot_pools
SELECT slot_id, bank_id, tag
FROM slot_pools
WHERE class_id = :class_id AND quiz_id = :quiz_id
ORDER BY slot_id, position;

-- name: select_all_quizzes
SELECT q.*, c.title AS class_title, c.is_public
FROM quizzes AS q
JOIN classes AS c ON c.id = q.class_id
ORDER BY q.created_at DESC, q.id;
