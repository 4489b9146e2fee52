-- name: select_seen_results_of_person
SELECT s.attempt_id, s.earned, s.possible, s.unmarked, s.seen_at
FROM seen_results AS s
JOIN attempts AS a ON a.class_id = s.class_id AND a.id = s.attempt_id
WHERE a.person_id = :person_id;

-- name: select_regraded_of_person
-- When each attempt was last regraded, and when a regrade of it was last taken back.
SELECT c.attempt_id, MAX(r.regraded_at) AS regraded_at, MAX(r.undone_at) AS undone_at
FROM regrade_changes AS c
JOIN regrades AS r ON r.class_id = c.class_id AND r.id = c.regrade_id
JOIN attempts AS a ON a.class_id = c.class_id AND a.id = c.attempt_id
WHERE a.person_id = :person_id
GROUP BY c.attempt_id;

-- name: select_late_decisions_of_person
SELECT l.attempt_id, l.decided_at
FROM late_answers AS l
JOIN attempts AS a ON a.class_id = l.class_id AND a.id = l.attempt_id
WHERE a.person_id = :person_id AND l.decided_at IS NOT NULL
ORDER BY l.attempt_id, l.decided_at;

-- name: upsert_seen_result
INSERT INTO seen_results (class_id, attempt_id, earned, possible, unmarked, seen_at)
VALUES (:class_id, :attempt_id, :earned, :possible, :unmarked, :seen_at)
ON CONFLICT (class_id, attempt_id) DO UPDATE
SET earned = excluded.earned, possible = excluded.possible, unmarked = excluded.unmarked, seen_at = excluded.seen_at;
