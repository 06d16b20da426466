-- name: set_aside(session, journey)!
UPDATE drafts SET standing = 'aside' WHERE session = :session AND journey = :journey AND standing = 'open';

-- name: hand_over(id, session, channel, now)!
UPDATE drafts
SET session = :session, channel = :channel, standing = 'open', touched = :now, expires = :now + keeps
WHERE id = :id;

-- name: end_codes(draft, session, now)!
-- An old code must not allow taking the draft back.
UPDATE codes SET used = :now, used_by = :session WHERE draft = :draft AND used IS NULL;

-- name: add_move(draft, session, journey, channel, now)!
INSERT INTO moves (draft, session, journey, channel, moved) VALUES (:draft, :session, :journey, :channel, :now)
ON CONFLICT (draft, session) DO UPDATE SET channel = excluded.channel, moved = excluded.moved;

-- name: drop_move(draft, session)!
DELETE FROM moves WHERE draft = :draft AND session = :session;

-- name: last_move(session, journey)^
SELECT draft, channel, moved FROM moves
WHERE session = :session AND journey = :journey
ORDER BY moved DESC
LIMIT 1;
