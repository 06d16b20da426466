-- name: lock_attempts(who, now, since)^
-- The row is locked; failures that are older than `since` are forgotten.
INSERT INTO sign_in_attempts (who, failures, last, until) VALUES (:who, 0, :now, 0)
ON CONFLICT (who) DO UPDATE SET failures = CASE WHEN sign_in_attempts.last < :since THEN 0 ELSE sign_in_attempts.failures END
RETURNING failures, until;

-- name: count_attempt(who, failures, now, until)!
UPDATE sign_in_attempts SET failures = :failures, last = :now, until = :until WHERE who = :who;

-- name: forgive_attempts(who)!
DELETE FROM sign_in_attempts WHERE who = :who;
