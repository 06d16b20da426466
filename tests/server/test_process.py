"""`python server.py` as a process: starting, one-line errors, stopping."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from support.paths import ROOT
from support.samples.small_borough import CHANNELS, write_borough
from support.servers.running_server import Clock

from onestop.pages.find_screen import Screens
from onestop.screen import Screen
from onestop.server.app import started
from onestop.server.join import join
from onestop.server.process.serve import Progress
from onestop.settings import Settings
from onestop.site.context import Context
from server import CAPABILITIES


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(ROOT / "server.py"), *arguments]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ONESTOP_")}
    return subprocess.run(command, capture_output=True, text=True, timeout=30, env=clean, check=False)


@contextmanager
def listening() -> Iterator[int]:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_help_names_every_setting() -> None:
    said = run("--help")
    assert said.returncode == 0
    for name in ("--content", "ONESTOP_PORT", "--config", "check"):
        assert name in said.stdout


@pytest.mark.slow
def test_a_failure_to_start_is_one_line(tmp_path: Path) -> None:
    content = str(write_borough(tmp_path))
    database = f"sqlite:///{tmp_path}/onestop.db"
    (tmp_path / "text").write_text("no database, but long enough to look into " * 40)
    with listening() as port:
        wrong = [
            (["--port", str(port), "--content", content, "--database", database], f"port {port} is taken"),
            (["--port", "0", "--content", f"{tmp_path}/nowhere"], "there is no folder"),
            (
                ["--port", "0", "--content", content, "--database", f"sqlite:///{tmp_path}/text"],
                "the database cannot be used",
            ),
            (
                ["--port", "0", "--content", content, "--database", f"sqlite:///{tmp_path}/no/where"],
                "the database cannot be used",
            ),
            (["--port", "x"], "--port: `x` is not a whole number"),
        ]
        for arguments, said in wrong:
            ended = run("serve", *arguments)
            assert (ended.returncode, ended.stdout) == (1, "")
            lines = [line for line in ended.stderr.splitlines() if not line.startswith(("WARNING", "INFO"))]
            assert len(lines) == 1, ended.stderr
            assert said in lines[0]


@pytest.mark.slow
def test_a_catalogue_without_a_council_is_reported_and_not_served(tmp_path: Path) -> None:
    content = write_borough(tmp_path)
    (content / "council.yaml").write_text("name: [")
    ended = run("--content", str(content), "--port", "0", "--database", f"sqlite:///{tmp_path}/onestop.db")
    assert ended.returncode == 1
    assert "the catalogue has" in ended.stderr
    assert "council.yaml:1:" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.slow
def test_check_reports_what_it_read_and_its_faults(tmp_path: Path) -> None:
    content = write_borough(tmp_path)
    good = run("check", str(content))
    assert good.returncode == 0
    assert "1 sections, 3 services: 0 errors, 6 warnings" in good.stdout
    (content / "services" / "bins" / "garden.md").write_text('---\nnumber: "216"\n---\n')
    bad = run("check", str(content))
    assert bad.returncode == 1
    assert "garden.md:" in bad.stdout
    assert run("check", f"{tmp_path}/nowhere").returncode == 1


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_hangup_reloads_and_a_stop_signal_stops(stop: signal.Signals, tmp_path: Path) -> None:
    content = write_borough(tmp_path)
    with listening() as port:
        pass
    command = [sys.executable, str(ROOT / "server.py"), "--port", str(port), "--content", str(content), "--watch", "no"]
    command += ["--database", f"sqlite:///{tmp_path}/onestop.db", "--access-log", "yes", "--log-format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stderr
        first = process.stdout.readline()
        assert "3 services, ready after" in first
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/bins?q=secret") as answer:
            assert b"Garden waste" in answer.read()
        (content / "services" / "bins" / "garden.md").unlink()
        process.send_signal(signal.SIGHUP)
        end = time.monotonic() + 8
        while b"Garden waste" in urllib.request.urlopen(f"http://127.0.0.1:{port}/bins").read():
            assert time.monotonic() < end
            time.sleep(0.02)
        began = time.monotonic()
        process.send_signal(stop)
        out, wrong = process.communicate(timeout=10)
        assert time.monotonic() - began < 5
    assert process.returncode == 0
    assert "Traceback" not in wrong
    assert all("message" in json.loads(line) for line in wrong.splitlines())
    logged = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    assert {"path": "/bins", "status": 200, "method": "GET"}.items() <= logged[0].items()
    assert "secret" not in out
    assert "127.0.0.1" not in "".join(line for line in out.splitlines() if line.startswith("{"))


async def test_an_open_request_is_completed_when_the_server_stops(
    settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = join(settings.model_copy(update={"shutdown_seconds": 2.0}), CHANNELS, CAPABILITIES, clock)
    parts.sites.take(parts.sites.read())
    finding, loop = asyncio.Event(), asyncio.get_running_loop()

    def slowly(screens: Screens, context: Context) -> Screen | None:
        loop.call_soon_threadsafe(finding.set)
        time.sleep(0.4)
        return find(screens, context)

    find = Screens.find
    monkeypatch.setattr(Screens, "find", slowly)
    async with ClientSession() as browser:
        async with started(parts) as runner:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            asking = asyncio.ensure_future(browser.get(f"http://127.0.0.1:{site.port}/search/sofa"))
            await finding.wait()
            began = time.monotonic()
        assert time.monotonic() - began < 5
        answer = await asking
        assert answer.status == 200
        assert "</html>" in await answer.text()


def test_progress_is_printed_only_when_it_takes_long(capsys: pytest.CaptureFixture[str]) -> None:
    times = iter([0.0, 0.2, 0.9, 1.1, 1.5, 2.2])
    progress = Progress(lambda: next(times))
    for done in range(1, 6):
        progress(done * 1000, 10_000)
    assert capsys.readouterr().err.splitlines() == [
        "reading the catalogue: 3,000 of 10,000 files",
        "reading the catalogue: 5,000 of 10,000 files",
    ]
