-- How the resident of a case is told about it. `occasions` are separated by spaces; `encrypted` is the recipient, under the key of the case.
CREATE TABLE contacts (
    case_id {TEXT} NOT NULL PRIMARY KEY REFERENCES cases (id) ON DELETE CASCADE,
    means {TEXT} NOT NULL,
    occasions {TEXT} NOT NULL,
    encrypted {BYTES} NOT NULL
);

-- One message to one resident. Its owner is a case, or the draft whose address a code confirms. `about` names what it tells of, so that
-- the same is never told twice. `state` is waiting, sent, delivered or failed; `due` is when to try next, or when a claim ends.
-- `number` is the carrier's own for it, and `ask_due` when to ask the carrier what became of it.
CREATE TABLE messages (
    id {TEXT} NOT NULL PRIMARY KEY,
    case_id {TEXT} REFERENCES cases (id) ON DELETE CASCADE,
    draft {TEXT} REFERENCES drafts (id) ON DELETE CASCADE,
    owner {TEXT} NOT NULL,
    occasion {TEXT} NOT NULL,
    about {TEXT} NOT NULL,
    means {TEXT} NOT NULL,
    language {TEXT} NOT NULL,
    state {TEXT} NOT NULL,
    reason {TEXT} NOT NULL,
    detail {TEXT} NOT NULL,
    number {TEXT} NOT NULL,
    tries BIGINT NOT NULL,
    due BIGINT NOT NULL,
    made BIGINT NOT NULL,
    ends BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    asks BIGINT NOT NULL,
    ask_due BIGINT,
    encrypted {BYTES} NOT NULL
);
CREATE UNIQUE INDEX messages_once ON messages (owner, occasion, about);
CREATE INDEX messages_by_draft ON messages (draft) WHERE draft IS NOT NULL;
CREATE INDEX messages_by_case ON messages (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX messages_waiting ON messages (means, due) WHERE state = 'waiting';
CREATE INDEX messages_asked ON messages (ask_due) WHERE ask_due IS NOT NULL;
