-- Officers. `desks` are the keys of desks.yaml, separated by spaces. `password` is an Argon2id hash, '' for none; one that an operator
-- gave out is accepted until `one_time_until` and must be replaced. `changed` is when the ways to sign in were last reset.
CREATE TABLE officers (
    id {TEXT} PRIMARY KEY,
    sign_in {TEXT} NOT NULL UNIQUE,
    name {TEXT} NOT NULL,
    role {TEXT} NOT NULL,
    desks {TEXT} NOT NULL,
    password {TEXT} NOT NULL,
    one_time_until BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    demonstration INTEGER NOT NULL,
    removed BIGINT
);
-- What an officer holds besides a password: the secret of time-based codes, encrypted, with the last time step used.
CREATE TABLE officer_codes (
    officer {TEXT} PRIMARY KEY REFERENCES officers (id) ON DELETE CASCADE,
    secret {BYTES} NOT NULL,
    last_step BIGINT NOT NULL,
    confirmed INTEGER NOT NULL
);
CREATE TABLE recovery_codes (
    officer {TEXT} NOT NULL REFERENCES officers (id) ON DELETE CASCADE,
    digest {TEXT} NOT NULL,
    PRIMARY KEY (officer, digest)
);
CREATE TABLE passkeys (
    credential {TEXT} PRIMARY KEY,
    officer {TEXT} NOT NULL REFERENCES officers (id) ON DELETE CASCADE,
    public_key {BYTES} NOT NULL,
    uses BIGINT NOT NULL,
    label {TEXT} NOT NULL,
    added BIGINT NOT NULL,
    used BIGINT NOT NULL
);
CREATE INDEX passkeys_of_officer ON passkeys (officer);
CREATE TABLE openid_accounts (
    issuer {TEXT} NOT NULL,
    subject {TEXT} NOT NULL,
    officer {TEXT} NOT NULL REFERENCES officers (id) ON DELETE CASCADE,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX openid_accounts_of_officer ON openid_accounts (officer);
-- `secret` is a digest of the cookie. `stage` is what the officer has still to do. `confirmed` is when they last proved who they are.
CREATE TABLE staff_sessions (
    id {TEXT} PRIMARY KEY,
    secret {TEXT} NOT NULL UNIQUE,
    officer {TEXT} NOT NULL REFERENCES officers (id) ON DELETE CASCADE,
    stage {TEXT} NOT NULL,
    browser {TEXT} NOT NULL,
    opened BIGINT NOT NULL,
    touched BIGINT NOT NULL,
    confirmed BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    ends BIGINT NOT NULL
);
CREATE INDEX staff_sessions_of_officer ON staff_sessions (officer);
CREATE INDEX staff_sessions_by_expiry ON staff_sessions (expires);
-- Failed attempts to sign in, by keyed digests of who tried: an account, a known device, a network. Refused until `until`.
CREATE TABLE sign_in_attempts (
    who {TEXT} PRIMARY KEY,
    failures BIGINT NOT NULL,
    last BIGINT NOT NULL,
    until BIGINT NOT NULL
);
CREATE INDEX sign_in_attempts_by_age ON sign_in_attempts (last);
-- Digests of challenges that have been answered and must not be again.
CREATE TABLE spent_challenges (
    digest {TEXT} PRIMARY KEY,
    expires BIGINT NOT NULL
);
CREATE INDEX spent_challenges_by_expiry ON spent_challenges (expires);
-- Why an officer read answers of another team. The text is encrypted with a key of its own.
CREATE TABLE access_reasons (
    id {TEXT} PRIMARY KEY,
    officer {TEXT} NOT NULL,
    case_id {TEXT} NOT NULL,
    code {TEXT} NOT NULL,
    given BIGINT NOT NULL,
    until BIGINT NOT NULL,
    encrypted {BYTES} NOT NULL
);
CREATE INDEX access_reasons_of_case ON access_reasons (case_id, officer);
