"""A journey finds the address it asks for in the gazetteer, on every channel."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from support.household import HBBTV, OPTION, Household, an_address
from support.samples.eastmere import eastmere, eastmere_file
from support.servers.borough_server import Borough, borough

from onestop.places.choices import path_to
from onestop.places.gazetteer.reader import Gazetteer

__all__ = ["eastmere", "eastmere_file"]
pytestmark = pytest.mark.slow
ASK, NEXT = "/bins/missed-bin/ask/home", "If we cannot find it, may we ask you?"


async def at_the_address(household: Household, channel: str = "") -> Household:
    """Answer the questions before the one for the address."""
    await household.get(f"{channel}/bins/missed-bin/ask")
    for answer in ("today", "grey", "out", "none"):
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
    assert is_past(household), household.body
    again = await at_the_address(Household(server), channel)
    await again.send(answer=postcode)
    assert f"Which address in {postcode[:-3]} {postcode[-3:]}?".casefold() in again.body.casefold()
    assert postcode not in again.path
    place = [one.first_line for one in await eastmere.at_postcode(postcode)].index(line)
    await again.send(answer=str(place))
    assert is_past(again), again.body
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
    assert is_past(household), household.body
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
    assert is_past(household), household.body


async def test_the_home_of_a_household_is_offered_first(server: Borough, eastmere: Gazetteer) -> None:
    postcode, _, line, _ = await an_address(eastmere)
    household = Household(server)
    await household.get("/my-area")
    await household.send(answer=f"{line} {postcode}")
    await household.send(answer="0")
    await household.send()
    await at_the_address(household)
    assert line in household.body
    await household.send(answer="another")
    assert household.path.endswith("/find")
    assert line not in household.body
    await household.get(ASK)
    await household.send(answer="known")
    assert is_past(household), household.body
