"""The real server with every step of its event loop timed: `python -m bench.trials.watched_server FILE serve ...`.

Steps of more than `NOTED` seconds of processor time are written to FILE, one a line. Time spent waiting for a processor does not
count: other programs on the machine would be measured with it.
"""

import asyncio
import gc
import sys
from collections.abc import Callable, Coroutine, Generator
from pathlib import Path
from time import perf_counter, thread_time
from types import TracebackType
from typing import Any, TextIO

import uvloop
from aiohttp import web

from onestop.server.connection import Connection
from server import main

NOTED = 0.005


class Stopwatch:
    """Writes long steps: label, processor time, wall time and the share of garbage collection, in ms, separated by tabs."""

    def __init__(self, file: TextIO) -> None:
        self.file = file
        self.collecting = self._began = self._began_wall = 0.0
        self._within = False
        gc.callbacks.append(self._collect)

    def run(self, label: Callable[[], str], step: Callable[..., Any], *arguments: Any) -> Any:
        """Run one step of the event loop."""
        wall, collected, began = perf_counter(), self.collecting, thread_time()
        self._within = True
        try:
            return step(*arguments)
        finally:
            self._within = False
            self._note(label, thread_time() - began, perf_counter() - wall, self.collecting - collected)

    def _note(self, label: Callable[[], str], *times: float) -> None:
        # The last collection comes after the file is closed.
        if times[0] > NOTED and not self.file.closed:
            self.file.write("\t".join((label(), *(f"{seconds * 1000:.1f}" for seconds in times))) + "\n")

    def _collect(self, phase: str, _: dict[str, int]) -> None:
        if phase == "start":
            self._began, self._began_wall = thread_time(), perf_counter()
            return
        spent = thread_time() - self._began
        self.collecting += spent
        if not self._within:
            # A collection between requests is a step of its own (onestop/server/process/garbage.py).
            self._note(lambda: "garbage collection", spent, perf_counter() - self._began_wall, spent)


class TimedCoroutine(Coroutine[Any, Any, Any]):
    """A coroutine whose every step is timed."""

    def __init__(self, inner: Coroutine[Any, Any, Any], watch: Stopwatch) -> None:
        self.inner, self.watch = inner, watch
        self.frame = getattr(inner, "cr_frame", None)

    def label(self) -> str:
        """Return the name of the coroutine, and of the request that it handles where it has one."""
        values = self.frame.f_locals if self.frame else {}
        request = values.get("request") or getattr(values.get("self"), "_current_request", None)
        about = f" {request.method} {request.path[:60]}" if isinstance(request, web.BaseRequest) else ""
        return getattr(self.inner, "__qualname__", type(self.inner).__name__) + about.replace("\t", " ")

    def send(self, value: Any) -> Any:
        return self.watch.run(self.label, self.inner.send, value)

    def throw(self, kind: Any, value: Any = None, where: TracebackType | None = None) -> Any:
        return self.watch.run(self.label, self.inner.throw, kind if value is None else value)

    def close(self) -> None:
        self.inner.close()

    def __await__(self) -> Generator[Any, Any, Any]:
        return self.inner.__await__()


def watch_loop(watch: Stopwatch) -> None:
    """Make every event loop time its tasks, and every connection what it does with bytes that arrive."""
    fresh, received = uvloop.new_event_loop, Connection.data_received

    def loop() -> asyncio.AbstractEventLoop:
        made: asyncio.AbstractEventLoop = fresh()
        made.set_task_factory(lambda loop, coro, **named: asyncio.Task(TimedCoroutine(coro, watch), loop=loop, **named))
        return made

    def data_received(self: Connection, data: bytes) -> None:
        watch.run(lambda: "Connection.data_received", received, self, data)

    uvloop.new_event_loop = loop  # type: ignore[assignment]
    Connection.data_received = data_received  # type: ignore[method-assign]


if __name__ == "__main__":
    with Path(sys.argv[1]).open("a", buffering=1) as steps:
        watch_loop(Stopwatch(steps))
        sys.exit(main(sys.argv[2:]))
