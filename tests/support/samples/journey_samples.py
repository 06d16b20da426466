"""Visits, drafts and submissions for tests of the store: one line makes a valid one, keywords vary it."""

import hashlib
from dataclasses import replace
from random import Random
from secrets import SystemRandom

from onestop.casework.case import Json, Receipt, Submission
from onestop.store.database import Database, Transaction
from onestop.store.tables import cases, drafts, sessions
from onestop.store.tables.drafts import Draft
from onestop.store.tables.editions import Edition

NOW = 1_795_000_000
SECRET = "My neighbour Gwenllïan Prys-Okonkwo, 07700 900123"
SOURCE = "title: Report a missed bin\n"
EDITION = Edition(hashlib.sha256(SOURCE.encode()).hexdigest(), "missed-bin", SOURCE)


async def a_session(database: Database, channel: str = "small", now: int = NOW) -> str:
    _, session = await database.run(lambda tx: sessions.begin(tx, channel, now, idle=2700, whole=36000))
    return session.id


async def a_draft(
    database: Database, session: str, edition: Edition = EDITION, now: int = NOW, keeps: int = 30 * 86400
) -> Draft:
    return await database.run(
        lambda tx: drafts.begin(tx, session, edition, channel="small", language="en", keeps=keeps, now=now)
    )


async def answered(database: Database, draft: Draft, ask: str = "name", value: Json = SECRET, now: int = NOW) -> Draft:
    async def work(tx: Transaction) -> Draft:
        found = await drafts.get(tx, draft.session, draft.id, now)
        assert found is not None
        saved = await drafts.save_answer(tx, draft.session, draft.id, ask, value, seen=found.revision, now=now)
        assert isinstance(saved, drafts.AnswerSaved)
        return saved.draft

    return await database.run(work)


def a_submission(
    draft: Draft, reference: str = "", desks: tuple[str, ...] = ("waste",), keeps: int = 2 * 365 * 86400
) -> Submission:
    return Submission(
        {"reference": reference, "journey": draft.journey, "answers": [dict(draft.answers)]},
        tuple((desk, "folder") for desk in desks),
        keeps,
        {"within": "24 hours"},
    )


async def submitted(
    database: Database,
    draft: Draft,
    chance: Random | None = None,
    now: int = NOW,
    desks: tuple[str, ...] = ("waste",),
    deliveries: tuple[tuple[str, str], ...] = (),
) -> Receipt:
    def build(found: Draft, reference: str) -> Submission:
        made = a_submission(found, reference, desks)
        return replace(made, deliveries=deliveries) if deliveries else made

    receipt = await database.run(
        lambda tx: cases.submit(
            tx,
            draft.session,
            draft.id,
            build,
            chance=chance or SystemRandom(),
            now=now,
        )
    )
    assert receipt is not None
    return receipt
