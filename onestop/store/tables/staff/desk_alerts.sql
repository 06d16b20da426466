-- name: add_alert(id, officer, now, titles, texts, target, last_day)!
INSERT INTO desk_alerts (id, officer, begun, titles, texts, target, last_day)
VALUES (:id, :officer, :now, :titles, :texts, :target, :last_day);

-- name: alerts(today)
SELECT id, officer, begun, titles, texts, target, last_day FROM desk_alerts
WHERE ended IS NULL AND (last_day = '' OR last_day >= :today)
ORDER BY begun DESC, id;

-- name: end_alert(id, now)!
UPDATE desk_alerts SET ended = :now WHERE id = :id AND ended IS NULL;

-- name: hide(digest, officer, now)!
INSERT INTO hidden_alerts (digest, officer, hidden) VALUES (:digest, :officer, :now) ON CONFLICT DO NOTHING;

-- name: restore(digest)!
DELETE FROM hidden_alerts WHERE digest = :digest;

-- name: hidden()
SELECT digest FROM hidden_alerts;
