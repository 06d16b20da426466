-- name: code_to_show(draft, after)^
SELECT encrypted, expires FROM codes
WHERE draft = :draft AND used IS NULL AND expires >= :after
ORDER BY expires DESC
LIMIT 1;

-- name: add_code(digits, ticket, draft, session, expires, encrypted, now)!
-- The digits of an expired or used code may be given out again.
INSERT INTO codes (digits, ticket, draft, session, expires, used, used_by, encrypted)
VALUES (:digits, :ticket, :draft, :session, :expires, NULL, NULL, :encrypted)
ON CONFLICT (digits) DO UPDATE SET
    ticket = excluded.ticket, draft = excluded.draft, session = excluded.session, expires = excluded.expires,
    used = NULL, used_by = NULL, encrypted = excluded.encrypted
WHERE codes.expires <= :now OR codes.used IS NOT NULL;

-- name: code_of_digits(digest)^
SELECT digits, draft, expires, used, used_by FROM codes WHERE digits = :digest;

-- name: code_of_ticket(digest)^
SELECT digits, draft, expires, used, used_by FROM codes WHERE ticket = :digest;

-- name: use_code(digits, session, now)!
UPDATE codes SET used = :now, used_by = :session WHERE digits = :digits AND used IS NULL AND expires > :now;
