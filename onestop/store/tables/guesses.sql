-- name: count_guess(who, since)^
INSERT INTO guesses (who, since, tries) VALUES (:who, :since, 1)
ON CONFLICT (who, since) DO UPDATE SET tries = guesses.tries + 1
RETURNING tries;

-- name: tried(who, since)^
-- The sum, and the highest count of a window.
SELECT CAST(COALESCE(SUM(tries), 0) AS BIGINT), CAST(COALESCE(MAX(tries), 0) AS BIGINT)
FROM guesses
WHERE who = :who AND since >= :since;

-- name: forgive_guess(who, since)!
UPDATE guesses SET tries = tries - 1 WHERE who = :who AND since = :since;
