-- name: add_delivery(case_id, desk, destination, now)!
INSERT INTO outbox (case_id, desk, destination, state, due, tries, reason)
VALUES (:case_id, :desk, :destination, 'waiting', :now, 0, '');

-- name: routes_due(now, horizon)
SELECT DISTINCT desk, destination FROM outbox
WHERE state = 'waiting' AND (due <= :now OR due > :horizon)
ORDER BY desk, destination;

-- name: claim(desk, destination, now, horizon, until, most)
-- The outer condition on `due` is needed on PostgreSQL: another worker may have claimed the row since the inner SELECT.
UPDATE outbox SET due = :until, tries = tries + 1
WHERE desk = :desk AND destination = :destination AND state = 'waiting' AND (due <= :now OR due > :horizon)
AND case_id IN (
    SELECT case_id FROM outbox
    WHERE desk = :desk AND destination = :destination AND state = 'waiting' AND (due <= :now OR due > :horizon)
    ORDER BY due
    LIMIT :most
)
RETURNING case_id, desk, destination, tries;

-- name: renew(case_id, desk, destination, tries, until)!
UPDATE outbox SET due = :until
WHERE case_id = :case_id AND desk = :desk AND destination = :destination AND state = 'waiting' AND tries = :tries;

-- name: settle(case_id, desk, destination, state, now, reason)!
UPDATE outbox SET state = :state, settled = :now, reason = :reason
WHERE case_id = :case_id AND desk = :desk AND destination = :destination AND state = 'waiting';

-- name: postpone(case_id, desk, destination, tries, due, reason)!
UPDATE outbox SET due = :due, reason = :reason
WHERE case_id = :case_id AND desk = :desk AND destination = :destination AND state = 'waiting' AND tries = :tries;

-- name: open_deliveries(most)
SELECT o.case_id, c.reference, o.desk, o.destination, o.state, c.submitted, o.due, o.tries, o.settled, o.reason
FROM outbox o
JOIN cases c ON c.id = o.case_id
WHERE o.state IN ('waiting', 'refused')
ORDER BY c.submitted, o.desk, o.destination
LIMIT :most;

-- name: deliveries_of(reference)
SELECT o.case_id, c.reference, o.desk, o.destination, o.state, c.submitted, o.due, o.tries, o.settled, o.reason
FROM outbox o
JOIN cases c ON c.id = o.case_id
WHERE c.reference = :reference
ORDER BY o.desk, o.destination;

-- name: open_counts()
SELECT o.desk, o.destination, o.state, COUNT(*), MIN(c.submitted)
FROM outbox o
JOIN cases c ON c.id = o.case_id
WHERE o.state IN ('waiting', 'refused')
GROUP BY o.desk, o.destination, o.state
ORDER BY o.desk, o.destination, o.state;

-- name: reopen(case_id, desk, destination, now)!
UPDATE outbox SET state = 'waiting', due = :now, settled = NULL
WHERE case_id = :case_id AND desk = :desk AND destination = :destination;
