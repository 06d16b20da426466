-- name: add_master(name)!
INSERT INTO masters (name) VALUES (:name) ON CONFLICT (name) DO NOTHING;

-- name: masters()
SELECT name FROM masters ORDER BY name;

-- name: drop_master(name)!
DELETE FROM masters WHERE name = :name;

-- name: keys_after(owner, most)
SELECT owner, master, wrapped
FROM data_keys
WHERE owner > :owner
ORDER BY owner
LIMIT :most;

-- name: rewrap(owner, master, wrapped, former)!
UPDATE data_keys SET master = :master, wrapped = :wrapped WHERE owner = :owner AND master = :former;

-- name: any_key_of(name)^
SELECT owner FROM data_keys WHERE master = :name LIMIT 1;
