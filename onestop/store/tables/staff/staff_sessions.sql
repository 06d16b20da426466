-- name: add_staff_session(id, secret, officer, stage, browser, now, expires, ends)!
INSERT INTO staff_sessions (id, secret, officer, stage, browser, opened, touched, confirmed, expires, ends)
VALUES (:id, :secret, :officer, :stage, :browser, :now, :now, :now, :expires, :ends);

-- name: staff_session(secret, now)^
SELECT id, officer, stage, browser, opened, touched, confirmed, ends
FROM staff_sessions
WHERE secret = :secret AND expires > :now AND ends > :now;

-- name: touch_staff_session(id, now, expires)!
UPDATE staff_sessions
SET touched = :now, expires = CASE WHEN :expires < ends THEN :expires ELSE ends END
WHERE id = :id AND expires > :now;

-- name: advance_staff_session(id, secret, stage, now, expires, ends)!
UPDATE staff_sessions
SET secret = :secret, stage = :stage, touched = :now, confirmed = :now, expires = :expires, ends = :ends
WHERE id = :id;

-- name: staff_sessions_of(officer, now)
SELECT id, officer, stage, browser, opened, touched, confirmed, ends
FROM staff_sessions
WHERE officer = :officer AND expires > :now AND ends > :now
ORDER BY touched DESC, id;

-- name: end_staff_session(id, officer)!
DELETE FROM staff_sessions WHERE id = :id AND officer = :officer;

-- name: end_staff_sessions(officer, but)!
DELETE FROM staff_sessions WHERE officer = :officer AND id <> :but;
