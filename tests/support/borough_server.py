"""Strangers and residents of the demonstration borough, in the same process as the server, at a time that a test may move."""

import asyncio
import re
import urllib.parse
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path

from aiohttp import ClientSession, web
from support.paths import CONTENT
from support.running_server import Answer, Clock, Web

from channels.registry import find_channels
from onestop.capability import DATABASE
from onestop.server.app import started
from onestop.server.connection import Server
from onestop.server.join import join
from onestop.settings import read_settings
from onestop.site.current import Sites
from onestop.site.site import Site
from onestop.store.database import Database
from server import CAPABILITIES

CHANNELS = find_channels()
BIN, COMPLAINT = "/bins/missed-bin/ask", "/have-your-say/complain/ask"
TO_ADDRESS = (("day", "today"), ("bin", "grey"), ("out", "out"), ("tag", "none"))
HIDDEN = re.compile(r'<input type="hidden" name="(token|seen|draft|code|asked)" value="([^"]*)"')
SEE_OTHER = 303
URLENCODED = "application/x-www-form-urlencoded"


@lru_cache(maxsize=4)
def _read(content: Path) -> Site | None:
    """Read once: nobody changes it, and reading takes longer than most of what is tested."""
    return Sites(content, CHANNELS).read()


@dataclass
class Borough(Web):
    """A web, and the database behind it."""

    database: Database

    async def post(self, path: str, fields: Sequence[tuple[str, str]], cookie: str) -> Answer:
        """A form as it is."""
        body = urllib.parse.urlencode(fields).encode()
        return await self.get(path, "POST", body, Cookie=cookie, Content_Type=URLENCODED)

    async def everything(self, sent: bytes) -> bytes:
        """All that comes back for these bytes, until the server closes or says nothing more."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        got = b""
        try:
            writer.write(sent)
            while more := await asyncio.wait_for(reader.read(1 << 16), 0.4):
                got += more
        except (TimeoutError, ConnectionError):
            pass
        finally:
            writer.close()
        return got


@asynccontextmanager
async def borough(folder: Path, **named: str) -> AsyncIterator[Borough]:
    """The demonstration borough with these settings, its database in `folder`."""
    settings = {"database": f"sqlite:///{folder}/a.db", "watch": "no", "content": str(CONTENT), **named}
    parts = join(read_settings(settings, {}), CHANNELS, CAPABILITIES, clock := Clock())
    parts.sites.take(_read(parts.settings.content))
    async with started(parts) as runner:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        assert isinstance(runner.server, Server)
        async with ClientSession(skip_auto_headers=["Accept-Encoding", "User-Agent"]) as browser:
            yield Borough(parts, clock, site.port, browser, runner.server, runner.app[DATABASE])


class Visitor:
    """A browser with a cookie and nothing else."""

    def __init__(self, web_: Web, **headers: str) -> None:
        """`headers` come with every request, as a proxy would set them; `Accept_Encoding` stands for that header."""
        self.web, self.cookie = web_, ""
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.body = ""

    async def get(self, path: str) -> str:
        """What a page says; redirects are followed."""
        answer = self.seen(await self.web.get(path, named=self.headers, Cookie=self.cookie))
        return await self.get(answer.headers["Location"]) if answer.status == SEE_OTHER else answer.text

    def seen(self, answer: Answer) -> Answer:
        kept = re.match(r"(__Host-)?visit=[^;]*", answer.headers.get("Set-Cookie", ""))
        self.cookie = kept[0] if kept else self.cookie
        self.body = answer.text
        return answer

    async def send(self, path: str, fields: Sequence[tuple[str, str]], page: str = "") -> tuple[int, str]:
        """Status, and where it leads. What the page hides comes last: a field that is given goes before it."""
        return await self.answer(path, fields, await self.get(page or path))

    async def answer(self, path: str, fields: Sequence[tuple[str, str]], shown: str) -> tuple[int, str]:
        """The same for a page that is shown already."""
        hidden = [(name, unescape(value)) for name, value in HIDDEN.findall(shown)]
        body = urllib.parse.urlencode([*fields, *hidden]).encode()
        sent = await self.web.get(path, "POST", body, self.headers, Cookie=self.cookie, Content_Type=URLENCODED)
        answer = self.seen(sent)
        return answer.status, answer.headers.get("Location", "")

    async def upload(self, path: str, content: bytes, page: str = "") -> int:
        return (await self.uploaded(path, content, page)).status

    async def uploaded(self, path: str, content: bytes, page: str = "") -> Answer:
        """What comes of a picture that is sent with the form of a page."""
        hidden = HIDDEN.findall(page or await self.get(path))
        parts = [f'--X\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{unescape(v)}\r\n' for n, v in hidden]
        head = '--X\r\nContent-Disposition: form-data; name="answer"; filename="p.jpg"\r\n\r\n'
        body = "".join([*parts, head]).encode() + content + b"\r\n--X--\r\n"
        kind = "multipart/form-data; boundary=X"
        return await self.web.get(path, "POST", body, Cookie=self.cookie, Content_Type=kind)

    async def until(self, journey: str, steps: Sequence[tuple[str, str]]) -> None:
        for ask, value in steps:
            status, _ = await self.send(f"{journey}/{ask}", [("answer", value)], journey)
            assert status == 303, ask


async def code_of(visitor: Visitor) -> str:
    """The six digits that take a report of a missed bin elsewhere."""
    found = re.search(r">(\d{3}) (\d{3})<", await visitor.get(f"{BIN}/move"))
    assert found
    return "".join(found.groups())
