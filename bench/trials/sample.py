"""External measurements of a server: memory, descriptors, response times of one client, and long steps of its event loop."""

import http.client
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bench.load import resident_megabytes
from bench.trials.loop_steps import LoopStep, read_steps

PAGE = "/bins/missed-bin"


@dataclass
class PageProbe:
    """Requests one ready page again and again on a connection of its own. `waits` are milliseconds since they were last taken."""

    port: int
    pause: float = 0.03
    page: str = PAGE
    waits: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Probe until told to stop."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            while not self.stop.wait(self.pause):
                began = time.perf_counter()
                try:
                    line.request("GET", self.page)
                    answer = line.getresponse()
                    answer.read()
                    if answer.status != 200:
                        self.failed.append(f"probe: {answer.status}")
                except (OSError, http.client.HTTPException) as why:
                    self.failed.append(f"probe: {why!r}")
                    line.close()
                self.waits.append((time.perf_counter() - began) * 1000)

    def take(self) -> list[float]:
        """Return the waits since the last call."""
        taken, self.waits = self.waits, []
        return taken


@dataclass
class Watched:
    """A server process and the file of its long steps."""

    pid: int
    steps: Path
    base: float = field(init=False)
    peak: float = field(init=False)
    _read: int = field(init=False)

    def __post_init__(self) -> None:
        self.base = self.peak = resident_megabytes(self.pid)
        self._read = len(self.all_steps())

    def memory(self) -> float:
        """Return the resident memory in MB, and remember the largest."""
        now = resident_megabytes(self.pid)
        self.peak = max(self.peak, now)
        return now

    def descriptors(self) -> int:
        return len([*Path(f"/proc/{self.pid}/fd").iterdir()])

    def all_steps(self) -> list[LoopStep]:
        return read_steps(self.steps.read_text(encoding="utf-8"))

    def new_steps(self) -> list[LoopStep]:
        """Return the long steps since the last call."""
        steps = self.all_steps()
        new = steps[self._read :]
        self._read = len(steps)
        return new
