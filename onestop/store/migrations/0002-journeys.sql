-- Which master keys what is here was sealed with.
CREATE TABLE masters (
    name {TEXT} NOT NULL PRIMARY KEY
);

-- The key of one draft, case or session. Deleting the row makes everything encrypted with it unreadable, in copies and backups too.
CREATE TABLE data_keys (
    owner {TEXT} NOT NULL PRIMARY KEY,
    master {TEXT} NOT NULL,
    wrapped {BYTES} NOT NULL
);

-- A session on one device. `secret` is a digest of the secret in the cookie, which is not stored.
CREATE TABLE sessions (
    id {TEXT} NOT NULL PRIMARY KEY,
    secret {TEXT} NOT NULL UNIQUE,
    channel {TEXT} NOT NULL,
    opened BIGINT NOT NULL,
    touched BIGINT NOT NULL,
    idle BIGINT NOT NULL,
    ends BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    kept BIGINT NOT NULL,
    told {BYTES}
);
CREATE INDEX sessions_by_end ON sessions (expires);

-- The text of every journey on which a draft was begun.
CREATE TABLE editions (
    digest {TEXT} NOT NULL PRIMARY KEY,
    journey {TEXT} NOT NULL,
    source {TEXT} NOT NULL
);

-- `standing` is open, aside (another one of the same journey took its place) or done.
CREATE TABLE drafts (
    id {TEXT} NOT NULL PRIMARY KEY,
    session {TEXT} NOT NULL,
    journey {TEXT} NOT NULL,
    edition {TEXT} NOT NULL REFERENCES editions (digest),
    channel {TEXT} NOT NULL,
    language {TEXT} NOT NULL,
    standing {TEXT} NOT NULL,
    opened BIGINT NOT NULL,
    touched BIGINT NOT NULL,
    keeps BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    sealed {BYTES}
);
CREATE UNIQUE INDEX drafts_open ON drafts (session, journey) WHERE standing = 'open';
CREATE INDEX drafts_by_session ON drafts (session);
CREATE INDEX drafts_by_end ON drafts (expires);

-- The session from which a draft was moved to another device.
CREATE TABLE moves (
    draft {TEXT} NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    session {TEXT} NOT NULL,
    journey {TEXT} NOT NULL,
    channel {TEXT} NOT NULL,
    moved BIGINT NOT NULL,
    PRIMARY KEY (draft, session)
);
CREATE INDEX moves_by_session ON moves (session, journey);

-- Keyed digests of the digits of a hand-over code, and of the longer ticket in its QR code.
CREATE TABLE codes (
    digits {TEXT} NOT NULL PRIMARY KEY,
    ticket {TEXT} NOT NULL UNIQUE,
    draft {TEXT} NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    session {TEXT} NOT NULL,
    expires BIGINT NOT NULL,
    used BIGINT,
    used_by {TEXT},
    sealed {BYTES} NOT NULL
);
CREATE INDEX codes_by_draft ON codes (draft, expires);
CREATE INDEX codes_by_end ON codes (expires);

-- The number of codes that a session, or all sessions together ('*'), have tried in one window of time.
CREATE TABLE guesses (
    who {TEXT} NOT NULL,
    since BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    PRIMARY KEY (who, since)
);

CREATE TABLE cases (
    id {TEXT} NOT NULL PRIMARY KEY,
    draft {TEXT} NOT NULL UNIQUE,
    reference {TEXT} NOT NULL UNIQUE,
    journey {TEXT} NOT NULL,
    edition {TEXT} NOT NULL,
    channel {TEXT} NOT NULL,
    language {TEXT} NOT NULL,
    submitted BIGINT NOT NULL,
    erase_after BIGINT NOT NULL,
    sealed {BYTES} NOT NULL
);
CREATE INDEX cases_by_end ON cases (erase_after);

-- One row a case and desk. `state` is waiting, done or refused; `due` is when to try next.
CREATE TABLE outbox (
    case_id {TEXT} NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    desk {TEXT} NOT NULL,
    state {TEXT} NOT NULL,
    due BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    settled BIGINT,
    reason {TEXT} NOT NULL,
    PRIMARY KEY (case_id, desk)
);
CREATE INDEX outbox_waiting ON outbox (desk, due) WHERE state = 'waiting';

-- `owner` is the draft, and later the case, whose key wraps the key of the photo.
CREATE TABLE photos (
    id {TEXT} NOT NULL PRIMARY KEY,
    owner {TEXT} NOT NULL,
    ask {TEXT} NOT NULL,
    kind {TEXT} NOT NULL,
    size BIGINT NOT NULL,
    wrapped {BYTES} NOT NULL
);
CREATE INDEX photos_by_owner ON photos (owner);
CREATE TABLE photo_bytes (
    photo {TEXT} NOT NULL PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
    sealed {BYTES} NOT NULL
);
