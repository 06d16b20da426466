-- name: add_delivery(case_id, desk, destination, now)!
INSERT INTO outbox (case_id, desk, destination, state, due, tries, reason, since)
VALUES (:case_id, :desk, :destination, 'waiting', :now, 0, '', :now);

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
RETURNING case_id, desk, destination, tries, since;

-- name: renew(case_id, desk, destination, tries, until)!
UPDATE outbox SET due = :until
WHERE case_id = :case_id AND desk = :desk AND destination = :destination AND state = 'waiting' AND tries = :tries;

-- name: settle(case_id, desk, destination, state, now, reason)!
UPDATE outbox SET state = :state, settled = :now, reason = :reason
WHERE case_id = :case_id AND desk = :desk AND destination = :destination AND state = 'waiting';

-- name: accept(case_id, desk, destination, now, number, token, ask_due)!
-- Another server may have given up meanwhile.
UPDATE outbox SET state = 'done', settled = :now, reason = '', number = :number, token = :token, ask_due = :ask_due
WHERE case_id = :case_id AND desk = :desk AND destination = :destination AND state IN ('waiting', 'given up');

-- name: lock_case(id)^
SELECT id FROM cases WHERE id = :id {LOCK_CASE};

-- name: deliver_whole(id, now)^
-- Once a case: a delivery that is made again does not count.
UPDATE cases SET delivered = :now
WHERE id = :id AND delivered IS NULL
AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = :id AND o.state <> 'done')
RETURNING journey, channel, submitted;

-- name: give_up_one(case_id, desk, destination, now)!
UPDATE outbox SET state = 'given up', settled = :now
WHERE case_id = :case_id AND desk = :desk AND destination = :destination AND state = 'waiting';

-- name: give_up_old(desk, destination, before, now, reason)!
UPDATE outbox SET state = 'given up', settled = :now, reason = :reason
WHERE desk = :desk AND destination = :destination AND state = 'waiting' AND since <= :before AND due <= :now;

-- name: asks_due(now, most)
SELECT case_id, desk, destination, number, token FROM outbox
WHERE ask_due IS NOT NULL AND ask_due <= :now
ORDER BY ask_due
LIMIT :most;

-- name: postpone_ask(case_id, desk, destination, until)!
UPDATE outbox SET ask_due = :until WHERE case_id = :case_id AND desk = :desk AND destination = :destination;

-- name: record_status(case_id, desk, destination, number, status, ask_due)!
UPDATE outbox SET number = :number, status = COALESCE(:status, status), ask_due = :ask_due
WHERE case_id = :case_id AND desk = :desk AND destination = :destination AND state = 'done';

-- name: postpone(case_id, desk, destination, tries, due, reason)!
UPDATE outbox SET due = :due, reason = :reason
WHERE case_id = :case_id AND desk = :desk AND destination = :destination AND state = 'waiting' AND tries = :tries;

-- name: open_deliveries(most)
SELECT o.case_id, c.reference, o.desk, o.destination, o.state, c.submitted, o.due, o.tries, o.settled, o.reason,
    o.number, o.status
FROM outbox o
JOIN cases c ON c.id = o.case_id
WHERE o.state IN ('waiting', 'refused', 'given up')
ORDER BY c.submitted, o.desk, o.destination
LIMIT :most;

-- name: deliveries_of(reference)
SELECT o.case_id, c.reference, o.desk, o.destination, o.state, c.submitted, o.due, o.tries, o.settled, o.reason,
    o.number, o.status
FROM outbox o
JOIN cases c ON c.id = o.case_id
WHERE c.reference = :reference
ORDER BY o.desk, o.destination;

-- name: deliveries_of_case(case_id)
SELECT o.case_id, c.reference, o.desk, o.destination, o.state, c.submitted, o.due, o.tries, o.settled, o.reason,
    o.number, o.status
FROM outbox o
JOIN cases c ON c.id = o.case_id
WHERE o.case_id = :case_id
ORDER BY o.desk, o.destination;

-- name: open_counts()
SELECT o.desk, o.destination, o.state, COUNT(*), MIN(c.submitted)
FROM outbox o
JOIN cases c ON c.id = o.case_id
WHERE o.state IN ('waiting', 'refused', 'given up')
GROUP BY o.desk, o.destination, o.state
ORDER BY o.desk, o.destination, o.state;

-- name: reopen(case_id, desk, destination, now)!
UPDATE outbox SET state = 'waiting', due = :now, since = :now, settled = NULL
WHERE case_id = :case_id AND desk = :desk AND destination = :destination;
