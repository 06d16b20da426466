"""Parsing many files in parallel: one share in this process, one in a worker process for each further core."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from onestop.catalogue.source.service_file import ServiceFile, read_service

MANY = 2000
"""With fewer files than this, another process is not worth its start."""
MOST_SHARES = 4

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """A file to parse."""

    name: str
    path: Path
    file: ServiceFile
    translation: bool


ReadFiles = dict[str, ServiceFile]


def read_all(jobs: Sequence[Job], today: date, progress: Progress | None = None) -> ReadFiles:
    """Return the parsed files by name. `progress` is called with the numbers of files done and of all."""
    count = min(_cores(), MOST_SHARES) if len(jobs) >= MANY else 1
    own, *others = (jobs[start::count] for start in range(count))
    with ExitStack() as running:
        started = [running.enter_context(_Share(share, today)) for share in others]
        found: ReadFiles = {}
        for done, (name, file) in enumerate(_read(own, today), 1):
            found[name] = file
            if progress and (done % 100 == 0 or done == len(own)):
                progress(min(done * count, len(jobs)), len(jobs))
        for share in started:
            found |= share.found()
    return found


def _read(jobs: Sequence[Job], today: date) -> Iterator[tuple[str, ServiceFile]]:
    return ((job.name, read_service(job.path, job.file, translation=job.translation, today=today)) for job in jobs)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Share:
    """The share of a worker process. Both sides use temporary files and no pipes, so that neither can block the other."""

    def __init__(self, jobs: Sequence[Job], today: date) -> None:
        self.jobs, self.today = jobs, today
        self.request, self.response = _file(), _file()
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "_Share":
        pickle.dump((self.jobs, self.today), self.request)
        self.request.seek(0)
        command = [sys.executable, "-c", "from onestop.catalogue.source.worker_processes import work; work()"]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path or "." for path in sys.path)}
        try:
            # A session of its own: Ctrl-C goes to the server only, which ends its workers itself.
            self.process = subprocess.Popen(  # noqa: S603 (our own interpreter and command)
                command, stdin=self.request, stdout=self.response, env=environment, start_new_session=True
            )
        except OSError:
            self.process = None
        return self

    def __exit__(self, *problem: object) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
        self.request.close()
        self.response.close()

    def found(self) -> ReadFiles:
        """Return what the worker has parsed; if it failed, parse the share here."""
        if self.process and self.process.wait() == 0:
            self.response.seek(0)
            found: ReadFiles = pickle.load(self.response)  # noqa: S301 (what our own process wrote)
            return found
        return dict(_read(self.jobs, self.today))


def _file() -> IO[bytes]:
    return TemporaryFile(prefix="onestop-")


def work() -> None:
    """Entry point of a worker: parse the share on standard input, and write the result to standard output."""
    jobs, today = pickle.load(sys.stdin.buffer)  # noqa: S301 (what our own process wrote)
    pickle.dump(dict(_read(jobs, today)), sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)
