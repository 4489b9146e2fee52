-- name: insert_setup_link
INSERT INTO setup_links (token_hash, created_at)
VALUES (:token_hash, :created_at);

-- name: select_setup_link
SELECT token_hash, created_at, used_at
FROM setup_links
WHERE token_hash = :token_hash;

-- name: update_setup_link_used
UPDATE setup_links
SET used_at = :used_at, used_by = :used_by
WHERE token_hash = :token_hash AND used_at IS NULL
RETURNING token_hash;

-- name: delete_unused_setup_links
DELETE FROM setup_links
WHERE used_at IS NULL;
