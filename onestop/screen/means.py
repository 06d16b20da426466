"""The means of a channel's devices for answering questions, such as a keyboard."""

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
    """What a device has for answering a journey's questions, and what answering costs in key presses.

    - `keyboard`: typing text is easy; where it is not, every text question offers another device and a choice as well.
    - `letters`: letters can be entered at all.
    - `upload`: a picture can be sent.
    - `handheld`: the device is the resident's own phone, so "continue on your phone" makes no sense.
    - `shared`: the next person uses the same device, so nothing of a visit may remain on it.
    - `maps`: a drawn map (SVG) can be shown; where it cannot, the list says the same in words.
    - `presses(field)`: the fewest key presses that answer a field.
    - `other_presses(field, place)`: the fewest presses for the form's other button number `place`.
    - `page_turns(answers)`: the presses that turn the pages of a summary of so many answers.
    - `median` and `worst`: the press budget of a journey over all its paths, without what must be typed; `most` is the budget of its
      longest path with it. 0 is no budget.
    """

    keyboard: bool = True
    letters: bool = True
    upload: bool = True
    handheld: bool = True
    shared: bool = False
    maps: bool = True
    presses: Callable[[Field], int] = _one
    other_presses: Callable[[Field, int], int] = _one_beside
    page_turns: Callable[[int], int] = _none
    median: int = 0
    worst: int = 0
    most: int = 0
