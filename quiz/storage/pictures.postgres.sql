-- name: select_pictures
SELECT id, media_type, width, height, data
FROM pictures
WHERE id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)))
ORDER BY id;
