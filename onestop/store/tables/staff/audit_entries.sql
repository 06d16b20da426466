-- name: lock_head()^
-- An update locks the row, in both databases.
UPDATE audit_head SET entries = entries WHERE id = 1 RETURNING entries, mac;

-- name: head()^
SELECT entries, mac FROM audit_head WHERE id = 1;

-- name: move_head(entries, mac)!
UPDATE audit_head SET entries = :entries, mac = :mac WHERE id = 1;

-- name: add_entry(seq, at, actor, action, subject, purpose, fields, mac)!
INSERT INTO audit_entries (seq, at, actor, action, subject, purpose, fields, mac)
VALUES (:seq, :at, :actor, :action, :subject, :purpose, :fields, :mac);

-- name: entries_after(seq, most)
SELECT seq, at, actor, action, subject, purpose, fields, mac
FROM audit_entries
WHERE seq > :seq
ORDER BY seq
LIMIT :most;

-- name: entries_of_subject(subject)
SELECT seq, at, actor, action, subject, purpose, fields, mac
FROM audit_entries
WHERE subject = :subject
ORDER BY seq;
