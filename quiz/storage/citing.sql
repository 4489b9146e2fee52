-- name: select_citing_counts
-- Retired questions and older wordings are left out: nobody is asked them any more.
SELECT x.claim_id, COUNT(DISTINCT v.question_id) AS question_count
FROM citations AS x
JOIN versions AS v ON v.id = x.version_id
JOIN questions AS q ON q.id = v.question_id
WHERE x.source_id = :source_id
  AND q.retired_at IS NULL
  AND (CAST(:bank_ids AS TEXT) IS NULL OR q.bank_id IN (SELECT value FROM json_each(:bank_ids)))
  AND v.number = (SELECT MAX(n.number) FROM versions AS n WHERE n.question_id = v.question_id)
GROUP BY x.claim_id
ORDER BY x.claim_id;

-- name: select_questions_citing
SELECT DISTINCT v.question_id, v.id AS version_id, v.stem, x.role
FROM citations AS x
JOIN versions AS v ON v.id = x.version_id
JOIN questions AS q ON q.id = v.question_id
WHERE x.source_id = :source_id
  AND x.claim_id = :claim_id
  AND q.retired_at IS NULL
  AND (CAST(:bank_ids AS TEXT) IS NULL OR q.bank_id IN (SELECT value FROM json_each(:bank_ids)))
  AND v.number = (SELECT MAX(n.number) FROM versions AS n WHERE n.question_id = v.question_id)
ORDER BY v.question_id;
