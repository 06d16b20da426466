"""The master keys: a file of them, one a line, the first for new seals and the others to open older ones."""

import base64
import binascii
import hashlib
import hmac
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from onestop.store.failing import Unreadable

LENGTH = 32


@dataclass(frozen=True, slots=True)
class Master:
    """One master key. Its name says which it is and nothing about it."""

    key: bytes = field(repr=False)
    name: str = field(init=False)
    cipher: AESGCM = field(init=False, repr=False, compare=False)
    marking: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", hashlib.sha256(b"onestop master key:" + self.key).hexdigest()[:16])
        object.__setattr__(self, "cipher", AESGCM(self.key))
        object.__setattr__(self, "marking", hmac.digest(self.key, b"onestop codes", "sha256"))

    def mark(self, code: str) -> str:
        """A digest of a short code that nobody without this key can make, or find the code from."""
        return hmac.digest(self.marking, code.encode(), "sha256").hex()


@dataclass(frozen=True, slots=True)
class Keys:
    """Every master key there is, the current one first."""

    masters: tuple[Master, ...]

    @property
    def current(self) -> Master:
        return self.masters[0]

    def led_by(self, name: str) -> "Keys":
        """The same keys, this one of them current."""
        return Keys(tuple(sorted(self.masters, key=lambda master: master.name != name)))

    def named(self, name: str) -> Master | None:
        return next((master for master in self.masters if master.name == name), None)


NO_KEYS = Keys(())


def read_keys(file: Path) -> Keys:
    """The keys in `file`: base64 of 32 bytes, one a line; blank lines and lines that begin with # are passed over."""
    try:
        lines = file.read_text(encoding="ascii").splitlines()
    except OSError as why:
        raise Unreadable(f"the keys {file}: {why.strerror}") from None
    except UnicodeDecodeError:
        raise Unreadable(f"the keys {file}: not a text file of base64 keys") from None
    masters = tuple(
        Master(_key(file, number, line.strip()))
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#")
    )
    if not masters:
        raise Unreadable(f"the keys {file}: holds no key; `head -c 32 /dev/urandom | base64` makes one")
    return Keys(masters)


def _key(file: Path, number: int, line: str) -> bytes:
    try:
        key = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != LENGTH:
        raise Unreadable(f"the keys {file}: line {number} is not the base64 of {LENGTH} bytes")
    return key


def make_keys(file: Path) -> None:
    """Make a file with one new key that only its owner may read, whole or not at all; leave one that is there."""
    draft = file.with_name(f"{file.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(opened, base64.b64encode(os.urandom(LENGTH)) + b"\n")
            os.fsync(opened)
        finally:
            os.close(opened)
        try:
            # A link, unlike a rename, leaves alone what another process made a moment ago.
            with suppress(FileExistsError):
                file.hardlink_to(draft)
        finally:
            draft.unlink()
        _settle(file.parent)
    except OSError as why:
        raise Unreadable(f"the keys {file}: cannot be made: {why.strerror}") from None


def _settle(folder: Path) -> None:
    """A new name is on the disk when its folder is."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
