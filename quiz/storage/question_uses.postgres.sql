-- name: select_used_among
SELECT DISTINCT question_id
FROM slots
WHERE question_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));
