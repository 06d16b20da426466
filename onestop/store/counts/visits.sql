-- name: add_visits(day, channel, service, times)!
INSERT INTO visits (day, channel, service, times)
VALUES (:day, :channel, :service, :times)
ON CONFLICT (day, channel, service) DO UPDATE SET times = visits.times + excluded.times;

-- name: visits_between(first, last)
SELECT channel, service, CAST(SUM(times) AS BIGINT) AS times
FROM visits
WHERE day BETWEEN :first AND :last
GROUP BY channel, service
ORDER BY times DESC, service, channel;
