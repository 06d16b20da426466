-- name: add_event(day, subject, channel, event, detail, slot, times)!
INSERT INTO event_counts (day, subject, channel, event, detail, slot, times)
VALUES (:day, :subject, :channel, :event, :detail, :slot, :times)
ON CONFLICT (day, subject, channel, event, detail, slot) DO UPDATE SET times = event_counts.times + excluded.times;

-- name: events_by_month(first, last)
SELECT substr(day, 1, 7), subject, channel, event, detail, CAST(SUM(times) AS BIGINT)
FROM event_counts
WHERE day BETWEEN :first AND :last
GROUP BY substr(day, 1, 7), subject, channel, event, detail
ORDER BY 1, 2, 3, 4, 5;

-- name: events_by_day(first, last)
SELECT day, subject, channel, event, detail, CAST(SUM(times) AS BIGINT)
FROM event_counts
WHERE day BETWEEN :first AND :last
GROUP BY day, subject, channel, event, detail
ORDER BY 1, 2, 3, 4, 5;

-- name: drop_events(before)!
DELETE FROM event_counts WHERE day < :before;

-- name: add_feedback(visitor, subject, expires)!
INSERT INTO feedback (visitor, subject, expires) VALUES (:visitor, :subject, :expires) ON CONFLICT DO NOTHING;

-- name: drop_feedback(now)!
DELETE FROM feedback WHERE expires <= :now;

-- name: feedback_since(first, most)
-- What helped least comes first.
SELECT subject, CAST(SUM(CASE WHEN detail = 'yes' THEN times ELSE 0 END) AS BIGINT),
    CAST(SUM(CASE WHEN detail = 'yes' THEN 0 ELSE times END) AS BIGINT)
FROM event_counts
WHERE day >= :first AND event = 'helped'
GROUP BY subject
ORDER BY 3 DESC, 2, 1
LIMIT :most;
