-- One row a case and desk: what the desk's list shows, sorts and filters by, without anything that was answered. `postcode`, `street` and
-- `cell` are keyed digests; `encrypted` is the line that says where it is.
-- `assisted_by` is the officer who sent it for a resident, by `assisted_means`; `outcome` is that of the first contact.
CREATE TABLE desk_cases (
    case_id {TEXT} NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    desk {TEXT} NOT NULL,
    reference {TEXT} NOT NULL,
    journey {TEXT} NOT NULL,
    channel {TEXT} NOT NULL,
    submitted BIGINT NOT NULL,
    promised BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    state {TEXT} NOT NULL DEFAULT 'new',
    officer {TEXT} NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 0,
    merged_into {TEXT} NOT NULL DEFAULT '',
    postcode {BYTES},
    street {BYTES},
    cell {BYTES},
    encrypted {BYTES},
    assisted_by {TEXT} NOT NULL DEFAULT '',
    assisted_means {TEXT} NOT NULL DEFAULT '',
    outcome {TEXT} NOT NULL DEFAULT '',
    PRIMARY KEY (case_id, desk)
);
INSERT INTO desk_cases (case_id, desk, reference, journey, channel, submitted, promised, changed)
SELECT DISTINCT c.id, o.desk, c.reference, c.journey, c.channel, c.submitted, c.submitted + 1209600, c.submitted
FROM outbox o
JOIN cases c ON c.id = o.case_id;
CREATE INDEX desk_cases_open ON desk_cases (desk, promised, case_id) WHERE state <> 'closed';
CREATE INDEX desk_cases_by_age ON desk_cases (desk, case_id) WHERE state <> 'closed';
CREATE INDEX desk_cases_by_state ON desk_cases (desk, state, promised, case_id);
CREATE INDEX desk_cases_by_officer ON desk_cases (officer, promised, case_id) WHERE state <> 'closed' AND officer <> '';
CREATE INDEX desk_cases_by_journey ON desk_cases (desk, journey, promised, case_id) WHERE state <> 'closed';
CREATE INDEX desk_cases_by_change ON desk_cases (desk, changed, case_id);
CREATE INDEX desk_cases_by_reference ON desk_cases (reference);
CREATE INDEX desk_cases_by_postcode ON desk_cases (postcode) WHERE postcode IS NOT NULL;
CREATE INDEX desk_cases_by_street ON desk_cases (street) WHERE street IS NOT NULL;
CREATE INDEX desk_cases_by_cell ON desk_cases (cell) WHERE cell IS NOT NULL;
CREATE INDEX outbox_failed ON outbox (desk, case_id) WHERE state IN ('refused', 'given up');
