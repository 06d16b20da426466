-- name: add_passkey(credential, officer, public_key, uses, label, now)!
INSERT INTO passkeys (credential, officer, public_key, uses, label, added, used)
VALUES (:credential, :officer, :public_key, :uses, :label, :now, :now)
ON CONFLICT (credential) DO NOTHING;

-- name: passkey(credential)^
SELECT credential, officer, public_key, uses, label, added, used FROM passkeys WHERE credential = :credential;

-- name: passkeys_of(officer)
SELECT credential, officer, public_key, uses, label, added, used
FROM passkeys
WHERE officer = :officer
ORDER BY added, credential;

-- name: count_use(credential, uses, now)!
UPDATE passkeys SET uses = :uses, used = :now
WHERE credential = :credential AND (uses < :uses OR (uses = 0 AND :uses = 0));

-- name: remove_passkey(credential, officer)!
DELETE FROM passkeys WHERE credential = :credential AND officer = :officer;
