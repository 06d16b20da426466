-- name: add_missed(month, language, word, times, most)!
INSERT INTO missed_words (month, language, word, times)
SELECT :month, :language, :word, CAST(:times AS BIGINT)
WHERE (SELECT COUNT(*) FROM missed_words WHERE month = :month) < :most
OR EXISTS (SELECT 1 FROM missed_words WHERE month = :month AND language = :language AND word = :word)
ON CONFLICT (month, language, word) DO UPDATE SET times = missed_words.times + excluded.times;

-- name: drop_missed_before(month)!
DELETE FROM missed_words WHERE month < :month;

-- name: missed_since(month, most)
SELECT language, word, CAST(SUM(times) AS BIGINT) AS times
FROM missed_words
WHERE month >= :month
GROUP BY language, word
ORDER BY times DESC, language, word
LIMIT :most;
