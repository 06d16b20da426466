-- name: add_case(id, draft, reference, journey, edition, channel, language, now, erase_after, encrypted, second_fact)!
INSERT INTO cases (id, draft, reference, journey, edition, channel, language, submitted, erase_after, encrypted,
    second_fact)
VALUES (:id, :draft, :reference, :journey, :edition, :channel, :language, :now, :erase_after, :encrypted,
    :second_fact)
ON CONFLICT (reference) DO NOTHING;

-- name: case_of_draft(draft)^
SELECT c.id, c.reference, c.journey, c.submitted, c.language, c.second_fact, c.encrypted, k.master, k.wrapped
FROM cases c
LEFT JOIN data_keys k ON k.owner = c.id
WHERE c.draft = :draft;

-- name: receipt_of_case(id)^
SELECT c.id, c.reference, c.journey, c.submitted, c.language, c.second_fact, c.encrypted, k.master, k.wrapped
FROM cases c
LEFT JOIN data_keys k ON k.owner = c.id
WHERE c.id = :id;

-- name: case_to_identify(reference)^
SELECT c.id, c.second_fact, k.master, k.wrapped
FROM cases c
JOIN data_keys k ON k.owner = c.id
WHERE c.reference = :reference;

-- name: case(id)^
SELECT c.id, c.reference, c.journey, c.edition, c.channel, c.language, c.submitted, c.erase_after,
    c.encrypted, k.master, k.wrapped
FROM cases c
JOIN data_keys k ON k.owner = c.id
WHERE c.id = :id;

-- name: cases_from(channel, journey, start, end, most)
SELECT id, reference, journey, submitted FROM cases
WHERE channel = :channel AND submitted >= :start AND submitted <= :end AND (:journey = '' OR journey = :journey)
ORDER BY submitted DESC, id
LIMIT :most;

-- name: case_from(channel, reference)^
SELECT id, reference, journey, submitted FROM cases WHERE reference = :reference AND channel = :channel;

-- name: cases_of_session(session)
SELECT c.id, c.reference, c.journey, c.submitted FROM drafts d
JOIN cases c ON c.draft = d.id
WHERE d.session = :session AND d.standing = 'done'
ORDER BY c.submitted DESC, c.id;
