-- name: select_bucket
SELECT allowance, refilled_at
FROM rate_limits
WHERE bucket = :bucket;

-- name: insert_bucket
INSERT INTO rate_limits (bucket, allowance, refilled_at)
VALUES (:bucket, :allowance, :refilled_at)
ON CONFLICT (bucket) DO NOTHING
RETURNING bucket;

-- name: update_bucket
UPDATE rate_limits
SET allowance = :allowance, refilled_at = :refilled_at
WHERE bucket = :bucket AND allowance = :was_allowance AND refilled_at = :was_refilled_at
RETURNING bucket;

-- name: delete_buckets_before
DELETE FROM rate_limits
WHERE refilled_at < :before;
