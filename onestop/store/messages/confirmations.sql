-- name: confirmation(draft, ask)^
SELECT code, sent FROM confirmations WHERE draft = :draft AND ask = :ask;

-- name: put_confirmation(draft, ask, code, now, expires)!
INSERT INTO confirmations (draft, ask, code, sent, expires, tries) VALUES (:draft, :ask, :code, :now, :expires, 0)
ON CONFLICT (draft, ask) DO UPDATE SET code = :code, sent = :now, expires = :expires, tries = 0;

-- name: try_confirmation(draft, ask, now)^
UPDATE confirmations SET tries = tries + 1 WHERE draft = :draft AND ask = :ask AND expires > :now
RETURNING code, tries;

-- name: state_of_code(draft, about)^
SELECT state FROM messages WHERE draft = :draft AND about = :about;

-- name: drop_confirmation(draft, ask)!
DELETE FROM confirmations WHERE draft = :draft AND ask = :ask;
