-- name: prefill(id, now)^
SELECT s.prefill, k.master, k.wrapped
FROM sessions s
LEFT JOIN data_keys k ON k.owner = s.id
WHERE s.id = :id AND s.expires > :now;

-- name: prefill_locked(id, now)^
SELECT s.prefill, k.master, k.wrapped
FROM sessions s
LEFT JOIN data_keys k ON k.owner = s.id
WHERE s.id = :id AND s.expires > :now
{LOCK_SESSION};

-- name: write_prefill(id, prefill)!
UPDATE sessions SET prefill = :prefill WHERE id = :id;
