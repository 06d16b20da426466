"""The key file: master keys, one a line, the first for encryption and all of them for decryption."""

import base64
import binascii
import hashlib
import hmac
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from onestop.store.errors import StoreUnusable, Unavailable
from onestop.store.private_file import check_private

LENGTH = 32


@dataclass(frozen=True, slots=True)
class MasterKey:
    """One master key. Its name identifies it and reveals nothing about it."""

    key: bytes = field(repr=False)
    name: str = field(init=False)
    cipher: AESGCM = field(init=False, repr=False, compare=False)
    digest_key: bytes = field(init=False, repr=False, compare=False)
    secret_key: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", hashlib.sha256(b"onestop master key:" + self.key).hexdigest()[:16])
        object.__setattr__(self, "cipher", AESGCM(self.key))
        object.__setattr__(self, "digest_key", hmac.digest(self.key, b"onestop codes", "sha256"))
        object.__setattr__(self, "secret_key", hmac.digest(self.key, b"onestop secrets", "sha256"))

    def digest(self, text: str) -> str:
        """Return a keyed digest (HMAC-SHA256) of a short text, which cannot be found by trying every text without the key."""
        return hmac.digest(self.digest_key, text.encode(), "sha256").hex()

    def secret(self, text: str) -> bytes:
        """Return 32 bytes that nobody without the key can compute, the same for the same text. They are never stored."""
        return hmac.digest(self.secret_key, text.encode(), "sha256")


@dataclass(frozen=True, slots=True)
class MasterKeys:
    """Every master key, the current one first."""

    masters: tuple[MasterKey, ...]

    @property
    def current(self) -> MasterKey:
        if not self.masters:
            raise Unavailable("the keys: not loaded yet, because the database was away at the start")
        return self.masters[0]

    def with_current(self, name: str) -> "MasterKeys":
        """Return the same keys with the one called `name` as the current one."""
        return MasterKeys(tuple(sorted(self.masters, key=lambda master: master.name != name)))

    def named(self, name: str) -> MasterKey | None:
        return next((master for master in self.masters if master.name == name), None)


NO_KEYS = MasterKeys(())


def read_key_file(file: Path) -> MasterKeys:
    """Parse `file`: base64 of 32 bytes on each line; blank lines and lines beginning with # are skipped. Raises `StoreUnusable`."""
    check_private(file)
    try:
        lines = file.read_text(encoding="ascii").splitlines()
    except OSError as why:
        raise StoreUnusable(f"the keys {file}: {why.strerror}") from None
    except UnicodeDecodeError:
        raise StoreUnusable(f"the keys {file}: not a text file of base64 keys: put back a copy of the file") from None
    masters = tuple(
        MasterKey(_parse_line(file, number, line.strip()))
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#")
    )
    if not masters:
        raise StoreUnusable(f"the keys {file}: holds no key; `head -c 32 /dev/urandom | base64` makes one")
    return MasterKeys(masters)


def _parse_line(file: Path, number: int, line: str) -> bytes:
    try:
        key = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != LENGTH:
        raise StoreUnusable(
            f"the keys {file}: line {number} is not the base64 of {LENGTH} bytes: put back a copy of the file"
        )
    return key


def create_key_file(file: Path) -> None:
    """Create a file with one new key, readable by its owner only and complete when it appears; keep an existing one."""
    draft = file.with_name(f"{file.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(opened, base64.b64encode(os.urandom(LENGTH)) + b"\n")
            os.fsync(opened)
        finally:
            os.close(opened)
        try:
            # Unlike a rename, a link does not replace a file that another process created meanwhile.
            with suppress(FileExistsError):
                file.hardlink_to(draft)
        finally:
            draft.unlink()
        _sync_folder(file.parent)
    except OSError as why:
        raise StoreUnusable(f"the keys {file}: cannot be made: {why.strerror}") from None


def _sync_folder(folder: Path) -> None:
    """A new file's name is durable once its folder is synced."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
