"""With what a resident can answer on some kind of apparatus."""

from collections.abc import Callable
from dataclasses import dataclass

from onestop.screen.questions import Field


def _one(field: Field) -> int:
    return 1


@dataclass(frozen=True, slots=True)
class Means:
    """What an apparatus has for answering.

    `keyboard`: words can be typed without toil; where not, a thin way is offered beside every question of words. `upload`: a picture
    can be sent. `held`: it is in the resident's own hand, so that going on elsewhere is not going on by phone. `shared`: strangers
    follow each other at it, and nothing of a visit may outlast the visit. `presses` counts the fewest key presses that answer a
    field; `median` and `worst` are how many a whole journey may take, over all its paths, or 0 where nobody counts.
    """

    keyboard: bool = True
    upload: bool = True
    held: bool = True
    shared: bool = False
    presses: Callable[[Field], int] = _one
    median: int = 0
    worst: int = 0
