"""What comes to the desk of the demonstration borough while somebody reports a missed bin."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engines.display import wait_until

ADDRESS = "12 High Street, EM4 2QT"
REPORT = {"day": "today", "bin": "grey", "out": "out", "tag": "none", "home": ADDRESS, "tell": "none"}
"""The first answer of each question, an address that is typed, and the third of the last."""


@contextmanager
def expect_one_report(outbox: Path, **others: str) -> Iterator[None]:
    """One case comes within this, and has those answers, but for these, and no others."""
    before = set(outbox.rglob("*.json"))
    yield
    wait_until(lambda: set(outbox.rglob("*.json")) - before, "no case has come to the desk")
    (file,) = set(outbox.rglob("*.json")) - before
    case = json.loads(file.read_text(encoding="utf-8"))
    assert case["channel"] == "tv"
    assert {answer["ask"]: answer["value"] for answer in case["answers"]} == REPORT | others
