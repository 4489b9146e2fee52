-- name: select_cited
-- One row for each address of evidence, or one where a claim has none.
SELECT x.version_id, x.source_id, x.claim_id, x.role, v.basis, s.checked_on, c.*, e.address
FROM citations AS x
JOIN versions AS v ON v.id = x.version_id
JOIN claims AS c ON c.source_id = x.source_id AND c.id = x.claim_id
JOIN sources AS s ON s.id = x.source_id
LEFT JOIN evidence AS e ON e.source_id = c.source_id AND e.claim_id = c.id
WHERE x.version_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)))
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
WHERE x.version_id = ANY(SELECT json_array_elements_text(CAST(:ids AS json)));

-- name: delete_passages_but
-- Passages that the file has no longer, unless a claim that had to stay belongs to them.
DELETE FROM passages
WHERE source_id = :source_id
  AND key <> ALL(SELECT json_array_elements_text(CAST(:keys AS json)))
  AND key NOT IN (SELECT c.passage_key FROM claims AS c WHERE c.source_id = :source_id);
