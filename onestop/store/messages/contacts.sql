-- name: add_contact(case_id, means, occasions, encrypted)!
INSERT INTO contacts (case_id, means, occasions, encrypted) VALUES (:case_id, :means, :occasions, :encrypted)
ON CONFLICT (case_id) DO NOTHING;

-- name: contact(case_id)^
SELECT o.means, o.occasions, o.encrypted, c.language, k.master, k.wrapped
FROM contacts o
JOIN cases c ON c.id = o.case_id
JOIN data_keys k ON k.owner = o.case_id
WHERE o.case_id = :case_id;

-- name: means_of_contact(case_id)^
SELECT means, occasions FROM contacts WHERE case_id = :case_id;
