"""Look-ups in the gazetteer at several sizes, their cost off and on the event loop, and the import of a borough."""

import asyncio
import os
import statistics
import tempfile
import time
from pathlib import Path
from random import Random

from bench.load import resident_megabytes
from onestop.lookup.finder import list_choices, understand, understand_keys
from onestop.places.files.recognise import read_files
from onestop.places.gazetteer.reader import Gazetteer
from onestop.places.gazetteer.writer import write_gazetteer
from onestop.places.keypad import keyed_short
from onestop.places.query import PlaceQuery
from scripts.make_gazetteer import make, make_into

SIZES = (1_000, 60_000, 1_000_000)
IMPORTED = 150_000
LOOKUPS = 400


def measure(sizes: tuple[int, ...] = SIZES, imported: int = IMPORTED) -> None:
    """One row a size, and one for an import of files."""
    print("\nAddresses")
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            file = Path(scratch) / "gazetteer.db"
            made = make_into(file, size)
            stored = file.stat().st_size / 1e6
            print(f"  {made:9,} addresses, file {stored:.0f} MB  {asyncio.run(_looked_up(file))}", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        _import(Path(scratch), imported)


async def _looked_up(file: Path) -> str:
    """Return the times of look-ups by postcode, by digits and by street, as a visitor makes them, and what they hold the event loop for."""
    before = resident_megabytes(os.getpid())
    gazetteer = Gazetteer(file)
    rows = await gazetteer._rows("SELECT postcode FROM postcodes")
    postcodes = [str(row[0]) for row in rows]
    chance = Random(1)
    taken: list[float] = []
    held: list[float] = []
    ticking = asyncio.ensure_future(_tick(held))
    for number in range(LOOKUPS):
        postcode = chance.choice(postcodes)
        began = time.perf_counter()
        asked = (understand, postcode) if number % 2 else (understand_keys, keyed_short(postcode))
        found = await asked[0](gazetteer, asked[1])
        assert isinstance(found, PlaceQuery)
        assert await list_choices(gazetteer, found)
        taken.append((time.perf_counter() - began) * 1000)
    ticking.cancel()
    memory = resident_megabytes(os.getpid()) - before
    gazetteer.close()
    cuts = statistics.quantiles(taken, n=100)
    return (
        f"look-up p50 {cuts[49]:.2f} ms  p99 {cuts[98]:.2f} ms  event loop late p99 {statistics.quantiles(held, n=100)[98]:.2f} ms"
        f"  memory {memory:.0f} MB"
    )


async def _tick(held: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        held.append((time.perf_counter() - began) * 1000 - 1)


def _import(folder: Path, size: int) -> None:
    made = make(folder / "files", size)
    began, spent, before = time.perf_counter(), time.process_time(), resident_megabytes(os.getpid())
    found = read_files(sorted((folder / "files").iterdir()))
    write_gazetteer(folder / "gazetteer.db", found)
    took, cpu = time.perf_counter() - began, time.process_time() - spent
    print(
        f"  import of {made:,} in {took:.1f} s ({cpu:.1f} s CPU), {resident_megabytes(os.getpid()) - before:.0f} MB",
        flush=True,
    )
