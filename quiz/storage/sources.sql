-- name: select_sources
SELECT s.id, s.kind, s.title, s.short_title, s.byline, s.publisher, s.published, s.language, s.checked_on, s.attached_at,
  s.file_digest,
  (SELECT COUNT(*) FROM passages AS p WHERE p.source_id = s.id) AS passage_count,
  (SELECT COUNT(*) FROM claims AS c WHERE c.source_id = s.id) AS claim_count
FROM sources AS s
ORDER BY s.id;

-- name: select_source
SELECT *
FROM sources
WHERE id = :source_id;

-- name: select_passages
SELECT *
FROM passages
WHERE source_id = :source_id
ORDER BY position, key;

-- name: select_claims_of_source
SELECT *
FROM claims
WHERE source_id = :source_id
ORDER BY position;

-- name: select_claims
SELECT *
FROM claims
ORDER BY source_id, position;

-- name: select_evidence_of_source
SELECT source_id, claim_id, address
FROM evidence
WHERE source_id = :source_id
ORDER BY claim_id, position;

-- name: select_evidence
SELECT source_id, claim_id, address
FROM evidence
ORDER BY source_id, claim_id, position;

-- name: select_not_passages
SELECT kind, what, digest
FROM not_passages
WHERE source_id = :source_id
ORDER BY position;

-- name: select_contradictions
SELECT id, about, note, clashes_with, ask
FROM contradictions
WHERE source_id = :source_id
ORDER BY position;

-- name: select_contradiction_claims
SELECT contradiction_id, claim_id
FROM contradiction_claims
WHERE source_id = :source_id
ORDER BY contradiction_id, position;

-- name: select_cited
-- One row for each address of evidence, or one where a claim has none.
SELECT x.version_id, x.source_id, x.claim_id, x.role, v.basis, s.checked_on, c.*, e.address
FROM citations AS x
JOIN versions AS v ON v.id = x.version_id
JOIN claims AS c ON c.source_id = x.source_id AND c.id = x.claim_id
JOIN sources AS s ON s.id = x.source_id
LEFT JOIN evidence AS e ON e.source_id = c.source_id AND e.claim_id = c.id
WHERE x.version_id IN (SELECT value FROM json_each(:ids))
ORDER BY x.version_id, x.position, x.role, e.position;

-- name: select_cited_passages
-- The FAQ under an article is not the author's: it has a byline of its own, and no publisher that stands for it.
SELECT DISTINCT s.title, s.short_title, s.published, s.kind AS source_kind,
  CASE WHEN p.kind = 'faq' AND s.faq_byline <> '' THEN s.faq_byline ELSE s.byline END AS byline,
  CASE WHEN p.kind = 'faq' AND s.faq_byline <> '' THEN '' ELSE s.publisher END AS publisher,
  p.source_id, p.key, p.kind, p.asked, p.gist, p.note, p.date, p.original
FROM citations AS x
JOIN claims AS c ON c.source_id = x.source_id AND c.id = x.claim_id
JOIN passages AS p ON p.source_id = c.source_id AND p.key = c.passage_key
JOIN sources AS s ON s.id = p.source_id
WHERE x.version_id IN (SELECT value FROM json_each(:ids));

-- name: select_originals
SELECT key, original
FROM passages
WHERE source_id = :source_id AND original IS NOT NULL
ORDER BY position, key;

-- name: select_claim_marks
-- What the loader compares: how each claim stood in the file that was loaded last, and whether it is relied on.
SELECT c.id, c.file_digest, c.edited_at,
  EXISTS (SELECT 1 FROM citations AS x WHERE x.source_id = c.source_id AND x.claim_id = c.id) AS is_cited
FROM claims AS c
WHERE c.source_id = :source_id
ORDER BY c.position;

-- name: select_edited_claims
SELECT source_id, id, edited_at, edited_by
FROM claims
WHERE edited_at IS NOT NULL
ORDER BY source_id, position;

-- name: select_source_digest
SELECT file_digest
FROM sources
WHERE id = :source_id;

-- name: upsert_source
INSERT INTO sources (
  id, kind, title, short_title, byline, publisher, published, published_note, faq_byline, language, checked_on,
  reliability, evidence, file_digest
)
VALUES (
  :id, :kind, :title, :short_title, :byline, :publisher, :published, :published_note, :faq_byline, :language, :checked_on,
  :reliability, :evidence, :file_digest
)
ON CONFLICT (id) DO UPDATE SET
  kind = excluded.kind, title = excluded.title, short_title = excluded.short_title, byline = excluded.byline,
  publisher = excluded.publisher, published = excluded.published, published_note = excluded.published_note,
  faq_byline = excluded.faq_byline, language = excluded.language, checked_on = excluded.checked_on,
  reliability = excluded.reliability, evidence = excluded.evidence, file_digest = excluded.file_digest;

