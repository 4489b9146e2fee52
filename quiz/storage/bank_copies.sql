-- Copies of questions, with all that belongs to them. :questions and :versions are tables from old ids to new ones.

-- name: select_questions_to_copy
SELECT q.id,
  (SELECT v.id FROM versions AS v WHERE v.question_id = q.id ORDER BY v.number DESC LIMIT 1) AS newest_id,
  (SELECT v.id FROM versions AS v WHERE v.question_id = q.id AND v.state = 'ready' ORDER BY v.number DESC LIMIT 1) AS ready_id
FROM questions AS q
WHERE q.bank_id = :bank_id AND q.retired_at IS NULL AND q.id > :after
ORDER BY q.id
LIMIT :limit;

-- name: insert_questions
INSERT INTO questions (id, bank_id, difficulty, file_digest, created_by, created_at, copied_from)
SELECT m.value, :bank_id, q.difficulty, '', :created_by, :created_at, q.id
FROM questions AS q
JOIN json_each(:questions) AS m ON m.key = q.id;

-- name: insert_versions
INSERT INTO versions (id, question_id, number, state, type, basis, stem, ask, language, created_by, created_at)
SELECT m.value, n.value, CAST(p.value AS INTEGER), v.state, v.type, v.basis, v.stem, v.ask, v.language, :created_by, :created_at
FROM versions AS v
JOIN json_each(:versions) AS m ON m.key = v.id
JOIN json_each(:numbers) AS p ON p.key = v.id
JOIN json_each(:questions) AS n ON n.key = v.question_id;

-- name: insert_keys
INSERT INTO version_keys (version_id, answer_key, feedback, hints)
SELECT m.value, k.answer_key, k.feedback, k.hints
FROM version_keys AS k
JOIN json_each(:versions) AS m ON m.key = k.version_id;

-- name: insert_citations
INSERT INTO citations (version_id, source_id, claim_id, role, position)
SELECT m.value, c.source_id, c.claim_id, c.role, c.position
FROM citations AS c
JOIN json_each(:versions) AS m ON m.key = c.version_id;

-- name: insert_tags
INSERT INTO question_tags (question_id, tag)
SELECT m.value, t.tag
FROM question_tags AS t
JOIN json_each(:questions) AS m ON m.key = t.question_id;

-- name: insert_ignores
INSERT INTO lint_ignores (question_id, rule, reason, ignored_by, ignored_at)
SELECT m.value, i.rule, i.reason, i.ignored_by, i.ignored_at
FROM lint_ignores AS i
JOIN json_each(:questions) AS m ON m.key = i.question_id;

-- name: select_copied_from
SELECT copied_from
FROM questions
WHERE id = :question_id;
