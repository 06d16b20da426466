"""A cache on disk: chunks of plain values, each with its digest, readable only by the version of Onestop that wrote them.

The values are written with `marshal`, which is fast but must never read bytes of somebody else's. A file is therefore read only if
it belongs to this process's account, nobody else may read or write it, and the digest of every chunk is right.
"""

import marshal
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from onestop.authoring.source import digest

DIGEST_BYTES = 16
LENGTH_BYTES = 8
_MACHINE = (sys.implementation.cache_tag, sys.hexversion, marshal.version, sys.maxsize, sys.byteorder)
PARSERS = ("markdown-it-py", "opening-hours-py", "pydantic", "PyYAML", "snowballstemmer")
"""Libraries whose version affects the result of parsing."""


@cache
def version_stamp() -> bytes:
    """Return a digest of everything that decides how values are made: this interpreter, our own source code, the parsers."""
    seen = blake2b(repr(_MACHINE).encode(), digest_size=DIGEST_BYTES)
    package = Path(__file__).parent
    for folder in (package, package.parent / "authoring", package.parent / "screen"):
        for file in sorted(folder.rglob("*.py")):
            seen.update(file.read_bytes())
    for name in PARSERS:
        seen.update(version(name).encode())
    return seen.digest()


def read_chunks(path: Path) -> Iterator[Any]:
    """Yield the value of each chunk. Stops without an error at the first thing that is missing, damaged or not ours."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as opened:
            stamp = version_stamp()
            if _is_private(opened) and opened.read(len(stamp)) == stamp:
                yield from _intact(opened)
    except OSError:
        return


def _is_private(opened: IO[bytes]) -> bool:
    """Return whether the file is a regular one of this account that no other account can read or write."""
    found = os.fstat(opened.fileno())
    ours = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
    return stat.S_ISREG(found.st_mode) and ours and not found.st_mode & 0o077


def _intact(opened: IO[bytes]) -> Iterator[Any]:
    size = os.fstat(opened.fileno()).st_size
    while True:
        head = opened.read(LENGTH_BYTES + DIGEST_BYTES)
        length = int.from_bytes(head[:LENGTH_BYTES], "big")
        if len(head) < LENGTH_BYTES + DIGEST_BYTES or length > size:
            return
        payload = opened.read(length)
        if digest(payload) != head[LENGTH_BYTES:]:
            return
        yield marshal.loads(payload)  # noqa: S302 (a private file of ours, and the digest is right)


def write_chunks(path: Path, chunks: Iterable[Any]) -> None:
    """Replace the file by one with these chunks, atomically and readable by this account only. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(version_stamp())
            for chunk in chunks:
                payload = marshal.dumps(chunk)
                opened.write(len(payload).to_bytes(LENGTH_BYTES, "big") + digest(payload))
                opened.write(payload)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
