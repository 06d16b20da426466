"""Submission makes one case of a draft, however often it is requested, completely or not at all."""

import asyncio
from functools import partial
from random import Random
from secrets import SystemRandom

import pytest
from support.samples.journey_samples import NOW, SECRET, a_draft, a_session, a_submission, answered, submitted

from onestop.casework.case import Json, Receipt, Submission
from onestop.casework.reference import check_digit
from onestop.store.database import Database
from onestop.store.tables import cases, outbox
from onestop.store.tables.drafts import Draft


class FewNumbers(Random):
    """A random source that soon repeats itself."""

    def randrange(self, start: int, stop: int | None = None, step: int = 1) -> int:
        return start + self.randint_below(60)

    def randint_below(self, most: int) -> int:
        return int(self.random() * most)


async def reference_inside(database: Database, receipt: Receipt) -> Json:
    case = await database.read(lambda tx: cases.get(tx, receipt.case))
    assert case is not None
    return case.payload["reference"]


async def test_fifty_concurrent_submissions_make_one_case_and_identical_receipts(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    receipts = await asyncio.gather(*(submitted(database, draft, desks=("waste", "housing")) for _ in range(50)))
    assert all(receipt == receipts[0] for receipt in receipts)
    assert check_digit(receipts[0].reference) == 0
    sent = await database.read(lambda tx: outbox.entries_of(tx, receipts[0].reference))
    assert [(one.desk, one.state, one.tries) for one in sent] == [("housing", "waiting", 0), ("waste", "waiting", 0)]
    assert [one.count for one in await database.read(outbox.open_counts)] == [1, 1]


async def test_a_case_holds_the_submission(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    receipt = await submitted(database, draft)
    case = await database.read(lambda tx: cases.get(tx, receipt.case))
    assert case is not None and case.reference == receipt.reference
    assert case.payload == {"reference": receipt.reference, "journey": "missed-bin", "answers": [{"name": SECRET}]}
    assert (case.edition, case.channel, case.language, case.submitted) == (draft.edition, "small", "en", NOW)
    assert case.erase_after == NOW + 2 * 365 * 86400


async def test_the_receipt_does_not_change(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    first = await submitted(database, draft)
    assert await submitted(database, draft, now=NOW + 3600) == first
    assert first.shown == {"within": "24 hours"}


async def test_a_used_reference_is_replaced_by_another(database: Database) -> None:
    session = await a_session(database)
    taken = []
    for _ in range(3):
        draft = await answered(database, await a_draft(database, session))
        taken.append(await submitted(database, draft, chance=Random(7)))
    assert len({receipt.reference for receipt in taken}) == 3
    for receipt in taken:
        case = await database.read(partial(cases.get, case=receipt.case))
        assert case is not None
        assert case.payload["reference"] == receipt.reference


async def test_concurrent_submissions_get_different_references(database: Database) -> None:
    drafts = [await a_draft(database, await a_session(database)) for _ in range(40)]
    seed = FewNumbers()
    receipts = await asyncio.gather(*(submitted(database, draft, chance=seed) for draft in drafts[:15]))
    receipts += await asyncio.gather(*(submitted(database, draft) for draft in drafts[15:]))
    assert len({receipt.reference for receipt in receipts}) == 40


async def test_a_failed_submission_is_rolled_back(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))

    def incomplete(_: Draft, __: str) -> Submission:
        raise LookupError("a question is not answered yet")

    with pytest.raises(LookupError):
        await database.run(
            lambda tx: cases.submit(tx, draft.session, draft.id, incomplete, chance=SystemRandom(), now=NOW)
        )
    assert await database.read(lambda tx: cases.receipt(tx, draft.id)) is None
    assert (await submitted(database, draft)).journey == "missed-bin"


async def test_a_submission_is_built_from_the_stored_answers(database: Database) -> None:
    draft = await a_draft(database, await a_session(database))
    await answered(database, draft, "name", "late")
    receipt = await submitted(database, draft)
    case = await database.read(lambda tx: cases.get(tx, receipt.case))
    assert case is not None
    assert case.payload["answers"] == [{"name": "late"}]


async def test_a_draft_is_submitted_only_by_its_own_session(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    stranger = await a_session(database)
    assert (
        await database.run(lambda tx: cases.submit(tx, stranger, draft.id, a_submission, chance=Random(1), now=NOW))
        is None
    )
    assert await database.read(lambda tx: cases.receipt(tx, draft.id)) is None
