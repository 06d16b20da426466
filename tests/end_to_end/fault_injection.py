"""Faults for a server: a full disk, and a database connection that is cut, silent or one-way."""

import os
import select
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest


@dataclass(frozen=True)
class Disk:
    """A small disk that a test can fill."""

    folder: Path

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self) -> None:
        """Fill the disk completely."""
        with self._ballast.open("ab", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(4096))

    def make_room(self) -> None:
        self._ballast.unlink()


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Disk]:
    """Mount a disk of `size` ("3m") at `folder`; skip the test where mounting is not permitted."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here, so none can be full: {mounted.stderr.strip()}")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def as_others() -> list[str]:
    """Return a command prefix that makes file permissions apply to root too."""
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


Passing = Literal["open", "cut", "silent", "mute"]


@dataclass
class Line:
    """A TCP relay to the database's socket `there`, on a port of its own, with four states.

    open: bytes pass both ways; cut: connections are closed and refused; silent: bytes are dropped both ways; mute: bytes from the
    database are dropped.
    """

    there: str
    passing: Passing = "open"
    port: int = 0
    pairs: dict[socket.socket, socket.socket] = field(default_factory=dict)
    ours: set[socket.socket] = field(default_factory=set)
    over: bool = False

    @contextmanager
    def joined(self) -> Iterator["Line"]:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
            worker = threading.Thread(target=self._carry, args=(listener,), daemon=True)
            worker.start()
            try:
                yield self
            finally:
                self.over = True
                worker.join()
                self._close_all()

    def _carry(self, listener: socket.socket) -> None:
        while not self.over:
            if self.passing == "cut":
                self._close_all()
            waiting = [listener, *(self.pairs if self.passing in ("open", "mute") else ())]
            ready, _, _ = select.select(waiting, [], [], 0.02)
            for end in ready:
                if end is listener:
                    self._let_in(listener)
                elif end in self.pairs:
                    self._pass_on(end)

    def _let_in(self, listener: socket.socket) -> None:
        near, _ = listener.accept()
        far = socket.socket(socket.AF_UNIX)
        try:
            if self.passing == "cut":
                raise OSError
            far.connect(self.there)
        except OSError:
            near.close()
            far.close()
            return
        self.pairs |= {near: far, far: near}
        self.ours.add(near)

    def _pass_on(self, end: socket.socket) -> None:
        try:
            data = end.recv(1 << 16)
            if data and (self.passing == "open" or end in self.ours):
                self.pairs[end].sendall(data)
        except OSError:
            data = b""
        if not data:
            self._close(end)

    def _close(self, end: socket.socket) -> None:
        for one in (end, self.pairs.pop(end)):
            self.pairs.pop(one, None)
            self.ours.discard(one)
            one.close()

    def _close_all(self) -> None:
        for end in list(self.ours):
            self._close(end)
