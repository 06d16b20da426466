-- name: add_event(case_id, desk, number, kind, at, officer, subject, encrypted)!
INSERT INTO case_events (case_id, desk, number, kind, at, officer, subject, encrypted)
VALUES (:case_id, :desk, :number, :kind, :at, :officer, :subject, :encrypted);

-- name: events_of(case_id)
SELECT desk, number, kind, at, officer, subject, encrypted FROM case_events WHERE case_id = :case_id ORDER BY at, number, desk;
