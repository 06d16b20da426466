-- name: add_message(id, case_id, draft, owner, occasion, about, means, language, now, ends, encrypted)!
INSERT INTO messages (id, case_id, draft, owner, occasion, about, means, language, state, reason, detail, number, tries, due,
    made, ends, changed, asks, ask_due, encrypted)
VALUES (:id, :case_id, :draft, :owner, :occasion, :about, :means, :language, 'waiting', '', '', '', 0, :now,
    :now, :ends, :now, 0, NULL, :encrypted)
ON CONFLICT (owner, occasion, about) DO NOTHING;

-- name: means_due(now, horizon)
SELECT DISTINCT means FROM messages WHERE state = 'waiting' AND (due <= :now OR due > :horizon) ORDER BY means;

-- name: claim_messages(means, now, horizon, until, most)
-- The outer condition on `due` is needed on PostgreSQL: another worker may have claimed the row since the inner SELECT.
UPDATE messages SET due = :until, tries = tries + 1
WHERE means = :means AND state = 'waiting' AND (due <= :now OR due > :horizon)
AND id IN (
    SELECT id FROM messages
    WHERE means = :means AND state = 'waiting' AND (due <= :now OR due > :horizon)
    ORDER BY due
    LIMIT :most
)
RETURNING id, owner, occasion, means, language, tries, ends;

-- name: renew_message(id, tries, until)!
UPDATE messages SET due = :until WHERE id = :id AND state = 'waiting' AND tries = :tries;

-- name: message_content(id)^
SELECT m.encrypted, c.reference, c.journey
FROM messages m
LEFT JOIN cases c ON c.id = m.case_id
WHERE m.id = :id;

-- name: postpone_message(id, tries, detail, due)!
UPDATE messages SET due = :due, detail = :detail WHERE id = :id AND state = 'waiting' AND tries = :tries;

-- name: record_message(id, state, number, reason, detail, now, ask_due, given_up)!
UPDATE messages SET state = :state, number = CASE WHEN :number = '' THEN number ELSE :number END, reason = :reason,
    detail = :detail, changed = :now, ask_due = :ask_due
WHERE id = :id AND state <> :state AND (
    state = 'waiting'
    OR (state = 'sent' AND :state <> 'waiting')
    OR (state = 'failed' AND reason = :given_up AND :state <> 'waiting')
);

-- name: record_return(id, reason, detail, now)!
UPDATE messages SET state = 'failed', reason = :reason, detail = :detail, changed = :now, ask_due = NULL
WHERE id = :id AND means = 'letter' AND state <> 'failed';

-- name: query_due(now)^
SELECT 1 FROM messages WHERE ask_due <= :now LIMIT 1;

-- name: queries_due(now, most, until)
UPDATE messages SET ask_due = :until, asks = asks + 1
WHERE ask_due <= :now
AND id IN (SELECT id FROM messages WHERE ask_due IS NOT NULL AND ask_due <= :now ORDER BY ask_due LIMIT :most)
RETURNING id, means, number, asks, made;

-- name: ask_again(id, due)!
UPDATE messages SET ask_due = :due WHERE id = :id AND state = 'sent';

-- name: messages_of_case(case_id)
SELECT id, occasion, means, state, reason, detail, tries, made, changed, due, about
FROM messages
WHERE case_id = :case_id
ORDER BY made, id;

-- name: open_messages(most)
SELECT m.id, m.occasion, m.means, m.state, m.reason, m.detail, m.tries, m.made, m.changed, m.due, m.about, c.reference
FROM messages m
JOIN cases c ON c.id = m.case_id
WHERE m.state = 'waiting' OR m.state = 'failed'
ORDER BY m.made, m.id
LIMIT :most;

-- name: messages_with_reference(reference)
SELECT m.id, m.occasion, m.means, m.state, m.reason, m.detail, m.tries, m.made, m.changed, m.due, m.about, c.reference
FROM messages m
JOIN cases c ON c.id = m.case_id
WHERE c.reference = :reference
ORDER BY m.made, m.id;

-- name: reopen_message(id, now, ends)!
UPDATE messages SET state = 'waiting', reason = '', detail = '', due = :now, ends = :ends, changed = :now, ask_due = NULL
WHERE id = :id AND (state = 'waiting' OR state = 'failed');

-- name: message_state(id)^
SELECT state FROM messages WHERE id = :id;
