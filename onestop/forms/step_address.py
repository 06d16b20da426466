"""Addresses of the steps of a journey: /bins/missed-bin/ask/people.2 is the second answer to `people`."""

import re
from dataclasses import dataclass

ADDRESS = re.compile(r"(/[a-z0-9-]+/[a-z0-9-]+)/ask(?:/([a-z0-9-]+)(?:\.([1-9][0-9]?))?(?:/([A-Za-z0-9_-]{4,}))?)?")


@dataclass(frozen=True, slots=True)
class Step:
    """`service` is the address of the service; `name` an ask, a fixed step ("check"), or "" for the next question.

    `item` counts the answers to a repeated question from 1; 0 is the question as a whole. `part` is one of the screens on which an
    address is found: "find", "lines", or the token of a list.
    """

    service: str
    name: str = ""
    item: int = 0
    part: str = ""

    def at(self, name: str, item: int = 0, part: str = "") -> str:
        """Return the neutral address of another step of the same journey."""
        tail = f"/{name}" if name else ""
        return f"{self.service}/ask{tail}{f'.{item}' if item else ''}{f'/{part}' if part else ''}"

    def within(self, part: str) -> str:
        """Return the neutral address of another screen on which this address is found."""
        return self.at(self.name, self.item, part)


def step_at(neutral: str) -> Step | None:
    """Return the step that a neutral address names, or None."""
    found = ADDRESS.fullmatch(neutral)
    return Step(found[1], found[2] or "", int(found[3] or 0), found[4] or "") if found else None
