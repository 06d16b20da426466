"""Several server processes on one port: the kernel gives each new connection to one of them (SO_REUSEPORT)."""

import ctypes
import logging
import os
import signal
import sys
import time
from collections.abc import Callable

FORWARDED = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
PAUSE = 1.0
"""Seconds before a worker that was killed is started again."""
SET_DEATH_SIGNAL = 1
log = logging.getLogger("onestop")


def run_workers(count: int, work: Callable[[int], int]) -> int:
    """Run `work(number)` in `count` processes until SIGTERM or SIGINT; return the exit status.

    Signals are forwarded to all workers. A worker that is killed is restarted; one that exits with an error stops all of them.
    """
    running: dict[int, int] = {}
    stopping = False

    def forward(signum: int, _: object) -> None:
        nonlocal stopping
        stopping = stopping or signum != signal.SIGHUP
        for process in running:
            os.kill(process, signum)

    for signum in FORWARDED:
        signal.signal(signum, forward)
    for number in range(count):
        running[_start(number, work)] = number
    status = 0
    while running:
        process, ended = os.wait()
        number = running.pop(process)
        code = os.waitstatus_to_exitcode(ended)
        if code < 0 and not stopping:
            log.error("worker %d (process %d) was killed by signal %d: starting another", number, process, -code)
            time.sleep(PAUSE)
            if not stopping:
                running[_start(number, work)] = number
            continue
        # A worker that has just been started may end by the forwarded signal itself: its own handler is not installed yet.
        status = status or (0 if stopping and -code in FORWARDED else abs(code))
        if not stopping:
            forward(signal.SIGTERM, None)
    return status


def _start(number: int, work: Callable[[int], int]) -> int:
    """Start one worker; return its process id."""
    parent = os.getpid()
    process = os.fork()
    if process:
        return process
    for signum in FORWARDED:
        signal.signal(signum, signal.SIG_DFL)
    if sys.platform == "linux":
        # A worker whose parent is killed must not go on holding the port.
        ctypes.CDLL(None).prctl(SET_DEATH_SIGNAL, signal.SIGTERM)
    status = 1
    try:
        status = work(number) if os.getppid() == parent else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
