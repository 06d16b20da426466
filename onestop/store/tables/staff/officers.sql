-- name: add_officer(id, sign_in, name, role, desks, now, demonstration)!
INSERT INTO officers (id, sign_in, name, role, desks, password, one_time_until, changed, demonstration)
VALUES (:id, :sign_in, :name, :role, :desks, '', 0, :now, :demonstration)
ON CONFLICT (sign_in) DO NOTHING;

-- name: officer(id)^
SELECT id, sign_in, name, role, desks, password, one_time_until, changed, demonstration
FROM officers
WHERE id = :id AND removed IS NULL;

-- name: officer_by_sign_in(sign_in)^
SELECT id, sign_in, name, role, desks, password, one_time_until, changed, demonstration
FROM officers
WHERE sign_in = :sign_in AND removed IS NULL;

-- name: all_officers()
SELECT id, sign_in, name, role, desks, password, one_time_until, changed, demonstration
FROM officers
WHERE removed IS NULL
ORDER BY sign_in;

-- name: officer_names()
SELECT id, name FROM officers;

-- name: set_password(id, password, one_time_until)!
UPDATE officers SET password = :password, one_time_until = :one_time_until WHERE id = :id;

-- name: rehash_password(id, former, password)!
UPDATE officers SET password = :password WHERE id = :id AND password = :former;

-- name: mark_changed(id, now)!
UPDATE officers SET changed = :now WHERE id = :id;

-- name: change_officer(id, role, desks)!
UPDATE officers SET role = :role, desks = :desks WHERE id = :id;

-- name: remove_officer(id, now)!
UPDATE officers SET sign_in = id, password = '', removed = :now WHERE id = :id;

-- name: drop_codes(officer)!
DELETE FROM officer_codes WHERE officer = :officer;

-- name: drop_code_key(officer)!
DELETE FROM data_keys WHERE owner = :officer;

-- name: drop_recovery_codes(officer)!
DELETE FROM recovery_codes WHERE officer = :officer;

-- name: drop_passkeys(officer)!
DELETE FROM passkeys WHERE officer = :officer;

-- name: drop_openid(officer)!
DELETE FROM openid_accounts WHERE officer = :officer;
