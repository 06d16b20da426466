"""An address that somebody looked up is in the clear nowhere but in the gazetteer, on their own pages and at the desk."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from multidict import CIMultiDictProxy
from support.household import HBBTV, OPTION, Household, an_address
from support.samples.eastmere import eastmere, eastmere_file
from support.servers.server_process import free_port, running_server

from onestop.places.gazetteer.reader import Gazetteer

__all__ = ["eastmere", "eastmere_file"]
pytestmark = pytest.mark.slow
BEFORE_ADDRESS = ("today", "several", "out", "none")
HERE = ("52.91817", "-0.08763")
MAP = re.compile(r'<img src="(/near-me-map/[^"]+)"')
LOGGED = ("/near-me", "/near-me-map", "/my-area", "/ask/home", "/api/collections", "/my")
"""How the log names what belongs to one visitor: by the beginning of its address."""
CALENDAR = re.compile(r"/my/[\w-]{30}\.ics")


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    headers: CIMultiDictProxy[str]
    text: str


@dataclass(frozen=True, slots=True)
class Client:
    """Sends single requests to a server, and keeps the headers of every response."""

    origin: str
    session: aiohttp.ClientSession
    seen: list[Response]

    async def get(
        self, path: str, method: str = "GET", body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        request = self.session.request(method, self.origin + path, data=body, headers=headers, allow_redirects=False)
        async with request as answer:
            found = Response(answer.status, answer.headers, await answer.text())
        self.seen.append(found)
        return found


def written_files(folder: Path) -> Mapping[str, bytes]:
    """Return the content of every file that the server has written, by name."""
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


async def look_up(household: Household, line: str, postcode: str, channel: str = "") -> None:
    """Find an address in My area, and in a journey."""
    await household.get(f"{channel}/my-area")
    await household.send(answer=f"{line}, {postcode}")
    await household.send(answer="0")
    assert line in household.body
    await household.get(f"{channel}/bins/missed-bin/ask")
    for answer in (*BEFORE_ADDRESS, f"{line}, {postcode}"):
        await household.send(answer=answer)
    assert line in await household.get(f"{channel}/bins/missed-bin/ask/home")


async def look_around(household: Household, postcode: str) -> None:
    """List what is near a postcode, and near where a phone is, each with its map."""
    for sent in ({"answer": postcode}, {"answer": "", "answer.at": ",".join(HERE)}):
        await household.get("/near-me/library/find")
        await household.send(**sent)
        assert re.search(r"[\d.]+ (km|m)\. ", household.body)
        (picture,) = MAP.findall(household.body)[:1]
        near = household.path
        await household.get(picture)
        assert household.status == 200
        await household.get(near)


async def visits(server: Client, home: tuple[str, str, str, int]) -> list[str]:
    """Look a home up on every channel, in each way there is; return the addresses that a phone and a television went through."""
    postcode, digits, line, uprn = home
    phone = Household(server)
    await look_up(phone, line, postcode)
    await phone.get("/my-area/find")
    await phone.send(answer=f"{line}, {postcode}")
    await phone.send(answer="0")
    await phone.send(do="calendar")
    (calendar,) = CALENDAR.findall(phone.body)[:1]
    await phone.get(calendar)
    await phone.get("/my-area/find")
    await phone.send(answer=f"{line} {postcode[:-1]}")
    await look_around(phone, postcode)
    await phone.get("/my-area/find")
    await phone.send(answer=str(uprn))
    await look_up(Household(server), line, postcode, "/kiosk")
    await look_up(Household(server), line, postcode, "/text")
    television = Household(server)
    television.headers["User-Agent"] = HBBTV
    await television.get("/tv/101")
    await television.send(answer=digits)
    await television.send(answer=OPTION.findall(television.body)[0][0])
    return [*phone.visited, *television.visited]


async def test_an_address_that_was_looked_up_is_in_no_file_no_log_and_no_address(
    tmp_path: Path, eastmere_file: Path, eastmere: Gazetteer
) -> None:
    home = await an_address(eastmere)
    postcode, _, line, uprn = home
    port, client = free_port(), aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
    database = f"sqlite:///{tmp_path}/onestop.db"
    with running_server(database, None, tmp_path, port, gazetteer=str(eastmere_file), access_log="yes"):
        async with client:
            server = Client(f"http://127.0.0.1:{port}", client, [])
            visited = await visits(server, home)
            await server.get(f"/api/collections/{uprn}")
            metrics = (await server.get("/metrics")).text
            public = [
                (await server.get(path)).text for path in ("/", "/tv/", "/bins/missed-bin", "/tv/bins/missed-bin")
            ]
    planted = (line, postcode, f"{postcode[:-3]} {postcode[-3:]}", str(uprn), *(part[:-1] for part in HERE))
    written = written_files(tmp_path)
    log = written["log"].decode()
    assert not [part for part in LOGGED if f"{part}/..." not in log]
    assert "onestop.db" in written
    for name, content in written.items():
        assert [one for one in planted if one.encode() in content] == [], name
    assert not [one for one in planted for text in (metrics, *public) if one in text]
    assert not [path for path in visited for one in planted if one in path]
    personal = [
        one for one in server.seen if (line in one.text or "km. " in one.text) and "BEGIN:VCALENDAR" not in one.text
    ]
    assert len(personal) > 8
    assert {one.headers["Cache-Control"] for one in personal} == {"no-store"}
    assert {one.headers["Referrer-Policy"] for one in personal} <= {"no-referrer", "same-origin"}
