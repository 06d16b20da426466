"""Read files into an import, each by what it is: recognised by its columns, not by its name."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from onestop.places.files.address_base import PLUS, read_core, read_plus
from onestop.places.files.csv_rows import CsvRow, NamedRow, UnreadableRow, read_rows
from onestop.places.files.land_and_property import read_land_and_property
from onestop.places.files.points_and_postcodes import (
    COUNCIL,
    POSTCODE,
    read_councils,
    read_directory,
    read_flags,
    read_open_uprn,
    read_rounds,
)
from onestop.places.files.polygons import locate, read_polygons
from onestop.places.imported import ImportedPlaces

ReadRows = Callable[[Iterable[NamedRow], str, ImportedPlaces], None]
HEADERS: Sequence[tuple[Callable[[frozenset[str]], bool], ReadRows]] = (
    (lambda names: {"uprn", "usrn", "single_line_address"} <= names, read_core),
    (lambda names: {"uprn", "usrn", "pao_start_number", "street_description"} <= names, read_plus),
    (lambda names: {"uprn", "rounds"} <= names, read_rounds),
    (lambda names: {"uprn", "flags"} <= names, read_flags),
    (lambda names: {"uprn", "latitude", "longitude"} <= names, read_open_uprn),
    (lambda names: bool(names & set(POSTCODE)) and any(map(COUNCIL.fullmatch, names)), read_directory),
    (lambda names: any(map(COUNCIL.fullmatch, names)), read_councils),
)
"""What a file with a header is, by the names of its columns; the first that fits."""
NUMBERED = re.compile(r"1[015]|2[1-9]|99")
KNOWN = (
    "AddressBase Core or Plus, LLPG DTF 7.3, OS Open UPRN, ONSPD or NSPL, names of councils, rounds or flags by UPRN, "
    "or GeoJSON polygons"
)


def read_files(paths: Iterable[Path]) -> ImportedPlaces:
    """Read every file; what is wrong is in `faults`. Raises MissingLibrary."""
    into = ImportedPlaces()
    for path in paths:
        into.files += 1
        try:
            if path.suffix.lower() in (".json", ".geojson"):
                read_polygons(path, str(path), into)
            else:
                _read(path, into)
        except OSError as why:
            into.refuse(str(path), 1, f"cannot be read: {why.strerror}")
        except UnreadableRow as wrong:
            into.refuse(str(path), wrong.line, f"cannot be read from here on: {wrong}")
    if not into.refused:
        locate(into)
    return into


def _read(path: Path, into: ImportedPlaces) -> None:
    rows = read_rows(path)
    first = next(rows, None)
    if first is None:
        into.refuse(str(path), 1, "is empty")
        return
    names = [value.strip().lower() for value in first.values]
    reader = next((read for fits, read in HEADERS if fits(frozenset(names))), None)
    if reader:
        reader(_named(rows, names, str(path), into), str(path), into)
    elif NUMBERED.fullmatch(first.values[0]):
        read_land_and_property(chain((first,), rows), str(path), into)
    elif len(names) == len(PLUS) and names[0].isdigit():
        read_plus(_named(chain((first,), rows), PLUS, str(path), into), str(path), into)
    else:
        into.refuse(str(path), first.line, f"is not recognised by its columns: it must be {KNOWN}")


def _named(rows: Iterable[CsvRow], names: Sequence[str], file: str, into: ImportedPlaces) -> Iterator[NamedRow]:
    """Yield rows by the names of their columns. Tiles of AddressBase repeat the header; a row of another length is a fault."""
    for row in rows:
        if len(row.values) != len(names):
            into.fault(file, row.line, f"has {len(row.values)} columns instead of {len(names)}")
        elif row.values[0].strip().lower() != names[0]:
            yield NamedRow(row.line, dict(zip(names, row.values, strict=True)))
