"""Journeys are counted once each when they are begun, finished and given up, by journey and channel, with no personal data."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from support.servers.borough_server import BIN, TO_ADDRESS, Borough, Visitor, borough, code_of

from onestop.store.expiry import erase_expired

HOME = "Planted Cottage, 12 High Street, EM4 2QT"
YEAR = 365 * 86400
LABEL = re.compile(r'"(.*?)"')


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path) as made:
        yield made


async def counted(server: Borough) -> dict[str, int]:
    """Return the samples about journeys and cases, their labels sorted into the name."""
    text = (await server.get("/metrics")).text
    assert HOME not in text
    found = re.findall(r"^onestop_(journeys_\w+|cases)_total\{(.*)\} (\S+)$", text, re.MULTILINE)
    return {" ".join((name, *sorted(LABEL.findall(labels)))): int(float(count)) for name, labels, count in found}


async def answer_all(visitor: Visitor) -> None:
    await visitor.until(BIN, (*TO_ADDRESS, ("home", HOME)))
    for step, fields in (("stands", [("do", "skip")]), ("tell", [("answer", "none")])):
        if f"/{step}" in await visitor.get(BIN):
            await visitor.send(f"{BIN}/{step}", fields, BIN)


async def test_a_journey_that_is_sent_is_begun_and_finished_once(server: Borough) -> None:
    visitor = Visitor(server)
    await visitor.get(BIN)
    assert await counted(server) == {}
    await answer_all(visitor)
    assert await counted(server) == {"journeys_begun missed-bin mobile": 1}
    page = await visitor.get(f"{BIN}/check")
    for _ in range(2):
        assert await visitor.answer(f"{BIN}/check", [], page) == (303, f"{BIN}/done")
    assert await counted(server) == {
        "journeys_begun missed-bin mobile": 1,
        "journeys_finished missed-bin mobile": 1,
        "cases missed-bin": 1,
    }


async def test_a_draft_that_its_owner_erases_is_given_up(server: Borough) -> None:
    visitor = Visitor(server)
    await visitor.until(BIN, TO_ADDRESS[:2])
    for _ in range(2):
        assert (await visitor.send(f"{BIN}/again", [], BIN))[0] == 303
    assert await counted(server) == {"journeys_begun missed-bin mobile": 1, "journeys_given_up missed-bin mobile": 1}


async def test_a_draft_that_makes_way_for_another_is_given_up(server: Borough) -> None:
    here, there = Visitor(server), Visitor(server)
    await here.until(BIN, TO_ADDRESS[:1])
    await there.until(BIN, TO_ADDRESS[:2])
    code = await code_of(there)
    await here.send("/move", [("answer", code)])
    choice = here.body
    instead = re.search(r'name="instead" value="([^"]+)"', choice)
    assert instead
    assert (await here.answer("/move", [("instead", instead[1])], choice))[0] == 303
    assert await counted(server) == {"journeys_begun missed-bin mobile": 2, "journeys_given_up missed-bin mobile": 1}


async def test_only_unsent_drafts_count_as_given_up_when_they_expire(server: Borough) -> None:
    sent, unsent = Visitor(server), Visitor(server)
    await answer_all(sent)
    await sent.send(f"{BIN}/check", [])
    await unsent.until(BIN, TO_ADDRESS[:1])
    erased = await erase_expired(server.database, int(server.clock()) + YEAR)
    assert erased.drafts == 2
    assert dict(erased.given_up) == {("missed-bin", "mobile"): 1}
