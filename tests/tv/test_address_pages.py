"""The pages on which a television finds an address fit one packet, and the screen."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from support.household import FORM, HBBTV, OPTION, Household, an_address
from support.samples.eastmere import eastmere, eastmere_file
from support.servers.borough_server import Borough, borough

from channels.tv import CHANNEL
from onestop.places.gazetteer.reader import Gazetteer

__all__ = ["eastmere", "eastmere_file"]
pytestmark = pytest.mark.slow
ASK = "/tv/bins/missed-bin/ask"
ONE_POSTCODE = (
    "p.postcode = (SELECT postcode FROM premises WHERE postcode <> '' GROUP BY 1 ORDER BY count(*) DESC LIMIT 1)"
)


@pytest.fixture
async def server(tmp_path: Path, eastmere_file: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path, gazetteer=str(eastmere_file)) as made:
        yield made


async def test_every_page_of_an_address_is_one_packet(server: Borough, eastmere: Gazetteer) -> None:
    _, digits, _, _ = await an_address(eastmere, ONE_POSTCODE)
    household = Household(server)
    household.headers = {"User-Agent": HBBTV, "Accept-Encoding": "gzip"}
    sizes: dict[str, int] = {}

    async def weigh(name: str) -> None:
        cookie = "; ".join(f"{one}={value}" for one, value in household.cookies.items())
        answer = await server.get(household.path, "GET", None, {**household.headers, "Cookie": cookie})
        head = [f"{key}: {value}" for key, value in answer.headers.items()]
        sizes[name] = len("\r\n".join(("HTTP/1.1 200 OK", *head, "", ""))) + int(answer.headers["Content-Length"])
        assert answer.status == 200

    await household.get(ASK)
    for sent in ("today", "several", "out", "none"):
        await household.send(answer=sent)
    await weigh("find")
    assert FORM.search(household.body), "nobody has to turn the page"
    await household.send(answer=digits)
    while OPTION.findall(household.body) and "/ask/home/" in household.path:
        await weigh(f"list {len(sizes)}")
        await household.send(answer=OPTION.findall(household.body)[0][0])
    await household.get(f"{ASK}/home")
    await weigh("offered")
    await household.get(f"{ASK}/home/lines")
    await weigh("lines")
    assert len(sizes) > 4
    assert {name: size for name, size in sizes.items() if size > CHANNEL.packet} == {}
