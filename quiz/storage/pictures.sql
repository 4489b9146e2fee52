-- name: insert_picture
-- The id is a digest of the data, so what is there already is the same picture.
INSERT INTO pictures (id, media_type, width, height, data, created_by, created_at)
VALUES (:id, :media_type, :width, :height, :data, :created_by, :created_at)
ON CONFLICT (id) DO NOTHING;

-- name: select_pictures
SELECT id, media_type, width, height, data
FROM pictures
WHERE id IN (SELECT value FROM json_each(:ids))
ORDER BY id;
