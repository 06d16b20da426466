-- name: add_key(owner, master, wrapped)!
INSERT INTO data_keys (owner, master, wrapped) VALUES (:owner, :master, :wrapped);

-- name: key(owner)^
SELECT master, wrapped FROM data_keys WHERE owner = :owner;

-- name: drop_key(owner)!
DELETE FROM data_keys WHERE owner = :owner;
