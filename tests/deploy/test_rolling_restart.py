"""Two servers behind the shipped proxy files, restarted one after the other under load: no request fails, no case is lost."""

import http.client
import os
import re
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from support.databases import keys_file, postgres_server, url
from support.paths import CONTENT, ROOT
from support.resident import Resident, answer_report
from support.shipped_proxy import PROXIES, any_certificate, free_port

pytestmark = pytest.mark.slow
__all__ = ["keys_file", "postgres_server", "url"]
READERS, RESIDENTS = 48, 16
PAGES = (
    "/",
    "/bins",
    "/bins/missed-bin",
    "/tv/bins/missed-bin/2",
    "/text/bins/missed-bin",
    "/cy/bins",
    "/search?q=parking",
)


@pytest.fixture
def kind() -> str:
    return "postgres"


@dataclass
class Load:
    """Clients, and the errors they have seen until `stop`."""

    https: int
    stop: threading.Event = field(default_factory=threading.Event)
    read: list[int] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[None]:
        clients = [threading.Thread(target=self._reader, args=(n,)) for n in range(READERS)]
        clients += [threading.Thread(target=self._resident) for _ in range(RESIDENTS)]
        for client in clients:
            client.start()
        try:
            yield
        finally:
            self.stop.set()
            for client in clients:
                client.join()

    def _reader(self, number: int) -> None:
        with closing(
            http.client.HTTPSConnection("localhost", self.https, timeout=60, context=any_certificate())
        ) as line:
            while not self.stop.is_set():
                path = PAGES[(number := number + 1) % len(PAGES)]
                try:
                    line.request("GET", path)
                    answer = line.getresponse()
                    answer.read()
                    (self.read.append if answer.status == 200 else self._note)(answer.status)
                except (OSError, http.client.HTTPException) as why:
                    self._note(f"GET {path}: {why!r}")
                    line.close()
                self.stop.wait(0.1)

    def _resident(self) -> None:
        while not self.stop.is_set():
            resident = Resident(f"https://localhost:{self.https}")
            secured = urllib.request.HTTPSHandler(context=any_certificate())
            cookies = urllib.request.HTTPCookieProcessor(resident.jar)
            resident.opener = urllib.request.build_opener(secured, cookies)
            try:
                page = resident.send(answer_report(resident), {})
                found = re.search(r"(\d{3}) (\d{3}) (\d{4})", page.body)
                assert page.status == 200 and found, page.body[-300:]
                self.references.append("".join(found.groups()))
            except (OSError, AssertionError) as why:
                self._note(f"a journey: {why!r}")

    def _note(self, what: object) -> None:
        self.failed.append(str(what))


def start(stack: ExitStack, port: int, url: str, keys: Path | None, folder: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, str(ROOT / "server.py"), "--port", str(port), "--content", str(CONTENT), "--watch", "no"]
    command += ["--database", url, "--keys", str(keys), "--outbox", str(folder / "outbox"), "--proxy", "yes"]
    command += ["--drain-seconds", "3", "--speech", "off", "--shutdown-seconds", "2"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ONESTOP_")}
    log = stack.enter_context((folder / f"log-{port}").open("ab"))
    process = stack.enter_context(subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, env=clean))
    stack.callback(process.kill)
    end = time.monotonic() + 120
    while True:
        assert time.monotonic() < end and process.poll() is None, (folder / f"log-{port}").read_text()
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
            return process
        except OSError:
            time.sleep(0.1)


@pytest.mark.parametrize("proxy", PROXIES)
def test_no_request_fails_during_a_rolling_restart(proxy: str, url: str, keys_file: Path, tmp_path: Path) -> None:
    ports = (free_port(), free_port())
    with ExitStack() as stack:
        servers = [start(stack, port, url, keys_file, tmp_path) for port in ports]
        https, _ = stack.enter_context(PROXIES[proxy](tmp_path, ports))
        load = Load(https)
        with load.running():
            time.sleep(3)
            for number, port in enumerate(ports):
                servers[number].terminate()
                assert servers[number].wait(30) == 0
                servers[number] = start(stack, port, url, keys_file, tmp_path)
                time.sleep(2)
        print(f"{proxy}: {len(load.read)} pages, {len(load.references)} cases, {len(load.failed)} failed")
        assert load.failed == []
        assert len(load.read) > 500 and len(load.references) > 10
        assert len(set(load.references)) == len(load.references)
        _until_delivered(tmp_path / "outbox", set(load.references))


def _until_delivered(outbox: Path, references: set[str]) -> None:
    end = time.monotonic() + 150
    while missing := references - {file.stem.replace(" ", "") for file in outbox.glob("*/*.json")}:
        assert time.monotonic() < end, (missing, sorted(outbox.glob("*/*"))[:3])
        time.sleep(0.5)


@pytest.mark.parametrize("proxy", PROXIES)
def test_the_proxy_hides_operator_paths_and_serves_old_televisions(
    proxy: str, url: str, keys_file: Path, tmp_path: Path
) -> None:
    ports = (free_port(), free_port())
    with ExitStack() as stack:
        start(stack, ports[0], url, keys_file, tmp_path)
        https, plain = stack.enter_context(PROXIES[proxy](tmp_path, ports))
        for path in ("/metrics", "/preview/bins", "/preview", "/readyz", "/livez", "/healthz"):
            assert _status("https", https, path)[0] == 404, path
        assert _status("https", https, "/bins")[0] == 200
        assert _status("http", plain, "/tv/bins")[0] == 200
        status, headers = _status("http", plain, "/bins")
        assert status == 301
        assert (headers["Location"] or "").startswith("https://localhost")


def _status(scheme: str, port: int, path: str) -> tuple[int, http.client.HTTPMessage]:
    line = (
        http.client.HTTPSConnection("localhost", port, context=any_certificate())
        if scheme == "https"
        else http.client.HTTPConnection("localhost", port)
    )
    with closing(line):
        line.request("GET", path)
        answer = line.getresponse()
        return answer.status, answer.headers
