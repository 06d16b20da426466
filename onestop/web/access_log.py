"""What the access log says of a request: when, which address, how it went; nothing of who asked or what they searched for."""

import json
import re
from datetime import UTC, datetime
from typing import TextIO

from aiohttp import web

from onestop.web.wire import Ready

SOUGHT = re.compile(r"(/search)/.*")
LONGEST = 200


class AccessLog:
    """One JSON object a line."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def ready(self, request: web.BaseRequest, ready: Ready, now: float) -> None:
        """A prepared page was sent."""
        self._write(request, ready.status, now, 0.0)

    def ordinary(self, request: web.BaseRequest, status: int, now: float, seconds: float) -> None:
        self._write(request, status, now, seconds)

    def _write(self, request: web.BaseRequest, status: int, now: float, seconds: float) -> None:
        line = {
            "time": datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds"),
            "method": request.method[:LONGEST],
            "path": seen_path(request.raw_path),
            "status": status,
            "ms": round(seconds * 1000, 3),
        }
        self.out.write(json.dumps(line) + "\n")


def seen_path(raw: str) -> str:
    """The path without query and without what was searched for."""
    return SOUGHT.sub(r"\1/...", raw.partition("?")[0].partition("#")[0])[:LONGEST]
