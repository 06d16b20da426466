"""Static files, under addresses that contain a digest of their bytes, and pictures of the catalogue."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import blake2b
from mimetypes import guess_type
from pathlib import Path

from onestop.http.prepared import PreparedResponse, prepare

FOLDER = "/static/"
COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)
INDENT = re.compile(rb"\n\s*")
FOREVER = "public, max-age=31536000, immutable"
# Media types that `mimetypes` lacks on some systems, or names differently.
TYPES = {
    ".js": "text/javascript",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
}
TEXT = ("text/", "application/manifest+json", "image/svg+xml")


class StaticFiles:
    """Files by name, as prepared responses; `address(name)` is the address of one.

    A file that is replaced stays at its old address: a set may still show a page that refers to it.
    """

    def __init__(self, files: Iterable[tuple[str, bytes]]) -> None:
        self.addresses: dict[str, str] = {}
        self.ready: dict[str, PreparedResponse] = {}
        taken: dict[str, str] = {}
        for name, body in files:
            address = self.replace(name, small(body) if name.endswith(".js") else body)
            if taken.setdefault(Path(name).name, address) != address:
                raise ValueError(f"two different files are called {name}")

    def replace(self, name: str, body: bytes) -> str:
        """Serve these bytes as the file called `name`; return their address."""
        file = Path(name)
        digest = urlsafe_b64encode(blake2b(body, digest_size=6).digest()).decode()
        address = self.addresses[file.name] = f"{FOLDER}{file.stem}.{digest}{file.suffix}"
        if address not in self.ready:
            self.ready[address] = prepare(200, headers(file, FOREVER), body, smallest=file.suffix == ".css")
        return address

    def address(self, name: str) -> str:
        """Return the address of the file called `name`."""
        return self.addresses[name]

    def find(self, path: str) -> PreparedResponse | None:
        return self.ready.get(path)


def small(script: bytes) -> bytes:
    """Return a script without comments and indentation. No string in our scripts contains either."""
    return INDENT.sub(b"\n", COMMENT.sub(b"", script)).lstrip()


def picture(file: Path) -> PreparedResponse | None:
    """Return a picture of the catalogue as a response, None if its file is gone. Call it in a thread.

    It may be replaced under the same name, so it is cached briefly.
    """
    try:
        body = file.read_bytes() if file.is_file() else None
    except OSError:
        return None
    return None if body is None else prepare(200, headers(file, "public, max-age=300"), body)


def headers(file: Path, cached: str) -> tuple[tuple[str, str], ...]:
    """Return the headers of a file. The policy keeps an SVG that is opened by itself from running scripts."""
    kind = TYPES.get(file.suffix) or guess_type(file.name)[0] or "application/octet-stream"
    charset = "; charset=utf-8" if kind.startswith(TEXT) else ""
    return (
        ("Content-Type", kind + charset),
        ("Cache-Control", cached),
        ("Vary", "Accept-Encoding"),
        ("Content-Security-Policy", "default-src 'none';style-src 'unsafe-inline';sandbox"),
        ("X-Content-Type-Options", "nosniff"),
    )
