"""A journey finds the address it asks for in the gazetteer, on every channel."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from support.household import HBBTV, OPTION, Household, an_address, household_at_home
from support.samples.eastmere import eastmere, eastmere_file
from support.servers.borough_server import Borough, borough

from onestop.journeys.values.answer import Answer
from onestop.journeys.values.property import part_values
from onestop.places.choices import path_to
from onestop.places.gazetteer.reader import Gazetteer

__all__ = ["eastmere", "eastmere_file"]
pytestmark = pytest.mark.slow
ASK, NEXT = "/bins/missed-bin/ask/home", "If we cannot find it, may we ask you?"


async def at_the_address(household: Household, channel: str = "") -> Household:
    """Answer the questions before the one for the address."""
    await household.get(f"{channel}/bins/missed-bin/ask")
    for answer in ("today", "shared", "open"):
        await household.send(answer=answer)
    return household


def is_past(household: Household) -> bool:
    """Return whether the question after the address is shown."""
    return household.path.endswith(("/ask/stands", "/ask/tell")) or NEXT in household.body


@pytest.fixture
async def server(tmp_path: Path, eastmere_file: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path, gazetteer=str(eastmere_file)) as made:
        yield made


@pytest.mark.parametrize("channel", ["", "/kiosk", "/text"])
async def test_a_whole_address_is_the_answer_and_a_postcode_gives_a_list(
    server: Borough, eastmere: Gazetteer, channel: str
) -> None:
    postcode, _, line, _ = await an_address(eastmere)
    household = await at_the_address(Household(server), channel)
    await household.send(answer=f"{line}, Eastmere {postcode.lower()}")
    assert is_past(household), household.path
    again = await at_the_address(Household(server), channel)
    await again.send(answer=postcode)
    assert f"Which address in {postcode[:-3]} {postcode[-3:]}?".casefold() in again.body.casefold()
    assert postcode not in again.path
    place = [one.first_line for one in await eastmere.at_postcode(postcode)].index(line)
    await again.send(answer=str(place))
    assert is_past(again), again.path
    assert line in await again.get(channel + ASK)


async def test_a_television_finds_it_by_digits_alone(server: Borough, eastmere: Gazetteer) -> None:
    postcode, digits, line, _ = await an_address(eastmere)
    household = Household(server)
    household.headers["User-Agent"] = HBBTV
    await at_the_address(household, "/tv")
    await household.send(answer=digits)
    at, same = await eastmere.at_postcode(postcode), list(await eastmere.keyed(digits))
    place = [one.first_line for one in at].index(line)
    for row in (*(path_to(same.index(postcode), len(same)) if len(same) > 1 else ()), *path_to(place, len(at))):
        await household.send(answer=OPTION.findall(household.body)[row - 1][0])
    assert is_past(household), household.path
    assert line in await household.get(f"/tv{ASK}")


async def test_another_councils_address_is_refused_and_lines_by_hand_are_taken(
    server: Borough, eastmere: Gazetteer
) -> None:
    rows = await eastmere._rows("SELECT postcode FROM directory WHERE council = 'E07099003' LIMIT 1")
    household = await at_the_address(Household(server))
    for part in ("", "/lines"):
        await household.get(ASK + part)
        assert "is in Hollin Vale" in await household.send(answer=f"1 Far Street, {rows[0][0]}"), part
    await household.get(f"{ASK}/lines")
    await household.send(answer="1 New Street, EM1 9ZZ")
    assert is_past(household), household.path


async def test_the_home_of_a_household_is_offered_first(server: Borough, eastmere: Gazetteer) -> None:
    household, line = await household_at_home(server, eastmere, remember=True)
    await at_the_address(household)
    assert line in household.body
    await household.send(answer="another")
    assert household.path.endswith("/find")
    assert line not in household.body
    await household.get(ASK)
    await household.send(answer="known")
    assert is_past(household), household.path


FRIDAY, MONDAY = datetime(2026, 11, 27, 16, tzinfo=UTC), datetime(2026, 11, 30, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "round_", "day", "bin_", "said", "offered"),
    [
        (FRIDAY, "friday-2", "today", "grey", "", ()),
        (FRIDAY, "friday-1", "today", "grey", "It is due there on Friday 4 December 2026.", ("blue", "sack", "caddy")),
        (FRIDAY, "friday-1", "today", "brown", "we do not collect that from", ("blue", "sack", "caddy")),
        (FRIDAY, "friday-1", "yesterday", "caddy", "The next collection there is on Friday 27 November 2026", ()),
        (FRIDAY, "thursday-1", "today", "several", "The next collection there is on Thursday 3 December 2026", ()),
        (MONDAY, "friday-1", "yesterday", "blue", "", ()),
        (MONDAY, "thursday-1", "before", "sack", "", ()),
    ],
)
async def test_only_a_bin_that_was_due_can_be_reported(
    server: Borough, eastmere: Gazetteer, now: datetime, round_: str, day: str, bin_: str, said: str, offered: tuple[str, ...]
) -> None:  # fmt: skip
    server.clock.now = int(now.timestamp())
    postcode, _, line, _ = await an_address(eastmere, f"r.names = '{round_}' AND p.flat = '' AND p.postcode <> ''")
    household = Household(server)
    await household.get("/bins/missed-bin/ask")
    for answer in (day, bin_, *(["paid"] if bin_ == "brown" else []), "out", "none", f"{line}, {postcode}"):
        await household.send(answer=answer)
    assert said in household.body if said else is_past(household), household.path
    assert (bool(said) and not offered) == household.path.endswith("/stop")
    if offered:
        assert tuple(re.findall(r'name="answer" value="(\w+)"', household.body)) == (*offered, "none")
        await household.send(answer=offered[0])
        assert is_past(household), household.path
        await household.get("/bins/missed-bin/ask/due")
        await household.send(answer="none")
        assert household.path.endswith("/stop")


def test_days_without_work_count_with_the_working_day_before_them() -> None:
    """After Christmas the last working day is Thursday 24 December, and a collection on Saturday 26 counts with it."""
    worked = ["2026-12-23", "2026-12-24", "2026-12-29", "2026-12-30"]
    home: Answer = {
        "uprn": 1,
        "worked": worked,
        "collected": {"2026-12-26": ["grey"], "2026-12-23": ["blue"], "2026-12-29": ["sack"]},
    }
    assert set(part_values(home, "due", date(2026, 12, 29))) == {
        *("yesterday", "yesterday-grey", "before", "before-blue", "today", "today-sack")
    }
    assert set(part_values(home, "due", date(2026, 12, 30))) == {
        *("before", "before-grey", "yesterday", "yesterday-sack")
    }
