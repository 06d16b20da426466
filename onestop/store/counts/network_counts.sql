-- name: count_stored(network, kind, since)^
INSERT INTO network_counts (network, kind, since, stored) VALUES (:network, :kind, :since, 1)
ON CONFLICT (network, kind, since) DO UPDATE SET stored = network_counts.stored + 1
RETURNING stored;
