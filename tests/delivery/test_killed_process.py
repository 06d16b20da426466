"""A server process that is killed while a receiver has a case, and before its answer is written down."""

import asyncio
import json
import signal
import sys
from pathlib import Path
from random import Random

import pytest
from aiohttp import web
from delivery.desks import Clock, context_of, rounds, sent
from delivery.http_receiver import receiver
from delivery.test_webhook import NEW
from support.paths import ROOT
from support.samples.journey_samples import NOW

from onestop.delivery.kinds.webhook import WebhookOptions
from onestop.delivery.routes import Destinations, Routes
from onestop.delivery.worker import LEASE, DeliveryWorker
from onestop.store.connect import open_database
from onestop.store.tables import outbox

PROCESS = """
import asyncio, sys
from pathlib import Path
from random import Random
sys.path[:0] = sys.argv[4:]
from delivery.test_killed_process import worker_on
from onestop.store.connect import open_database

async def main():
    async with open_database(sys.argv[1]) as database:
        worker = worker_on(database, Path(sys.argv[3]), sys.argv[2])
        await worker.once()
        await worker.idle()

asyncio.run(main())
"""


def worker_on(database, folder: Path, url: str, clock: Clock | None = None) -> DeliveryWorker:  # type: ignore[no-untyped-def]
    routes = Routes({"waste": {"folder": WebhookOptions(url, "depot")}})
    context = context_of(folder, private_destinations="yes", secrets=str(folder / "secrets.toml"))
    return DeliveryWorker(database, Destinations(lambda: routes, context), clock or Clock(), Random(1))


@pytest.mark.slow
async def test_a_case_taken_when_the_server_was_killed_comes_again_with_its_id(tmp_path: Path) -> None:
    (tmp_path / "secrets.toml").write_text(f"depot = {json.dumps(NEW)}")
    (tmp_path / "secrets.toml").chmod(0o600)
    url = f"sqlite:///{tmp_path}/a.db"
    taken = asyncio.Event()

    async def waits(_: web.Request) -> web.StreamResponse:
        taken.set()
        if len(server.came) == 1:
            await asyncio.sleep(30)
        return web.Response()

    async with receiver(waits) as server:
        async with open_database(url) as database:
            case = await sent(database)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", PROCESS, url, server.url, str(tmp_path), str(ROOT), str(ROOT / "tests")
        )
        await asyncio.wait_for(taken.wait(), 60)
        process.send_signal(signal.SIGKILL)
        assert await process.wait() == -signal.SIGKILL
        async with open_database(url) as database:
            clock = Clock(NOW)
            await rounds(worker_on(database, tmp_path, server.url, clock))
            assert len(server.came) == 1
            clock.now += LEASE
            await rounds(worker_on(database, tmp_path, server.url, clock))
            (entry,) = await database.read(lambda tx: outbox.entries_of_case(tx, case))
    first, second = server.came
    assert (entry.progress, entry.tries) == ("accepted", 2)
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
