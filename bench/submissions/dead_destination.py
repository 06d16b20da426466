"""Cases accepted a second while one of a desk's two destinations is dead, beside the same desk with both alive."""

import asyncio
import base64
import re
import shutil
import statistics
import tempfile
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from support.servers.server_process import free_port

from bench.submissions.clients import send_all
from bench.submissions.drafts import DraftDatabase, prepare
from bench.submissions.rates import CLIENTS, EACH, other_core, serving

ROUNDS, AS_FAST = 3, 0.9
SECRET = "dead"  # the name of the secret, not the secret
DESK = re.compile(r"^waste: (\{.*\})$", re.MULTILINE)
ANSWER = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        await reader.readexactly(int(head.partition("content-length: ")[2].split("\r\n")[0]))
        writer.write(ANSWER)
        await writer.drain()
    writer.close()


async def _hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError, asyncio.CancelledError):
        await reader.read()
        await asyncio.sleep(3600)


STATES: dict[str, Serve | None] = {"alive": _answer, "refuses": None, "hangs": _hang}
"""What the second destination does: answers, refuses connections, or takes a request and never answers."""


def measure(content: Path) -> None:
    """Print the rates and their ratios within rounds."""
    with tempfile.TemporaryDirectory() as scratch, other_core():
        folder = Path(scratch)
        ready = prepare(content, folder / "ready.db", CLIENTS * EACH)
        (secrets := folder / "secrets.toml").write_text(f'{SECRET} = "whsec_{base64.b64encode(bytes(32)).decode()}"\n')
        secrets.chmod(0o600)
        rates: dict[str, list[float]] = {state: [] for state in STATES}
        for number in range(ROUNDS):
            for state in STATES if number % 2 else reversed(STATES):
                rates[state].append(_round(folder, content, ready, state, secrets))
    print(f"\nCases acknowledged, {CLIENTS} residents who press Send, with a second destination that ...")
    for state, found in rates.items():
        ratio = statistics.median(one / alive for one, alive in zip(found, rates["alive"], strict=True))
        goal = "" if state == "alive" else f"  goal {AS_FAST:g}: {'met' if ratio >= AS_FAST else 'MISSED'}"
        print(f"  {state:8} {statistics.median(found):8,.0f} a second  {ratio:5.2f} times one that is alive{goal}")


def _round(folder: Path, content: Path, ready: DraftDatabase, state: str, secrets: Path) -> float:
    """Return the cases acknowledged a second."""
    mine = ready.copied(folder / f"{state}.db")
    with _receiver(STATES[state]) as port:
        here = _with_destination(content, folder / f"content-{state}", port)
        settings = {"secrets": str(secrets), "private_destinations": "yes"}
        with serving("durable", mine.file, here, **settings) as (server, _):
            return send_all(
                server, mine.sending(), CLIENTS, lambda head: b"HTTP/1.1 303" in head and b"/ask/done\r" in head
            ).rate


def _with_destination(content: Path, folder: Path, port: int) -> Path:
    """Return a copy of `content` in which the desk has a folder and a webhook at `port`."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(content, folder)
    webhook = f'{{kind: webhook, url: "http://127.0.0.1:{port}/cases", secret: {SECRET}}}'
    desks = folder / "desks.yaml"
    text, times = DESK.subn(
        rf"waste:\n  name: \1\n  destinations:\n    - {{kind: folder}}\n    - {webhook}",
        desks.read_text(encoding="utf-8"),
    )
    assert times == 1, "desks.yaml has no such desk"
    desks.write_text(text, encoding="utf-8")
    return folder


@contextmanager
def _receiver(serve: Serve | None) -> Iterator[int]:
    """Run a receiver in a thread and yield its port; without `serve` nothing listens there."""
    if serve is None:
        yield free_port()
        return
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(serve, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
