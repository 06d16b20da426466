"""Look-ups in the gazetteer, each in a thread of its own so that none holds the event loop."""

import asyncio
import math
import os
import re
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from onestop.places.gazetteer.shapes import read_shapes
from onestop.places.map_svg import MapView, draw_map
from onestop.places.near import DEGREE, Point, distance
from onestop.places.premises import LocatedPremises, Premises
from onestop.places.street import Street

T = TypeVar("T")
Row = tuple[Any, ...]
THREADS = 2
MAPPED = 64 << 20
"""Bytes of the file that are read through the kernel's pages instead of copies of them."""
HIDDEN = "% hidden %"
"""The flag of properties that nobody finds."""
MOST = 400
"""The most rows of one look-up: a postcode has at most 100 addresses, a long street a few hundred."""
COLUMNS = """p.uprn, p.usrn, p.house, p.flat, p.organisation, p.locality, p.town, p.postcode, p.ward, p.latitude, p.longitude,
    p.use, p.parish, s.name FROM premises p JOIN streets s ON s.usrn = p.usrn"""


class NoGazetteer(Exception):
    """No addresses have been imported, or the file cannot be read."""


class Gazetteer:
    """Reads the file at `path`, which need not exist yet. `blocked` UPRNs, such as refuges, are never found, nor are those with the flag
    `hidden`.
    """

    def __init__(self, path: Path, blocked: frozenset[int] = frozenset()) -> None:
        self.path, self.always_blocked, self.blocked = path, blocked, blocked
        self._threads = ThreadPoolExecutor(THREADS, "gazetteer")
        self._local = threading.local()
        self._file = os.fspath(path)

    @property
    def exists(self) -> bool:
        # Each question about a place asks: a fifth of what `Path.is_file` takes.
        return os.path.isfile(self._file)  # noqa: PTH113

    def close(self) -> None:
        self._threads.shutdown(cancel_futures=True)

    async def at_postcode(self, postcode: str) -> Sequence[LocatedPremises]:
        """Return the premises of a postcode, written without a space, in the order in which they are listed."""
        return await self._listed("WHERE p.postcode = ?", postcode)

    async def has_postcode(self, postcode: str) -> bool:
        """Return whether any premises that may be found have a postcode, written without a space."""

        def read(connection: sqlite3.Connection) -> bool:
            most = len(self.blocked) + 1
            rows = connection.execute("SELECT uprn FROM premises WHERE postcode = ? LIMIT ?", (postcode, most))
            return any(uprn not in self.blocked for (uprn,) in rows)

        return await self._in_thread(read)

    async def in_street(self, usrn: int) -> Sequence[LocatedPremises]:
        return await self._listed("WHERE p.usrn = ?", usrn)

    async def find(self, uprn: int) -> LocatedPremises | None:
        found = await self._listed("WHERE p.uprn = ?", uprn)
        return found[0] if found else None

    async def near(self, latitude: float, longitude: float, metres: float, most: int) -> Sequence[LocatedPremises]:
        """Return the premises within so many metres, the nearest first."""
        squeeze = math.cos(math.radians(latitude))
        high, wide = metres / DEGREE, metres / DEGREE / squeeze
        # SQLite sorts: two thousand premises as objects would hold the event loop.
        found = await self._listed(
            "WHERE p.latitude BETWEEN ?1 - ?3 AND ?1 + ?3 AND p.longitude BETWEEN ?2 - ?4 AND ?2 + ?4 "
            "ORDER BY (p.latitude - ?1) * (p.latitude - ?1) + (p.longitude - ?2) * (p.longitude - ?2) * ?5",
            latitude, longitude, high, wide, squeeze * squeeze, most=most + len(self.blocked),
        )  # fmt: skip

        def far(one: LocatedPremises) -> float:
            return distance(latitude, longitude, one.premises.latitude, one.premises.longitude)

        return sorted((one for one in found if far(one) <= metres), key=far)[:most]

    async def keyed(self, digits: str) -> Sequence[str]:
        """Return the postcodes that some digit keys stand for, with or without the letters of the area, else those that begin with them."""
        whole = await self._rows(
            "SELECT postcode FROM postcodes WHERE keys = ?1 OR short = ?1 ORDER BY postcode", digits
        )
        begun = whole or await self._rows(
            "SELECT postcode FROM postcodes WHERE keys GLOB ?1 OR short GLOB ?1 ORDER BY postcode LIMIT ?2",
            f"{digits}*",
            MOST,
        )
        return [str(row[0]) for row in begun]

    async def streets_of(self, postcodes: Sequence[str]) -> dict[str, str]:
        """Return a street of each postcode: the one with the most of its premises."""
        marks = ",".join("?" * len(postcodes))
        rows = await self._rows(
            f"SELECT p.postcode, s.name, count(*) AS n FROM premises p JOIN streets s ON s.usrn = p.usrn "  # noqa: S608
            f"WHERE p.postcode IN ({marks}) GROUP BY p.postcode, s.name ORDER BY n, s.name DESC",
            *postcodes,
        )
        return {postcode: name for postcode, name, _ in rows}

    async def streets(self, words: str, most: int = MOST) -> Sequence[Street]:
        """Return the streets whose names have words that begin with these, in either language; all streets for ""."""
        terms = " ".join(f'"{word}"*' for word in re.findall(r"\w+", words))
        columns = "SELECT s.usrn, s.name, s.other, s.locality, s.town FROM streets s"
        if terms:
            rows = await self._rows(
                f"{columns} JOIN street_words w ON w.rowid = s.usrn WHERE street_words MATCH ? ORDER BY s.name LIMIT ?",
                terms, most,
            )  # fmt: skip
        else:
            rows = await self._rows(f"{columns} ORDER BY s.name")
        return [Street(*row) for row in rows]

    async def council_of(self, postcode: str) -> str | None:
        """Return the name of the council that a postcode belongs to by the ONS file, "" if it has no name there, None if unknown."""
        rows = await self._rows(
            "SELECT coalesce(c.name, '') FROM directory d LEFT JOIN councils c ON c.code = d.council WHERE d.postcode = ?",
            postcode,
        )
        return rows[0][0] if rows else None

    async def rounds_of(self, uprn: int) -> Sequence[str]:
        """Return the names of the collection rounds of a property."""
        return await self._names("rounds", uprn)

    async def flags_of(self, uprn: int) -> Sequence[str]:
        """Return the names of what is true of a property, such as council_owned."""
        return await self._names("flags", uprn)

    async def drawn(self, view: MapView, places: Sequence[Point], here: Point | None) -> str:
        """Return a map as SVG, read and drawn in a thread."""
        return await self._in_thread(lambda connection: draw_map(view, read_shapes(connection, view.box), places, here))

    async def unserved(self) -> tuple[int, Mapping[str, int]]:
        """Return how many homes have no round, and how many properties each round has."""
        counts: Counter[str] = Counter()
        for names, count in await self._rows("SELECT names, count(*) FROM rounds GROUP BY names"):
            for name in names.split():
                counts[name] += count
        rows = await self._rows(
            "SELECT count(*) FROM premises WHERE use LIKE 'R%' AND uprn NOT IN (SELECT uprn FROM rounds)"
        )
        return rows[0][0], counts

    async def wards(self) -> Mapping[str, int]:
        """Return how many premises each ward has; "" is none."""
        return dict(await self._rows("SELECT ward, count(*) FROM premises GROUP BY ward"))

    async def counts(self) -> tuple[int, int]:
        """Return how many premises and postcodes there are."""
        rows = await self._rows("SELECT (SELECT count(*) FROM premises), (SELECT count(*) FROM postcodes)")
        return rows[0][0], rows[0][1]

    async def _names(self, table: str, uprn: int) -> Sequence[str]:
        rows = await self._rows(f"SELECT names FROM {table} WHERE uprn = ?", uprn)  # noqa: S608  # a name of our own
        return rows[0][0].split() if rows and uprn not in self.blocked else ()

    async def _listed(self, where: str, *values: float | str, most: int = MOST) -> list[LocatedPremises]:
        def read(connection: sqlite3.Connection) -> list[LocatedPremises]:
            rows = connection.execute(f"SELECT {COLUMNS} {where} LIMIT {most}", values)
            found = [LocatedPremises(Premises(*row[:-1]), row[-1]) for row in rows if row[0] not in self.blocked]
            return sorted(found, key=lambda one: one.order)

        return await self._in_thread(read)

    async def _rows(self, sql: str, *values: float | str) -> list[Row]:
        return await self._in_thread(lambda connection: connection.execute(sql, values).fetchall())

    async def _in_thread(self, work: Callable[[sqlite3.Connection], T]) -> T:
        def run() -> T:
            try:
                return work(self._connection())
            except sqlite3.Error as why:
                raise NoGazetteer(f"the gazetteer {self.path}: {why}") from None

        return await asyncio.get_running_loop().run_in_executor(self._threads, run)

    def _connection(self) -> sqlite3.Connection:
        """Return this thread's connection, opened again if an import has replaced the file."""
        try:
            file = os.stat(self._file).st_ino  # noqa: PTH116
        except OSError:
            raise NoGazetteer(f"there is no gazetteer {self.path}") from None
        if getattr(self._local, "file", None) != file:
            self._local.connection = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro", uri=True)
            self._local.connection.execute(f"PRAGMA mmap_size = {MAPPED}")
            self.blocked = self.always_blocked | _hidden(self._local.connection)
            self._local.file = file
        return self._local.connection  # type: ignore[no-any-return]


def _hidden(connection: sqlite3.Connection) -> frozenset[int]:
    """Return the properties that have the flag `hidden`; none if the file is older than flags."""
    with suppress(sqlite3.OperationalError):
        rows = connection.execute("SELECT uprn FROM flags WHERE ' ' || names || ' ' LIKE ?", (HIDDEN,))
        return frozenset(uprn for (uprn,) in rows)
    return frozenset()
