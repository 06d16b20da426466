-- name: add_photo(id, owner, ask, kind, size, wrapped)!
INSERT INTO photos (id, owner, ask, kind, size, wrapped) VALUES (:id, :owner, :ask, :kind, :size, :wrapped);

-- name: add_bytes(photo, encrypted)!
INSERT INTO photo_bytes (photo, encrypted) VALUES (:photo, :encrypted);

-- name: photos_of(owner)
SELECT id, ask, kind, size FROM photos WHERE owner = :owner ORDER BY id;

-- name: photo(id, owner)^
SELECT p.wrapped, b.encrypted FROM photos p JOIN photo_bytes b ON b.photo = p.id WHERE p.id = :id AND p.owner = :owner;

-- name: photo_key(id, owner)^
SELECT wrapped FROM photos WHERE id = :id AND owner = :owner;

-- name: give(id, owner, wrapped)!
UPDATE photos SET owner = :owner, wrapped = :wrapped WHERE id = :id;

-- name: drop_photo(id, owner)!
DELETE FROM photos WHERE id = :id AND owner = :owner;

-- name: drop_photos(owner)!
DELETE FROM photos WHERE owner = :owner;
