-- When the secret was issued; the digest of the one before, for requests on their way; and the key of forms shown with that one.
ALTER TABLE sessions ADD COLUMN issued BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN previous_secret {TEXT};
ALTER TABLE sessions ADD COLUMN previous_form_key {BYTES};
CREATE UNIQUE INDEX sessions_by_previous_secret ON sessions (previous_secret) WHERE previous_secret IS NOT NULL;
CREATE INDEX sessions_with_previous_form_key ON sessions (issued) WHERE previous_form_key IS NOT NULL;
