"""Cases acknowledged a second: everybody's commits together, one commit each, and without a disk; and with a million cases stored."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from onestop.casework.case import Submission
from onestop.store import cases, drafts, sessions
from onestop.store.database import Database, Transaction, open_database
from onestop.store.drafts import Draft, Edition
from onestop.store.sqlite import Sqlite

CLIENTS, EACH = 64, 30
GOALS = {"one commit each": 2.5, "no disk": 0.45}
ANSWERS = {
    "day": "today",
    "bin": "grey",
    "out": "out",
    "tag": "none",
    "home": "12 High Street, EM4 2QT",
    "tell": "none",
}
EDITION = Edition("bench", "missed-bin", "title: Report a missed bin")
CASES, OPEN = 1_000_000, 100_000
AS_FAST = 0.85


@dataclass(frozen=True, slots=True)
class Taken:
    """Acknowledged submissions a second, and the 99th percentile of how long one waited, in ms."""

    rate: float
    p99: float


def measure(folder: Path | None = None) -> None:
    """Prints the rates, the ratios within rounds, and what a full store does to them."""
    with tempfile.TemporaryDirectory() as scratch:
        asyncio.run(_measure(Path(scratch)))


async def _measure(scratch: Path) -> None:
    peers = {
        "together": f"{scratch}/together.db",
        "one commit each": f"{scratch}/single.db",
        "no disk": "/dev/shm/onestop-bench.db",
    }
    taken: dict[str, list[Taken]] = {name: [] for name in peers}
    for _ in range(3):
        for name, file in peers.items():
            async with _opened(Path(file), single=name == "one commit each") as database:
                taken[name].append(await _round(database))
    print(
        f"\nCases acknowledged, {CLIENTS} clients, each an answered draft made a case with its reference and its parcel"
    )
    for name, rounds in taken.items():
        ratio = statistics.median(ours.rate / other.rate for ours, other in zip(taken["together"], rounds, strict=True))
        goal = f"  goal {GOALS[name]:g}: {'met' if ratio >= GOALS[name] else 'MISSED'}" if name in GOALS else ""
        rate, p99 = (statistics.median(getattr(one, what) for one in rounds) for what in ("rate", "p99"))
        print(f"  {name:16} {rate:8,.0f} a second  p99 {p99:6.1f} ms  together is {ratio:5.2f} times{goal}", flush=True)
    await _full(scratch)


async def _full(scratch: Path) -> None:
    """The same with many cases and drafts already there, by turns with an empty store."""
    rates: dict[str, list[float]] = {"empty": [], "full": []}
    async with _opened(scratch / "full.db", single=False) as full:
        await _fill(full)
        for _ in range(3):
            async with _opened(scratch / "empty.db", single=False) as empty:
                rates["empty"].append((await _round(empty)).rate)
            rates["full"].append((await _round(full)).rate)
    ratio = statistics.median(full / empty for full, empty in zip(rates["full"], rates["empty"], strict=True))
    goal = "met" if ratio >= AS_FAST else "MISSED"
    print(
        f"  with {CASES:,} cases and {OPEN:,} open drafts: {ratio:.2f} times an empty store  goal {AS_FAST:g}: {goal}"
    )


@asynccontextmanager
async def _opened(file: Path, *, single: bool) -> AsyncIterator[Database]:
    for old in file.parent.glob(f"{file.name}*"):
        old.unlink()
    async with open_database(f"sqlite:///{file}") as database:
        if single and isinstance(database, Sqlite):
            database.writing.most = 1
        yield database


async def _round(database: Database) -> Taken:
    """Make drafts first; then every client submits one after the other."""
    now = int(time.time())
    session, ready = await database.run(lambda tx: _drafts(tx, now, CLIENTS * EACH))
    chance, waits = Random(), list[float]()

    async def client(mine: list[str]) -> None:
        for draft in mine:
            began = time.perf_counter()
            receipt = await database.run(
                partial(cases.submit, session=session, draft=draft, build=_made, chance=chance, now=now)
            )
            assert receipt is not None
            waits.append((time.perf_counter() - began) * 1000)

    began = time.perf_counter()
    await asyncio.gather(*(client(ready[n::CLIENTS]) for n in range(CLIENTS)))
    return Taken(len(ready) / (time.perf_counter() - began), sorted(waits)[int(len(waits) * 0.99) - 1])


async def _drafts(tx: Transaction, now: int, number: int) -> tuple[str, list[str]]:
    """A visit with so many answered drafts, each of a journey of its own: a visit has one of each open."""
    _, session = await sessions.begin(tx, "phone", now, idle=86400, whole=86400)
    made = []
    for n in range(number):
        edition = Edition(f"bench-{n}", f"journey-{n}", EDITION.source)
        draft = await drafts.begin(tx, session.id, edition, channel="phone", language="en", keeps=86400, now=now)
        for ask, value in ANSWERS.items():
            await drafts.save_answer(tx, session.id, draft.id, ask, value, seen=0, now=now)
        made.append(draft.id)
    return session.id, made


def _made(draft: Draft, reference: str) -> Submission:
    answers = [{"ask": ask, "question": f"What about {ask}?", "said": said} for ask, said in draft.answers.items()]
    return Submission({"reference": reference, "answers": answers}, ("waste",), 86400 * 365, {"said": "We will come."})


async def _fill(database: Database) -> None:
    """Rows as large as real ones, by SQL: nobody waits for a million submissions."""
    assert isinstance(database, Sqlite)
    await database.read(_nothing)
    await database.run(_nothing)
    carrier = database.writing.carrier
    assert carrier is not None
    await carrier.do(lambda connection: [connection.execute(statement) for statement in FILLING])


async def _nothing(tx: Transaction) -> None:
    """Opens the connection."""


NUMBERS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < {})"
FILLING = (
    "BEGIN",
    "INSERT OR IGNORE INTO editions (digest, journey, source) VALUES ('full', 'full', '')",
    f"{NUMBERS.format(CASES)} INSERT INTO cases SELECT printf('%08x%024x', x, x), printf('d%031x', x), printf('%010d', x), 'full', 'full',"
    " 'phone', 'en', 1, 4102444800, randomblob(700) FROM n",
    f"{NUMBERS.format(CASES)} INSERT INTO data_keys SELECT printf('%08x%024x', x, x), (SELECT name FROM masters), randomblob(60) FROM n",
    f"{NUMBERS.format(CASES)} INSERT INTO outbox SELECT printf('%08x%024x', x, x), 'waste', 'done', 1, 1, 1, '' FROM n",
    f"{NUMBERS.format(OPEN)} INSERT INTO drafts SELECT printf('e%031x', x), printf('s%07d', x), 'full', 'full', 'phone', 'en', 'open', 1,"
    " 1, 86400, 4102444800, 1, randomblob(400) FROM n",
    "COMMIT",
)  # fmt: skip
