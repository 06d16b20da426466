"""A resident follows what they sent, on every channel, by keys alone or by the code of the receipt; a stranger finds nothing."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest
from support.followed_case import follow, household, sent
from support.household import Household
from support.servers.borough_server import Borough, borough

from onestop.capability import private_segments
from onestop.casework.reference import new_reference
from onestop.server.access_log import logged_path, private_part
from onestop.store.database import Transaction
from onestop.store.encryption.tracking import make_ticket, read_ticket
from onestop.store.tables import guesses, outbox
from onestop.store.tables.outbox import OutboxEntry
from server import CAPABILITIES

PRIVATE = private_part(private_segments(CAPABILITIES))

pytestmark = pytest.mark.slow
WATCH = re.compile(r'data-watch="([^"]+)"')
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
CHANNELS = ("", "/kiosk", "/tv", "/text")


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path, proxy="yes") as made:
        yield made


@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_case_is_followed_with_reference_and_pin_on_every_channel(server: Borough, channel: str) -> None:
    _, reference, pin = await sent(server)
    stranger = await follow(server, reference.replace(" ", ""), pin, channel)
    assert stranger.status == 200
    said = " ".join(stranger.body.split()).casefold()
    assert "waste and recycling" in said and "report a missed bin" in said
    assert "Planted" not in stranger.body
    digits = reference.replace(" ", "")
    assert not [path for path in stranger.visited if digits in path or reference in path or f"/{pin}" in path]
    # Ten digits and OK, four digits and OK.
    assert len(digits) + 1 + len(pin) + 1 <= 16


async def test_the_code_of_a_receipt_opens_the_case_on_a_phone(server: Borough) -> None:
    _, reference, _ = await sent(server, "/kiosk")
    phone = household(server, "192.0.2.1")
    ticket = await ticket_of(server, reference)
    await phone.get(ticket)
    assert reference not in phone.body
    await phone.send()
    assert reference in phone.body and "Waste and recycling" in phone.body
    assert logged_path(ticket, 200, PRIVATE) == "/t/..."
    assert logged_path(phone.path, 200, PRIVATE) == "/track/..."
    for last in ALPHABET.replace(ticket[-1], ""):
        assert read_ticket(server.database.keys, ticket[3:-1] + last) is None
    forged = ticket[:-1] + ("A" if ticket[-1] != "A" else "B")
    await phone.get(forged)
    await phone.send()
    assert phone.path == "/track"


async def ticket_of(server: Borough, reference: str) -> str:
    return f"/T/{make_ticket(server.database.keys, reference.replace(' ', ''))}"


async def test_an_address_of_a_case_opens_for_nobody_else(server: Borough) -> None:
    _, reference, pin = await sent(server)
    stranger = await follow(server, reference, pin)
    other = household(server)
    await other.get("/track")
    await other.get(stranger.path)
    assert other.path == "/track" and reference not in other.body


async def test_a_wrong_pin_and_an_unknown_reference_get_the_same_answer_and_leave_the_same_counts(
    server: Borough,
) -> None:
    _, reference, pin = await sent(server)
    wrong = f"{(int(pin) + 1) % 10000:04}"
    pages = []
    for number in (reference, new_reference(Random(3))):
        stranger = await follow(server, number, wrong)
        pages.append(re.sub(r'(/track/|name="token" value=")[\w-]+', r"\1", stranger.body))
        assert "do not belong together" in stranger.body
    assert pages[0] == pages[1]


async def test_guessing_is_slowed_by_reference_for_known_and_unknown_ones(server: Borough) -> None:
    _, reference, pin = await sent(server)
    for number in (reference, new_reference(Random(4))):
        for guess in range(guesses.FACTS_FOR_REFERENCE + 1):
            stranger = household(server, f"203.0.{guess}.{len(number)}")
            await stranger.get("/track")
            await stranger.send(answer=number)
            await stranger.send(answer=f"{(int(pin) + 1 + guess) % 10000:04}")
            assert stranger.status == (200 if guess < guesses.FACTS_FOR_REFERENCE else 429)
    # The right one is refused too, or the limit would only tell guesses apart; the receipt's code still works.
    assert (await follow(server, reference, pin)).status == 429
    phone = household(server)
    await phone.get(await ticket_of(server, reference))
    await phone.send()
    assert reference in phone.body
    server.clock.now += 601
    assert (await follow(server, reference, pin)).status == 200


async def test_one_network_cannot_guess_on_and_does_not_shut_others_out(server: Borough) -> None:
    chance, statuses = Random(5), []
    _, reference, pin = await sent(server)
    stranger = household(server, "203.0.113.66")
    for _ in range(guesses.FACTS_FOR_NETWORK + 3):
        await stranger.get("/track")
        await stranger.send(answer=new_reference(chance))
        await stranger.send(answer="1234")
        statuses.append(stranger.status)
    assert statuses == [200] * guesses.FACTS_FOR_NETWORK + [429] * 3
    assert (await follow(server, reference, pin)).status == 200


async def test_the_page_tells_each_destinations_truth_and_changes_while_it_is_looked_at(server: Borough) -> None:
    _, reference, pin = await sent(server)
    digits = reference.replace(" ", "")
    (entry,) = await delivered(server, digits)
    stranger = await follow(server, reference, pin)
    watched = WATCH.search(stranger.body)
    assert watched and "has it, since" in stranger.body and "data-live" in stranger.body
    answer = await server.get(watched[1], named=headers_of(stranger))
    assert json.loads(answer.text)["moved"] is False
    events = asyncio.create_task(server.get(watched[1], named={**headers_of(stranger), "Accept": "text/event-stream"}))
    await asyncio.sleep(0.3)
    assert not events.done()
    now = int(server.clock())

    async def refuse(tx: Transaction) -> None:
        await outbox.reopen(tx, entry, now)
        (claim,) = await outbox.claim(tx, (entry.desk, entry.destination), most=1, lease=9, now=now)
        await outbox.refused(tx, claim, "it has no such street", now)

    await server.database.run(refuse)
    told = await asyncio.wait_for(events, 10)
    there = json.loads(re.search(r"^data: (.*)$", told.text, re.MULTILINE)[1])["to"]  # type: ignore[index]
    body = await stranger.get(there)
    assert "could not take it" in body and "it has no such street" in body


async def delivered(server: Borough, digits: str) -> tuple[OutboxEntry, ...]:
    """Return the deliveries of a case once all have arrived."""
    for _ in range(100):
        entries = await server.database.read(lambda tx: outbox.entries_of(tx, digits))
        if all(one.progress == "accepted" for one in entries):
            return entries
        await asyncio.sleep(0.05)
    raise AssertionError(entries)


def headers_of(household: Household) -> dict[str, str]:
    return {**household.headers, "Cookie": "; ".join(f"{name}={value}" for name, value in household.cookies.items())}
