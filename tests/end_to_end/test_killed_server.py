"""A server killed repeatedly at random moments: every acknowledged case exists and is counted once, and drafts can be continued."""

import asyncio
import json
import os
import random
import re
import signal
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from support.programs.databases import find_case, scalar
from support.resident import BIN, TO_CHECK, Resident, answer_report
from support.servers.server_process import free_port, running_server

from onestop.store.connect import open_database

pytestmark = pytest.mark.slow

ROUNDS, CLIENTS = 7, 8
ACKNOWLEDGED = (15, 60)
"""How many submissions are acknowledged in a round before the server is killed: at least and at most."""
ENOUGH = 200
"""Submissions acknowledged in all, on each database."""


def keep_submitting(origin: str, told: list[str], stop: threading.Event) -> None:
    """Complete journeys until the server is gone; collect every reference that was shown."""
    while not stop.is_set():
        try:
            resident = Resident(origin)
            page = resident.send(answer_report(resident), {})
            found = re.search(r"(\d{3}) (\d{3}) (\d{4})", page.body)
            if page.status == 200 and found:
                told.append("".join(found.groups()))
        except (OSError, AssertionError, urllib.error.URLError, ValueError):
            return


def wait_for(told: list[str], count: int, seconds: float = 300) -> None:
    """Wait until so many submissions have been acknowledged: a busy machine takes longer."""
    end = time.monotonic() + seconds
    while len(told) < count:
        assert time.monotonic() < end, f"{len(told)} of {count}"
        time.sleep(0.01)


@pytest.mark.parametrize("seed", [20261125])
def test_no_acknowledged_case_is_lost_or_duplicated(
    seed: int, url: str, keys_file: Path | None, tmp_path: Path
) -> None:
    chance, told = random.Random(seed), list[str]()
    port = free_port()
    waiting = Resident(f"http://127.0.0.1:{port}")
    for number in range(ROUNDS):
        with running_server(url, keys_file, tmp_path, port) as process:
            if number == 0:
                waiting.send(waiting.send(waiting.get(BIN), TO_CHECK[0]), TO_CHECK[1])
            else:
                assert "Was it out by 6:30am?" in waiting.get(BIN).body
            stop = threading.Event()
            clients = [
                threading.Thread(target=keep_submitting, args=(f"http://127.0.0.1:{port}", told, stop))
                for _ in range(CLIENTS)
            ]
            for client in clients:
                client.start()
            wait_for(told, len(told) + chance.randint(*ACKNOWLEDGED))
            time.sleep(chance.random() / 10)
            os.kill(process.pid, signal.SIGKILL)
            stop.set()
            for client in clients:
                client.join()
    assert len(told) >= ENOUGH
    stored = asyncio.run(_stored(url, keys_file, told))
    assert [reference for reference in told if not stored[reference]] == []
    assert max(Counter(told).values()) == 1
    assert len(set(stored.values())) == len(told)
    counted, there = asyncio.run(_counted(url, keys_file))
    assert counted == there
    delivered = [json.loads(file.read_text())["case"] for file in (tmp_path / "outbox").glob("[!.]*/*.json")]
    assert len(delivered) == len(set(delivered))


async def _stored(url: str, keys: Path | None, told: list[str]) -> dict[str, str]:
    """Return the case id of each reference, "" for none."""
    async with open_database(url, keys) as database:
        found = {reference: await database.read(partial(find_case, reference=reference)) for reference in told}
    return {reference: case.id if case else "" for reference, case in found.items()}


async def _counted(url: str, keys: Path | None) -> tuple[dict[str, object], dict[str, object]]:
    """Return the events that were counted, and how many there must be by what is stored."""
    events = "SELECT CAST(COALESCE(SUM(times), 0) AS BIGINT) FROM event_counts WHERE event = "
    stored = {
        "started": "SELECT COUNT(*) FROM drafts WHERE revision > 0",
        "completed": "SELECT COUNT(*) FROM cases",
        "presses": "SELECT COUNT(*) FROM cases",
        "delivered": "SELECT COUNT(*) FROM cases WHERE delivered IS NOT NULL",
        "given up": "SELECT 0",
    }
    async with open_database(url, keys) as database:
        return (
            {kind: await scalar(database, f"{events}'{kind}'") for kind in stored},
            {kind: await scalar(database, sql) for kind, sql in stored.items()},
        )
