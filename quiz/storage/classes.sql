-- name: insert_class
INSERT INTO classes (id, title, join_code, is_public, created_by, created_at)
VALUES (:id, :title, :join_code, :is_public, :created_by, :created_at);

-- name: update_class_title
UPDATE classes
SET title = :title
WHERE id = :id;

-- name: update_class_code
UPDATE classes
SET join_code = :join_code
WHERE id = :id;

-- name: update_class_archived
UPDATE classes
SET archived_at = :archived_at
WHERE id = :id;

-- name: select_class
SELECT id, title, join_code, is_public, created_by, created_at, archived_at
FROM classes
WHERE id = :id;

-- name: select_class_by_code
-- Archived classes have no door.
SELECT id, title, join_code, is_public, created_by, created_at, archived_at
FROM classes
WHERE join_code = :join_code AND archived_at IS NULL;

-- name: select_classes_of_person
SELECT c.id, c.title, c.join_code, c.is_public, c.created_by, c.created_at, c.archived_at
FROM classes AS c
JOIN members AS m ON m.class_id = c.id
WHERE m.person_id = :person_id AND m.role = :role AND c.archived_at IS NULL
ORDER BY c.created_at DESC, c.id;

-- name: select_archived_classes_of_instructor
SELECT c.id, c.title, c.join_code, c.is_public, c.created_by, c.created_at, c.archived_at
FROM classes AS c
JOIN members AS m ON m.class_id = c.id
WHERE m.person_id = :person_id AND m.role = 'instructor' AND c.archived_at IS NOT NULL
ORDER BY c.archived_at DESC, c.id;

-- name: select_public_classes
SELECT id, title, join_code, is_public, created_by, created_at, archived_at
FROM classes
WHERE is_public AND archived_at IS NULL
ORDER BY created_at, id;

-- name: insert_member
-- Joining twice is joining once; the role that was there first stays.
INSERT INTO members (class_id, person_id, role, joined_at)
VALUES (:class_id, :person_id, :role, :joined_at)
ON CONFLICT (class_id, person_id) DO NOTHING;

-- name: delete_member
DELETE FROM members
WHERE class_id = :class_id AND person_id = :person_id AND role = 'learner';

-- name: select_member_role
SELECT role
FROM members
WHERE class_id = :class_id AND person_id = :person_id;

-- name: select_members
SELECT p.id, p.name, p.email, p.role AS person_role, m.role, m.joined_at
FROM members AS m
JOIN people AS p ON p.id = m.person_id
WHERE m.class_id = :class_id
ORDER BY m.role, m.joined_at, p.id;

-- name: select_member
SELECT p.id, p.name, p.email, m.role, m.joined_at
FROM members AS m
JOIN people AS p ON p.id = m.person_id
WHERE m.class_id = :class_id AND m.person_id = :person_id;

-- name: count_learners
SELECT m.class_id, count(*) AS learners
FROM members AS m
JOIN members AS mine ON mine.class_id = m.class_id
WHERE mine.person_id = :person_id AND mine.role = 'instructor' AND m.role = 'learner'
GROUP BY m.class_id;