-- name: upsert_passage
-- A stored original stays only as long as the passage is the same.
INSERT INTO passages (source_id, key, position, kind, asked, gist, date, digests, misleads, note)
VALUES (:source_id, :key, :position, :kind, :asked, :gist, :date, :digests, :misleads, :note)
ON CONFLICT (source_id, key) DO UPDATE SET
  position = excluded.position, kind = excluded.kind, asked = excluded.asked, gist = excluded.gist, date = excluded.date,
  misleads = excluded.misleads, note = excluded.note, digests = excluded.digests,
  original = CASE WHEN passages.digests = excluded.digests THEN passages.original END;

-- name: upsert_claim
INSERT INTO claims (
  source_id, id, passage_key, printed_where, position, statement, kind, asserted_by, verdict, reason, correction, as_of,
  review_by, volatility, confidence, is_quizworthy, file_digest, edited_at, edited_by
)
VALUES (
  :source_id, :id, :passage_key, :printed_where, :position, :statement, :kind, :asserted_by, :verdict, :reason, :correction,
  :as_of, :review_by, :volatility, :confidence, :is_quizworthy, :file_digest, :edited_at, :edited_by
)
ON CONFLICT (source_id, id) DO UPDATE SET
  passage_key = excluded.passage_key, printed_where = excluded.printed_where, position = excluded.position,
  statement = excluded.statement, kind = excluded.kind, asserted_by = excluded.asserted_by, verdict = excluded.verdict,
  reason = excluded.reason, correction = excluded.correction, as_of = excluded.as_of, review_by = excluded.review_by,
  volatility = excluded.volatility, confidence = excluded.confidence, is_quizworthy = excluded.is_quizworthy,
  file_digest = excluded.file_digest, edited_at = excluded.edited_at, edited_by = excluded.edited_by;

-- name: update_claim
UPDATE claims
SET statement = :statement, verdict = :verdict, reason = :reason, correction = :correction, as_of = :as_of,
  review_by = :review_by, volatility = :volatility, confidence = :confidence, edited_at = :edited_at, edited_by = :edited_by
WHERE source_id = :source_id AND id = :id;

-- name: insert_evidence
INSERT INTO evidence (source_id, claim_id, position, address)
VALUES (:source_id, :claim_id, :position, :address);

-- name: insert_not_passage
INSERT INTO not_passages (source_id, position, kind, what, digest)
VALUES (:source_id, :position, :kind, :what, :digest);

-- name: insert_contradiction
INSERT INTO contradictions (source_id, id, position, about, note, clashes_with, ask)
VALUES (:source_id, :id, :position, :about, :note, :clashes_with, :ask);

-- name: insert_contradiction_claim
INSERT INTO contradiction_claims (source_id, contradiction_id, claim_id, position)
VALUES (:source_id, :contradiction_id, :claim_id, :position);

-- name: delete_evidence
DELETE FROM evidence
WHERE source_id = :source_id AND claim_id = :claim_id;

-- name: delete_claim
DELETE FROM claims
WHERE source_id = :source_id AND id = :claim_id;

-- name: delete_not_passages
DELETE FROM not_passages
WHERE source_id = :source_id;

-- name: delete_contradiction_claims
DELETE FROM contradiction_claims
WHERE source_id = :source_id;

-- name: delete_contradictions
DELETE FROM contradictions
WHERE source_id = :source_id;

-- name: delete_passages_but
-- Passages that the file has no longer, unless a claim that had to stay belongs to them.
DELETE FROM passages
WHERE source_id = :source_id
  AND key NOT IN (SELECT value FROM json_each(:keys))
  AND key NOT IN (SELECT c.passage_key FROM claims AS c WHERE c.source_id = :source_id);

-- name: update_original
UPDATE passages
SET original = :original
WHERE source_id = :source_id AND key = :key;

-- name: update_attached
UPDATE sources
SET attached_at = :attached_at
WHERE id = :source_id;

-- name: update_attached_if_incomplete
-- A source counts as attached only while each passage that has an original has it here.
UPDATE sources
SET attached_at = NULL
WHERE id = :source_id
  AND EXISTS (
    SELECT 1 FROM passages AS p WHERE p.source_id = :source_id AND p.original IS NULL AND p.digests <> '[]'
  );
