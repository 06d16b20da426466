"""Before a report is sent, an open one of the same thing is offered; who follows it sees how far it is and nothing of its answers."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.followed_case import household
from support.household import HBBTV, Household
from support.servers.borough_server import Borough, borough

from onestop.casework.desk_case import CaseEvent
from onestop.store.database import Transaction
from onestop.store.encryption.tracking import make_ticket
from onestop.store.tables import case_events, desk_cases
from onestop.store.tables.desk_cases import Queue

pytestmark = pytest.mark.slow
ASK = "/roads/pothole/ask"
WHERE, SECRET = "Planted Lane, by number 7", "Planted words of somebody else"
CHANNELS = ("", "/kiosk", "/tv", "/text")


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path, proxy="yes") as made:
        yield made


async def filled_in(server: Borough, where: str = WHERE, kind: str = "sign", channel: str = "") -> Household:
    """Answer every question of the journey, and send."""
    resident = household(server)
    if channel == "/tv":
        resident.headers["User-Agent"] = HBBTV
    await resident.get(f"{channel}{ASK}")
    for name, answer in (("kind", kind), ("danger", "safe"), ("land", "street")):
        assert resident.path.endswith(f"/{name}"), resident.path
        await resident.send(answer=answer)
    await resident.send(**({"answer": SECRET} if kind == "sign" else {"answer": "out"}))
    assert resident.path.endswith("/spot"), resident.path
    await resident.send(answer=where)
    if resident.path.endswith("/photo"):
        await resident.send(do="skip")
    await resident.send(answer="none")
    assert resident.path.endswith("/ask") or resident.path.endswith("/check"), resident.path
    await resident.send()
    return resident


async def reports(server: Borough) -> list[str]:
    queue = Queue("open", "streets", "", int(server.clock()), 0)
    return [one.case.case for one in await server.database.read(lambda tx: desk_cases.page(tx, queue, None, 9))]


@pytest.mark.parametrize("channel", CHANNELS)
async def test_who_follows_an_earlier_report_sees_how_far_it_is_on_every_channel(server: Borough, channel: str) -> None:
    first = await filled_in(server)
    assert "Thank you" in first.body
    (case,) = await reports(server)
    second = await filled_in(server, channel=channel)
    said = " ".join(second.body.split())
    assert second.path.endswith("/earlier") and "Follow that one" in said and SECRET not in said
    assert f"{datetime.fromtimestamp(server.clock(), UTC):%A}" in said
    await second.send()
    assert second.path.startswith(f"{channel}/track/") and second.status == 200
    assert await reports(server) == [case]
    reference = await reference_of(server, case)

    async def happen(tx: Transaction) -> None:
        for kind, text in (
            ("asked", "Planted question"),
            ("answered", "Planted answer"),
            ("updated", "Planted update"),
        ):
            found = await desk_cases.find(tx, case, "streets")
            assert found
            assert await case_events.apply(tx, found, CaseEvent(kind, int(server.clock()), "ann", text=text))  # type: ignore[arg-type]
        found = await desk_cases.find(tx, case, "streets")
        assert found
        await case_events.apply(tx, found, CaseEvent("closed", int(server.clock()), "ann", "done", "Planted end"))

    await server.database.run(happen)
    body = " ".join((await second.get(second.path)).split())
    assert "it is done" in body and "To be done by" in body and "Planted" not in body
    assert reference not in body and reference.replace(" ", "") not in body
    # An address with "answer" or another visitor opens nothing.
    token = second.path.rpartition("/")[2]
    await second.get(f"{channel}/track/answer/{token}")
    assert "Planted" not in second.body
    other = household(server)
    await other.get(f"/track/{token}")
    assert other.path == "/track"


async def reference_of(server: Borough, case: str) -> str:
    found = await server.database.read(lambda tx: desk_cases.find(tx, case, "streets"))
    assert found
    return f"{found.reference[:3]} {found.reference[3:6]} {found.reference[6:]}"


async def test_the_followers_code_opens_the_same_and_not_what_its_resident_sees(server: Borough) -> None:
    await filled_in(server)
    second = await filled_in(server, channel="/kiosk")
    await second.send()
    (case,) = await reports(server)
    reference = await reference_of(server, case)
    address = f"/T/{make_ticket(server.database.keys, reference.replace(' ', ''), follower=True)}"
    phone = household(server, "192.0.2.9")
    await phone.get(address)
    await phone.send()
    assert phone.path.startswith("/track/") and "somebody else's report" in phone.body
    assert reference not in phone.body and SECRET not in phone.body


async def test_mine_is_sent_as_well_if_the_resident_says_so(server: Borough) -> None:
    await filled_in(server)
    second = await filled_in(server)
    await second.send(do="send")
    assert "Thank you" in second.body and len(await reports(server)) == 2


@pytest.mark.parametrize(("where", "kind"), [("Elsewhere Street, by number 7", "sign"), (WHERE, "light")])
async def test_nothing_is_offered_of_another_place_or_kind(server: Borough, where: str, kind: str) -> None:
    await filled_in(server)
    second = await filled_in(server, where, kind)
    assert "Thank you" in second.body and len(await reports(server)) == 2


async def test_the_question_is_gone_once_the_report_is_closed(server: Borough) -> None:
    await filled_in(server)
    second = await filled_in(server)
    (case,) = await reports(server)

    async def close(tx: Transaction) -> None:
        found = await desk_cases.find(tx, case, "streets")
        assert found
        await case_events.apply(tx, found, CaseEvent("closed", int(server.clock()), "ann", "done"))

    await server.database.run(close)
    await second.send()
    assert second.path.endswith("/check")
    await second.send()
    assert "Thank you" in second.body
