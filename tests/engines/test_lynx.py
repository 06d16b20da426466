"""Lynx has no CSS: pages are in reading order, and a report is made by keys alone."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from engines.lynx import pressed, read
from engines.outbox import ADDRESS, expect_one_report
from support.render_screen import draw, words_for
from support.samples.block_samples import BLOCKS, screen

from channels.block_heights import visible_texts
from channels.contract import Channel
from channels.registry import find_channels
from channels.text_metrics import plain
from onestop.catalogue.screens import screen_at
from onestop.catalogue.source.load import LoadResult
from onestop.screen import Block, Facts, Place, Table

TV, PHONE = (channel for name in ("tv", "mobile") for channel in find_channels() if channel.name == name)
EACH = pytest.mark.parametrize("channel", [TV, PHONE], ids=["tv", "phone"])
BOTH = (
    "Aardvarks badgers see camels Dormice Eels Foxes 83 Geese 84 Hares Owls Ibexes Jackals Kites Lynxes Moles Newts Warning Pandas "
    "Quails Rabbits Seals Toads Urials ants Zebras 08:30 to 17:00 Doves Bees 451 Egrets finches Gulls Herons Nutrias Oryxes Koels "
    "Larks Mynas Impalas Pumas Quolls Ravens Shrews Tapirs Uakaris 123 456 7890"
)
"""The texts of every sample block, in reading order."""
LAST = {"tv": ["Back"], "mobile": ["Eastmere", "Borough", "Council"]}
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def told(text: str) -> list[str]:
    """Return the words of a text without punctuation."""
    return re.findall(r"[^\W_]+", text)


def missed(wanted: Iterable[str], heard: Iterable[str]) -> str:
    """Return the first wanted word that is missing or out of order, or ""."""
    rest = iter(heard)
    return next((word for word in wanted if word not in rest), "")


@EACH
def test_every_block_is_in_reading_order(channel: Channel) -> None:
    heard: list[str] = []
    for page in draw(channel, screen(*BLOCKS)):
        head, title, body = read(page).partition("Iguanas & jays\n")
        # Before the title there are only the parts of every page, and the alert.
        assert title and "Aardvarks" not in head
        heard += told(body)
    assert missed(told(BOTH), heard) == ""


@EACH
def test_the_demonstration_is_in_reading_order(channel: Channel, borough: LoadResult) -> None:
    assert borough.catalogue
    words, read_of = words_for(channel), 0
    for section in borough.catalogue.sections:
        for address in (section.address, section.services[0].address):
            found = screen_at(borough.catalogue, address, words, NOON)
            assert found
            heard: list[str] = []
            for page in draw(channel, found):
                text = told(read(page))
                assert text[-len(LAST[channel.name]) :] == LAST[channel.name], "what leads away is not said last"
                heard += text
            wanted = told(" ".join((found.title, *(said for block in found.blocks for said in in_order(block)))))
            read_of += len(wanted)
            assert missed(wanted, heard) == "", (address, " ".join(heard))
    assert read_of > 3000


def in_order(block: Block) -> Iterable[str]:
    """Return the texts of a block in reading order."""
    if isinstance(block, Table):
        return (block.caption, *(plain(cell) for row in (block.head, *block.rows) for cell in row))
    if isinstance(block, Facts):
        return (text for label, said in block.rows for text in (label, plain(said)))
    return (block.name,) if isinstance(block, Place) else visible_texts(block)


def test_a_missed_bin_is_reported_by_keys(origin: str, outbox: Path, tmp_path: Path) -> None:
    down, enter = "Down Arrow", "^J"
    typed = ["<space>" if sign == " " else sign for sign in ADDRESS]
    # Past the other language and the eight parts to the way in; past the phone to the field; of the last question the third answer;
    # past the links that change the six answers to what sends them.
    to_field, to_send = [down, enter], [*[down] * 6, enter]
    keys = [*[down] * 9, enter, *[enter] * 4, *to_field, *typed, "<tab>", enter, down, down, enter, *to_send]
    with expect_one_report(outbox):
        pressed(tmp_path, f"{origin}/tv/bins/missed-bin", keys)
