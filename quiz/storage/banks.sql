-- name: select_banks
SELECT b.id, b.title, b.description, b.language, b.position, b.file_digest, b.created_by, b.audience, b.copied_from,
  COALESCE(c.question_count, 0) AS question_count
FROM banks AS b
LEFT JOIN question_counts AS c ON c.bank_id = b.id AND c.facet = 'live' AND c.value = ''
ORDER BY b.position, b.id;

-- name: select_bank_ids
SELECT id
FROM banks
ORDER BY id;

-- name: select_bank
SELECT b.id, b.title, b.description, b.language, b.position, b.file_digest, b.created_by, b.audience, b.copied_from,
  COALESCE(c.question_count, 0) AS question_count
FROM banks AS b
LEFT JOIN question_counts AS c ON c.bank_id = b.id AND c.facet = 'live' AND c.value = ''
WHERE b.id = :bank_id;

-- name: select_banks_visible_to
-- Those of every instructor, one's own, and those that one's classes share.
SELECT b.id, b.title, b.description, b.language, b.position, b.file_digest, b.created_by, b.audience, b.copied_from,
  COALESCE(c.question_count, 0) AS question_count
FROM banks AS b
LEFT JOIN question_counts AS c ON c.bank_id = b.id AND c.facet = 'live' AND c.value = ''
WHERE b.audience = 'everyone'
  OR b.created_by = :person_id
  OR EXISTS (
    SELECT 1
    FROM bank_classes AS s
    JOIN members AS m ON m.class_id = s.class_id
    WHERE s.bank_id = b.id AND m.person_id = :person_id AND m.role = 'instructor'
  )
ORDER BY b.position, b.id;

-- name: upsert_bank
INSERT INTO banks (id, title, description, language, position, file_digest, created_by, created_at)
VALUES (:id, :title, :description, :language, :position, :file_digest, :created_by, :created_at)
ON CONFLICT (id) DO UPDATE SET
  title = CASE WHEN banks.edited_at IS NULL THEN excluded.title ELSE banks.title END,
  description = CASE WHEN banks.edited_at IS NULL THEN excluded.description ELSE banks.description END,
  language = CASE WHEN banks.edited_at IS NULL THEN excluded.language ELSE banks.language END,
  position = excluded.position, file_digest = excluded.file_digest;

-- name: insert_bank
INSERT INTO banks (
  id, title, description, language, position, file_digest, created_by, created_at, audience, copied_from
)
VALUES (
  :id, :title, :description, :language, (SELECT COALESCE(MAX(position), 0) + 1 FROM banks), '', :created_by, :created_at,
  :audience, :copied_from
);

-- name: update_bank
UPDATE banks
SET title = :title, description = :description, language = :language, edited_at = :edited_at
WHERE id = :id;

-- name: update_bank_audience
UPDATE banks
SET audience = :audience
WHERE id = :id;

-- name: select_classes_of_bank
SELECT c.id, c.title
FROM bank_classes AS s
JOIN classes AS c ON c.id = s.class_id
WHERE s.bank_id = :bank_id
ORDER BY c.title, c.id;

-- name: delete_classes_of_bank
DELETE FROM bank_classes
WHERE bank_id = :bank_id;

-- name: insert_class_of_bank
INSERT INTO bank_classes (bank_id, class_id)
VALUES (:bank_id, :class_id);

-- name: select_counts
SELECT facet, value, question_count
FROM question_counts
WHERE bank_id = :bank_id AND facet NOT IN ('tag', 'author') AND question_count > 0
ORDER BY facet, value;

-- name: select_tags_in
-- The most frequent first, so that a limit leaves out the rarest.
SELECT value AS tag, CAST(SUM(question_count) AS INTEGER) AS question_count
FROM question_counts
WHERE facet = 'tag' AND bank_id IN (SELECT j.value FROM json_each(:bank_ids) AS j)
GROUP BY value
HAVING SUM(question_count) > 0
ORDER BY SUM(question_count) DESC, value
LIMIT :limit;

-- name: select_authors_in
SELECT DISTINCT p.id, p.name
FROM question_counts AS c
JOIN people AS p ON p.id = c.value
WHERE c.facet = 'author' AND c.question_count > 0 AND c.bank_id IN (SELECT j.value FROM json_each(:bank_ids) AS j)
ORDER BY p.name, p.id;
