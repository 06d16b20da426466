"""Cases at their desks: lists, filters and events, on both databases."""

import asyncio
from dataclasses import replace
from random import Random

from support.programs.databases import rows
from support.samples.journey_samples import NOW, a_draft, a_session, a_submission, answered

from onestop.casework.case import Submission
from onestop.casework.desk_case import CaseEvent, DeskCase
from onestop.casework.whereabouts import whereabouts_of
from onestop.store.database import Database, Transaction
from onestop.store.tables import case_events, cases, desk_cases, outbox
from onestop.store.tables.desk_cases import ListedCase, Queue
from onestop.store.tables.drafts import Draft

QUEUE = Queue("open", "waste", "ann", NOW + 1000, NOW + 2000)
LINES = ("14 Mill Lane, EM4 2QT", "16 Mill Lane, EM4 2QT", "3 Chapel Row, EM2 5HJ")


async def sent(
    database: Database,
    line: str,
    promised: int,
    now: int = NOW,
    desks: tuple[str, ...] = ("waste",),
    at: tuple[float, float] = (53.5, -0.5),
) -> str:
    draft = await answered(database, await a_draft(database, await a_session(database)))

    def build(found: Draft, reference: str) -> Submission:
        return replace(a_submission(found, reference, desks), whereabouts=whereabouts_of(line, at), promised=promised)

    receipt = await database.run(
        lambda tx: cases.submit(tx, draft.session, draft.id, build, chance=Random(promised), now=now)
    )
    assert receipt
    return receipt.case


async def page(
    database: Database, queue: Queue, after: DeskCase | None = None, most: int = 10
) -> tuple[ListedCase, ...]:
    return await database.read(lambda tx: desk_cases.page(tx, queue, after, most))


async def happened(database: Database, case: str, event: CaseEvent, desk: str = "waste") -> DeskCase | None:
    async def work(tx: Transaction) -> DeskCase | None:
        found = await desk_cases.find(tx, case, desk)
        assert found
        return await case_events.apply(tx, found, event)

    return await database.run(work)


async def test_the_queues_of_a_desk(database: Database) -> None:
    late, due, later = [await sent(database, line, NOW + by) for line, by in zip(LINES, (500, 1500, 2500), strict=True)]
    await sent(database, LINES[0], NOW + 1, desks=("streets",))

    async def listed(name: str) -> list[str]:
        queue = replace(QUEUE, name=name)  # type: ignore[arg-type]
        found = await page(database, queue)
        counts = await database.read(lambda tx: desk_cases.counts(tx, QUEUE))
        assert counts.get(name, len(found)) == len(found)
        return [one.case.case for one in found]

    assert await listed("open") == [late, due, later]
    assert await listed("overdue") == [late] and await listed("due") == [due]
    assert await listed("new") == [late, due, later] and not await listed("mine")
    await happened(database, due, CaseEvent("taken", NOW + 3, "ann"))
    await happened(database, later, CaseEvent("asked", NOW + 4, "bob", text="Which?"))
    assert await listed("new") == [late] and await listed("mine") == [due] and await listed("waiting") == [later]
    await happened(database, late, CaseEvent("closed", NOW + 5, "ann", "done"))
    assert await listed("closed") == [late] and await listed("open") == [due, later]
    assert not await listed("failed")

    async def refuse(tx: Transaction) -> None:
        for claim in await outbox.claim(tx, ("waste", "folder"), most=9, lease=9, now=NOW):
            if claim.case == due:
                await outbox.refused(tx, claim, "no such street", NOW)

    await database.run(refuse)
    assert await listed("failed") == [due]


async def test_pages_follow_each_other_without_a_gap_also_where_promises_are_equal(database: Database) -> None:
    made = [await sent(database, LINES[0], NOW + 100 * (n // 3), now=NOW + n) for n in range(8)]
    for queue in (QUEUE, replace(QUEUE, by_age=True), replace(QUEUE, postcode="EM42QT"), replace(QUEUE, name="new")):
        found: list[ListedCase] = []
        while batch := await page(database, queue, found[-1].case if found else None, 3):
            found += batch
        assert [one.case.case for one in found] == made


async def test_a_postcode_or_a_street_finds_its_cases_and_no_row_shows_either(database: Database) -> None:
    first, second, third = [await sent(database, line, NOW + n) for n, line in enumerate(LINES)]
    found = await page(database, replace(QUEUE, postcode="EM42QT"))
    assert [(one.case.case, one.line) for one in found] == [(first, LINES[0]), (second, LINES[1])]
    assert [one.case.case for one in await page(database, replace(QUEUE, street="chapel row"))] == [third]
    assert not await page(database, replace(QUEUE, desk="streets", postcode="EM42QT"))
    stored = str(await rows(database, "SELECT * FROM desk_cases")).lower()
    assert "mill" not in stored and "em4" not in stored
    case = await database.read(lambda tx: desk_cases.find(tx, first, "waste"))
    assert case
    near = await database.read(lambda tx: desk_cases.near(tx, case, 5))
    assert [one.case.case for one in near] == [second]


async def test_open_reports_are_found_from_nearby_the_same_street_or_the_same_postcode(database: Database) -> None:
    first, second, third = [
        await sent(database, line, NOW + n, now=NOW + n, at=(53.5, -0.5 + n / 10)) for n, line in enumerate(LINES)
    ]
    case = await database.read(lambda tx: desk_cases.find(tx, first, "waste"))
    assert case

    async def around(line: str, at: tuple[float, float] | None, since: int = NOW - 5, most: int = 9) -> tuple[str, ...]:
        place = whereabouts_of(line, at)
        return await database.read(lambda tx: desk_cases.reported_around(tx, "waste", case.journey, place, since, most))

    assert await around("", (53.5009, -0.5)) == (first,)
    assert await around("Mill Lane, by the school", None) == (first, second)
    assert await around("Mill Lane, by the school", (53.5, -0.3)) == (first, second, third)
    assert await around("7 Elsewhere Street, EM2 5HJ", None) == (third,)
    assert not await around("", (53.51, -0.5)) and not await around("By the school", None)
    assert await around("Mill Lane", None, since=NOW + 1) == (second,) and await around("Mill Lane", None, most=1) == (
        first,
    )
    await happened(database, first, CaseEvent("closed", NOW + 5, "ann", "done"))
    assert await around("Mill Lane", None) == (second,)
    place = whereabouts_of("Mill Lane")
    for desk, journey in (("streets", case.journey), ("waste", "another")):
        assert not await database.read(lambda tx, d=desk, j=journey: desk_cases.reported_around(tx, d, j, place, 0, 9))  # type: ignore[misc]


async def test_of_two_events_on_one_version_one_is_refused_and_texts_are_encrypted(database: Database) -> None:
    case = await sent(database, LINES[0], NOW)
    before = await database.read(lambda tx: desk_cases.find(tx, case, "waste"))
    assert before
    events = [CaseEvent("updated", NOW + n, name, text=f"Planted text {n}") for n, name in enumerate(("ann", "bob"))]
    done = await asyncio.gather(
        *(database.run(lambda tx, event=event: case_events.apply(tx, before, event)) for event in events)  # type: ignore[misc]
    )
    assert sorted(one is None for one in done) == [False, True]
    (kept,) = await database.read(lambda tx: case_events.of_case(tx, case))
    assert kept.event in events and kept.desk == "waste"
    assert "Planted" not in str(await rows(database, "SELECT * FROM case_events"))
    changes = await database.read(lambda tx: desk_cases.changed_since(tx, "waste", NOW, 5))
    assert [(one.case, one.version) for one in changes] == [(case, 1)]
