"""The command `searches`: list the words that residents searched for and did not find."""

import argparse
import asyncio
import time

from onestop.capabilities.missed_words import SEEN, month_of
from onestop.settings import Settings
from onestop.store.connect import open_database
from onestop.store.counts import missed_words

MONTHS, MOST = 3, 200


def run_searches(options: argparse.Namespace, settings: Settings) -> int:
    """Print the words that residents searched for and did not find. Raises `StoreUnusable` or `Unavailable`."""
    return asyncio.run(_list(settings))


async def _list(settings: Settings) -> int:
    async with open_database(settings.database, settings.keys) as database:
        since = month_of(time.time(), MONTHS - 1)
        found = await database.read(lambda tx: missed_words.since(tx, since, MOST))
    for one in found:
        print(f"{one.times:6}  {one.language}  {one.word}")
    if not found:
        print(f"no word was searched for {SEEN} times and not found since {since}")
    return 0
