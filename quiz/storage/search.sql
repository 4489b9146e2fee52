-- What authors list and search: places, the newest question first, and what a list shows of each.

-- name: select_newest_places
SELECT rowid AS number
FROM question_texts_fts
WHERE question_texts_fts MATCH :match AND rowid < :before AND rowid >= :floor
ORDER BY rowid DESC
LIMIT :limit;

-- name: select_places
SELECT rowid AS number
FROM question_texts_fts
WHERE question_texts_fts MATCH :match AND rowid < :before
ORDER BY rowid DESC
LIMIT :limit;

-- name: select_newest_places_with_words
SELECT rowid AS number
FROM question_texts_fts
WHERE question_texts_fts MATCH :match AND rowid < :before AND rowid >= :floor
ORDER BY rowid DESC
LIMIT :limit;

-- name: select_places_with_words
SELECT rowid AS number
FROM question_texts_fts
WHERE question_texts_fts MATCH :match AND rowid < :before
ORDER BY rowid DESC
LIMIT :limit;

-- name: select_found_heads
SELECT number, question_id, version_id
FROM question_heads
WHERE number IN (SELECT value FROM json_each(:places))
ORDER BY number DESC;

-- name: select_listed
SELECT h.number, h.question_id, h.bank_id, b.title AS bank_title, h.version_id, h.version_number, h.state, h.type, h.basis,
  v.stem, h.difficulty, h.tags, h.updated_at
FROM question_heads AS h
JOIN banks AS b ON b.id = h.bank_id
JOIN versions AS v ON v.id = h.version_id
WHERE h.number IN (SELECT value FROM json_each(:places))
ORDER BY h.number DESC;

-- name: select_places_of
SELECT number
FROM question_heads
WHERE question_id IN (SELECT value FROM json_each(:ids))
ORDER BY number DESC;

-- name: select_highest_place
SELECT COALESCE(MAX(number), 0) AS number
FROM question_heads;

-- name: select_kept_counts
SELECT bank_id, question_count
FROM question_counts
WHERE facet = :facet AND value = :value;

-- name: select_facets_at
SELECT number, facets
FROM question_texts
WHERE number IN (SELECT value FROM json_each(:places));

-- name: select_texts_at
SELECT folded
FROM question_texts
WHERE number IN (SELECT value FROM json_each(:places));

-- name: select_tags_of
SELECT question_id, tag
FROM question_tags
WHERE question_id IN (SELECT value FROM json_each(:ids));
