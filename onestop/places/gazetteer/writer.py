"""Write an import to the gazetteer: into a copy of the file, which replaces it as a whole. Unchanged rows are not written."""

import shutil
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path

from onestop.places.gazetteer.shapes import write_shapes
from onestop.places.imported import ImportedPlaces
from onestop.places.keypad import keyed, keyed_short
from onestop.places.premises import Premises
from onestop.places.street import Street

SCHEMA = (Path(__file__).parent / "schema.sql").read_text(encoding="utf-8")
INDEXES = (Path(__file__).parent / "indexes.sql").read_text(encoding="utf-8")
Row = tuple[object, ...]
PREMISES = tuple(field.name for field in fields(Premises))
STREET = tuple(field.name for field in fields(Street))


@dataclass(frozen=True, slots=True)
class WrittenRows:
    """How many rows an import changed or added and removed, and how many premises and streets there are now.

    `unknown` are the rounds of properties that are not in the gazetteer; they were left out.
    """

    changed: int
    removed: int
    unknown: int
    premises: int
    streets: int


def write_gazetteer(path: Path, imported: ImportedPlaces, *, whole: bool = False) -> WrittenRows:
    """Write an import to the file at `path`. With `whole`, premises that the import does not have are removed.

    Raises OSError or sqlite3.Error; the file is then as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.import")
    draft.unlink(missing_ok=True)
    if path.is_file():
        shutil.copyfile(path, draft)
    try:
        with closing(sqlite3.connect(draft)) as connection:
            connection.executescript(f"PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; {SCHEMA}")
            _add_columns(connection)
            with connection:
                written = _write(connection, imported, whole=whole)
            connection.executescript(f"{INDEXES} PRAGMA optimize;")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return written


def _write(connection: sqlite3.Connection, imported: ImportedPlaces, *, whole: bool) -> WrittenRows:
    removed = _remove(connection, imported.removed)
    if whole:
        removed += _remove(connection, _uprns(connection) - imported.premises.keys())
    changed = _upsert(connection, "premises", PREMISES, map(attrgetter(*PREMISES), imported.located()))
    changed += _move(connection, imported.points)
    if _upsert(connection, "streets", STREET, map(attrgetter(*STREET), imported.streets.values())):
        connection.execute("DELETE FROM street_words")
        connection.execute("INSERT INTO street_words (rowid, name, other) SELECT usrn, name, other FROM streets")
    _upsert(connection, "directory", ("postcode", "council"), imported.directory.items())
    _upsert(connection, "councils", ("code", "name"), imported.councils.items())
    changed += _upsert(connection, "rounds", ("uprn", "names"), imported.rounds.items())
    changed += _upsert(connection, "flags", ("uprn", "names"), imported.flags.items())
    write_shapes(connection, imported.shapes)
    unknown = connection.execute("DELETE FROM rounds WHERE uprn NOT IN (SELECT uprn FROM premises)").rowcount
    _index_postcodes(connection)
    counts = connection.execute("SELECT (SELECT count(*) FROM premises), (SELECT count(*) FROM streets)").fetchone()
    return WrittenRows(changed, removed, unknown, *counts)


def _add_columns(connection: sqlite3.Connection) -> None:
    """Add what a gazetteer of an earlier version does not have."""
    there = {row[1] for row in connection.execute("PRAGMA table_info (premises)")}
    if "parish" not in there:
        connection.execute("ALTER TABLE premises ADD COLUMN parish TEXT NOT NULL DEFAULT ''")


def _upsert(connection: sqlite3.Connection, table: str, names: Sequence[str], rows: Iterable[Row]) -> int:
    """Insert rows, or update those that differ; return how many."""
    columns, marks = ", ".join(names), ", ".join("?" * len(names))
    sets = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    differ = " OR ".join(f"{table}.{name} IS NOT excluded.{name}" for name in names[1:])
    before = connection.total_changes
    connection.executemany(
        f"INSERT INTO {table} ({columns}) VALUES ({marks}) "  # noqa: S608  # names of our own
        f"ON CONFLICT ({names[0]}) DO UPDATE SET {sets} WHERE {differ}",
        rows,
    )
    return connection.total_changes - before


def _remove(connection: sqlite3.Connection, uprns: Iterable[int]) -> int:
    before = connection.total_changes
    connection.executemany("DELETE FROM premises WHERE uprn = ?", ((uprn,) for uprn in uprns))
    return connection.total_changes - before


def _move(connection: sqlite3.Connection, points: Mapping[int, tuple[float, float]]) -> int:
    """Update the coordinates of premises from a file that has only those."""
    before = connection.total_changes
    rows = ((latitude, longitude, uprn) for uprn, (latitude, longitude) in points.items())
    connection.executemany(
        "UPDATE premises SET latitude = ?1, longitude = ?2 WHERE uprn = ?3 AND (latitude IS NOT ?1 OR longitude IS NOT ?2)",
        rows,
    )
    return connection.total_changes - before


def _uprns(connection: sqlite3.Connection) -> set[int]:
    return {uprn for (uprn,) in connection.execute("SELECT uprn FROM premises")}


def _index_postcodes(connection: sqlite3.Connection) -> None:
    """Make the table of digit keys equal to the postcodes of the premises."""
    there = {one for (one,) in connection.execute("SELECT DISTINCT postcode FROM premises WHERE postcode <> ''")}
    before = {one for (one,) in connection.execute("SELECT postcode FROM postcodes")}
    connection.executemany("DELETE FROM postcodes WHERE postcode = ?", ((one,) for one in before - there))
    rows = ((one, keyed(one), keyed_short(one)) for one in sorted(there - before))
    connection.executemany("INSERT INTO postcodes (postcode, keys, short) VALUES (?, ?, ?)", rows)
