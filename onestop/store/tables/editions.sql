-- name: add_edition(digest, journey, source)!
INSERT INTO editions (digest, journey, source) VALUES (:digest, :journey, :source) ON CONFLICT (digest) DO NOTHING;

-- name: edition(digest)^
SELECT source FROM editions WHERE digest = :digest;
