"""A server that is killed after GOV.UK Notify took a message and before that was recorded: the message is not sent again."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest
from delivery.desks import Clock
from messages.sending import notify_carrier, worker_of, worker_with
from messages.told_case import PHONE, entries, told_case
from support.paths import ROOT
from support.samples.journey_samples import NOW
from support.servers.notify_stand_in import notify_stand_in

from onestop.messages.worker import LEASE
from onestop.store.connect import open_database
from onestop.store.messages import queue

PROCESS = """
import asyncio, sys
from pathlib import Path
sys.path[:0] = sys.argv[4:]
from messages.test_killed_sender import send_all

asyncio.run(send_all(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
"""


async def send_all(database: str, notify: str, folder: Path) -> None:
    async with open_database(database) as opened:
        clock = Clock(NOW)
        await worker_with(opened, notify_carrier(notify, folder, clock), clock).once()


@pytest.mark.slow
async def test_a_message_taken_when_the_server_was_killed_is_sent_once(tmp_path: Path) -> None:
    url, clock, taken = f"sqlite:///{tmp_path}/a.db", Clock(NOW), asyncio.Event()

    async def hold() -> None:
        taken.set()
        await asyncio.sleep(30)

    async with notify_stand_in(clock) as notify:
        notify.after_accepting = hold
        async with open_database(url) as database:
            case = await told_case(database, PHONE)
            await database.run(lambda tx: queue.enqueue(tx, case, "accepted", int(NOW), about=""))
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", PROCESS, url, notify.url, str(tmp_path), str(ROOT), str(ROOT / "tests")
        )
        await asyncio.wait_for(taken.wait(), 60)
        process.send_signal(signal.SIGKILL)
        assert await process.wait() == -signal.SIGKILL
        notify.after_accepting = None
        async with open_database(url) as database:
            worker = worker_of(database, notify, tmp_path, clock)
            await worker.once()
            assert [one.split()[0] for one in notify.requests] == ["POST"]
            clock.now += LEASE
            await worker.once()
            (entry,) = await entries(database, case)
    assert [one.split()[0] for one in notify.requests] == ["POST", "GET"]
    assert len(notify.accepted) == 1 and (entry.state, entry.tries) == ("sent", 2)
