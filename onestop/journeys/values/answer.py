"""The stored form of answers: JSON values, so that a draft keeps them as they are.

A choice is the option's name, or {"option": name, "said": "2026-03-27"} if it is relative to that day, several are a list of names,
a number is itself, an amount is pence, a date is "2026-03-27", a spot is {"words": ..., "at": [latitude, longitude]}, a photo is
whatever the store of photos gave for it, and a repeat is a list.
"""

from collections.abc import Mapping, Sequence
from typing import Union

Answer = Union[None, bool, int, float, str, Sequence["Answer"], Mapping[str, "Answer"]]  # noqa: UP007 (a recursive alias)
Answers = Mapping[str, Answer]

SKIPPED: Answer = None
"""An optional question was skipped."""
THIN: Answer = {"thin": True}
"""The thin answer was chosen: the one that is offered where there is no keyboard."""
OPEN = "open"
OPTION_NAME, SAID = "option", "said"
"""Keys of a choice that is relative to the day it was said."""


def is_thin(answer: Answer) -> bool:
    # The concrete types of JSON: an abstract one costs ten times as much, and a walk asks a hundred times.
    return isinstance(answer, dict) and "thin" in answer


def still_open(items: Sequence[Answer]) -> Answer:
    """Return the answer of a repeat that may get more items."""
    return {OPEN: list(items)}


def items_of(answer: Answer) -> tuple[Answer, ...]:
    """Return the items of a repeat, finished or not."""
    found = answer.get(OPEN) if isinstance(answer, dict) else answer
    return tuple(found) if isinstance(found, (list, tuple)) else ()


def compared_value(answer: Answer) -> Answer:
    """Return what conditions compare with: of a choice its name, of several all names."""
    if isinstance(answer, dict):
        name: Answer = answer.get(OPTION_NAME, answer)
        return name
    return [compared_value(item) for item in answer] if isinstance(answer, (list, tuple)) else answer


def is_open(answer: Answer) -> bool:
    return isinstance(answer, dict) and OPEN in answer
