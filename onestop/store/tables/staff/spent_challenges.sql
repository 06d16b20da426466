-- name: spend(digest, expires)!
INSERT INTO spent_challenges (digest, expires) VALUES (:digest, :expires) ON CONFLICT (digest) DO NOTHING;
