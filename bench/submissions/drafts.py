"""Answered drafts, each of a session of its own, and the request bytes that submit, answer or show them."""

import asyncio
import os
import shutil
import time
import urllib.parse
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from channels.registry import find_channels
from onestop.http.request.visitor import Visitor
from onestop.journeys.journey import Journey
from onestop.journeys.values.answer import OPTION_NAME, SAID, SKIPPED, Answer
from onestop.journeys.walk.walk import walk
from onestop.site.current import Sites
from onestop.store.connect import open_database
from onestop.store.database import Transaction
from onestop.store.tables import drafts, sessions
from onestop.store.tables.drafts import AnswerSaved
from onestop.store.tables.editions import Edition

JOURNEY, ADDRESS, CHANNEL = "missed-bin", "/bins/missed-bin/ask", "mobile"
ANSWERS: dict[str, Answer] = {
    "day": {OPTION_NAME: "today", SAID: datetime.now(UTC).date().isoformat()},
    "bin": "grey",
    "out": "out",
    "tag": "none",
    "home": "12 High Street, EM4 2QT",
    "stands": SKIPPED,
    "tell": "none",
}
DAY = 86400


@dataclass(frozen=True, slots=True)
class DraftDatabase:
    """A database in `file`, and for each of its drafts the session token, its id and its revision."""

    file: Path
    held: tuple[tuple[str, str, int], ...]

    def copied(self, file: Path) -> "DraftDatabase":
        """Copy the database over whatever is at `file`."""
        for old in file.parent.glob(f"{file.name}*"):
            old.unlink()
        for ending in ("", ".keys"):
            shutil.copy(f"{self.file}{ending}", f"{file}{ending}")
        return DraftDatabase(file, self.held)

    def sending(self) -> list[bytes]:
        """Return one request a draft that submits it from the check page."""
        return [_post(word, draft, seen) for word, draft, seen in self.held]

    def looking(self, path: str) -> list[bytes]:
        """Return one request a session for a page."""
        return [_head("GET", path, word) + b"\r\n" for word, _, _ in self.held]

    def answering(self, path: str, fields: dict[str, str]) -> list[bytes]:
        """Return one request a draft that answers a question."""
        return [_post(word, draft, seen, path, fields) for word, draft, seen in self.held]


def prepare(content: Path, file: Path, many: int, until: str = "") -> DraftDatabase:
    """Return a new, closed database with `many` drafts of a journey of `content`, with every answer or those before `until`."""
    journey = _journey(content)
    names = list(ANSWERS)
    answers = {name: ANSWERS[name] for name in (names[: names.index(until)] if until else names)}
    way = walk(journey, answers, CHANNEL, datetime.now(UTC).date())
    assert way.complete or until, "the answers of the bench do not lead to the end of the journey"
    return DraftDatabase(file, tuple(asyncio.run(_made(file, journey, answers, many))))


def _journey(content: Path) -> Journey:
    site = Sites(content, find_channels()).read()
    assert site is not None
    return site.journeys[JOURNEY]


async def _made(file: Path, journey: Journey, answers: dict[str, Answer], many: int) -> list[tuple[str, str, int]]:
    now, edition = int(time.time()), Edition(journey.edition, journey.name, journey.source)

    async def work(tx: Transaction) -> list[tuple[str, str, int]]:
        return [await _one(tx, edition, answers, now) for _ in range(many)]

    async with open_database(f"sqlite:///{file}") as database:
        made = await database.run(work)
        await database.truncate_log()
        return made


async def _one(tx: Transaction, edition: Edition, answers: dict[str, Answer], now: int) -> tuple[str, str, int]:
    word, visit = await sessions.begin(tx, CHANNEL, now, idle=DAY, whole=DAY)
    draft = await drafts.begin(tx, visit.id, edition, channel=CHANNEL, language="en", keeps=DAY, now=now)
    for ask, value in answers.items():
        saved = await drafts.save_answer(tx, visit.id, draft.id, ask, value, seen=draft.revision, now=now)
        assert isinstance(saved, AnswerSaved)
        draft = saved.draft
    return word, draft.id, draft.revision


def _post(
    word: str, draft: str, seen: int, path: str = f"{ADDRESS}/check", fields: dict[str, str] | None = None
) -> bytes:
    token = Visitor(word, has_cookie=True, secure=False).form_token(os.urandom)
    body = urllib.parse.urlencode({"token": token, "seen": seen, "draft": draft, **(fields or {})}).encode()
    head = _head("POST", path, word)
    return (
        head + f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    )


def _head(method: str, path: str, word: str) -> bytes:
    return f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nCookie: visit={word}\r\n".encode()
