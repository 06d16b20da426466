"""The table of words that were searched for and not found."""

from pathlib import Path

import pytest

from onestop.capabilities.missed_words import SEEN, MissedWords
from onestop.store.connect import open_database
from onestop.store.counts import missed_words

NOVEMBER = 1795780800.0


async def test_counts_are_added_in_the_database_and_old_months_go(url: str, keys_file: Path | None) -> None:
    async with open_database(url, keys_file) as database:
        missed = MissedWords()
        for now in (NOVEMBER - 400 * 86400, NOVEMBER, NOVEMBER):
            for _ in range(SEEN):
                missed.add("en", ["zumba"])
            await missed.write(database, now)
        found = await database.read(lambda tx: missed_words.since(tx, "2020-01", 10))
        assert [(one.language, one.word, one.times) for one in found] == [("en", "zumba", 2 * SEEN)]


async def test_a_month_has_only_so_many_words(
    url: str, keys_file: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_database(url, keys_file) as database:
        monkeypatch.setattr(missed_words, "MOST", 2)
        counts = {("en", word): 1 for word in ("one", "two", "three")}
        for _ in range(2):
            await database.run(lambda tx: missed_words.add(tx, "2026-11", counts, "2025-11"))
        found = await database.read(lambda tx: missed_words.since(tx, "2026-11", 10))
        assert [one.times for one in found] == [2, 2]
