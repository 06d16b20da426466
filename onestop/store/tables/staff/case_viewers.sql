-- name: note(case_id, officer, now)!
INSERT INTO case_viewers (case_id, officer, seen) VALUES (:case_id, :officer, :now)
ON CONFLICT (case_id, officer) DO UPDATE SET seen = excluded.seen;

-- name: forget(case_id, officer)!
DELETE FROM case_viewers WHERE case_id = :case_id AND officer = :officer;

-- name: drop_late(case_id, before)!
DELETE FROM case_viewers WHERE case_id = :case_id AND seen < :before;

-- name: viewers(case_id, but, since)
SELECT o.name FROM case_viewers v
JOIN officers o ON o.id = v.officer
WHERE v.case_id = :case_id AND v.officer <> :but AND v.seen >= :since AND o.removed IS NULL
ORDER BY o.name, o.id;
