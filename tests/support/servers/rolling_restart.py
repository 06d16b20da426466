"""Servers that run behind a proxy, and the load of readers and residents while they are restarted one after the other."""

import http.client
import os
import re
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from support.paths import CONTENT, ROOT
from support.programs.shipped_proxy import any_certificate
from support.resident import Resident, answer_report

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


@dataclass
class RestartLoad:
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
    """Start a server that trusts a proxy and drains when it is told to stop; return it when it is ready."""
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


def restart_each(
    stack: ExitStack,
    servers: Sequence["subprocess.Popen[bytes]"],
    ports: Sequence[int],
    url: str,
    keys: Path | None,
    folder: Path,
) -> None:
    """Stop and start one server after the other; each must exit with 0."""
    for server, port in zip(servers, ports, strict=True):
        server.terminate()
        assert server.wait(30) == 0
        start(stack, port, url, keys, folder)
        time.sleep(2)
