"""How full television pages are, and how many a service takes, by the layout itself."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from channels.block_heights import height
from channels.contract import Page
from channels.measures import Measures
from channels.tv import CHANNEL
from channels.tv.measures import measures_for
from channels.tv.parts import PagePart
from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.screens.service import service_screen
from onestop.catalogue.source.load import load
from onestop.language import Words, load_words
from onestop.screen import Menu, MenuItem
from onestop.site.site import WORDS

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
DEVICES = ("hbbtv", "hbbtv.large", "maple_gecko", "maple_gecko.large")


@dataclass(slots=True)
class Fullness:
    """`counts` are pages by service; `fills` are shares of a page's height, `last` those of the last pages of services, `by_service`
    the means of each service.

    `ring` and `start` are by service the presses that ringing and starting take from the farthest page: one digit, and OK to start.
    A service without questions has nothing to start.
    """

    counts: dict[str, int] = field(default_factory=dict)
    fills: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    by_service: dict[str, float] = field(default_factory=dict)
    ring: dict[str, int] = field(default_factory=dict)
    start: dict[str, int] = field(default_factory=dict)

    @property
    def away(self) -> int:
        """The presses of the farthest of ringing and starting."""
        return max((*self.ring.values(), *self.start.values()))

    def cell(self, address: str) -> str:
        """Return pages, fill, presses to ring and presses to start of one service."""
        start = self.start.get(address, "–")
        return f"{self.counts[address]} · {self.by_service[address]:.0%} · {self.ring[address]} · {start}"

    @property
    def fill(self) -> float:
        return statistics.mean((*self.fills, *self.last))

    @property
    def under_half(self) -> float:
        """The share of pages under half full, last pages aside."""
        return sum(one < 0.5 for one in self.fills) / len(self.fills)


def words_of(language: str, catalogue: Catalogue) -> Words:
    folders = (WORDS, Path(__file__).parent.parent.parent / "channels" / "tv")
    return load_words(folders, catalogue.languages, ZoneInfo("Europe/London"))[language]


def fullness(catalogue: Catalogue, device: str, language: str) -> Fullness:
    """Lay out every service of a catalogue in one language on one device."""
    found, words, one = Fullness(), words_of(language, catalogue), CHANNEL.sets[device]
    for service in catalogue.services:
        screen = service_screen(catalogue, service, words, NOON)
        pages = CHANNEL.lay_out(screen, one, words)
        found.counts[service.address] = len(pages)
        measures = measures_for(screen, words, one.sizes, parts=bool(pages[0].frame["parts"]))
        own = words.of(screen.language)
        found.ring[service.address] = max(_presses_to_ring(page, pages, own) for page in pages)
        if service.journey:
            found.start[service.address] = max(_presses_to_start(page, pages) for page in pages)
        fills = [_fill(page, measures) for page in pages if not _is_contents(page)]
        found.fills += fills[:-1]
        found.last += fills[-1:]
        found.by_service[service.address] = statistics.mean(fills)
    return found


def _fill(page: Page, measures: Measures) -> float:
    taken = measures.first[0] if page.number == 1 else 0
    return (taken + sum(height(block, measures) for block in page.blocks)) / measures.height


def _is_contents(page: Page) -> bool:
    first = page.frame["contents"]
    assert isinstance(first, int)
    return 0 < first <= page.number


def _presses_to_ring(page: Page, pages: Sequence[Page], words: Words) -> int:
    """Return the presses from a page to the telephone number."""
    if any(part.name == words("Ring us") for part in _listed(page)):
        return 1
    if any(item.label == words("Ring us") for item in _in_contents(page, pages)):
        return _over_contents(page)
    return page.total - page.number


def _presses_to_start(page: Page, pages: Sequence[Page]) -> int:
    """Return the presses from a page to the first question."""
    if _listed(page):
        return 2
    return _over_contents(page) if page.number > 1 and _in_contents(page, pages) else page.number


def _listed(page: Page) -> list[PagePart]:
    parts = page.frame["parts"]
    assert isinstance(parts, tuple)
    return [part for part in parts if isinstance(part, PagePart)]


def _in_contents(page: Page, pages: Sequence[Page]) -> list[MenuItem]:
    """Return the links of the first page of contents, if there is one."""
    first = page.frame["contents"]
    assert isinstance(first, int)
    menus = [block for block in pages[first - 1].blocks if isinstance(block, Menu)] if first else []
    return [item for menu in menus for item in menu.items]


def _over_contents(page: Page) -> int:
    return 1 if page.number == page.frame["contents"] else 2


def measure(content: Path) -> None:
    """One row for each device and language."""
    loaded = load(content, NOON.date())
    assert loaded.catalogue
    print("\nTelevision pages of the services; the farthest page from the telephone number and from the first question")
    for device in DEVICES:
        for language in loaded.catalogue.languages:
            _print_row(device, language, fullness(loaded.catalogue, device, language))


def _print_row(device: str, language: str, found: Fullness) -> None:
    counts = list(found.counts.values())
    print(
        f"  {device:18} {language}  pages {sum(counts):5}  median {statistics.median(counts):4}  worst {max(counts):3}"
        f"  fill {found.fill:4.0%}  under half {found.under_half:5.1%}  presses {found.away}",
        flush=True,
    )
