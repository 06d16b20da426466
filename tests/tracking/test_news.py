"""A resident sees what the desk does with their case, and answers its questions, on every channel."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from support.followed_case import follow, sent
from support.servers.borough_server import Borough, borough

from onestop.casework.desk_case import CaseEvent, EventKind
from onestop.casework.public_events import open_question, public_events
from onestop.store.database import Transaction
from onestop.store.tables import case_events, desk_cases

CHANNELS = ("", "/kiosk", "/tv", "/text")


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path, proxy="yes") as made:
        yield made


async def happen(server: Borough, reference: str, kind: EventKind, text: str = "", subject: str = "") -> None:
    async def work(tx: Transaction) -> None:
        (listed,) = await desk_cases.with_reference(tx, reference.replace(" ", ""))
        event = CaseEvent(kind, int(server.clock()), "officer", subject, text)
        assert await case_events.apply(tx, listed.case, event)

    await server.database.run(work)


@pytest.mark.slow
@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_question_is_answered_and_the_end_is_seen(server: Borough, channel: str) -> None:
    _, reference, pin = await sent(server)
    await happen(server, reference, "taken")
    await happen(server, reference, "noted", "The neighbour is rude")
    await happen(server, reference, "asked", "Is the gate locked?")
    resident = await follow(server, reference, pin, channel)
    seen = resident.path
    assert "Is the gate locked?" in " ".join(resident.body.split())
    await resident.get(f"{channel}/track/answer/{seen.rpartition('/')[2]}")
    await resident.send(answer=" ")
    await resident.send(answer="Yes, the code is 4711")
    assert resident.path == seen
    (listed,) = await server.database.read(lambda tx: desk_cases.with_reference(tx, reference.replace(" ", "")))
    assert listed.case.state == "taken"
    stored = await server.database.read(lambda tx: case_events.of_case(tx, listed.case.case))
    assert stored[-1].event.text == "Yes, the code is 4711"
    await happen(server, reference, "closed", "Emptied at ten.", "done")
    resident = await follow(server, reference, pin, channel)
    pages = " ".join([resident.body, *[await resident.get(f"{resident.path}/{page}") for page in (2, 3)]])
    said = " ".join(pages.split())
    for text in ("It is closed: it is done.", "Emptied at ten.", "Yes, the code is 4711", "Somebody is looking at it."):
        assert text in said, text
    assert "rude" not in said and "We need to know" not in said


@pytest.mark.slow
async def test_an_answer_to_a_question_that_is_settled_changes_nothing(server: Borough) -> None:
    _, reference, pin = await sent(server)
    await happen(server, reference, "asked", "Which bin?")
    resident = await follow(server, reference, pin)
    seen = resident.path
    form = await resident.get(f"/track/answer/{seen.rpartition('/')[2]}")
    await happen(server, reference, "closed", subject="withdrawn")
    resident.body = form
    await resident.send(answer="The grey one")
    assert resident.path == seen
    (listed,) = await server.database.read(lambda tx: desk_cases.with_reference(tx, reference.replace(" ", "")))
    assert listed.case.state == "closed" and listed.case.version == 2


def test_a_question_is_open_until_it_is_answered_or_the_case_is_closed() -> None:
    asked, answered = CaseEvent("asked", 1, "ann", text="Which?"), CaseEvent("answered", 2, text="Grey")
    assert open_question([asked]) == asked and open_question([asked, CaseEvent("noted", 2, text="x")]) == asked
    for end in (answered, CaseEvent("closed", 2, subject="done"), CaseEvent("moved", 2, subject="streets")):
        assert open_question([asked, end]) is None
    assert open_question([asked, answered, asked]) == asked


def test_a_resident_reads_once_that_somebody_looks_at_it_and_no_note() -> None:
    taken, note = CaseEvent("taken", 1, "ann"), CaseEvent("noted", 2, "ann", text="rude")
    assert public_events([taken, note, CaseEvent("taken", 3, "bob")]) == (taken,)
