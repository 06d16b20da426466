"""Every text of every Welsh page says its language (WCAG 2.2, 3.1.2): the catalogue decides, the markup agrees."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from gettext import GNUTranslations
from html.parser import HTMLParser

import pytest
from support.render_screen import draw, words_for

from channels.contract import Channel
from channels.registry import find_channels
from onestop.catalogue.body import unpack
from onestop.catalogue.catalogue import Catalogue, Section, Service
from onestop.catalogue.screens import letters_screen, screen_at, search_screen
from onestop.catalogue.search.index import SearchIndex
from onestop.catalogue.source.load import LoadResult
from onestop.language import Words
from onestop.screen import Bullets, Heading, Note, Paragraph, Run, Screen, Steps

pytestmark = pytest.mark.slow

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
VOID = frozenset(["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"])
UNTRANSLATED = 4
"""One service in so many loses its Welsh."""
SAMPLE = 3
"""One address in so many is drawn."""


@dataclass
class TextNodes(HTMLParser):
    """The texts of a page, each with its effective language."""

    def __post_init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", "")]
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang") or self.open[-1][1]))

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1][0] not in ("style", "script"):
            self.found.append((" ".join(data.split()), self.open[-1][1]))


@pytest.fixture(scope="module")
def catalogue(borough: LoadResult) -> Catalogue:
    """Return the borough without the Welsh of some services."""
    whole = borough.catalogue
    assert whole
    services = {
        one.address: replace(one, texts={"en": one.texts["en"]}) if place % UNTRANSLATED == 0 else one
        for place, one in enumerate(whole.services)
    }
    sections: tuple[Section, ...] = tuple(
        replace(one, services=tuple(services[service.address] for service in one.services)) for one in whole.sections
    )
    return replace(
        whole,
        services=tuple(services.values()),
        sections=sections,
        by_address={one.address: one for one in sections} | {one.address: one for one in services.values()},
        letters={
            language: {letter: tuple(services[one.address] for one in found) for letter, found in those.items()}
            for language, those in whole.letters.items()
        },
    )


@pytest.mark.parametrize(
    "channel", [one for one in find_channels() if one.name != "text"], ids=lambda channel: channel.name
)
def test_every_text_of_a_welsh_page_is_in_the_language_its_markup_says(channel: Channel, catalogue: Catalogue) -> None:
    words = words_for(channel, "cy")
    known = _only_one(_texts(catalogue, "en"), {*_texts(catalogue, "cy"), *_interface(words)})
    wrong, decided = set(), {"en": 0, "cy": 0}
    for screen in _screens(catalogue, words):
        for page in draw(channel, screen, language="cy"):
            nodes = TextNodes()
            nodes.feed(page)
            for text, language in nodes.found:
                if text in known:
                    decided[known[text]] += 1
                    if known[text] != language:
                        wrong.add((screen.address, text, language))
    assert not wrong, sorted(wrong)[:10]
    assert min(decided.values()) > 100, decided


def _screens(catalogue: Catalogue, words: Words) -> Iterator[Screen]:
    for address in ("/", *list(catalogue.by_address)[::SAMPLE]):
        if screen := screen_at(catalogue, address, words, NOON):
            yield screen
    for letter in ("", *list(catalogue.letters["cy"])[::SAMPLE]):
        if screen := letters_screen(catalogue, words, NOON, letter):
            yield screen
    yield search_screen(catalogue, SearchIndex.build(catalogue, "cy"), "parking", words, NOON)


def _only_one(english: set[str], welsh: set[str]) -> dict[str, str]:
    """Return the language of each text that is in one language only."""
    return dict.fromkeys(english - welsh, "en") | dict.fromkeys(welsh - english, "cy")


def _interface(words: Words) -> set[str]:
    """Return the Welsh texts of the interface that are not the same in English."""
    assert isinstance(words.texts, GNUTranslations)
    entries = vars(words.texts)["_catalog"].items()
    return {text for key, text in entries if isinstance(key, str) and key and text != key and "{" not in text}


def _texts(catalogue: Catalogue, language: str) -> set[str]:
    """Return the texts that the catalogue has in one language, as they stand on pages."""
    found: list[str] = []
    for thing in catalogue.by_address.values():
        if not isinstance(thing, Service):
            found += [thing.titles.get(language, ""), thing.summaries.get(language, "")]
        elif text := thing.texts.get(language):
            found += [text.title, text.summary, text.cost, text.takes, text.eligibility, *text.need]
            found += [one for block in unpack(text.body, catalogue.reference) for one in _of_block(block)]
    return {" ".join(text.split()) for text in found if text}


def _of_block(block: object) -> Iterator[str]:
    if isinstance(block, Heading):
        yield block.text
    elif isinstance(block, Paragraph | Note):
        yield from _runs(block.text)
    elif isinstance(block, Bullets | Steps):
        for item in block.items:
            yield from _runs(item)


def _runs(text: tuple[Run, ...]) -> Iterator[str]:
    yield from (run.text for run in text)
