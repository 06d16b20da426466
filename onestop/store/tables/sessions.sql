-- name: add_session(id, secret, channel, now, idle, ends, expires, form_key, staff_session)!
INSERT INTO sessions (id, secret, channel, opened, touched, idle, ends, expires, kept, issued, previous_form_key,
    staff_session)
VALUES (:id, :secret, :channel, :now, :now, :idle, :ends, :expires, 0, :now, :form_key, :staff_session)
ON CONFLICT (secret) DO NOTHING;

-- name: session(secret, now)^
SELECT id, channel, opened, touched, idle, ends, expires, issued, kept, staff_session, CASE WHEN staff_session = '' THEN '' ELSE (
    SELECT s.officer FROM staff_sessions s WHERE s.id = staff_session AND s.expires > :now AND s.ends > :now
) END
FROM sessions
WHERE secret = :secret AND expires > :now;

-- name: session_of_previous(secret, now, since)^
SELECT id, channel, opened, touched, idle, ends, expires, issued, kept, staff_session, CASE WHEN staff_session = '' THEN '' ELSE (
    SELECT s.officer FROM staff_sessions s WHERE s.id = staff_session AND s.expires > :now AND s.ends > :now
) END
FROM sessions
WHERE previous_secret = :secret AND issued > :since AND expires > :now;

-- name: rotate(id, secret, before, form_key, now)!
UPDATE sessions SET secret = :secret, previous_secret = :before, previous_form_key = :form_key, issued = :now
WHERE id = :id AND secret = :before AND expires > :now;

-- name: previous_form_key(id, since)^
SELECT previous_form_key FROM sessions WHERE id = :id AND issued > :since AND previous_form_key IS NOT NULL;

-- name: touch(id, now)!
UPDATE sessions
SET touched = :now, expires = CASE WHEN :now + idle < ends THEN :now + idle ELSE ends END
WHERE id = :id AND expires > :now;

-- name: touch_officer(staff_session, now, idle)!
UPDATE staff_sessions
SET touched = :now, expires = CASE WHEN :now + :idle < ends THEN :now + :idle ELSE ends END
WHERE id = :staff_session AND expires > :now;

-- name: keep(id, now, idle, ends, expires, kept)!
UPDATE sessions
SET touched = :now, idle = :idle, ends = :ends, expires = :expires, kept = :kept
WHERE id = :id AND expires > :now;

-- name: drop_session(id)!
DELETE FROM sessions WHERE id = :id;

-- name: orphan_drafts(session, now)!
-- A draft with an unused hand-over code stays until the code expires.
UPDATE drafts
SET expires = COALESCE(
    (SELECT MAX(c.expires) FROM codes c WHERE c.draft = drafts.id AND c.used IS NULL AND c.expires > :now), :now
)
WHERE session = :session AND expires > :now;
