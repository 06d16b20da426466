"""What the access log says of a request: when, which address, how it went; nothing of who asked or what they searched for."""

import json
import re
from datetime import UTC, datetime
from typing import TextIO

SOUGHT = re.compile(r"(/search|^/M)/.*")
LONGEST = 200


class AccessLog:
    """One JSON object a line."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def write(self, method: str, raw_path: str, status: int, began: float, seconds: float) -> None:
        """One answer. `began` is seconds since 1970."""
        line = {
            "time": datetime.fromtimestamp(began, UTC).isoformat(timespec="milliseconds"),
            "method": method[:LONGEST],
            "path": seen_path(raw_path),
            "status": status,
            "ms": round(seconds * 1000, 3),
        }
        self.out.write(json.dumps(line) + "\n")


def seen_path(raw: str) -> str:
    """The path without query and without what was searched for."""
    return SOUGHT.sub(r"\1/...", raw.partition("?")[0].partition("#")[0])[:LONGEST]
