-- name: select_banks
SELECT b.id, b.title, b.description, b.language, b.position, b.file_digest,
  (SELECT COUNT(*) FROM questions AS q WHERE q.bank_id = b.id AND q.retired_at IS NULL) AS question_count
FROM banks AS b
ORDER BY b.position, b.id;

-- name: upsert_bank
INSERT INTO banks (id, title, description, language, position, file_digest, created_by, created_at)
VALUES (:id, :title, :description, :language, :position, :file_digest, :created_by, :created_at)
ON CONFLICT (id) DO UPDATE SET
  title = excluded.title, description = excluded.description, language = excluded.language, position = excluded.position,
  file_digest = excluded.file_digest;
