CREATE INDEX cases_by_channel ON cases (channel, submitted);
