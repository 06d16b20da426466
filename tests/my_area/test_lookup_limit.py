"""What one network may read of the gazetteer in a day."""

import math
import re
from pathlib import Path

import pytest
from support.household import Household, an_address
from support.paths import ROOT
from support.servers.borough_server import borough

from onestop.lookup.address_lookup import lookups_of
from onestop.places.gazetteer.reader import Gazetteer
from onestop.settings import read_settings

pytestmark = pytest.mark.slow


async def test_a_long_street_counts_as_several_lists_and_a_guess_as_one(
    tmp_path: Path, eastmere_file: Path, eastmere: Gazetteer
) -> None:
    longest = "SELECT usrn FROM premises GROUP BY usrn ORDER BY count(*) DESC LIMIT 1"
    street = (await eastmere.in_street((await eastmere._rows(longest))[0][0]))[0].street
    lists = lookups_of(len(await eastmere.in_street((await eastmere._rows(longest))[0][0])))
    assert lists > 3
    async with borough(tmp_path, gazetteer=str(eastmere_file), lookups_a_day=str(lists), proxy="yes") as server:

        def from_network(last: int) -> Household:
            headers = {"X-Forwarded-For": f"198.51.100.{last}", "X-Forwarded-Proto": "https", "User-Agent": "Lynx/2.9"}
            return Household(server, headers=headers)

        for expected in (200, 429):
            household = from_network(7)
            await household.get("/my-area")
            await household.send(answer=street)
            assert household.status == expected
        # A whole address that a journey takes at once tells that it exists, though nothing was listed.
        line = (await eastmere.at_postcode((await an_address(eastmere))[0]))[0].one_line
        for number in range(lists + 1):
            guessing = from_network(8)
            await guessing.get("/bins/missed-bin/ask")
            for answer in ("today", "shared", "open", line):
                await guessing.send(answer=answer)
            assert (guessing.status == 429) is (number == lists)


async def test_a_patient_reader_of_the_borough_needs_the_days_that_the_guide_says(eastmere: Gazetteer) -> None:
    """The cheapest way: every postcode, or every street, from one network."""
    guide = " ".join((ROOT / "docs" / "places.md").read_text(encoding="utf-8").split())
    said = re.search(r"needs at least (\d+) days from one network", guide)
    assert said
    days = []
    for column in ("postcode", "usrn"):
        sizes = await eastmere._rows(f"SELECT count(*) FROM premises WHERE {column} <> '' GROUP BY {column}")
        days.append(sum(lookups_of(size) for (size,) in sizes) / read_settings({}, {}).lookups_a_day)
    assert math.floor(min(days)) == int(said[1])
