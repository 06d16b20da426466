ALTER TABLE drafts RENAME COLUMN sealed TO encrypted;
ALTER TABLE codes RENAME COLUMN sealed TO encrypted;
ALTER TABLE cases RENAME COLUMN sealed TO encrypted;
ALTER TABLE photo_bytes RENAME COLUMN sealed TO encrypted;
ALTER TABLE sessions RENAME COLUMN told TO prefill;

-- One row a case, desk and destination. `state` is waiting, done or refused; `due` is when to try next, or when a claim ends.
CREATE TABLE deliveries (
    case_id {TEXT} NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    desk {TEXT} NOT NULL,
    destination {TEXT} NOT NULL,
    state {TEXT} NOT NULL,
    due BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    settled BIGINT,
    reason {TEXT} NOT NULL,
    PRIMARY KEY (case_id, desk, destination)
);
INSERT INTO deliveries (case_id, desk, destination, state, due, tries, settled, reason)
SELECT case_id, desk, 'folder', state, due, tries, settled, reason FROM outbox;
DROP TABLE outbox;
ALTER TABLE deliveries RENAME TO outbox;
CREATE INDEX outbox_waiting ON outbox (desk, destination, due) WHERE state = 'waiting';
CREATE INDEX outbox_refused ON outbox (desk, destination) WHERE state = 'refused';
