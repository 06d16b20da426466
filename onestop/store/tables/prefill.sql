-- name: told(id, now)^
SELECT s.told, k.master, k.wrapped
FROM sessions s
LEFT JOIN data_keys k ON k.owner = s.id
WHERE s.id = :id AND s.expires > :now;

-- name: told_locked(id, now)^
SELECT s.told, k.master, k.wrapped
FROM sessions s
LEFT JOIN data_keys k ON k.owner = s.id
WHERE s.id = :id AND s.expires > :now
{LOCK_SESSION};

-- name: write_told(id, told)!
UPDATE sessions SET told = :told WHERE id = :id;
