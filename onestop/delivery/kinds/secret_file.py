"""The file of the destinations' secrets: a TOML file that only the server's account may read."""

import stat
import tomllib
from pathlib import Path


class SecretMissing(Exception):
    """Why there is no such secret: one sentence for the operator, without the secret."""


class SecretFile:
    """The secrets by name. The file is read again when it changes, so that a secret can be replaced while the server runs."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.version: tuple[int, int] | None = None
        self.found: dict[str, tuple[str, ...]] = {}

    def of(self, name: str) -> tuple[str, ...]:
        """Return the secrets of this name: one, or during a replacement several, the current one first. Raises `SecretMissing`."""
        if self.file is None:
            raise SecretMissing(f"no secret `{name}`: name a file that has it, with --secrets")
        try:
            there = self.file.stat()
            if (there.st_mtime_ns, there.st_ino) != self.version:
                self.found = read_secrets(self.file)
                self.version = there.st_mtime_ns, there.st_ino
        except OSError as why:
            raise SecretMissing(f"{self.file} cannot be read: {why.strerror}") from None
        if name not in self.found:
            raise SecretMissing(f"{self.file} has no secret `{name}`: write it there")
        return self.found[name]

    def first(self, name: str) -> str:
        return self.of(name)[0]


def read_secrets(file: Path) -> dict[str, tuple[str, ...]]:
    """Return the secrets of a file of lines like `depot = "text"` or `depot = ["new", "old"]`. Raises `SecretMissing` or `OSError`."""
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise SecretMissing(f"{file} may be read by others: chmod 600 {file}")
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        # The message would quote a part of the file.
        raise SecretMissing(f'{file} is no TOML file of lines like depot = "secret"') from None
    found = {name: tuple(value) if isinstance(value, list) else (value,) for name, value in read.items()}
    wrong = [
        name for name, texts in found.items() if not texts or not all(isinstance(one, str) and one for one in texts)
    ]
    if wrong:
        raise SecretMissing(f"{file}: the secret `{wrong[0]}` is neither a text nor a list of texts")
    return found
