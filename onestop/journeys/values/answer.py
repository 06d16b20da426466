"""What an answer may be: only what JSON can hold, so that a draft keeps it as it is.

A choice is the option's name, several are a list of them, a number is itself, an amount is pence, a day is "2026-03-27", a spot is
{"words": ..., "at": [latitude, longitude]}, a picture is whatever its keeper gave for it, and a repeat is a list.
"""

from collections.abc import Mapping, Sequence
from typing import Union

Answer = Union[None, bool, int, float, str, Sequence["Answer"], Mapping[str, "Answer"]]  # noqa: UP007 (it names itself)
Answers = Mapping[str, Answer]

SKIPPED: Answer = None
"""An optional question was passed over."""
THIN: Answer = {"thin": True}
"""The answer offered where there is no keyboard was taken."""
OPEN = "open"


def is_thin(answer: Answer) -> bool:
    return isinstance(answer, Mapping) and "thin" in answer


def still_open(items: Sequence[Answer]) -> Answer:
    """A repeat that may get more items."""
    return {OPEN: list(items)}


def items_of(answer: Answer) -> tuple[Answer, ...]:
    """The items of a repeat, finished or not."""
    found = answer.get(OPEN) if isinstance(answer, Mapping) else answer
    return tuple(found) if isinstance(found, Sequence) and not isinstance(found, str) else ()


def is_open(answer: Answer) -> bool:
    return isinstance(answer, Mapping) and OPEN in answer
