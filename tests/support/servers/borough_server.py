"""The demonstration borough served in the test's own process, and visitors of it, on a clock that the test sets."""

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
from support.servers.running_server import Answer, Clock, RunningServer

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
    """Read the content once: no test changes it, and reading takes longer than most tests."""
    words = tuple(capability.words for capability in CAPABILITIES if capability.words)
    return Sites(content, CHANNELS, words=words).read()


@dataclass
class Borough(RunningServer):
    """A running server and its database."""

    database: Database

    async def post(self, path: str, fields: Sequence[tuple[str, str]], cookie: str) -> Answer:
        """POST a form without reading its page first."""
        body = urllib.parse.urlencode(fields).encode()
        return await self.get(path, "POST", body, Cookie=cookie, Content_Type=URLENCODED)

    async def everything(self, sent: bytes) -> bytes:
        """Send bytes; return all that the server sends until it closes the connection or pauses for 0.4 s."""
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
    """Serve the demonstration borough with these settings and its database in `folder`."""
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
    """A browser that keeps a session cookie and nothing else."""

    def __init__(self, web_: RunningServer, **headers: str) -> None:
        """Send `headers` with every request, as a proxy would; `Accept_Encoding` means Accept-Encoding."""
        self.web, self.cookie = web_, ""
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.body = ""

    async def get(self, path: str) -> str:
        """Return the body of a page; follow redirects."""
        answer = self.seen(await self.web.get(path, named=self.headers, Cookie=self.cookie))
        return await self.get(answer.headers["Location"]) if answer.status == SEE_OTHER else answer.text

    def seen(self, answer: Answer) -> Answer:
        kept = re.match(r"(__Host-)?visit=[^;]*", answer.headers.get("Set-Cookie", ""))
        self.cookie = kept[0] if kept else self.cookie
        self.body = answer.text
        return answer

    async def send(self, path: str, fields: Sequence[tuple[str, str]], page: str = "") -> tuple[int, str]:
        """GET a page and POST its form; return the status and the Location. `fields` override the hidden fields, which come last."""
        return await self.answer(path, fields, await self.get(page or path))

    async def answer(self, path: str, fields: Sequence[tuple[str, str]], shown: str) -> tuple[int, str]:
        """POST the form of a page that was fetched before; return the status and the Location."""
        hidden = [(name, unescape(value)) for name, value in HIDDEN.findall(shown)]
        body = urllib.parse.urlencode([*fields, *hidden]).encode()
        sent = await self.web.get(path, "POST", body, self.headers, Cookie=self.cookie, Content_Type=URLENCODED)
        answer = self.seen(sent)
        return answer.status, answer.headers.get("Location", "")

    async def upload(self, path: str, content: bytes, page: str = "") -> int:
        return (await self.uploaded(path, content, page)).status

    async def uploaded(self, path: str, content: bytes, page: str = "") -> Answer:
        """POST the form of a page with a photo; return the response."""
        hidden = HIDDEN.findall(page or await self.get(path))
        parts = [f'--X\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{unescape(v)}\r\n' for n, v in hidden]
        head = '--X\r\nContent-Disposition: form-data; name="answer"; filename="p.jpg"\r\n\r\n'
        body = "".join([*parts, head]).encode() + content + b"\r\n--X--\r\n"
        kind = "multipart/form-data; boundary=X"
        return await self.web.get(path, "POST", body, self.headers, Cookie=self.cookie, Content_Type=kind)

    async def until(self, journey: str, steps: Sequence[tuple[str, str]]) -> None:
        for ask, value in steps:
            status, _ = await self.send(f"{journey}/{ask}", [("answer", value)], journey)
            assert status == 303, ask


async def code_of(visitor: Visitor) -> str:
    """Return the six digits with which another device takes over a report of a missed bin."""
    found = re.search(r">(\d{3}) (\d{3})<", await visitor.get(f"{BIN}/move"))
    assert found
    return "".join(found.groups())
