"""The access log: time, method, path, status and duration of each response; nothing about the client or what they typed."""

import json
import re
from datetime import UTC, datetime
from typing import TextIO
from urllib.parse import unquote

MAX_PATH = 200
MAX_DECODED = 3
"""How often an address may be percent-encoded and is still recognised."""
UNROUTED = (301, 308, 400, 404, 412, 414, 417, 431, 505)
"""Statuses of addresses that were not looked up or are not ours: they may hold anything that a visitor typed."""
ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/]*", re.IGNORECASE)
TYPED = re.compile(
    r"(?:^|(?<=/))(search|m|t|track|my|my-area|near-me|near-me-map|api/collections|ask/[a-z0-9.-]+)/.*$",
    re.IGNORECASE | re.DOTALL,
)
"""A segment after which a path holds a search query, the ticket of a hand-over or a receipt, the token of a case, the token or number
of a home,
or what finds an address in a journey."""


class AccessLog:
    """One JSON object a line."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def write(self, method: str, raw_path: str, status: int, began: float, seconds: float) -> None:
        """Write one response. `began` is seconds since 1970."""
        line = {
            "time": datetime.fromtimestamp(began, UTC).isoformat(timespec="milliseconds"),
            "method": method[:MAX_PATH],
            "path": logged_path(raw_path, status),
            "status": status,
            "ms": round(seconds * 1000, 3),
        }
        self.out.write(json.dumps(line) + "\n")


def logged_path(raw: str, status: int) -> str:
    """Return the path to log: "/..." for an address that is not ours, and only the first segment if the rest was typed by a visitor.

    The query and the origin of an absolute address are left out.
    """
    if status in UNROUTED:
        return "/..."
    path = ORIGIN.sub("", raw, count=1).partition("?")[0].partition("#")[0]
    for _ in range(MAX_DECODED):
        path = unquote(path, errors="replace")
    path = re.sub("/+", "/", path.partition("?")[0])
    return TYPED.sub(lambda found: f"{found[1].lower()}/...", path)[:MAX_PATH]
