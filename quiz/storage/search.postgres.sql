-- name: select_listed_with_words
SELECT q.id AS question_id, b.id AS bank_id, b.title AS bank_title, v.id AS version_id, v.number, v.state, v.type, v.basis,
  v.stem, v.created_at AS updated_at, q.difficulty, q.retired_at
FROM questions AS q
JOIN banks AS b ON b.id = q.bank_id
JOIN versions AS v ON v.question_id = q.id
WHERE q.id > :after
  AND q.id IN (
    SELECT x.question_id
    FROM question_texts AS x
    WHERE to_tsvector('simple', x.folded) @@ to_tsquery('simple', :match)
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
WHERE question_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));
