-- The code that was last sent to confirm the answer to one question of a draft: a keyed digest of it and of the address it was sent to.
CREATE TABLE confirmations (
    draft {TEXT} NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    ask {TEXT} NOT NULL,
    code {TEXT} NOT NULL,
    sent BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    PRIMARY KEY (draft, ask)
);
