"""A process that delivers at the times it is told: `python -m bench.trials.day.worker URL KEYS FOLDER NAME=PORT ...`.

Each line of its input is a time in seconds since 1970; it answers with a line when everything due then was tried. KEYS is the file of
master keys, or "" for SQLite's own. FOLDER has the file of secrets.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from random import SystemRandom

from onestop.delivery.kinds.destination import DestinationContext
from onestop.delivery.kinds.webhook import WebhookOptions
from onestop.delivery.routes import Destinations, Routes
from onestop.delivery.worker import DeliveryWorker
from onestop.settings import read_settings
from onestop.store.connect import open_database

DESK, SECRET, SECRETS = "waste", "day", "secrets.toml"
CONNECTIONS = 4


async def deliver(url: str, keys: Path | None, folder: Path, ports: Sequence[str]) -> None:
    """Deliver until the input ends."""
    time = 0.0
    named = (port.partition("=") for port in ports)
    routes = Routes({DESK: {name: WebhookOptions(f"http://127.0.0.1:{port}/cases", SECRET) for name, _, port in named}})
    settings = read_settings({"secrets": str(folder / SECRETS), "private_destinations": "yes"}, {})
    destinations = Destinations(lambda: routes, DestinationContext.of(settings, lambda: time))
    async with open_database(url, keys, connections=CONNECTIONS) as database:
        worker = DeliveryWorker(database, destinations, lambda: time, SystemRandom())
        print("ready", flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            time = float(line)
            worker.wake()
            while worker.woken.is_set():
                # A batch that ends wakes the worker: more may be due.
                worker.woken.clear()
                await worker.once()
                await worker.idle()
                await asyncio.sleep(0)
            print("done", flush=True)


if __name__ == "__main__":
    asyncio.run(deliver(sys.argv[1], Path(sys.argv[2]) if sys.argv[2] else None, Path(sys.argv[3]), sys.argv[4:]))
    # The thread that waits for input would hold the exit.
    os._exit(0)
