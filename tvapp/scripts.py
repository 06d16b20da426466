"""Scripts of pages that are not screens, at addresses that contain a digest of their bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from onestop.http.prepared import PreparedResponse, prepare
from onestop.http.static_files import FOREVER, headers, small

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Script:
    """`address` is its path on the server."""

    address: str
    ready: PreparedResponse


def read_scripts(prefix: str, *names: str) -> Mapping[str, Script]:
    """Return scripts of this folder by name: "set.js" is at /tv/set.0123456789.js."""
    return {name: _script(prefix, FOLDER / name) for name in names}


def _script(prefix: str, file: Path) -> Script:
    body = small(file.read_bytes())
    digest = blake2b(body, digest_size=5).hexdigest()
    return Script(f"{prefix}/{file.stem}.{digest}{file.suffix}", prepare(200, headers(file, FOREVER), body))
