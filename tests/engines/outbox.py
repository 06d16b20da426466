"""The cases that the demonstration borough's desk receives while a browser reports a missed bin."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from engines.display import wait_until

ADDRESS = "12 High Street, EM4 2QT"
REPORT = {"day": "today", "bin": "grey", "out": "out", "tag": "none", "home": ADDRESS, "tell": "none"}
"""The first answer of each question, a typed address, and the third answer of the last question."""
RELATIVE = ("day",)
"""The questions whose answers are relative to a day: a case holds that day with them."""


def _cases_since(outbox: Path, start: datetime) -> list[dict[str, Any]]:
    cases = [json.loads(file.read_text(encoding="utf-8")) for file in outbox.rglob("*.json")]
    return [case for case in cases if datetime.fromisoformat(case["submitted"]) >= start]


@contextmanager
def expect_one_report(outbox: Path, **others: str) -> Iterator[None]:
    """Check that one case is submitted in this block, on the television, with the answers of REPORT updated by `others`."""
    # A case holds the second of its submission: one of an earlier test that is delivered late has an earlier time.
    time.sleep(1)
    start = datetime.now(UTC).replace(microsecond=0)
    first = _today()
    yield
    wait_until(lambda: _cases_since(outbox, start), "no case has come to the desk")
    (case,) = _cases_since(outbox, start)
    assert case["channel"] == "tv"
    expected: dict[str, Any] = REPORT | others
    given = {answer["ask"]: answer["value"] for answer in case["answers"]}
    # Midnight may pass between the answer and here.
    assert given in [
        expected | {ask: {"option": expected[ask], "said": day} for ask in RELATIVE} for day in (first, _today())
    ]


def _today() -> str:
    return datetime.now(ZoneInfo("Europe/London")).date().isoformat()
