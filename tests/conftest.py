"""What every test may count on: the demonstration borough, read once, and a real server on a real port."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from onestop.catalogue.load import Loaded, load

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
TODAY = date(2026, 11, 23)
# A machine that has other work to do is slow at making examples; that says nothing of what is tested.
settings.register_profile("busy", suppress_health_check=[HealthCheck.too_slow], deadline=None)
settings.load_profile("busy")


@pytest.fixture(scope="session")
def borough() -> Loaded:
    """The demonstration borough as its loader reads it."""
    return load(CONTENT, TODAY)


@pytest.fixture(scope="session")
def server_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server of `origin` keeps what it keeps."""
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="session")
def outbox(server_folder: Path) -> Path:
    """The folder its cases are delivered to."""
    return server_folder / "outbox"


@pytest.fixture(scope="session")
def origin(server_folder: Path) -> Iterator[str]:
    """The address of `python server.py` serving the demonstration borough in a process of its own."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = server_folder
    log = (folder / "log").open("wb")
    command = [sys.executable, str(ROOT / "server.py"), "serve", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--content", str(CONTENT), "--database", f"sqlite:///{folder}/onestop.db"]
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
    for _ in range(200):
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"no answer at {address}: {log.read_text()}")
