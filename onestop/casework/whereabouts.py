"""Where a case is: what officers search by, and what tells two reports of the same thing."""

import re
from dataclasses import dataclass
from itertools import product

from onestop.journeys.values.answer import SKIPPED, is_thin
from onestop.journeys.walk.walk import Walk
from onestop.places.postcode import find_postcode, parse_postcode

CELLS_A_DEGREE = (1000, 600)
"""Cells of a degree of latitude and of longitude: about 110 metres high and, in Britain, about as wide."""
NUMBERED = re.compile(r"\s*\d+\w?\b[^,]*[^\W\d]{2}")
HOUSE = re.compile(r"^(?:\W|flat|unit|\d+\w?\b|[-–/&])*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """An address or a description in one line; its postcode without the space, the name of its street in small letters, and its cell
    of the grid, each "" if unknown.
    """

    line: str = ""
    postcode: str = ""
    street: str = ""
    cell: str = ""


NOWHERE = Whereabouts()


def whereabouts_in(walk: Walk) -> Whereabouts:
    """Return where the first answer says it is that names a place."""
    given = ((ask, walk.answers.get(ask.name, SKIPPED)) for ask in walk.path)
    found = (ask.kind.location(answer) for ask, answer in given if answer is not SKIPPED and not is_thin(answer))
    first = next(filter(None, found), None)
    return whereabouts_of(first.line, first.at) if first else NOWHERE


def whereabouts_of(line: str, at: tuple[float, float] | None = None) -> Whereabouts:
    """Return where an address in one line is, or a spot with its latitude and longitude."""
    found = find_postcode(line)
    # The street is behind a number, if there is one: a house may have a name too.
    parts = sorted(line.split(","), key=lambda part: NUMBERED.match(part) is None)
    street = next((name for part in parts if (name := street_name(part))), "")
    return Whereabouts(line, found.postcode if found else "", street, cell_of(*at) if at else "")


def street_name(text: str) -> str:
    """Return the name of the street in the first line of an address, to be compared; "" if there is none: "mill lane" of "14 Mill Lane"."""
    name = " ".join(HOUSE.sub("", text.casefold()).replace("'", "").split())
    return "" if parse_postcode(name) else name


def cell_of(latitude: float, longitude: float) -> str:
    """Return the cell of the grid that a spot is in."""
    return f"{int(latitude * CELLS_A_DEGREE[0])},{int((longitude + 180) * CELLS_A_DEGREE[1])}"


def cells_around(cell: str) -> tuple[str, ...]:
    """Return a cell and its eight neighbours; nothing for ""."""
    if not cell:
        return ()
    row, column = map(int, cell.split(","))
    return tuple(f"{row + down},{column + across}" for down, across in product((0, -1, 1), repeat=2))
