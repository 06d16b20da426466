"""A journey with one question of every kind (`every_kind.yaml`): wrong and right input for each, and the resulting value."""

import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from support.delivered_case import read_case
from support.samples.small_borough import write_borough
from support.samples.small_journeys import TOUCH, journey_of

from onestop.journeys.journey import Journey
from onestop.journeys.values.form_values import FormValues

FILE = Path(__file__).parent / "every_kind.yaml"
SERVICE = "/bins/missed-bin"
ASK = f"{SERVICE}/ask"
REFERENCE = re.compile(r"\b(\d{3}) (\d{3}) (\d{4})\b")
DAY = (datetime.now(UTC) - timedelta(days=3)).date()
FUTURE = DAY + timedelta(days=40)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: `wrong` is rejected with `problem`; `right` is shown as `said` on the check page and delivered as `value`."""

    name: str
    title: str
    wrong: FormValues
    problem: str
    right: FormValues
    said: str
    value: object


def _one(text: str) -> FormValues:
    return {"answer": (text,)}


def _day(day: str, month: str, year: str) -> FormValues:
    return {"answer.day": (day,), "answer.month": (month,), "answer.year": (year,)}


DANGER = Asked("danger", "Is somebody in danger?", {}, "Choose one of the answers", _one("no"), "No", "no")
COUNT = Asked(
    "count", "How many days has it been so?", _one("1200"), "Enter a number from 1 to 90", _one("3"), "3 days", 3
)
BEFORE = Asked(
    "before",
    "Was it so before those 12 days, too?",
    {},
    "Choose one of the answers",
    _one("often"),
    "Yes, often",
    "often",
)
COST = Asked(
    "cost", "What did it cost?", _one("0"), "Enter an amount from £0.10 to £5,000", _one("12.50"), "£12.50", 1250
)
WHEN = Asked(
    "when",
    "When did it break?",
    _day(str(FUTURE.day), str(FUTURE.month), str(FUTURE.year)),
    "Enter a date from",
    _day(str(DAY.day), str(DAY.month), str(DAY.year)),
    f"{DAY.day} {DAY:%B} {DAY.year}",
    DAY.isoformat(),
)
DETAIL = Asked(
    "detail",
    "Tell us more",
    _one("x" * 61),
    "Make it 1 character shorter",
    _one("it leaks, often"),
    "it leaks, often",
    "it leaks, often",
)
NAME = Asked("name", "What is your name?", _one("7"), "Enter a name", _one("zoé o'neil"), "zoé o'neil", "zoé o'neil")
BORN = Asked(
    "born",
    "When were you born?",
    _day("31", "222", "19800"),
    "Enter a date that there is",
    _day("29", "2", "1980"),
    "29 February 1980",
    "1980-02-29",
)
PHONE = Asked(
    "phone",
    "What is your phone number?",
    _one("0163"),
    "Enter a phone number",
    _one("07700900123"),
    "07700 900 123",
    "07700 900 123",
)
EMAIL = Asked(
    "email",
    "What is your email address?",
    _one("zoe@"),
    "Enter an email address",
    _one("zoe@east.com"),
    "zoe@east.com",
    "zoe@east.com",
)
HOME = Asked(
    "home",
    "What is your address?",
    _one("12 mill rd"),
    "Add the postcode",
    _one("12 mill rd, em4 2qt"),
    "12 mill rd, EM4 2QT",
    "12 mill rd, EM4 2QT",
)
SPOT = Asked(
    "spot", "Where is it?", {}, "Say where it is", _one("by the bridge"), "by the bridge", {"words": "by the bridge"}
)
PHOTO = Asked("photo", "Add a photo of it", {}, "", {}, "A photo", None)
MANY = Asked(
    "many",
    "What is broken?",
    {},
    "Choose at least one of the answers",
    {"answer": ("lid", "rim")},
    "The lid and The rim",
    ["lid", "rim"],
)
AGES = Asked(
    "ages", "How old are the others?", _one("121"), "Enter a number from 0 to 120", _one("7"), "7 and 40", [7, 40]
)

EVERY = (DANGER, COUNT, COST, WHEN, DETAIL, NAME, BORN, PHONE, EMAIL, HOME, SPOT, PHOTO, MANY, AGES)
LATER = _one("12")
"""Another answer to COUNT, after which BEFORE is asked."""


def every_kind_journey() -> Journey:
    """Return the journey with a question of every kind."""
    text = FILE.read_text(encoding="utf-8").replace("[waste]", "[housing]").replace("only: [tv]", "only: [touch]")
    return journey_of(text, {"touch": TOUCH})


def write_everything(folder: Path) -> Path:
    """Write the small borough with this journey as its report of a missed bin; return the content folder."""
    content = write_borough(folder)
    (content / "journeys").mkdir()
    shutil.copy(FILE, content / "journeys" / "everything.yaml")
    service = content / "services" / "bins" / "missed-bin.md"
    service.write_text(
        service.read_text(encoding="utf-8").replace("lgsl:", "journey: everything\nlgsl:", 1), encoding="utf-8"
    )
    return content


@dataclass(frozen=True, slots=True)
class Everything:
    """A server of that borough: its origin, and the outbox its cases are delivered to."""

    origin: str
    outbox: Path

    def case(self, page: str) -> dict[str, Any]:
        """Wait for the case whose reference is in the text of a page; return its delivered JSON."""
        found = REFERENCE.search(page)
        assert found, page
        file = self.outbox / "waste" / f"{''.join(found.groups())}.json"
        return read_case(file)


def values(case: dict[str, Any]) -> dict[str, object]:
    """Return the answers of a delivered case by name."""
    return {answer["ask"]: answer["value"] for answer in case["answers"]}


def wanted(*given: Asked) -> dict[str, object]:
    """Return the values that should be delivered for these questions."""
    return {asked.name: asked.value for asked in given}
