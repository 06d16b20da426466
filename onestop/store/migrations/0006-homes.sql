-- An address that a household asked to be remembered, and that a calendar is made for. `secret` is a digest of the token in the cookie or
-- in the calendar's address, which is not stored. It is erased when it has not been used for a year.
CREATE TABLE homes (
    id {TEXT} NOT NULL PRIMARY KEY,
    secret {TEXT} NOT NULL UNIQUE,
    touched BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    encrypted {BYTES} NOT NULL
);
CREATE INDEX homes_by_end ON homes (expires);
