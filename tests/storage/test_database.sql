-- name: insert_probe
INSERT INTO rate_limits (bucket, allowance, refilled_at)
VALUES (:bucket, 1, '12:30');

-- name: select_probes
SELECT bucket
FROM rate_limits
ORDER BY bucket;

-- name: select_probes_like
SELECT bucket
FROM rate_limits
WHERE bucket LIKE :bucket;

-- name: insert_orphan
INSERT INTO members (class_id, person_id, role, joined_at)
VALUES ('none', 'none', 'learner', '');

-- name: select_clock_and_share
-- A time such as 12:30 or :this is no parameter, and 100 % no placeholder.
SELECT '12:30' AS clock, '100%' AS share, :given AS given;
