"""How full television pages are, and how many a service takes, by the layout itself."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from channels.block_heights import height
from channels.contract import Page
from channels.registry import find_channels
from channels.tv import CHANNEL
from channels.tv.measures import measures_for
from channels.tv.parts import PagePart
from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.screens.service import service_screen
from onestop.catalogue.source.load import load
from onestop.journeys.paths.paths import find_paths
from onestop.language import Words, load_words
from onestop.screen import Menu
from onestop.site.journeys import journeys_of
from onestop.site.site import WORDS

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
DEVICES = ("hbbtv", "hbbtv.large", "maple_gecko", "maple_gecko.large")


@dataclass(slots=True)
class Fullness:
    """`counts` are pages by service; `fills` are shares of a page's height, `last` those of the last pages of services.

    `away` has, for each page, the presses of the farthest of ringing and starting: one digit, and OK to start.
    """

    counts: dict[str, int] = field(default_factory=dict)
    fills: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    away: list[int] = field(default_factory=list)

    @property
    def fill(self) -> float:
        return statistics.mean((*self.fills, *self.last))

    @property
    def under_half(self) -> float:
        """The share of pages under half full, last pages aside."""
        return sum(one < 0.5 for one in self.fills) / len(self.fills)


def words_of(language: str, catalogue: Catalogue) -> Words:
    folders = (WORDS, Path(__file__).parent.parent / "channels" / "tv")
    return load_words(folders, catalogue.languages, ZoneInfo("Europe/London"))[language]


def fullness(catalogue: Catalogue, device: str, language: str) -> Fullness:
    """Lay out every service of a catalogue in one language on one device."""
    found, words, one = Fullness(), words_of(language, catalogue), CHANNEL.sets[device]
    for service in catalogue.services:
        screen = service_screen(catalogue, service, words, NOON)
        pages = CHANNEL.lay_out(screen, one, words)
        found.counts[service.address] = len(pages)
        measures = measures_for(screen, words, one.sizes, parts=bool(pages[0].frame["parts"]))
        for page in pages:
            found.away.append(max(_presses(page, pages, words.of(screen.language), bool(service.journey))))
        text = [page for page in pages if not _is_contents(page)]
        for page in text:
            taken = sum(height(block, measures) for block in page.blocks) + (
                measures.first[0] if page.number == 1 else 0
            )
            (found.fills if page is not text[-1] else found.last).append(taken / measures.height)
    return found


def _is_contents(page: Page) -> bool:
    first = page.frame["contents"]
    assert isinstance(first, int)
    return 0 < first <= page.number


def _presses(page: Page, pages: Sequence[Page], words: Words, starts: bool) -> Iterator[int]:
    """Yield the presses from a page to the telephone number, and to the first question."""
    parts, first = page.frame["parts"], page.frame["contents"]
    assert isinstance(parts, tuple) and isinstance(first, int)
    listed = {part.name for part in parts if isinstance(part, PagePart)}
    shown = {
        item.label
        for block in (pages[first - 1].blocks if first else ())
        if isinstance(block, Menu)
        for item in block.items
    }
    over = 1 if page.number == first else 2
    yield 1 if words("Ring us") in listed else over if words("Ring us") in shown else page.total - page.number
    if starts:
        yield 2 if listed else over if shown and page.number > 1 else page.number


def measure(content: Path) -> None:
    """One row for each device and language, and one for each journey."""
    day = date(2026, 11, 25)
    loaded = load(content, day)
    assert loaded.catalogue
    print("\nTelevision pages of the services; the farthest page from the telephone number and from the first question")
    for device in DEVICES:
        for language in loaded.catalogue.languages:
            _print_row(device, language, fullness(loaded.catalogue, device, language))
    print("\nPresses of the remote control that answer a journey and send it, over its paths")
    found, _ = journeys_of(loaded, content, {channel.name: channel.means for channel in find_channels()}, day)
    for name, journey in sorted(found.journeys.items()):
        ends = [path for path in find_paths(journey, CHANNEL.name, CHANNEL.means, day) if not path.stopped]
        presses = [path.presses for path in ends]
        questions = statistics.median(len(path.steps) for path in ends)
        print(
            f"  {name:22} questions {questions:4}  fewest {min(presses):3}  median {statistics.median(presses):5}  most {max(presses):3}"
        )


def _print_row(device: str, language: str, found: Fullness) -> None:
    counts = list(found.counts.values())
    print(
        f"  {device:18} {language}  pages {sum(counts):5}  median {statistics.median(counts):4}  worst {max(counts):3}"
        f"  fill {found.fill:4.0%}  under half {found.under_half:5.1%}  presses {max(found.away)}",
        flush=True,
    )
