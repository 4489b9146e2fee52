-- name: insert_person
INSERT INTO people (id, role, name, email, password_hash, created_at)
VALUES (:id, :role, :name, :email, :password_hash, :created_at);

-- name: update_guest_account
UPDATE people
SET role = :role, name = :name, email = :email, password_hash = :password_hash
WHERE id = :id AND role = 'guest'
RETURNING id;

-- name: update_role
UPDATE people
SET role = :role
WHERE id = :id;

-- name: update_profile
UPDATE people
SET name = :name, email = :email
WHERE id = :id;

-- name: update_password_hash
UPDATE people
SET password_hash = :password_hash
WHERE id = :id;

-- name: select_person
SELECT id, role, name, email
FROM people
WHERE id = :id;

-- name: select_person_by_email
SELECT id, role, name, email
FROM people
WHERE email = :email AND disabled_at IS NULL;

-- name: select_password_hash
SELECT password_hash
FROM people
WHERE id = :id;

-- name: select_any_instructor
SELECT id
FROM people
WHERE role = 'instructor' AND disabled_at IS NULL
LIMIT 1;
