"""Work beside what is being answered: for as long as something else lasts, or in a thread that holds up no end of the process."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

T = TypeVar("T")


@asynccontextmanager
async def background_task(work: Coroutine[object, object, None]) -> AsyncIterator[None]:
    """Run `work`, which has no end of its own, for as long as the context lasts."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def run_in_daemon_thread(work: Callable[[], T]) -> T:
    """Run `work` in a thread that dies with the process: the loop's own threads would be waited for when it stops."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(call: Callable[..., None], value: object) -> None:
        if not future.done():
            call(value)

    def run() -> None:
        call: Callable[..., None]
        try:
            value, call = work(), future.set_result
        except BaseException as wrong:
            value, call = wrong, future.set_exception  # type: ignore[assignment]
        # The loop may be gone by now, and then nobody waits.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, call, value)

    threading.Thread(target=run, daemon=True, name="background").start()
    return await future
