-- What happened to a case at a desk, in order; rows are only added. `number` is the version of the case at the desk that it made.
-- `encrypted` is the text, with the key of the case.
CREATE TABLE case_events (
    case_id {TEXT} NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    desk {TEXT} NOT NULL,
    kind {TEXT} NOT NULL,
    at BIGINT NOT NULL,
    officer {TEXT} NOT NULL,
    subject {TEXT} NOT NULL,
    encrypted {BYTES},
    PRIMARY KEY (case_id, desk, number)
);
