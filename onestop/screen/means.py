"""With what a resident can answer on some kind of apparatus."""

from collections.abc import Callable
from dataclasses import dataclass

from onestop.screen.questions import Field


def _one(field: Field) -> int:
    return 1


def _one_beside(field: Field, place: int) -> int:
    return 1


def _none(answers: int) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class Means:
    """What an apparatus has for answering.

    `keyboard`: words can be typed without toil; where not, a thin way is offered beside every question of words. `upload`: a picture
    can be sent. `held`: it is in the resident's own hand, so that going on elsewhere is not going on by phone. `shared`: strangers
    follow each other at it, and nothing of a visit may outlast the visit. `presses` counts the fewest key presses that answer a
    field, `beside` those that take another way than the field, by its place among them, and `turning` those that turn the pages on
    which so many answers are checked; `median` and `worst` are how many a whole journey may take, over all its paths, or 0 where nobody
    counts.
    """

    keyboard: bool = True
    upload: bool = True
    held: bool = True
    shared: bool = False
    presses: Callable[[Field], int] = _one
    beside: Callable[[Field, int], int] = _one_beside
    turning: Callable[[int], int] = _none
    median: int = 0
    worst: int = 0
