-- name: add_home(id, secret, now, expires, encrypted)!
INSERT INTO homes (id, secret, touched, expires, encrypted) VALUES (:id, :secret, :now, :expires, :encrypted);

-- name: home(secret, now)^
SELECT h.id, h.touched, h.encrypted, k.master, k.wrapped
FROM homes h
JOIN data_keys k ON k.owner = h.id
WHERE h.secret = :secret AND h.expires > :now;

-- name: touch_home(id, now, expires)!
UPDATE homes SET touched = :now, expires = :expires WHERE id = :id;

-- name: drop_key_of_home(secret)!
DELETE FROM data_keys WHERE owner IN (SELECT id FROM homes WHERE secret = :secret);

-- name: drop_home(secret)!
DELETE FROM homes WHERE secret = :secret;
