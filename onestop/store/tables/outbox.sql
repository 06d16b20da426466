-- name: desks_due(now)
SELECT DISTINCT desk FROM outbox WHERE state = 'waiting' AND due <= :now ORDER BY desk;

-- name: claim(desk, now, until, most)
-- The second `due <= :now` is what makes it safe on PostgreSQL: another worker may have claimed it meanwhile.
UPDATE outbox SET due = :until, tries = tries + 1
WHERE desk = :desk AND state = 'waiting' AND due <= :now AND case_id IN (
    SELECT case_id FROM outbox WHERE desk = :desk AND state = 'waiting' AND due <= :now ORDER BY due LIMIT :most
)
RETURNING case_id, desk, tries;

-- name: settle(case_id, desk, state, now, reason)!
UPDATE outbox SET state = :state, settled = :now, reason = :reason
WHERE case_id = :case_id AND desk = :desk AND state = 'waiting';

-- name: later(case_id, desk, tries, due, reason)!
UPDATE outbox SET due = :due, reason = :reason
WHERE case_id = :case_id AND desk = :desk AND state = 'waiting' AND tries = :tries;

-- name: parcels_of(case_id)
SELECT case_id, desk, state, due, tries, settled, reason FROM outbox WHERE case_id = :case_id ORDER BY desk;

-- name: backlog()
SELECT desk, COUNT(*), MIN(due) FROM outbox WHERE state = 'waiting' GROUP BY desk ORDER BY desk;

-- name: try_again(case_id, desk, now)!
UPDATE outbox SET state = 'waiting', due = :now, settled = NULL
WHERE case_id = :case_id AND desk = :desk AND state = 'refused';
