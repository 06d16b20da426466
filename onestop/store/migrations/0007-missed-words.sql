-- Words that were searched for and not found, by month ("2026-11"). Nothing about who searched, nor what else they asked.
CREATE TABLE missed_words (
    month {TEXT} NOT NULL,
    language {TEXT} NOT NULL,
    word {TEXT} NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (month, language, word)
);
