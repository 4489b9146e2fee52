-- What authors list and search. The newest version of each question stands for it.

-- name: select_listed
SELECT q.id AS question_id, b.id AS bank_id, b.title AS bank_title, v.id AS version_id, v.number, v.state, v.type, v.basis,
  v.stem, v.created_at AS updated_at, q.difficulty, q.retired_at
FROM questions AS q
JOIN banks AS b ON b.id = q.bank_id
JOIN versions AS v ON v.question_id = q.id
WHERE q.id > :after
  AND v.number = (SELECT MAX(n.number) FROM versions AS n WHERE n.question_id = q.id)
  AND (CAST(:bank AS TEXT) IS NULL OR q.bank_id = :bank)
  AND (CAST(:type AS TEXT) IS NULL OR v.type = :type)
  AND (CAST(:basis AS TEXT) IS NULL OR v.basis = :basis)
  AND (
    CASE
      WHEN CAST(:state AS TEXT) IS NULL THEN q.retired_at IS NULL
      WHEN q.retired_at IS NOT NULL THEN :state = 'retired'
      ELSE v.state = :state
    END
  )
  AND (
    CAST(:tag AS TEXT) IS NULL
    OR EXISTS (SELECT 1 FROM question_tags AS t WHERE t.question_id = q.id AND t.tag = :tag)
  )
ORDER BY q.id
LIMIT :limit;

-- name: select_listed_with_words
SELECT q.id AS question_id, b.id AS bank_id, b.title AS bank_title, v.id AS version_id, v.number, v.state, v.type, v.basis,
  v.stem, v.created_at AS updated_at, q.difficulty, q.retired_at
FROM questions AS q
JOIN banks AS b ON b.id = q.bank_id
JOIN versions AS v ON v.question_id = q.id
WHERE q.id > :after
  AND q.id IN (
    SELECT x.question_id
    FROM question_texts_fts AS f
    JOIN question_texts AS x ON x.number = f.rowid
    WHERE question_texts_fts MATCH :match
  )
  AND v.number = (SELECT MAX(n.number) FROM versions AS n WHERE n.question_id = q.id)
  AND (CAST(:bank AS TEXT) IS NULL OR q.bank_id = :bank)
  AND (CAST(:type AS TEXT) IS NULL OR v.type = :type)
  AND (CAST(:basis AS TEXT) IS NULL OR v.basis = :basis)
  AND (
    CASE
      WHEN CAST(:state AS TEXT) IS NULL THEN q.retired_at IS NULL
      WHEN q.retired_at IS NOT NULL THEN :state = 'retired'
      ELSE v.state = :state
    END
  )
  AND (
    CAST(:tag AS TEXT) IS NULL
    OR EXISTS (SELECT 1 FROM question_tags AS t WHERE t.question_id = q.id AND t.tag = :tag)
  )
ORDER BY q.id
LIMIT :limit;

-- name: select_tags_of
SELECT question_id, tag
FROM question_tags
WHERE question_id IN (SELECT value FROM json_each(:ids));

-- name: upsert_question_text
-- Two who save at once would take the same number; the primary key refuses the second.
INSERT INTO question_texts (number, question_id, folded)
VALUES ((SELECT COALESCE(MAX(number), 0) + 1 FROM question_texts), :question_id, :folded)
ON CONFLICT (question_id) DO UPDATE SET folded = excluded.folded;
