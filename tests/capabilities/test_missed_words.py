"""Words that were searched for and not found are counted for the author, without anything about who searched."""

import asyncio
import time
from pathlib import Path

import pytest
from support.samples.small_content import TODAY, write_content

from onestop.capabilities.missed_words import LENGTHS, REMEMBERED, SEEN, MissedWords
from onestop.catalogue.search.index import SearchIndex
from onestop.catalogue.source.load import load
from onestop.store.connect import open_database
from server import main

NOVEMBER = 1795780800.0


def test_a_word_counts_once_it_was_missed_often_enough() -> None:
    missed = MissedWords()
    for _ in range(SEEN - 1):
        missed.add("en", ["zumba"])
    assert not missed.counted
    missed.add("en", ["zumba"])
    missed.add("en", ["zumba"])
    assert missed.counted == {("en", "zumba"): SEEN + 1}


@pytest.mark.parametrize("word", ["07700900123", "em11aa", "a@b", "x", "y" * LENGTHS.stop])
def test_what_may_be_personal_is_never_counted(word: str) -> None:
    missed = MissedWords()
    for _ in range(2 * SEEN):
        missed.add("en", [word])
    assert not missed.counted
    assert not missed.waiting


def test_only_so_many_words_wait_in_memory() -> None:
    missed = MissedWords()
    for number in range(3 * REMEMBERED):
        missed.add("en", ["".join(chr(97 + int(digit)) for digit in f"{number:05}")])
    assert len(missed.waiting) == REMEMBERED


def test_the_command_lists_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = f"sqlite:///{tmp_path}/a.db"

    async def fill() -> None:
        missed = MissedWords()
        for _ in range(SEEN):
            missed.add("cy", ["zumba"])
        async with open_database(database) as opened:
            await missed.write(opened, time.time())

    asyncio.run(fill())
    assert main(["searches", "--database", database]) == 0
    assert "     3  cy  zumba" in capsys.readouterr().out


def test_the_missing_words_are_those_nothing_has(tmp_path: Path) -> None:
    catalogue = load(write_content(tmp_path / "content", {}), TODAY).catalogue
    assert catalogue
    index = SearchIndex.build(catalogue, "en")
    assert index.missing_words("Where is the missed zumba bin?") == ("zumba",)
    assert index.missing_words("missde bins 608 07700900123 10101") == ()
