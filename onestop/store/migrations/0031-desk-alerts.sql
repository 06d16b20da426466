-- Banners that officers show on every screen, besides those of alert.yaml. `titles` and `texts` are JSON by language; `last_day` is an ISO
-- date or ''. They are public. One that has `ended` is kept: who showed what, and when.
CREATE TABLE desk_alerts (
    id {TEXT} PRIMARY KEY,
    officer {TEXT} NOT NULL,
    begun BIGINT NOT NULL,
    ended BIGINT,
    titles {TEXT} NOT NULL,
    texts {TEXT} NOT NULL,
    target {TEXT} NOT NULL,
    last_day {TEXT} NOT NULL
);
CREATE INDEX desk_alerts_shown ON desk_alerts (begun) WHERE ended IS NULL;
-- Banners of alert.yaml that an officer has taken down, by a digest of all they say: once the file says something else, that is shown.
CREATE TABLE hidden_alerts (
    digest {TEXT} PRIMARY KEY,
    officer {TEXT} NOT NULL,
    hidden BIGINT NOT NULL
);
