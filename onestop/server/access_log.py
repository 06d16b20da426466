"""The access log: time, method, path, status and duration of each response; nothing about the client or what they typed."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TextIO
from urllib.parse import unquote

MAX_PATH = 200
MAX_DECODED = 3
"""How often an address may be percent-encoded and is still recognised."""
ROUTED = frozenset((200, 202, 204, 206, 302, 303, 304, 403, 409, 410, 416, 429, 500, 503))
"""Statuses of addresses that are ours. Any other address may hold anything that a visitor typed."""
ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/]*", re.IGNORECASE)
SEARCH = "search"
STEP = r"ask/[a-z0-9.-]+"
"""A question, below which a token finds an address."""


class AccessLog:
    """One JSON object a line. What is below a `private` segment is not logged."""

    def __init__(self, out: TextIO, private: Iterable[str] = ()) -> None:
        self.out = out
        self.private = private_part(private)

    def write(self, method: str, raw_path: str, status: int, began: float, seconds: float) -> None:
        """Write one response. `began` is seconds since 1970."""
        line = {
            "time": datetime.fromtimestamp(began, UTC).isoformat(timespec="milliseconds"),
            "method": method[:MAX_PATH],
            "path": logged_path(raw_path, status, self.private),
            "status": status,
            "ms": round(seconds * 1000, 3),
        }
        self.out.write(json.dumps(line) + "\n")


def private_part(segments: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for the part of a path that may hold a search query, or the token, ticket or number of one visitor."""
    names = "|".join((*map(re.escape, sorted({SEARCH, *segments})), STEP))
    return re.compile(rf"(?:^|(?<=/))({names})/.*$", re.IGNORECASE | re.DOTALL)


def logged_path(raw: str, status: int, private: re.Pattern[str]) -> str:
    """Return the path to log: "/..." for an address that is not ours, and only the beginning if the rest is private.

    The query and the origin of an absolute address are left out.
    """
    if status not in ROUTED:
        return "/..."
    path = ORIGIN.sub("", raw, count=1).partition("?")[0].partition("#")[0]
    for _ in range(MAX_DECODED):
        path = unquote(path, errors="replace")
    path = re.sub("/+", "/", path.partition("?")[0])
    return private.sub(lambda found: f"{found[1].lower()}/...", path)[:MAX_PATH]
