-- name: select_tags_in
-- The most frequent first, so that a limit leaves out the rarest.
SELECT value AS tag, CAST(SUM(question_count) AS INTEGER) AS question_count
FROM question_counts
WHERE facet = 'tag' AND bank_id = ANY(SELECT json_array_elements_text(CAST(:bank_ids AS json)))
GROUP BY value
HAVING SUM(question_count) > 0
ORDER BY SUM(question_count) DESC, value
LIMIT :limit;

-- name: select_authors_in
SELECT DISTINCT p.id, p.name
FROM question_counts AS c
JOIN people AS p ON p.id = c.value
WHERE c.facet = 'author' AND c.question_count > 0
  AND c.bank_id = ANY(SELECT json_array_elements_text(CAST(:bank_ids AS json)))
ORDER BY p.name, p.id;
