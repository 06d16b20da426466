"""Background work: a task that runs while a context lasts, and a thread that does not delay the end of the process."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

T = TypeVar("T")


@asynccontextmanager
async def background_task(work: Coroutine[object, object, None]) -> AsyncIterator[None]:
    """Run `work`, which never returns, as a task until the context ends."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def run_in_daemon_thread(work: Callable[[], T]) -> T:
    """Run `work` in a daemon thread and return its result: the threads of the event loop's executor are joined at exit."""
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
        # The event loop may be closed by now: then the result is not needed.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, call, value)

    threading.Thread(target=run, daemon=True, name="background").start()
    return await future
