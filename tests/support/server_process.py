"""`python server.py`, serving in a process of its own on a real port."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from support.paths import ROOT


@contextmanager
def serving(folder: Path, content: Path) -> Iterator[str]:
    """The address of a server of `content` that keeps what it keeps in `folder`, its outbox in `folder/outbox`."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (folder / "log").open("wb")
    command = [sys.executable, str(ROOT / "server.py"), "serve", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--content", str(content), "--database", f"sqlite:///{folder}/onestop.db"]
    command += ["--outbox", str(folder / "outbox"), "--access-log", "yes", "--speech-ahead", "no"]
    with log, subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, env=_environment()) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/healthz", server, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            assert server.wait(timeout=10) == 0, (folder / "log").read_text()
    said = (folder / "log").read_text()
    assert not re.search("Traceback", said), said


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("ONESTOP_")}


def _wait(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(1200):
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"no answer at {address}: {log.read_text()}")
