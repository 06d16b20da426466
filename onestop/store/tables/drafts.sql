-- name: add_draft(id, session, journey, edition, channel, language, now, keeps, expires, encrypted)!
INSERT INTO drafts (
    id, session, journey, edition, channel, language, standing, opened, touched, keeps, expires, revision, encrypted
) VALUES (
    :id, :session, :journey, :edition, :channel, :language, 'open', :now, :now, :keeps, :expires, 0, :encrypted
) ON CONFLICT DO NOTHING;

-- name: open_draft(session, journey, now)^
SELECT d.id, d.session, d.journey, d.edition, d.channel, d.language, d.standing, d.opened, d.touched, d.keeps,
    d.expires, d.revision, d.encrypted, k.master, k.wrapped
FROM drafts d
LEFT JOIN data_keys k ON k.owner = d.id
WHERE d.session = :session AND d.journey = :journey AND d.standing = 'open' AND d.expires > :now;

-- name: open_draft_locked(session, journey, now)^
SELECT d.id, d.session, d.journey, d.edition, d.channel, d.language, d.standing, d.opened, d.touched, d.keeps,
    d.expires, d.revision, d.encrypted, k.master, k.wrapped
FROM drafts d
LEFT JOIN data_keys k ON k.owner = d.id
WHERE d.session = :session AND d.journey = :journey AND d.standing = 'open' AND d.expires > :now
{LOCK_DRAFT};

-- name: draft(id, now)^
SELECT d.id, d.session, d.journey, d.edition, d.channel, d.language, d.standing, d.opened, d.touched, d.keeps,
    d.expires, d.revision, d.encrypted, k.master, k.wrapped
FROM drafts d
LEFT JOIN data_keys k ON k.owner = d.id
WHERE d.id = :id AND d.expires > :now;

-- name: draft_locked(id, now)^
SELECT d.id, d.session, d.journey, d.edition, d.channel, d.language, d.standing, d.opened, d.touched, d.keeps,
    d.expires, d.revision, d.encrypted, k.master, k.wrapped
FROM drafts d
LEFT JOIN data_keys k ON k.owner = d.id
WHERE d.id = :id AND d.expires > :now
{LOCK_DRAFT};

-- name: write_draft(id, now, revision, encrypted, ask)!
UPDATE drafts
SET revision = :revision, encrypted = :encrypted, touched = :now, expires = :now + keeps, last_ask = :ask
WHERE id = :id;

-- name: set_language(id, session, language, now)!
UPDATE drafts SET language = :language WHERE id = :id AND session = :session AND standing = 'open' AND expires > :now;

-- name: set_late_aside(session, journey, now)!
UPDATE drafts SET standing = 'aside'
WHERE session = :session AND journey = :journey AND standing = 'open' AND expires <= :now;

-- name: finish(id, now, expires)!
UPDATE drafts SET standing = 'done', encrypted = NULL, last_ask = '', touched = :now, expires = :expires WHERE id = :id;

-- name: drop_draft(id)^
DELETE FROM drafts WHERE id = :id RETURNING journey, channel, last_ask, revision;

-- name: last_done(session, journey, now)^
SELECT id FROM drafts
WHERE session = :session AND journey = :journey AND standing = 'done' AND expires > :now
ORDER BY touched DESC, id DESC
LIMIT 1;
