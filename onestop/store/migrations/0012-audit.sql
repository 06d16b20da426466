-- The audit log: what officers and operators did. It holds ids and no personal data. `mac` authenticates the entry and the one before it.
CREATE TABLE audit_entries (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor {TEXT} NOT NULL,
    action {TEXT} NOT NULL,
    subject {TEXT} NOT NULL,
    purpose {TEXT} NOT NULL,
    fields {TEXT} NOT NULL,
    mac {TEXT} NOT NULL
);
CREATE INDEX audit_entries_of_subject ON audit_entries (subject, seq);
-- The end of the chain: one row, which every transaction that adds an entry locks first.
CREATE TABLE audit_head (
    id INTEGER PRIMARY KEY,
    entries BIGINT NOT NULL,
    mac {TEXT} NOT NULL
);
INSERT INTO audit_head (id, entries, mac) VALUES (1, 0, '');
{AUDIT_GUARD};
{AUDIT_GUARD_UPDATE};
{AUDIT_GUARD_DELETE};
