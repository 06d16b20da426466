"""Counts of cases: acknowledged to residents, stored in the database, delivered to a desk, refused with a 503, or failed."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from support.programs.databases import find_case

from bench.trials.verdict import TrialBound
from onestop.store.connect import open_database


@dataclass(slots=True)
class Ledger:
    """`refused` counts 503 responses with Retry-After; `failed` describes all other failures."""

    acknowledged: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    refused: int = 0
    read: int = 0

    def bounds(self, stored: set[str], delivered: Iterable[str]) -> list[TrialBound]:
        """Return the counts that must be zero: lost, undelivered, duplicated and failed."""
        files = Counter(delivered)
        told = set(self.acknowledged)
        return [
            TrialBound("cases acknowledged and not stored", 0, len(told - stored)),
            TrialBound("cases acknowledged and not delivered", 0, len(told - files.keys())),
            TrialBound("references given to two residents", 0, len(self.acknowledged) - len(told)),
            TrialBound("requests that failed", 0, len(self.failed)),
        ]

    def show(self, stored: set[str], delivered: Iterable[str]) -> None:
        """Print the table."""
        told = set(self.acknowledged)
        print("\n  acknowledged    stored  delivered   refused    failed  pages read")
        files = told & set(delivered)
        print(
            f"  {len(told):12,}{len(told & stored):10,}{len(files):11,}{self.refused:10,}{len(self.failed):10,}{self.read:12,}"
        )
        for what, times in Counter(self.failed).most_common(5):
            print(f"  failed {times} times: {what[:200]}")


def delivered_cases(outbox: Path) -> list[str]:
    """Return the reference of every case in the desks' folders."""
    return [file.stem.replace(" ", "") for file in outbox.glob("[!.]*/*.json")]


def wait_until_delivered(outbox: Path, references: Iterable[str], seconds: float) -> list[str]:
    """Wait until every case is in a desk's folder, but not longer than `seconds`; return all that are."""
    wanted, end = set(references), time.monotonic() + seconds
    while wanted - set(found := delivered_cases(outbox)) and time.monotonic() < end:
        time.sleep(0.2)
    return found


def stored_cases(url: str, keys: Path | None, references: Iterable[str]) -> set[str]:
    """Return those of the references that the database has a case for, decrypted."""
    return asyncio.run(_stored(url, keys, references))


async def _stored(url: str, keys: Path | None, references: Iterable[str]) -> set[str]:
    async with open_database(url, keys) as database:
        return {one for one in references if await database.read(partial(find_case, reference=one))}
