"""Events are counted once each, in the transaction that makes them, however often and by how many servers it is asked for."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from secrets import SystemRandom

import pytest
from support.programs.databases import do, scalar
from support.samples.journey_samples import NOW, a_draft, a_session, a_submission, answered, submitted

from onestop.casework.case import Submission
from onestop.figures.event import Event, bucket
from onestop.store.database import Database, Transaction
from onestop.store.expiry import erase_expired
from onestop.store.tables import cases, codes, drafts, events, outbox
from onestop.store.tables.codes import Claimant
from onestop.store.tables.outbox import Claim

MONTH = 40 * 86400


async def counted(database: Database) -> Mapping[tuple[str, str], int]:
    """Return how often each kind of event happened to the sample journey, by kind and detail."""
    found = await database.read(lambda tx: events.by_month(tx, date(2026, 1, 1), date(2027, 12, 31)))
    assert {one.event.subject for one in found} <= {"missed-bin"}
    total: Counter[tuple[str, str]] = Counter()
    for one in found:
        total[one.event.kind, one.event.detail] += one.times
    return dict(total)


async def a_begun_draft(database: Database) -> drafts.Draft:
    return await answered(database, await a_draft(database, await a_session(database)))


async def test_a_journey_is_started_once_and_completed_once(database: Database) -> None:
    draft = await answered(database, await a_begun_draft(database), "street", "Mill Lane")
    await asyncio.gather(*(submitted(database, draft, now=NOW + 100) for _ in range(20)))
    assert await counted(database) == {("started", ""): 1, ("completed", ""): 1, ("seconds", "120"): 1}


async def test_a_submission_without_a_saved_answer_counts_as_started_too(database: Database) -> None:
    draft = await a_draft(database, await a_session(database))

    def build(found: drafts.Draft, reference: str) -> Submission:
        return replace(a_submission(found, reference), presses=9)

    await database.run(lambda tx: cases.submit(tx, draft.session, draft.id, build, chance=SystemRandom(), now=NOW))
    assert await counted(database) == {
        ("started", ""): 1, ("completed", ""): 1, ("seconds", "30"): 1, ("presses", "9"): 1,
    }  # fmt: skip


async def test_a_transaction_that_fails_counts_nothing(database: Database) -> None:
    draft = await a_begun_draft(database)

    async def work(tx: Transaction) -> None:
        await drafts.discard(tx, draft.session, draft.id, NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.run(work)
    assert await counted(database) == {("started", ""): 1}


async def test_a_draft_is_given_up_at_the_question_answered_last(database: Database) -> None:
    discarded, expired, sent = [await a_begun_draft(database) for _ in range(3)]
    await answered(database, expired, "street", "Mill Lane")
    await submitted(database, sent)
    assert await database.run(lambda tx: drafts.discard(tx, discarded.session, discarded.id, NOW))
    assert not await database.run(lambda tx: drafts.discard(tx, discarded.session, discarded.id, NOW))
    await erase_expired(database, NOW + MONTH)
    found = await counted(database)
    assert {key: n for key, n in found.items() if key[0] == "given up"} == {
        ("given up", "name"): 1, ("given up", "street"): 1,
    }  # fmt: skip
    assert await scalar(database, "SELECT COUNT(*) FROM drafts WHERE last_ask <> ''") == 0


async def test_a_draft_erased_by_several_servers_is_given_up_once(database: Database) -> None:
    for _ in range(30):
        await a_begun_draft(database)
    await asyncio.gather(*(erase_expired(database, NOW + MONTH) for _ in range(5)))
    assert (await counted(database))["given up", "name"] == 30


async def test_a_draft_taken_to_another_device_is_counted_where_it_was(database: Database) -> None:
    draft = await a_begun_draft(database)
    code = await database.run(lambda tx: codes.show(tx, draft.session, draft.id, NOW, SystemRandom()))
    assert code is not None
    session = await a_session(database, "palm")
    await database.run(lambda tx: codes.claim(tx, code.digits, Claimant(session, "palm"), NOW))
    found = await database.read(lambda tx: events.by_month(tx, date(2026, 1, 1), date(2027, 12, 31)))
    assert Event("missed-bin", "small", "moved", "palm") in {one.event for one in found}


async def test_a_case_is_delivered_once_when_its_last_destination_has_it(database: Database) -> None:
    draft = await a_begun_draft(database)
    case = (await submitted(database, draft, deliveries=(("waste", "folder"), ("waste", "depot")))).case
    folder, depot = (Claim(case, "waste", name, 1) for name in ("folder", "depot"))
    await database.run(lambda tx: outbox.accepted(tx, folder, NOW + 50))
    assert ("delivered", "300") not in await counted(database)
    await database.run(lambda tx: outbox.accepted(tx, depot, NOW + 200))
    (entry,) = [
        one for one in await database.read(lambda tx: outbox.entries_of_case(tx, case)) if one.destination == "depot"
    ]
    await database.run(lambda tx: outbox.reopen(tx, entry, NOW + 300))
    await database.run(lambda tx: outbox.accepted(tx, depot, NOW + 4000))
    assert {key: n for key, n in (await counted(database)).items() if key[0] == "delivered"} == {
        ("delivered", "300"): 1
    }


async def test_two_destinations_that_accept_at_once_deliver_a_case_once(database: Database) -> None:
    made = [
        (await submitted(database, await a_begun_draft(database), deliveries=(("waste", "one"), ("waste", "two")))).case
        for _ in range(15)
    ]
    claims = [Claim(case, "waste", name, 1) for case in made for name in ("one", "two")]
    await asyncio.gather(*(database.run(lambda tx, c=c: outbox.accepted(tx, c, NOW)) for c in claims))  # type: ignore[misc]
    assert (await counted(database))["delivered", "60"] == 15


async def test_a_visitor_is_counted_once_a_subject(database: Database) -> None:
    async def said(visitor: str, *, helped: bool, now: int = NOW) -> bool:
        return await database.run(lambda tx: events.feedback(tx, "missed-bin", "small", visitor, now, helped=helped))

    assert [await said("a", helped=True), await said("a", helped=False), await said("b", helped=False)] == [
        True,
        False,
        True,
    ]
    assert await counted(database) == {("helped", "yes"): 1, ("helped", "no"): 1}
    assert await scalar(database, "SELECT COUNT(*) FROM feedback WHERE visitor = 'a'") == 0
    await erase_expired(database, NOW + events.FEEDBACK_SECONDS)
    assert await said("a", helped=True, now=NOW + events.FEEDBACK_SECONDS)


async def test_first_contact_is_counted(database: Database) -> None:
    for number, resolved in enumerate((True, True, False)):
        await database.run(
            lambda tx, n=number, r=resolved: events.first_contact(tx, "missed-bin", "small", f"c{n}", NOW, resolved=r)  # type: ignore[misc]
        )
    assert await counted(database) == {("first contact", "yes"): 2, ("first contact", "no"): 1}


async def test_old_counts_are_dropped(database: Database) -> None:
    await a_begun_draft(database)
    await database.run(lambda tx: events.drop_before(tx, date(2026, 1, 1)))
    assert await counted(database)
    await database.run(lambda tx: events.drop_before(tx, date(2027, 1, 1)))
    assert not await counted(database)


@pytest.mark.parametrize(
    ("value", "edge"), [(0, "60"), (60, "60"), (61, "300"), (90 * 86400, str(90 * 86400)), (10**9, "more")]
)
def test_a_value_falls_into_the_bucket_whose_edge_it_does_not_exceed(value: int, edge: str) -> None:
    assert bucket("delivered", value) == edge


async def test_cases_delivered_before_the_counts_began_are_not_counted(database: Database) -> None:
    case = (await submitted(database, await a_begun_draft(database))).case
    await do(database, f"UPDATE cases SET delivered = {NOW}")
    await database.run(lambda tx: outbox.accepted(tx, Claim(case, "waste", "folder", 1), NOW))
    assert ("delivered", "60") not in await counted(database)
