"""Cases a second that the store alone accepts, empty and with a million cases and a hundred thousand open drafts."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from random import Random

from bench.submissions.drafts import ANSWERS
from onestop.casework.case import Submission
from onestop.store.connect import open_database
from onestop.store.database import Database, Transaction
from onestop.store.engines.sqlite import Sqlite
from onestop.store.tables import cases, drafts, sessions
from onestop.store.tables.drafts import Draft
from onestop.store.tables.editions import Edition

CLIENTS, EACH = 64, 30
EDITION = Edition("bench", "missed-bin", "title: Report a missed bin")
CASES, OPEN = 1_000_000, 100_000
AS_FAST = 0.85


def measure(scratch: Path) -> None:
    """Print the rate of a full store beside an empty one, in alternating rounds."""
    asyncio.run(_measure(scratch))


async def _measure(scratch: Path) -> None:
    rates: dict[str, list[float]] = {"empty": [], "full": []}
    async with _opened(scratch / "full.db") as full:
        await fill(full, CASES, OPEN)
        for _ in range(3):
            async with _opened(scratch / "empty.db") as empty:
                rates["empty"].append(await _round(empty))
            rates["full"].append(await _round(full))
    ratio = statistics.median(full / empty for full, empty in zip(rates["full"], rates["empty"], strict=True))
    goal = "met" if ratio >= AS_FAST else "MISSED"
    print(
        f"  with {CASES:,} cases and {OPEN:,} open drafts: {ratio:.2f} times an empty store  goal {AS_FAST:g}: {goal}"
    )


@asynccontextmanager
async def _opened(file: Path) -> AsyncIterator[Database]:
    for old in file.parent.glob(f"{file.name}*"):
        old.unlink()
    async with open_database(f"sqlite:///{file}") as database:
        yield database


async def _round(database: Database) -> float:
    """Return cases a second. Drafts are made first; then every client submits one after the other."""
    now = int(time.time())
    session, ready = await database.run(lambda tx: _drafts(tx, now, CLIENTS * EACH))
    chance = Random()

    async def client(mine: list[str]) -> None:
        for draft in mine:
            receipt = await database.run(
                partial(cases.submit, session=session, draft=draft, build=_made, chance=chance, now=now)
            )
            assert receipt is not None

    began = time.perf_counter()
    await asyncio.gather(*(client(ready[n::CLIENTS]) for n in range(CLIENTS)))
    return len(ready) / (time.perf_counter() - began)


async def _drafts(tx: Transaction, now: int, number: int) -> tuple[str, list[str]]:
    """Make a session with answered drafts, each of another journey: a session has one open draft a journey."""
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
    return Submission(
        {"reference": reference, "answers": answers}, (("waste", "folder"),), 86400 * 365, {"said": "We will come."}
    )


async def fill(database: Database, cases_held: int, open_drafts: int) -> None:
    """Insert rows as large as real ones by SQL, because a million submissions would take too long."""
    assert isinstance(database, Sqlite)
    await database.read(_nothing)
    await database.run(_nothing)
    statements = filling(cases_held, open_drafts)
    thread = database.writing.thread
    assert thread is not None
    await thread.call(lambda connection: [connection.execute(one) for one in statements])


async def _nothing(tx: Transaction) -> None:
    """Open the connection."""


NUMBERS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < {})"


def filling(cases_held: int, open_drafts: int) -> tuple[str, ...]:
    """Return the SQL statements that insert this many cases, with data key and delivery, and open drafts."""
    return (
        "BEGIN",
        "INSERT OR IGNORE INTO editions (digest, journey, source) VALUES ('full', 'full', '')",
        f"{NUMBERS.format(cases_held)} INSERT INTO cases (id, draft, reference, journey, edition, channel, language, submitted,"
        " erase_after, encrypted) SELECT printf('%08x%024x', x, x), printf('d%031x', x), printf('%010d', x), 'full', 'full', 'phone',"
        " 'en', 1, 4102444800, randomblob(700) FROM n",
        f"{NUMBERS.format(cases_held)} INSERT INTO data_keys (owner, master, wrapped)"
        " SELECT printf('%08x%024x', x, x), (SELECT name FROM masters), randomblob(60) FROM n",
        f"{NUMBERS.format(cases_held)} INSERT INTO outbox (case_id, desk, destination, state, due, tries, settled, reason)"
        " SELECT printf('%08x%024x', x, x), 'waste', 'folder', 'done', 1, 1, 1, '' FROM n",
        f"{NUMBERS.format(open_drafts)} INSERT INTO drafts (id, session, journey, edition, channel, language, standing, opened, touched,"
        " keeps, expires, revision, encrypted) SELECT printf('e%031x', x), printf('s%07d', x), 'full', 'full', 'phone', 'en', 'open', 1, 1,"
        " 86400, 4102444800, 1, randomblob(400) FROM n",
        "COMMIT",
    )  # fmt: skip
