-- What heads are made of, and the three tables that hold them.

-- name: select_last_headless
SELECT x.number
FROM question_texts AS x
WHERE x.number = (SELECT MAX(number) FROM question_texts)
  AND NOT EXISTS (SELECT 1 FROM question_heads AS h WHERE h.number = x.number);

-- name: select_headless
SELECT x.number, x.question_id
FROM question_texts AS x
WHERE x.number > :after
  AND NOT EXISTS (SELECT 1 FROM question_heads AS h WHERE h.number = x.number)
ORDER BY x.number
LIMIT :limit;

-- name: select_due
SELECT question_id
FROM question_heads
WHERE is_text_due
LIMIT :limit;

-- name: select_what_heads_say
SELECT q.id AS question_id, q.bank_id, q.difficulty, q.created_by, q.retired_at, v.id AS version_id, v.number AS version_number,
  v.state, v.type, v.basis, v.stem, v.ask, v.created_at AS updated_at, k.answer_key, k.feedback, k.hints,
  x.number
FROM questions AS q
JOIN versions AS v ON v.question_id = q.id
JOIN version_keys AS k ON k.version_id = v.id
LEFT JOIN question_texts AS x ON x.question_id = q.id
WHERE q.id IN (SELECT value FROM json_each(:ids))
  AND v.number = (SELECT MAX(n.number) FROM versions AS n WHERE n.question_id = q.id);

-- name: select_tags
SELECT question_id, tag
FROM question_tags
WHERE question_id IN (SELECT value FROM json_each(:ids));

-- name: select_cited
SELECT version_id, source_id, claim_id
FROM citations
WHERE version_id IN (SELECT value FROM json_each(:ids))
ORDER BY version_id, position;

-- name: select_heads
SELECT number, question_id, bank_id, state, type, basis, difficulty, tags, created_by
FROM question_heads
WHERE question_id IN (SELECT value FROM json_each(:ids));

-- name: hold_questions
-- SQLite has one writer at a time; there is nothing to wait for.
SELECT id
FROM questions
WHERE id IN (SELECT value FROM json_each(:ids))
LIMIT 0;

-- name: hold_numbers
-- SQLite has one writer at a time; there is nothing to wait for.
SELECT 1 AS held;

-- name: select_highest_number
SELECT COALESCE(MAX(number), 0) AS number
FROM question_texts;

-- name: upsert_text
-- The number was found by the question, so it is the row's own.
INSERT INTO question_texts (number, question_id, folded, facets)
VALUES (:number, :question_id, :folded, :facets)
ON CONFLICT (number) DO UPDATE SET folded = excluded.folded, facets = excluded.facets
WHERE question_texts.folded <> excluded.folded OR question_texts.facets <> excluded.facets;

-- name: upsert_head
INSERT INTO question_heads (
  number, question_id, bank_id, version_id, version_number, state, type, basis, difficulty, tags, created_by, updated_at,
  sketch, is_text_due
)
VALUES (
  :number, :question_id, :bank_id, :version_id, :version_number, :state, :type, :basis, :difficulty, :tags, :created_by,
  :updated_at, :sketch, :is_text_due
)
ON CONFLICT (number) DO UPDATE SET
  bank_id = excluded.bank_id, version_id = excluded.version_id, version_number = excluded.version_number,
  state = excluded.state, type = excluded.type, basis = excluded.basis, difficulty = excluded.difficulty,
  tags = excluded.tags, created_by = excluded.created_by, updated_at = excluded.updated_at, sketch = excluded.sketch,
  is_text_due = excluded.is_text_due;

-- name: upsert_count
INSERT INTO question_counts (bank_id, facet, value, question_count)
VALUES (:bank_id, :facet, :value, :by)
ON CONFLICT (bank_id, facet, value) DO UPDATE SET question_count = question_counts.question_count + excluded.question_count;

-- name: delete_texts
DELETE FROM question_texts
WHERE question_id IN (SELECT value FROM json_each(:ids));

-- name: delete_heads
DELETE FROM question_heads
WHERE question_id IN (SELECT value FROM json_each(:ids));
