-- How often something happened on a day (UTC) to a journey, or to a service without one, on a channel. Nothing about who did it.
-- A count is spread over some slots, so that transactions seldom wait for the same row.
CREATE TABLE event_counts (
    day {TEXT} NOT NULL,
    subject {TEXT} NOT NULL,
    channel {TEXT} NOT NULL,
    event {TEXT} NOT NULL,
    detail {TEXT} NOT NULL,
    slot BIGINT NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (day, subject, channel, event, detail, slot)
);
-- Who has said whether a page helped: a keyed digest of the secret in their cookie, for a day.
CREATE TABLE feedback (
    visitor {TEXT} NOT NULL,
    subject {TEXT} NOT NULL,
    expires BIGINT NOT NULL,
    PRIMARY KEY (visitor, subject)
);
CREATE INDEX feedback_by_end ON feedback (expires);
-- The question that was answered last, for the count of drafts that are given up. When every destination had the case.
ALTER TABLE drafts ADD COLUMN last_ask {TEXT} NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN delivered BIGINT;
UPDATE cases SET delivered = (SELECT MAX(o.settled) FROM outbox o WHERE o.case_id = cases.id)
WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = cases.id AND o.state <> 'done');
