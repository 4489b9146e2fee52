-- name: select_question
SELECT id, bank_id, difficulty, file_digest, created_by, created_at, edited_at, retired_at
FROM questions
WHERE id = :question_id;

-- name: select_bank_ids_of
SELECT id, bank_id
FROM questions
WHERE id IN (SELECT value FROM json_each(:ids));

-- name: select_questions_of_bank
SELECT id, bank_id, difficulty, file_digest, created_by, created_at, edited_at, retired_at
FROM questions
WHERE bank_id = :bank_id
ORDER BY id;

-- name: insert_question
INSERT INTO questions (id, bank_id, difficulty, file_digest, created_by, created_at)
VALUES (:id, :bank_id, :difficulty, '', :created_by, :created_at);

-- name: update_question_bank
UPDATE questions
SET bank_id = :bank_id
WHERE id = :question_id;

-- name: update_question_difficulty
UPDATE questions
SET difficulty = :difficulty
WHERE id = :question_id;

-- name: update_question_file_digest
-- The question is as the file has it.
UPDATE questions
SET file_digest = :file_digest, edited_at = NULL
WHERE id = :question_id;

-- name: update_question_edited_at
UPDATE questions
SET edited_at = :edited_at
WHERE id = :question_id;

-- name: update_question_retired_at
UPDATE questions
SET retired_at = :retired_at
WHERE id = :question_id;

-- name: delete_tags
DELETE FROM question_tags
WHERE question_id = :question_id;

-- name: insert_tag
INSERT INTO question_tags (question_id, tag)
VALUES (:question_id, :tag);

-- name: select_tag_counts
SELECT value AS tag, CAST(SUM(question_count) AS INTEGER) AS question_count
FROM question_counts
WHERE facet = 'tag'
  AND (CAST(:bank_id AS TEXT) IS NULL OR bank_id = :bank_id)
GROUP BY value
HAVING SUM(question_count) > 0
ORDER BY value;

-- name: select_public_questions
SELECT v.id, v.question_id, v.number, v.type, v.basis, v.stem, v.ask, v.language, b.language AS bank_language
FROM versions AS v
JOIN questions AS q ON q.id = v.question_id
JOIN banks AS b ON b.id = q.bank_id
WHERE v.id IN (SELECT value FROM json_each(:ids));

-- name: select_types
SELECT id, type
FROM versions
WHERE id IN (SELECT value FROM json_each(:ids));

-- name: select_citations
SELECT version_id, source_id, claim_id, role
FROM citations
WHERE version_id IN (SELECT value FROM json_each(:ids))
ORDER BY version_id, position;

-- name: select_keys
SELECT version_id, answer_key, feedback, hints
FROM version_keys
WHERE version_id IN (SELECT value FROM json_each(:ids));

-- name: select_wording
SELECT v.id, v.type, v.basis, v.stem, v.ask, v.language, k.answer_key, k.feedback, k.hints,
  q.id AS question_id, q.difficulty
FROM versions AS v
JOIN version_keys AS k ON k.version_id = v.id
JOIN questions AS q ON q.id = v.question_id
WHERE v.id = :version_id;

-- name: select_newest_ready_versions
-- A question that is retired is asked no more.
SELECT v.question_id, v.id
FROM versions AS v
JOIN questions AS q ON q.id = v.question_id
WHERE v.question_id IN (SELECT value FROM json_each(:ids))
  AND q.retired_at IS NULL
  AND v.number = (
    SELECT MAX(n.number) FROM versions AS n WHERE n.question_id = v.question_id AND n.state = 'ready'
  );

-- name: select_drawable
SELECT v.question_id, v.id
FROM questions AS q
JOIN versions AS v ON v.question_id = q.id
WHERE q.bank_id = :bank_id
  AND q.retired_at IS NULL
  AND v.number = (
    SELECT MAX(n.number) FROM versions AS n WHERE n.question_id = v.question_id AND n.state = 'ready'
  )
  AND (
    CAST(:tag AS TEXT) IS NULL
    OR EXISTS (SELECT 1 FROM question_tags AS t WHERE t.question_id = q.id AND t.tag = :tag)
  )
  AND CAST(:without AS TEXT) NOT LIKE '%,' || v.type || ',%'
ORDER BY q.id;

-- name: select_newest_version
SELECT id
FROM versions
WHERE question_id = :question_id
ORDER BY number DESC
LIMIT 1;

-- name: select_versions
SELECT v.id, v.number, v.state, v.type, v.basis, v.stem, v.created_at, v.created_by, p.name AS created_by_name
FROM versions AS v
LEFT JOIN people AS p ON p.id = v.created_by
WHERE v.question_id = :question_id
ORDER BY v.number DESC;

-- name: insert_version
INSERT INTO versions (id, question_id, number, state, type, basis, stem, ask, language, created_by, created_at)
VALUES (:id, :question_id, :number, :state, :type, :basis, :stem, :ask, :language, :created_by, :created_at);

-- name: insert_key
INSERT INTO version_keys (version_id, answer_key, feedback, hints)
VALUES (:version_id, :answer_key, :feedback, :hints);

-- name: insert_citation
INSERT INTO citations (version_id, source_id, claim_id, role, position)
VALUES (:version_id, :source_id, :claim_id, :role, :position);

-- name: update_version_state
UPDATE versions
SET state = :state
WHERE id = :version_id;
