"""The demonstration borough served at a fixed time, a Monday at ten."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

from support.servers.borough_server import borough


@contextmanager
def frozen_server(folder: Path) -> Iterator[str]:
    """Serve from a thread with a clock that stands still and without speech; yield the origin."""
    loop, ended, at = asyncio.new_event_loop(), asyncio.Event(), Queue[str]()

    async def serve() -> None:
        async with borough(folder, speech="off") as web:
            at.put(f"http://127.0.0.1:{web.port}")
            await ended.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        yield at.get(timeout=60)
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(timeout=10)
        loop.close()
