"""Measures the processor time of every callback that the server runs on the event loop of a test.

Thread time, not wall time: a busy machine must not fail a test. Compiling templates and collecting garbage are left out: the first is
done before the server listens, the second is no one request's work.
"""

import asyncio
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import thread_time
from typing import Any

import jinja2
from aiohttp import web
from support.paths import ROOT

PRODUCT = str(ROOT / "onestop")
LIMIT = 0.020
"""Seconds for which one request may hold the event loop."""


class Watchdog:
    """`stalls` are the callbacks that took longer than LIMIT, with their seconds."""

    def __init__(self) -> None:
        self.stalls: list[tuple[str, float]] = []
        self.longest = 0.0
        self._excluded = 0.0

    @contextmanager
    def watching(self) -> Iterator["Watchdog"]:
        """Watch until the context ends."""
        run, compiled = asyncio.Handle._run, jinja2.Environment.compile
        began = 0.0

        def timed(handle: Any) -> None:
            label = _server_callback(handle._callback)
            if not label:
                run(handle)
                return
            before, excluded = thread_time(), self._excluded
            run(handle)
            self._note(label, thread_time() - before - (self._excluded - excluded))

        def compiling(*arguments: Any, **named: Any) -> Any:
            before = thread_time()
            try:
                return compiled(*arguments, **named)
            finally:
                self._excluded += thread_time() - before

        def collecting(phase: str, _: dict[str, int]) -> None:
            nonlocal began
            if phase == "start":
                began = thread_time()
            else:
                self._excluded += thread_time() - began

        asyncio.Handle._run = timed  # type: ignore[assignment, method-assign]
        jinja2.Environment.compile = compiling  # type: ignore[method-assign]
        gc.callbacks.append(collecting)
        try:
            yield self
        finally:
            asyncio.Handle._run = run  # type: ignore[method-assign]
            jinja2.Environment.compile = compiled  # type: ignore[method-assign]
            gc.callbacks.remove(collecting)

    def _note(self, label: str, seconds: float) -> None:
        self.longest = max(self.longest, seconds)
        if seconds > LIMIT:
            self.stalls.append((label, round(seconds, 4)))


def _server_callback(callback: Callable[..., object]) -> str:
    """Return a label for a callback of the server, "" for one of the test or its client."""
    owner = getattr(callback, "__self__", None)
    if isinstance(owner, asyncio.Task):
        coroutine = owner.get_coro()
        code = getattr(coroutine, "cr_code", None)
        if code is not None and (
            code.co_filename.startswith(PRODUCT) or code.co_filename.endswith("aiohttp/web_protocol.py")
        ):
            return str(code.co_qualname)
    protocol = getattr(owner, "_protocol", None)
    return f"{type(protocol).__name__}.data_received" if isinstance(protocol, web.RequestHandler) else ""
