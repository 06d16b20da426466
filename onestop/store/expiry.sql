-- name: keys_of_drafts(now)!
DELETE FROM data_keys WHERE owner IN (SELECT id FROM drafts WHERE expires <= :now);

-- name: keys_of_sessions(now)!
DELETE FROM data_keys WHERE owner IN (SELECT id FROM sessions WHERE expires <= :now);

-- name: keys_of_cases(now)!
-- A case that waits for delivery keeps its key.
DELETE FROM data_keys WHERE owner IN (
    SELECT c.id FROM cases c
    WHERE c.erase_after <= :now
    AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = c.id AND o.state = 'waiting')
);

-- name: keys_of_homes(now)!
DELETE FROM data_keys WHERE owner IN (SELECT id FROM homes WHERE expires <= :now);

-- name: drop_homes(now)!
DELETE FROM homes WHERE expires <= :now;

-- name: late_drafts(now, most)
SELECT id FROM drafts WHERE expires <= :now ORDER BY expires LIMIT :most;

-- name: late_sessions(now, most)
SELECT id FROM sessions WHERE expires <= :now ORDER BY expires LIMIT :most;

-- name: late_cases(now, most)
SELECT c.id FROM cases c
WHERE c.erase_after <= :now
AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = c.id AND o.state = 'waiting')
ORDER BY c.erase_after
LIMIT :most;

-- name: undelivered(now)^
SELECT COUNT(*) FROM cases c
WHERE c.erase_after <= :now
AND EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = c.id AND o.state = 'waiting');

-- name: drop_network_counts(before, day_before)!
-- Look-ups of addresses, and messages to one recipient, are counted by the day.
DELETE FROM network_counts
WHERE (since <= :before AND kind NOT IN ('lookups', 'messages', 'codes')) OR since <= :day_before;

-- name: drop_previous_secrets(before)!
UPDATE sessions SET previous_secret = NULL WHERE previous_secret IS NOT NULL AND issued <= :before;

-- name: drop_previous_form_keys(before)!
UPDATE sessions SET previous_form_key = NULL WHERE previous_form_key IS NOT NULL AND issued <= :before;

-- name: drop_draft(id)^
DELETE FROM drafts WHERE id = :id RETURNING journey, channel, last_ask, revision, standing;

-- name: drop_case(id)!
DELETE FROM cases WHERE id = :id;

-- name: drop_codes(before)!
DELETE FROM codes WHERE expires <= :before;

-- name: drop_guesses(before)!
DELETE FROM guesses WHERE since <= :before;

-- name: drop_staff_sessions(now)!
DELETE FROM staff_sessions WHERE expires <= :now;

-- name: drop_sign_in_attempts(before)!
DELETE FROM sign_in_attempts WHERE last <= :before;

-- name: drop_spent_challenges(now)!
DELETE FROM spent_challenges WHERE expires <= :now;
