-- name: add_desk_case(case_id, desk, reference, journey, channel, submitted, promised, postcode, street, cell, encrypted, assisted_by, assisted_means)!
INSERT INTO desk_cases (case_id, desk, reference, journey, channel, submitted, promised, changed, postcode, street, cell,
    encrypted, assisted_by, assisted_means)
VALUES (:case_id, :desk, :reference, :journey, :channel, :submitted, :promised, :submitted, :postcode, :street, :cell,
    :encrypted, :assisted_by, :assisted_means);

-- name: desk_case(case_id, desk)^
SELECT {DESK_CASE}
FROM desk_cases d
WHERE d.case_id = :case_id AND d.desk = :desk;

-- name: desks_of(case_id)
SELECT {DESK_CASE}
FROM desk_cases d
WHERE d.case_id = :case_id
ORDER BY d.desk;

-- name: write(case_id, desk, version, to_desk, changed, state, officer, merged_into)!
UPDATE desk_cases
SET desk = :to_desk, changed = :changed, state = :state, officer = :officer, merged_into = :merged_into, version = version + 1
WHERE case_id = :case_id AND desk = :desk AND version = :version;

-- name: set_outcome(case_id, outcome)!
UPDATE desk_cases SET outcome = :outcome
WHERE case_id = :case_id AND NOT EXISTS (SELECT 1 FROM desk_cases d WHERE d.case_id = :case_id AND d.outcome <> '');

-- name: assistance(case_id, desk)^
SELECT assisted_by, assisted_means, outcome FROM desk_cases WHERE case_id = :case_id AND desk = :desk;

-- name: page_open(desk, journey, promised, after, most)
SELECT {LISTED_CASE}
FROM desk_cases d
LEFT JOIN data_keys k ON k.owner = d.case_id
WHERE d.desk = :desk AND d.state <> 'closed' AND (:journey = '' OR d.journey = :journey) AND (d.promised, d.case_id) > (:promised, :after)
ORDER BY d.promised, d.case_id
LIMIT :most;

-- name: page_open_by_age(desk, journey, after, most)
SELECT {LISTED_CASE}
FROM desk_cases d
LEFT JOIN data_keys k ON k.owner = d.case_id
WHERE d.desk = :desk AND d.state <> 'closed' AND (:journey = '' OR d.journey = :journey) AND d.case_id > :after
ORDER BY d.case_id
LIMIT :most;

-- name: page_due(desk, start, end, journey, promised, after, most)
SELECT {LISTED_CASE}
FROM desk_cases d
LEFT JOIN data_keys k ON k.owner = d.case_id
WHERE d.desk = :desk AND d.state <> 'closed' AND d.promised >= :start AND d.promised < :end AND (:journey = '' OR d.journey = :journey) AND (d.promised, d.case_id) > (:promised, :after)
ORDER BY d.promised, d.case_id
LIMIT :most;

-- name: page_of_journey(desk, journey, promised, after, most)
SELECT {LISTED_CASE}
FROM desk_cases d
LEFT JOIN data_keys k ON k.owner = d.case_id
WHERE d.desk = :desk AND d.state <> 'closed' AND d.journey = :journey AND (d.promised, d.case_id) > (:promised, :after)
ORDER BY d.promised, d.case_id
LIMIT :most;

-- name: page_of_state(desk, state, journey, promised, after, most)
SELECT {LISTED_CASE}
FROM desk_cases d
LEFT JOIN data_keys k ON k.owner = d.case_id
WHERE d.desk = :desk AND d.state = :state AND (:journey = '' OR d.journey = :journey) AND (d.promised, d.case_id) > (:promised, :after)
ORDER BY d.promised, d.case_id
LIMIT :most;

-- name: page_closed(desk, state, journey, promised, after, most)
SELECT {LISTED_CASE}
FROM desk_cases d
LEFT JOIN data_keys k ON k.owner = d.case_id
WHERE d.desk = :desk AND d.state = :state AND (:journey = '' OR d.journey = :journey) AND (d.promised, d.case_id) < (:promised, :after)
ORDER BY d.promised DESC, d.case_id DESC
LIMIT :most;

-- name: page_mine(officer, journey, promised, after, most)
SELECT {LISTED_CASE}
FROM desk_cases d
LEFT JOIN data_keys k ON k.owner = d.case_id
WHERE d.officer = :officer AND d.officer <> '' AND d.state <> 'closed' AND (:journey = '' OR d.journey = :journey) AND (d.promised, d.case_id) > (:promised, :after)
ORDER BY d.promised, d.case_id
LIMIT :most;

-- name: page_failed(desk, journey, promised, after, most)
SELECT {LISTED_CASE}
FROM desk_cases d
LEFT JOIN data_keys k ON k.owner = d.case_id
WHERE d.desk = :desk AND (:journey = '' OR d.journey = :journey) AND (d.promised, d.case_id) > (:promised, :after) AND d.case_id IN (
    SELECT o.case_id FROM outbox o WHERE o.desk = :desk AND o.state IN ('refused', 'given up')
)
ORDER BY d.promised, d.case_id
LIMIT :most;

