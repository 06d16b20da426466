"""With what a resident can answer on some kind of apparatus."""

from collections.abc import Callable
from dataclasses import dataclass

from onestop.screen.questions import Field


def _one(field: Field) -> int:
    return 1


@dataclass(frozen=True, slots=True)
class Means:
    """`keyboard`: words can be typed without toil; where not, a thin way is offered beside every question of words. `upload`: a
    picture can be sent. `presses` counts the fewest key presses that answer a field; `median` and `worst` are how many a whole
    journey may take, over all its paths, or 0 where nobody counts.
    """

    keyboard: bool = True
    upload: bool = True
    presses: Callable[[Field], int] = _one
    median: int = 0
    worst: int = 0
