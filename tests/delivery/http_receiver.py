"""A web server on loopback that receives what destinations send, with faults that a test decides."""

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import trustme
from aiohttp import web
from aiohttp.test_utils import TestServer

from onestop.delivery.kinds.destination import Parcel, PhotoFile

CASE = "00c0ffee" * 4
PARCEL = Parcel(
    CASE,
    "waste",
    "1234567890",
    {"reference": "1234567890", "submitted": "2026-11-28T00:00:00+00:00", "answers": [{"said": "Stryd y Bont"}]},
    (PhotoFile("1234567890-1.jpg", b"\xff\xd8 picture"),),
)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Received:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """A running server: `answer` makes each response, `came` is what was received."""

    answer: Handler
    came: list[Received] = field(default_factory=list)
    url: str = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.came.append(Received(request.method, request.path_qs, headers, await request.read()))
        return await self.answer(request)


def answering(status: int, text: str = "", **headers: str) -> Handler:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, text=text, headers={k.replace("_", "-"): v for k, v in headers.items()})

    return answer


@asynccontextmanager
async def receiver(answer: Handler, tls: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    """Run a server that takes every request; the path of `url` is /cases."""
    made = Receiver(answer)
    app = web.Application(client_max_size=50_000_000)
    app.router.add_route("*", "/{path:.*}", made.handle)
    server = TestServer(app, scheme="https" if tls else "http")
    await server.start_server(ssl=tls)
    try:
        made.url = str(server.make_url("/cases"))
        yield made
    finally:
        await server.close()


def authority(folder: Path, *names: str, authority: trustme.CA | None = None) -> tuple[ssl.SSLContext, Path]:
    """Return a server's TLS context for the names, and the file of the authority that signed its certificate."""
    ca = authority or trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(*names).configure_cert(tls)
    file = folder / "authority.pem"
    ca.cert_pem.write_to_path(str(file))
    return tls, file
