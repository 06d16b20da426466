"""OS Open UPRN, collection rounds by UPRN, and the ONS postcode directories and names of councils: files without addresses."""

import re
from collections.abc import Iterable

from onestop.places.files.csv_rows import NamedRow
from onestop.places.imported import ImportedPlaces
from onestop.places.postcode import parse_postcode

POSTCODE = ("pcds", "pcd8", "pcd7", "pcd")
COUNCIL = re.compile(r"oslaua|laua|lad\d\dcd")
COUNCIL_NAME = re.compile(r"lad\d\dnm")
ROUND = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
FLAG = re.compile(r"[a-z][a-z0-9_]*")
ENDED = "doterm"


def read_open_uprn(rows: Iterable[NamedRow], file: str, into: ImportedPlaces) -> None:
    """Read coordinates by UPRN."""
    for row in rows:
        try:
            uprn, at = row.number("uprn"), (row.degrees("latitude"), row.degrees("longitude"))
            if not uprn or not at[0]:
                raise ValueError("`uprn`, `latitude` and `longitude` must be given")
        except ValueError as wrong:
            into.fault(file, row.line, str(wrong))
            continue
        into.points[uprn] = at


def read_directory(rows: Iterable[NamedRow], file: str, into: ImportedPlaces) -> None:
    """Read the council of each live postcode from ONSPD or NSPL, whose columns have other names in every release."""
    council = ""
    for row in rows:
        council = council or next((name for name in row.values if COUNCIL.fullmatch(name)), "")
        if row.text(ENDED):
            continue
        text = next(filter(None, map(row.text, POSTCODE)), "")
        postcode = parse_postcode(text)
        if postcode:
            into.directory[postcode] = row.text(council)
        elif text[:3] != "GIR":
            into.fault(file, row.line, f"`{text}` is not a postcode")


def read_councils(rows: Iterable[NamedRow], file: str, into: ImportedPlaces) -> None:
    """Read the names of councils by their code."""
    for row in rows:
        code = next((row.text(name) for name in row.values if COUNCIL.fullmatch(name)), "")
        name = next((row.text(name) for name in row.values if COUNCIL_NAME.fullmatch(name)), "")
        if code and name:
            into.councils[code] = name
        else:
            into.fault(file, row.line, "a council must have a code and a name")


def read_rounds(rows: Iterable[NamedRow], file: str, into: ImportedPlaces) -> None:
    """Read the collection rounds of each property."""
    _read_names(rows, file, into, "rounds", ROUND, into.rounds)


def read_flags(rows: Iterable[NamedRow], file: str, into: ImportedPlaces) -> None:
    """Read what is true of each property, such as `council_owned`."""
    _read_names(rows, file, into, "flags", FLAG, into.flags)


def _read_names(
    rows: Iterable[NamedRow],
    file: str,
    into: ImportedPlaces,
    column: str,
    shape: re.Pattern[str],
    found: dict[int, str],
) -> None:
    """Read the names in a column, with spaces or semicolons between, by UPRN. A property may have several rows: it has the names of all."""
    read: dict[int, str] = {}
    for row in rows:
        names = row.text(column).replace(";", " ").split()
        wrong = next((name for name in names if not shape.fullmatch(name)), "")
        try:
            uprn = row.number("uprn")
            if not uprn or not names or wrong:
                raise ValueError(
                    f"`{wrong}` is not one of {column}" if wrong else f"`uprn` and `{column}` must be given"
                )
        except ValueError as why:
            into.fault(file, row.line, str(why))
            continue
        read[uprn] = " ".join(dict.fromkeys((*read.get(uprn, "").split(), *names)))
    found.update(read)
