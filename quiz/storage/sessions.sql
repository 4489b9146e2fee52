-- name: insert_session
INSERT INTO sessions (token_hash, person_id, created_at, seen_at, expires_at)
VALUES (:token_hash, :person_id, :created_at, :seen_at, :expires_at);

-- name: update_session_seen
UPDATE sessions
SET seen_at = :seen_at, expires_at = :expires_at
WHERE token_hash = :token_hash;

-- name: delete_session
DELETE FROM sessions
WHERE token_hash = :token_hash;

-- name: delete_other_sessions
DELETE FROM sessions
WHERE person_id = :person_id AND token_hash <> :token_hash
RETURNING token_hash;

-- name: delete_expired_sessions
DELETE FROM sessions
WHERE expires_at <= :now;

-- name: select_session
SELECT s.token_hash, s.created_at, s.seen_at, p.id, p.role, p.name, p.email
FROM sessions AS s
JOIN people AS p ON p.id = s.person_id
WHERE s.token_hash = :token_hash AND s.expires_at > :now AND p.disabled_at IS NULL;

-- name: select_sessions_of_person
SELECT token_hash, created_at, seen_at
FROM sessions
WHERE person_id = :person_id AND expires_at > :now
ORDER BY seen_at DESC, token_hash;
