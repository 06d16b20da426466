"""The demonstration borough on a Monday at ten, for as long as it is looked at."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

from support.borough_server import borough


@contextmanager
def frozen_server(folder: Path) -> Iterator[str]:
    """The address of a server in a thread of its own, whose time does not pass. It reads nothing aloud, as where no engine is installed."""
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
