-- name: count_stored(network, kind, since, number)^
INSERT INTO network_counts (network, kind, since, stored) VALUES (:network, :kind, :since, :number)
ON CONFLICT (network, kind, since) DO UPDATE SET stored = network_counts.stored + excluded.stored
RETURNING stored;