-- name: page_at_postcode(desk, digest, older, journey, promised, after, most)
-- The sums and the joined text keep a planner from the indexes of the desk: few cases have the digest.
SELECT {LISTED_CASE}
FROM desk_cases d
LEFT JOIN data_keys k ON k.owner = d.case_id
WHERE d.desk || '' = :desk AND d.postcode IN (:digest, :older) AND (:journey = '' OR d.journey = :journey) AND (d.promised + 0, d.case_id) > (:promised, :after)
ORDER BY d.promised + 0, d.case_id
LIMIT :most;

-- name: page_at_street(desk, digest, older, journey, promised, after, most)
-- The sums and the joined text keep a planner from the indexes of the desk: few cases have the digest.
SELECT {LISTED_CASE}
FROM desk_cases d
LEFT JOIN data_keys k ON k.owner = d.case_id
WHERE d.desk || '' = :desk AND d.street IN (:digest, :older) AND (:journey = '' OR d.journey = :journey) AND (d.promised + 0, d.case_id) > (:promised, :after)
ORDER BY d.promised + 0, d.case_id
LIMIT :most;

-- name: with_reference(reference)
SELECT {LISTED_CASE}
FROM desk_cases d
LEFT JOIN data_keys k ON k.owner = d.case_id
WHERE d.reference = :reference
ORDER BY d.desk;

-- name: near(desk, journey, case_id, postcode, street, most)
-- Open cases of the same service in the same street or with the same postcode as a case.
SELECT {LISTED_CASE}
FROM desk_cases d
LEFT JOIN data_keys k ON k.owner = d.case_id
WHERE d.desk = :desk AND d.journey = :journey AND d.state <> 'closed' AND d.case_id <> :case_id
AND (d.postcode = :postcode OR d.street = :street)
ORDER BY d.case_id DESC
LIMIT :most;

-- name: in_cell(desk, journey, digest, since, most)
SELECT case_id
FROM desk_cases
WHERE cell = :digest AND desk || '' = :desk AND journey = :journey AND state <> 'closed' AND submitted >= :since
ORDER BY case_id || ''
LIMIT :most;

-- name: in_street(desk, journey, digest, since, most)
SELECT case_id
FROM desk_cases
WHERE street = :digest AND desk || '' = :desk AND journey = :journey AND state <> 'closed' AND submitted >= :since
ORDER BY case_id || ''
LIMIT :most;

-- name: in_postcode(desk, journey, digest, since, most)
SELECT case_id
FROM desk_cases
WHERE postcode = :digest AND desk || '' = :desk AND journey = :journey AND state <> 'closed' AND submitted >= :since
ORDER BY case_id || ''
LIMIT :most;

-- name: line(case_id, desk)^
SELECT d.encrypted, k.master, k.wrapped
FROM desk_cases d
JOIN data_keys k ON k.owner = d.case_id
WHERE d.case_id = :case_id AND d.desk = :desk;

-- name: digests_of(case_id, desk)^
SELECT postcode, street, cell FROM desk_cases WHERE case_id = :case_id AND desk = :desk;

-- name: changed_since(desk, since, most)
SELECT case_id, version, changed FROM desk_cases
WHERE desk = :desk AND changed >= :since
ORDER BY changed DESC, case_id
LIMIT :most;

-- name: counts(desk, officer, now, day_end, most)
-- One statement: each would be a journey to the database of its own.
SELECT 'open', COUNT(*) FROM (SELECT 1 FROM desk_cases WHERE desk = :desk AND state <> 'closed' LIMIT :most) AS some_open
UNION ALL SELECT 'mine', COUNT(*) FROM (SELECT 1 FROM desk_cases WHERE officer = :officer AND officer <> '' AND state <> 'closed' LIMIT :most) AS some_mine
UNION ALL SELECT 'new', COUNT(*) FROM (SELECT 1 FROM desk_cases WHERE desk = :desk AND state = 'new' LIMIT :most) AS some_new
UNION ALL SELECT 'due', COUNT(*) FROM (SELECT 1 FROM desk_cases WHERE desk = :desk AND state <> 'closed' AND promised >= :now AND promised < :day_end LIMIT :most) AS some_due
UNION ALL SELECT 'overdue', COUNT(*) FROM (SELECT 1 FROM desk_cases WHERE desk = :desk AND state <> 'closed' AND promised < :now LIMIT :most) AS some_overdue
UNION ALL SELECT 'waiting', COUNT(*) FROM (SELECT 1 FROM desk_cases WHERE desk = :desk AND state = 'waiting' LIMIT :most) AS some_waiting
UNION ALL SELECT 'failed', COUNT(*) FROM (SELECT DISTINCT case_id FROM outbox WHERE desk = :desk AND state IN ('refused', 'given up') LIMIT :most) AS some_failed;
