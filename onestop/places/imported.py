"""What was read from the files of one import, before it is written to the gazetteer."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from onestop.authoring.faults import Fault
from onestop.places.map_shape import MapShape
from onestop.places.premises import Premises
from onestop.places.street import Street

Ring = tuple[tuple[float, float], ...]
"""Longitude and latitude of the corners of a polygon, the first again at the end."""


@dataclass(frozen=True, slots=True)
class Polygon:
    """The area of a ward: `code` is its GSS code. The first ring is its edge, the others are holes."""

    code: str
    name: str
    rings: tuple[Ring, ...]


@dataclass(slots=True)
class ImportedPlaces:
    """`removed` are the UPRNs that change-only files delete. `points` are coordinates by UPRN from a file without addresses, `directory`
    council codes by postcode, `councils` names by code,
    `rounds` the names of collection rounds by UPRN, `flags` those of what is true of a property.
    Premises that have only national grid coordinates are in `grid`, in metres. `faults` are those of rows, each of which was left out,
    and of `refused` whole files.
    """

    premises: dict[int, Premises] = field(default_factory=dict)
    streets: dict[int, Street] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)
    points: dict[int, tuple[float, float]] = field(default_factory=dict)
    grid: dict[int, tuple[float, float]] = field(default_factory=dict)
    polygons: list[Polygon] = field(default_factory=list)
    shapes: list[MapShape] = field(default_factory=list)
    directory: dict[str, str] = field(default_factory=dict)
    councils: dict[str, str] = field(default_factory=dict)
    rounds: dict[int, str] = field(default_factory=dict)
    flags: dict[int, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    refused: int = 0
    files: int = 0

    def fault(self, file: str, line: int, message: str) -> None:
        """Report a row that is left out."""
        self.faults.append(Fault(file, line, 1, message))

    def refuse(self, file: str, line: int, message: str) -> None:
        """Report a file of which nothing can be relied on."""
        self.fault(file, line, message)
        self.refused += 1

    def located(self) -> Iterator[Premises]:
        """Yield the premises, with the coordinates of `points` where there are any."""
        for uprn, one in self.premises.items():
            at = self.points.get(uprn)
            yield replace(one, latitude=at[0], longitude=at[1]) if at else one
