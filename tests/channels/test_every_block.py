"""Every channel renders every kind of block with all its words; so does a channel without templates of its own."""

import re
from collections.abc import Mapping
from html import unescape
from types import MappingProxyType

import pytest
from support.render_screen import draw
from support.samples.block_samples import BLOCKS, WORDS, screen

from channels.contract import Channel, Device, Page
from channels.registry import find_channels
from onestop.language import Words
from onestop.screen import Block, Bullets, Facts, Means, Menu, Run, Screen, Steps, Table


class Bare(Channel):
    """A minimal channel: one device, no templates, no measures."""

    name = "bare"
    prefix = "/bare"
    template_sets: tuple[str, ...] = ()
    assets: Mapping[str, bytes] = MappingProxyType({})
    varies: tuple[str, ...] = ()
    devices: Mapping[str, Device] = {"any": Device("any")}
    means = Means()
    rest = "/"
    packet = 0

    def claims(self, headers: Mapping[str, str]) -> bool:
        return False

    def recognise(self, headers: Mapping[str, str]) -> Device:
        return self.devices["any"]

    def lay_out(self, screen: Screen, device: Device, words: Words) -> tuple[Page, ...]:
        return (Page(screen, device, screen.blocks),)


CHANNELS: tuple[Channel, ...] = (*find_channels(), Bare())
EACH = pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: str(channel.name))


def on_the_screen(pages: tuple[str, ...]) -> str:
    """Return the text of all pages, and of the attributes that a screen reader speaks."""
    shown = " ".join(re.sub(r"<style.*?</style>|<head>.*?</head>", "", page, flags=re.DOTALL) for page in pages)
    return unescape(shown)


@EACH
@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_every_word_of_a_block_is_rendered(channel: Channel, block: Block) -> None:
    shown = on_the_screen(draw(channel, screen(block)))
    missing = [word for word in WORDS[type(block)].split() if word.lower() not in shown.lower()]
    assert not missing


EMPTY: tuple[Block, ...] = (
    *(Menu((), kind) for kind in ("sections", "services", "letters", "related")),
    Menu((), label="Services"),
    Facts(()),
    Bullets(()),
    Steps(()),
    Table(((Run("Nothing"),),), ()),
)


@EACH
@pytest.mark.parametrize("block", EMPTY, ids=repr)
def test_a_list_of_nothing_is_drawn(channel: Channel, block: Block) -> None:
    for device in _each(channel):
        assert draw(channel, screen(block), device=device), device


def _each(channel: Channel) -> list[str]:
    """Return every device in its default mode, and all modes of the last."""
    usual = [name for name, device in channel.devices.items() if device.preferences.get("", name) == name]
    return [*usual, *channel.devices[usual[-1]].preferences.values()]


@EACH
def test_every_device_renders_a_screen_of_all_blocks(channel: Channel) -> None:
    for device in _each(channel):
        shown = on_the_screen(draw(channel, screen(*BLOCKS), device=device)).lower()
        missing = [word for words in WORDS.values() for word in words.split() if word.lower() not in shown]
        assert not missing, device


@EACH
def test_every_page_has_the_title_and_the_first_has_the_alert(channel: Channel) -> None:
    for number, page in enumerate(draw(channel, screen(*BLOCKS))):
        shown = on_the_screen((page,)).lower()
        assert "iguanas & jays" in shown
        assert number or "nightjars." in shown


@EACH
def test_every_kind_of_screen_is_rendered(channel: Channel) -> None:
    for kind in (
        "home",
        "section",
        "service",
        "search",
        "letters",
        "phone",
        "problem",
        "question",
        "check",
        "done",
        "stop",
        "move",
    ):
        assert draw(channel, screen(*BLOCKS, kind=kind)), kind


@EACH
def test_a_screen_with_only_required_fields_is_rendered(channel: Channel) -> None:
    nothing: dict[str, object] = {
        "number": "",
        "trail": (),
        "alert": None,
        "summary": "",
        "reviewed": "",
        "data": "",
        "languages": ("en",),
    }
    assert "iguanas" in on_the_screen(draw(channel, screen(BLOCKS[0], **nothing))).lower()


@EACH
def test_an_untranslated_screen_is_rendered_with_the_words_of_its_own_language(channel: Channel) -> None:
    whole = " ".join(draw(channel, screen(*BLOCKS, language="cy"), language="cy"))
    assert "Ffôn" in whole or "Chwilio" in whole


@EACH
def test_an_empty_cell_of_a_table_is_no_header(channel: Channel) -> None:
    head, row = ((), (Run("Kites"),)), ((), (Run("Newts"),))
    shown = on_the_screen(draw(channel, screen(Table(head, (row,)))))
    assert "Kites" in shown and "Newts" in shown
    assert not re.search(r"<th[^>]*>\s*</th>", shown)
