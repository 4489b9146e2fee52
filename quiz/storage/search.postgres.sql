-- name: select_newest_places
SELECT number
FROM question_texts
WHERE string_to_array(facets, ' ') @> string_to_array(:facets, ' ')
  AND (:any_of = '' OR string_to_array(facets, ' ') && string_to_array(:any_of, ' '))
  AND NOT string_to_array(facets, ' ') && string_to_array(:none_of, ' ')
  AND number < :before
  AND number >= :floor
ORDER BY number DESC
LIMIT :limit;

-- name: select_places
-- Gathered first, by the indexes: with the limit in sight, the planner reads through all texts, newest first, instead.
WITH found AS MATERIALIZED (
  SELECT number
  FROM question_texts
  WHERE string_to_array(facets, ' ') @> string_to_array(:facets, ' ')
    AND (:any_of = '' OR string_to_array(facets, ' ') && string_to_array(:any_of, ' '))
    AND NOT string_to_array(facets, ' ') && string_to_array(:none_of, ' ')
    AND number < :before
)
SELECT number
FROM found
ORDER BY number DESC
LIMIT :limit;

-- name: select_newest_places_with_words
SELECT number
FROM question_texts
WHERE folded_cut @@ to_tsquery('simple', :words)
  AND string_to_array(facets, ' ') @> string_to_array(:facets, ' ')
  AND (:any_of = '' OR string_to_array(facets, ' ') && string_to_array(:any_of, ' '))
  AND NOT string_to_array(facets, ' ') && string_to_array(:none_of, ' ')
  AND number < :before
  AND number >= :floor
ORDER BY number DESC
LIMIT :limit;

-- name: select_places_with_words
WITH found AS MATERIALIZED (
  SELECT number
  FROM question_texts
  WHERE folded_cut @@ to_tsquery('simple', :words)
    AND string_to_array(facets, ' ') @> string_to_array(:facets, ' ')
    AND (:any_of = '' OR string_to_array(facets, ' ') && string_to_array(:any_of, ' '))
    AND NOT string_to_array(facets, ' ') && string_to_array(:none_of, ' ')
    AND number < :before
)
SELECT number
FROM found
ORDER BY number DESC
LIMIT :limit;

-- name: select_found_heads
SELECT number, question_id, version_id
FROM question_heads
WHERE number = ANY(SELECT CAST(json_array_elements_text(CAST(:places AS json)) AS INTEGER))
ORDER BY number DESC;

-- name: select_listed
SELECT h.number, h.question_id, h.bank_id, b.title AS bank_title, h.version_id, h.version_number, h.state, h.type, h.basis,
  v.stem, h.difficulty, h.tags, h.updated_at
FROM question_heads AS h
JOIN banks AS b ON b.id = h.bank_id
JOIN versions AS v ON v.id = h.version_id
WHERE h.number = ANY(SELECT CAST(json_array_elements_text(CAST(:places AS json)) AS INTEGER))
ORDER BY h.number DESC;

-- name: select_places_of
SELECT number
FROM question_heads
WHERE question_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)))
ORDER BY number DESC;

-- name: select_facets_at
SELECT number, facets
FROM question_texts
WHERE number = ANY(SELECT CAST(json_array_elements_text(CAST(:places AS json)) AS INTEGER));

-- name: select_texts_at
SELECT folded
FROM question_texts
WHERE number = ANY(SELECT CAST(json_array_elements_text(CAST(:places AS json)) AS INTEGER));

-- name: select_tags_of
SELECT question_id, tag
FROM question_tags
WHERE question_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));
