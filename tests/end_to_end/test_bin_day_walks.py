"""From "What is my bin day?" to the right answer by plain requests: each step follows what the page before it says."""

import json
import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from support.household import HBBTV, OPTION, Household, an_address, whole
from support.samples.eastmere import eastmere, eastmere_file
from support.servers.borough_server import Borough, borough

from onestop.places.choices import path_to
from onestop.places.gazetteer.reader import Gazetteer
from onestop.places.keypad import KEYS

__all__ = ["eastmere", "eastmere_file"]
pytestmark = pytest.mark.slow
QUESTION = "What is my bin day?"
SERVICE = "Check your collection days"
MOST_PRESSES = 18
"""From the question for an address to the answer."""
LINK = re.compile(r'<a(?P<has>[^>]*)\bhref="(?P<leads>[^"]+)"[^>]*>(?P<says>.*?)</a>', re.DOTALL)


@pytest.fixture
async def server(tmp_path: Path, eastmere_file: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path, gazetteer=str(eastmere_file)) as made:
        yield made


async def next_collection(server: Borough, uprn: int) -> tuple[str, tuple[str, ...]]:
    """Return the day of the next collection, "4 December", and the names of its bins, as other programs are told them."""
    answer = await server.get(f"/api/collections/{uprn}")
    told = [one for one in json.loads(answer.text)["collections"] if not one["suspended"]]
    day = date.fromisoformat(told[0]["date"])
    return f"{day.day} {day:%B}", tuple(one["names"]["en"] for one in told if one["date"] == told[0]["date"])


def expect_answer(shown: str, answer: tuple[str, tuple[str, ...]], line: str) -> None:
    day, bins = answer
    said = " ".join(shown.split())
    assert line in said
    assert said.index(day) > said.index("ext collections")
    assert all(bin_ in said for bin_ in bins)


def target(household: Household, says: str) -> str:
    """Return where the link leads that has this text on the page that is shown."""
    found = [one for one in LINK.finditer(household.body) if says in re.sub(r"<[^>]+>", "", one["says"])]
    assert found, (says, household.path)
    return found[0]["leads"]


@pytest.mark.parametrize("agent", ["Lynx/2.9.0dev libwww-FM/2.14", "w3m/0.5.3"])
async def test_a_text_browser_follows_links_from_home(server: Borough, eastmere: Gazetteer, agent: str) -> None:
    postcode, _, line, uprn = await an_address(eastmere)
    household = Household(server, headers={"User-Agent": agent})
    await household.get("/")
    action = re.search(r'<form[^>]*action="([^"]*/search)"', household.body)
    assert action
    await household.get(f"{action[1]}?q={QUESTION.replace(' ', '+')}")
    await household.get(target(household, SERVICE))
    await household.get(target(household, "My area"))
    await household.send(answer=postcode)
    place = [one.first_line for one in await eastmere.at_postcode(postcode)].index(line)
    await household.send(answer=str(place))
    expect_answer(await whole(household), await next_collection(server, uprn), line)


async def test_a_terminal_follows_the_commands_that_it_is_shown(server: Borough, eastmere: Gazetteer) -> None:
    postcode, _, line, uprn = await an_address(eastmere)
    household = Household(server, headers={"User-Agent": "curl/8.5.0"})
    await household.get("/text/")
    command = re.search(r"^Search: curl -L https://[^/]+(/text/search/)\.\.\.", household.body, re.MULTILINE)
    assert command
    await household.get(command[1] + QUESTION.replace(" ", "%20").replace("?", "%3F"))
    found = re.search(rf"^ +(\d+)  {SERVICE}$", household.body, re.MULTILINE)
    assert found
    await household.get(f"/text/{found[1]}")
    area = re.search(r"My area, number (\d+),", household.body)
    assert area
    await household.get(f"/text/{area[1]}")
    await household.send(answer=postcode)
    row = re.search(rf"^\[ \] (\d+): {line}$", household.body, re.MULTILINE)
    assert row
    await household.send(answer=row[1])
    expect_answer(household.body, await next_collection(server, uprn), line)


async def test_a_television_is_asked_in_digits_from_its_home_screen(server: Borough, eastmere: Gazetteer) -> None:
    """Words are keyed one press a letter, and everything else is chosen by its digit."""
    postcode, digits, line, uprn = await an_address(eastmere)
    household = Household(server, headers={"User-Agent": HBBTV})
    await household.get("/tv/")
    await household.get(target(household, "Search"))
    for letter in "bin day".replace(" ", "").upper():
        await household.get(next(link for link in (target(household, KEYS[letter]),) if link.startswith("/tv/search/")))
    await household.get(target(household, "Choose by number"))
    await household.get(target(household, SERVICE))
    await household.get(target(household, "My area"))
    await household.send(answer=digits)
    at, same = await eastmere.at_postcode(postcode), list(await eastmere.keyed(digits))
    place = [one.first_line for one in at].index(line)
    rows = (*(path_to(same.index(postcode), len(same)) if len(same) > 1 else ()), *path_to(place, len(at)))
    for row in rows:
        await household.send(
            answer=next(value for value, digit, _ in OPTION.findall(household.body) if digit == str(row))
        )
    assert len(digits) + 1 + len(rows) <= MOST_PRESSES
    expect_answer(await whole(household), await next_collection(server, uprn), line)
