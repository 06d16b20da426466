"""Disk failures: a full disk, a missing or read-only database, a full or missing outbox."""

import asyncio
import re
import shutil
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from end_to_end.fault_injection import as_others, small_disk
from support.programs.databases import find_case, query
from support.programs.system_programs import need
from support.resident import ADDRESS, ADDRESS_FIELDS, BIN, TO_CHECK, Resident, Seen, answer_report
from support.servers.server_process import free_port, running_server

from onestop.journeys.values.postal_address import split_address
from onestop.store.connect import open_database

pytestmark = pytest.mark.slow

COUNT = query("SELECT COUNT(*) FROM cases")
REFERENCE = re.compile(r"(\d{3}) (\d{3}) (\d{4})")
SORRY, DRWG = "We could not take that just now", "Ni allem dderbyn hynny ar hyn o bryd"


def until_home(resident: Resident, prefix: str = "") -> Seen:
    """Answer up to the question for the address."""
    page = resident.get(prefix + BIN)
    for sent in TO_CHECK:
        page = resident.send(page, sent)
    return page


def reference(page: Seen) -> str:
    found = REFERENCE.search(page.body)
    assert page.address.endswith("/done") and found, page.body
    return "".join(found.groups())


async def stored(url: str, keys: Path | None, references: list[str]) -> tuple[int, set[str]]:
    """Return the number of cases, and those of these references that exist."""
    async with open_database(url, keys) as database:
        count = await database.read(lambda tx: tx.row(COUNT))
        assert count is not None
        found = [one for one in references if await database.read(partial(find_case, reference=one))]
    return int(count[0]), set(found)


def test_a_full_disk_acknowledges_nothing_and_recovers_with_room(
    tmp_path: Path,
) -> None:
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    with small_disk(tmp_path / "disk", "3m") as disk:
        url = f"sqlite:///{disk.folder}/onestop.db"
        with running_server(url, None, tmp_path, port):
            ready = [Resident(origin) for _ in range(8)]
            checks = [answer_report(resident) for resident in ready]
            welsh = Resident(origin)
            page = until_home(welsh, "/cy")
            disk.fill()
            sent = [resident.send(check, {}) for resident, check in zip(ready, checks, strict=True)]
            refused = fill_up(welsh, page)
            for one in (*(one for one in sent if one.status != 200), refused):
                assert one.status == 503 and one.headers["retry-after"] == "30", one.body
            assert DRWG in refused.body and 'lang="cy"' in refused.body
            assert any(SORRY in one.body for one in sent)
            disk.make_room()
            made = [
                reference(one if one.status == 200 else resident.send(one, {}))
                for resident, one in zip(ready, sent, strict=True)
            ]
            kept = welsh.send(refused, {})
            assert kept.status == 200
            given, shown = split_address(welsh.hidden(refused)["answer"]), welsh.get(f"/cy{BIN}/home").body
            assert not [part for part in given if part and f'value="{part}"' not in shown]
        assert asyncio.run(stored(url, None, made)) == (len(made), set(made))
    assert "Traceback" not in (tmp_path / "log").read_text()


def fill_up(resident: Resident, page: Seen) -> Seen:
    """Answer until an answer cannot be stored: the log may still have some room."""
    for n in range(400):
        answered = resident.send(page, {"answer": (f"{ADDRESS}",) if n % 2 else (f"Flat {n}, {ADDRESS}",)})
        if answered.status != 200:
            return answered
        page = resident.get(f"/cy{BIN}/home")
    raise AssertionError("the disk is not full")


def test_a_database_that_is_moved_or_read_only_is_reopened(tmp_path: Path) -> None:
    """Rights hold for the server as for everybody else, also where tests are run by root."""
    first = as_others()
    need(first[0] if first else "python3")
    port, here, away = free_port(), tmp_path / "here", tmp_path / "away"
    here.mkdir()
    away.mkdir()
    file = here / "onestop.db"
    resident = Resident(f"http://127.0.0.1:{port}")
    with running_server(f"sqlite:///{file}", None, tmp_path, port, prefix=first):
        page = until_home(resident)
        move(here, away)
        gone = resident.send(page, {"answer": (ADDRESS,)})
        assert gone.status == 503 and SORRY in gone.body
        assert resident.get(BIN).status == 503
        assert resident.get("/bins/missed-bin").status == 200
        restore(away, here, 0o444)
        assert "What is the address" in resident.get(BIN).body
        # The first write detects another file, the next one that it is read-only.
        still = resident.send(resident.send(gone, {}), {})
        assert still.status == 503 and SORRY in still.body
        file.chmod(0o644)
        assert resident.send(still, {}).status == 200
        assert ADDRESS_FIELDS.search(resident.get(f"{BIN}/home").body)
    log = (tmp_path / "log").read_text()
    assert "the file cannot be opened" in log and "the file is read-only" in log and "Traceback" not in log


def move(here: Path, there: Path) -> None:
    for file in list(here.glob("onestop.db*")):
        file.rename(there / file.name)


def restore(there: Path, here: Path, rights: int) -> None:
    """Restore a copy of the database, the main file last, so that no one opens an incomplete one."""
    for name in ("onestop.db-wal", "onestop.db"):
        if (there / name).exists():
            shutil.copy(there / name, here / f"{name}.copied")
            (here / f"{name}.copied").chmod(rights if name == "onestop.db" else 0o644)
            (here / f"{name}.copied").rename(here / name)


def test_an_outbox_gets_every_case_once_after_it_was_full_or_missing(tmp_path: Path) -> None:
    port = free_port()
    origin, log = f"http://127.0.0.1:{port}", tmp_path / "log"
    with small_disk(tmp_path / "disk", "1m") as disk:
        outbox = disk.folder / "outbox"
        with running_server(f"sqlite:///{tmp_path}/onestop.db", None, tmp_path, port, outbox=str(outbox)):
            arrived(outbox, submitted(origin))
            disk.fill()
            waiting = submitted(origin)
            until(lambda: "No space left" in log.read_text())
            assert not (outbox / "waste" / f"{waiting}.json").exists()
            disk.make_room()
            outbox.rename(disk.folder / "elsewhere")
            outbox.mkdir()
            late = submitted(origin)
            until(lambda: "No such file" in log.read_text())
            outbox.rmdir()
            (disk.folder / "elsewhere").rename(outbox)
            for one in (waiting, late):
                arrived(outbox, one)
        assert len(list((outbox / "waste").iterdir())) == 3
    assert "Traceback" not in log.read_text()


def submitted(origin: str) -> str:
    resident = Resident(origin)
    return reference(resident.send(answer_report(resident), {}))


def arrived(outbox: Path, reference: str) -> None:
    until((outbox / "waste" / f"{reference}.json").exists)


def until(true: Callable[[], bool]) -> None:
    """Wait until the condition is true: retries come after at most 5 and 10 seconds."""
    for _ in range(300):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it does not become true")
