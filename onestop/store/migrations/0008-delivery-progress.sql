-- `since` is when a delivery was begun or asked for again; after some days without success its `state` becomes 'given up'.
-- `number` and `status` are the destination's own for the case; until it gives a number, `token` stands for one. `ask_due` is when to
-- ask it for them again.
ALTER TABLE outbox ADD COLUMN since BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN number {TEXT} NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN token {TEXT} NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN status {TEXT} NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN ask_due BIGINT;
UPDATE outbox SET since = (SELECT submitted FROM cases WHERE cases.id = outbox.case_id);
CREATE INDEX outbox_given_up ON outbox (desk, destination) WHERE state = 'given up';
CREATE INDEX outbox_asked ON outbox (ask_due) WHERE ask_due IS NOT NULL;
