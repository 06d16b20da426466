"""Crawl the demonstration borough by following links."""

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape

HREF = re.compile(r'<(?:a|area)\b[^>]*?\bhref="([^"#]*)')
# Addresses without number, or one more for each page: other tests sample them.
ENDLESS = re.compile(r"/search/..|/search\?|/phone/|/preview")


@dataclass(frozen=True)
class Fetched:
    """A response; `body` is as sent, gzipped if that was accepted."""

    address: str
    status: int
    headers: dict[str, str]
    body: bytes


def fetch(origin: str, address: str, **headers: str) -> Fetched:
    """GET one address; return the response whatever its status."""
    asked = urllib.request.Request(origin + address, headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return Fetched(address, answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read())
    except urllib.error.HTTPError as problem:
        with problem:
            return Fetched(address, problem.code, {k.lower(): v for k, v in problem.headers.items()}, problem.read())


@cache
def crawl(origin: str, start: str, agent: str = "") -> tuple[Fetched, ...]:
    """Return all pages below `start` that links lead to from there; below "/" those of no other channel."""
    return tuple(_walk(origin, start, agent))


def _walk(origin: str, start: str, agent: str) -> Iterator[Fetched]:
    headers = {"User_Agent": agent} if agent else {}
    seen, ahead = {start}, [start]
    while ahead:
        page = fetch(origin, ahead.pop(), **headers)
        yield page
        for found in HREF.findall(page.body.decode()):
            address = unescape(found)
            if address not in seen and _belongs(address, start):
                seen.add(address)
                ahead.append(address)


def _belongs(address: str, start: str) -> bool:
    if not address.startswith("/") or ENDLESS.search(address) or address.startswith("/static/"):
        return False
    if start == "/":
        return not re.match(r"/(tv|kiosk|text)(/|$)", address)
    base = start.rstrip("/")
    return address == base or (address.startswith(base + "/") and ("/~" in base or "/~" not in address))
