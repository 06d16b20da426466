CREATE TABLE visits (
    day {TEXT} NOT NULL,
    channel {TEXT} NOT NULL,
    service {TEXT} NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (day, channel, service)
);
