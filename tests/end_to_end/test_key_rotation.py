"""Rotation of master keys while servers run: no request fails, all data keys are rewrapped, and an interrupted rotation continues."""

import asyncio
import base64
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from end_to_end.test_disk_failures import reference
from support.programs.databases import find_case, query, scalar
from support.resident import BIN, TO_CHECK, Resident, answer_report
from support.servers.server_process import free_port, running_server

from onestop.store.connect import open_database
from onestop.store.database import Transaction
from onestop.store.encryption import rotation
from onestop.store.encryption.master_keys import read_key_file
from onestop.store.tables import data_keys

pytestmark = pytest.mark.slow

MANY = 12_000
"""MasterKeys to be brought under the new master: too many to be done before the server can be killed."""


@pytest.fixture
def file(url: str, keys_file: Path | None) -> Path:
    return rotation.keys_file(url, keys_file)


def put_on_top(file: Path) -> str:
    """Add a new key as an operator does, replacing the file atomically; return its name."""
    write(file, base64.b64encode(os.urandom(32)).decode() + "\n" + file.read_text())
    return read_key_file(file).current.name


def write(file: Path, text: str) -> None:
    draft = file.with_name("draft")
    draft.touch(0o600)
    draft.write_text(text)
    draft.replace(file)


def until(true: Callable[[], bool]) -> None:
    for _ in range(400):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it does not become true")


async def under(url: str, keys: Path | None) -> dict[str, int]:
    """Return how many data keys each master key has wrapped, by its name."""
    async with open_database(url, keys) as database:
        return dict(
            await database.read(lambda tx: tx.rows(query("SELECT master, COUNT(*) FROM data_keys GROUP BY master")))
        )


async def answers(url: str, keys: Path | None, found: str) -> str:
    async with open_database(url, keys) as database:
        case = await database.read(lambda tx: find_case(tx, found))
        assert case is not None
        return str(case.payload)


@pytest.mark.parametrize("kind", ["postgres"])
def test_key_rotation_on_two_servers_fails_no_request(
    kind: str, url: str, keys_file: Path | None, file: Path, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        origins, logs = [], []
        for name in ("one", "other"):
            folder, port = tmp_path / name, free_port()
            folder.mkdir()
            stack.enter_context(running_server(url, keys_file, folder, port))
            origins.append(f"http://127.0.0.1:{port}")
            logs.append(folder / "log")
        begun = Resident(origins[0])
        begun.send(begun.send(begun.get(BIN), TO_CHECK[0]), TO_CHECK[1])
        sender = Resident(origins[0])
        case = reference(sender.send(answer_report(sender), {}))
        old = file.read_text()
        with busy(origins) as statuses:
            new = put_on_top(file)
            until(lambda: all("brought under" in log.read_text() for log in logs))
            write(file, file.read_text().removesuffix(old))
            until(lambda: all(log.read_text().count("read again") >= 3 for log in logs))
        assert len(statuses) > 20 and set(statuses) == {200}
        for origin in origins:
            begun.origin = origin
            assert "Was it out by 6:30am?" in begun.get(BIN).body
        assert "grey" in asyncio.run(answers(url, keys_file, case))
        assert set(asyncio.run(under(url, keys_file))) == {new}


@contextmanager
def busy(origins: list[str]) -> Iterator[list[int]]:
    """Answer questions on alternating servers in the background; collect every status."""
    statuses: list[int] = []
    over = threading.Event()

    def go_on() -> None:
        turn = 0
        while not over.is_set():
            resident = Resident(origins[turn % 2])
            page = resident.get(BIN)
            for sent in TO_CHECK:
                page = resident.send(page, sent)
                statuses.append(page.status)
                turn += 1
                resident.origin = origins[turn % 2]

    worker = threading.Thread(target=go_on)
    worker.start()
    try:
        yield statuses
    finally:
        over.set()
        worker.join()


@pytest.mark.parametrize("kind", ["sqlite"])
def test_an_interrupted_key_rotation_continues_after_a_restart(
    kind: str, url: str, keys_file: Path | None, file: Path, tmp_path: Path
) -> None:
    port = free_port()
    resident = Resident(f"http://127.0.0.1:{port}")
    with running_server(url, keys_file, tmp_path, port) as process:
        resident.send(resident.send(resident.get(BIN), TO_CHECK[0]), TO_CHECK[1])
        asyncio.run(fill(url, keys_file))
        old = file.read_text()
        new = put_on_top(file)
        until(lambda: asyncio.run(under(url, keys_file)).get(new, 0) > 0)
        os.kill(process.pid, signal.SIGKILL)
    half = asyncio.run(under(url, keys_file))
    assert len(half) == 2 and all(half.values())
    with running_server(url, keys_file, tmp_path, port):
        assert "Was it out by 6:30am?" in resident.get(BIN).body
        until(lambda: "brought under" in (tmp_path / "log").read_text())
        assert set(asyncio.run(under(url, keys_file))) == {new}
        write(file, file.read_text().removesuffix(old))
        page = resident.send(resident.get(BIN), TO_CHECK[2])
        assert "tag on the handle" in page.body
    assert set(asyncio.run(under(url, keys_file))) == {new}


async def fill(url: str, keys: Path | None) -> None:
    async def make(tx: Transaction) -> None:
        for number in range(MANY):
            await data_keys.make(tx, f"owner {number}")

    async with open_database(url, keys) as database:
        await database.run(make)
        assert await scalar(database, "SELECT COUNT(*) FROM data_keys") == MANY + 1
