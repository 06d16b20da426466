-- How many drafts and photos one network (a keyed digest of its address) has stored in the hour that began at `since`.
CREATE TABLE network_counts (
    network {TEXT} NOT NULL,
    kind {TEXT} NOT NULL,
    since BIGINT NOT NULL,
    stored BIGINT NOT NULL,
    PRIMARY KEY (network, kind, since)
);
CREATE INDEX network_counts_by_hour ON network_counts (since);
