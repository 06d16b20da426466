"""`python server.py` in a process of its own on a free port."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from support.paths import CONTENT, ROOT

from bench.trials.loop_steps import read_steps

START_SECONDS = 120
"""Far more than a start takes, however busy the machine is."""
LONGEST_STEP = 100.0
"""Milliseconds of processor time of one step of the event loop, collections apart. The bound is 20, which tests/server holds: beside
browsers and databases the same step takes several times as long, and this must not fail for that."""


def free_port() -> int:
    """Return a port that nothing listens on now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(address: str, process: "subprocess.Popen[Any]", seconds: float = START_SECONDS) -> None:
    """Wait until GET `address` returns 200. Raise RuntimeError if the process ends first, or in `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"{address}: the server has stopped")
        try:
            with urllib.request.urlopen(address, timeout=2) as response:
                if response.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"no answer at {address} in {seconds} s")


@contextmanager
def running_server(
    database: str,
    keys: Path | None,
    folder: Path,
    port: int,
    content: Path = CONTENT,
    prefix: Sequence[str] = (),
    program: Sequence[str] = (str(ROOT / "server.py"),),
    **more: str,
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a server and kill it at the end if it still runs.

    `keys` is its file of master keys, `folder` its working directory and that of its log, `prefix` what its command begins with (such
    as setpriv), `program` what Python runs, `more` are other settings.
    """
    settings = {"host": "127.0.0.1", "port": str(port), "content": str(content), "database": database}
    settings |= {"outbox": str(folder / "outbox"), "speech_ahead": "no", "watch": "no"}
    settings |= ({"keys": str(keys)} if keys else {}) | more
    command = [*prefix, sys.executable, *program, "serve"]
    command += [part for name, value in settings.items() for part in (f"--{name.replace('_', '-')}", value)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ONESTOP_")}
    environment["PYTHONPATH"] = str(ROOT)
    log = folder / "log"
    with (
        log.open("ab") as out,
        subprocess.Popen(command, stdout=out, stderr=out, cwd=folder, env=environment) as process,
    ):
        try:
            try:
                wait_until_ready(f"http://127.0.0.1:{port}/healthz", process)
            except RuntimeError as error:
                raise AssertionError(f"{error}: {log.read_text()[-2000:]}") from None
            yield process
        finally:
            process.kill()


@contextmanager
def serving(folder: Path, content: Path) -> Iterator[str]:
    """Serve `content` with the database, the outbox and the log in `folder`; yield the origin.

    At the end the server is told to stop. It must exit with 0, must have logged no traceback, and no request may have held its event
    loop for LONGEST_STEP.
    """
    port, steps = free_port(), folder / "steps"
    more = {"access_log": "yes", "watch": "yes"}
    program = ("-m", "bench.trials.watched_server", str(steps))
    with running_server(
        f"sqlite:///{folder}/onestop.db", None, folder, port, content, program=program, **more
    ) as process:
        started = steps.stat().st_size
        yield f"http://127.0.0.1:{port}"
        found = read_steps(steps.read_text(encoding="utf-8")[started:])
        long = [step for step in found if step.spent - step.collecting > LONGEST_STEP]
        process.terminate()
        status = process.wait(timeout=60)
    log = (folder / "log").read_text()
    assert status == 0, log
    assert "Traceback" not in log, log
    assert not long, long
