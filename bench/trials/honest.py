"""Legitimate clients: readers of public pages, and residents who report missed bins and retry after a 503."""

import http.client
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from support.resident import ADDRESS, BIN, TO_CHECK, Resident, Seen

from bench.trials.ledger import Ledger

PAGES = (
    "/",
    "/bins",
    "/bins/missed-bin",
    "/tv/bins/missed-bin/2",
    "/kiosk/bins",
    "/text/bins/missed-bin",
    "/search?q=parking",
)
REFERENCE = re.compile(r"(\d{3}) (\d{3}) (\d{4})")
OK, BUSY = 200, 503


class Stopped(Exception):
    """The trial ended before the journey did."""


@dataclass
class HonestClients:
    """`readers` and `residents` are how many there are, `pause` the seconds between the requests of one client."""

    port: int
    readers: int
    residents: int
    pause: float = 0.1
    ledger: Ledger = field(default_factory=Ledger)
    stop: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def running(self) -> Iterator[Ledger]:
        """Run until the context ends."""
        clients = [threading.Thread(target=self._read, args=(number,)) for number in range(self.readers)]
        clients += [threading.Thread(target=self._report) for _ in range(self.residents)]
        for client in clients:
            client.start()
        try:
            yield self.ledger
        finally:
            self.stop.set()
            for client in clients:
                client.join()

    def _read(self, number: int) -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            while not self.stop.wait(self.pause):
                path = PAGES[(number := number + 1) % len(PAGES)]
                try:
                    line.request("GET", path)
                    answer = line.getresponse()
                    answer.read()
                except (OSError, http.client.HTTPException) as why:
                    self.ledger.failed.append(f"GET {path}: {why!r}")
                    line.close()
                    continue
                self._count(answer.status, path)

    def _count(self, status: int, path: str) -> None:
        if status == OK:
            with self.lock:
                self.ledger.read += 1
        elif status == BUSY:
            self._refused()
        else:
            self.ledger.failed.append(f"GET {path}: {status}")

    def _refused(self) -> None:
        with self.lock:
            self.ledger.refused += 1

    def _report(self) -> None:
        while not self.stop.wait(self.pause):
            try:
                self.ledger.acknowledged.append(self._journey(Resident(f"http://127.0.0.1:{self.port}")))
            except Stopped:
                return
            except (OSError, AssertionError, http.client.HTTPException) as why:
                self.ledger.failed.append(f"a journey: {why!r}"[:300])

    def _journey(self, resident: Resident) -> str:
        """Report a missed bin; return its reference."""
        page = self._patiently(resident, lambda: resident.get(BIN))
        for sent in (*TO_CHECK, {"answer": (ADDRESS,)}):
            page = self._patiently(resident, lambda page=page, sent=sent: resident.send(page, sent))  # type: ignore[misc]
        if page.address.endswith("/stands"):
            page = self._patiently(resident, lambda: resident.send(page, {"do": ("skip",)}))
        page = self._patiently(resident, lambda: resident.send(page, {"answer": ("none",)}))
        assert page.address.endswith("/check"), (page.status, page.address)
        page = self._patiently(resident, lambda: resident.send(page, {}))
        found = REFERENCE.search(page.body)
        assert page.status == OK and found, (page.status, page.address)
        return "".join(found.groups())

    def _patiently(self, resident: Resident, ask: Callable[[], Seen]) -> Seen:
        """Send a request; while the response is 503, send its form again, as the button on it does."""
        page = ask()
        while page.status == BUSY:
            assert page.headers.get("retry-after"), "a refusal without Retry-After"
            self._refused()
            if self.stop.is_set():
                raise Stopped
            time.sleep(0.5)
            page = resident.send(page, {}) if "<form" in page.body and 'method="post"' in page.body else ask()
        if self.stop.wait(self.pause / 4):
            raise Stopped
        return page
