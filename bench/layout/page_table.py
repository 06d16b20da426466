"""The table of television pages: one row for each service and each journey, as the layout has them now."""

import statistics
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from bench.layout.journey_presses import path_presses, usual_path
from bench.layout.slow_line_times import slow_line_times
from bench.layout.tv_pages import DEVICES, NOON, Fullness, fullness, words_of
from channels.registry import find_channels
from channels.tv import CHANNEL
from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.source.load import LoadResult, load
from onestop.journeys.journey import Journey
from onestop.journeys.paths.paths import find_paths
from onestop.site.journeys import journeys_of

FILE = Path(__file__).parent.parent.parent / "docs" / "television-pages.md"
DAY = NOON.date()
NAMES: Mapping[str, str] = {
    "hbbtv": "HbbTV",
    "hbbtv.large": "HbbTV, larger text",
    "maple_gecko": "old family",
    "maple_gecko.large": "old family, larger text",
}
HEAD = """# Television pages of every service and journey

Written by `python -m bench pages --table docs/television-pages.md` from the layout as it is; do not edit it by hand. What the pages
are is described in [television.md](television.md).

Before services had parts and style sheets were cached: 1,257 English pages of 112 services (median 11, worst 33, fill 56 %), 1,452
Welsh ones (fill 52 %); from the first page of "Report a missed bin" the telephone number took 18 presses.

The old family is one that keeps no style sheet (Samsung of 2009 to 2010): each page brings its own, so a packet holds less text. A
slow line changes no page, only how long it takes: presses, times the medians of [performance.md](performance.md) for a television at 56
kbit/s, 300 ms and 5 % of packets lost.
"""


def languages_of(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield each device with each language of the catalogue, in the order of the columns."""
    for device in DEVICES:
        for language in catalogue.languages:
            yield device, language


def summary_row(device: str, language: str, found: Fullness) -> str:
    counts, slow = list(found.counts.values()), slow_line_times()
    ring, start = max(found.ring.values()), max(found.start.values())
    return (
        f"| {NAMES[device]} | {language} | {sum(counts):,} | {statistics.median(counts):g} | {max(counts)} "
        f"| {found.fill:.0%} | {found.under_half:.1%} | {ring} | {start} "
        f"| {slow.to_ring(ring)} | {slow.to_start(start)} |"
    )


def service_row(address: str, all_found: Sequence[Fullness]) -> str:
    """Return the row of one service: pages · fill · presses to ring · to start, from its farthest page, on each device."""
    return " | ".join((f"| {address}", *(found.cell(address) for found in all_found))) + " |"


def journey_row(name: str, journey: Journey) -> str:
    """Return the row of one journey: its questions, the presses to answer one, and those to answer all of a path and send it."""
    ends = [path for path in find_paths(journey, CHANNEL.name, CHANNEL.means, DAY) if not path.stopped]
    presses = [path.presses for path in ends]
    each = statistics.median(path.presses / len(path.steps) for path in ends if path.steps)
    questions = statistics.median(len(path.steps) for path in ends)
    return (
        f"| {name} | {questions:g} | {each:.1f} | {min(presses)} | {statistics.median(presses):g} | {max(presses)} "
        f"| {slow_line_times().to_send(questions)} |"
    )


def variants_row(name: str, journey: Journey, catalogue: Catalogue) -> str:
    """Return the row of one journey by device and language: the presses of its path of median length, laid out there."""
    path = usual_path(journey, DAY)
    cells = (
        path_presses(journey, path, device, words_of(language, catalogue), DAY).cell()
        for device, language in languages_of(catalogue)
    )
    return " | ".join((f"| {name}", *cells)) + " |"


def journeys_in(loaded: LoadResult, content: Path) -> Mapping[str, Journey]:
    found, _ = journeys_of(loaded, content, {channel.name: channel.means for channel in find_channels()}, DAY)
    return found.journeys


def page_table(content: Path, day: date = DAY) -> Iterator[str]:
    """Yield the lines of the table."""
    loaded = load(content, day)
    catalogue = loaded.catalogue
    assert catalogue
    columns = list(languages_of(catalogue))
    all_found = [fullness(catalogue, device, language) for device, language in columns]
    yield HEAD
    yield "## All services\n"
    yield "| device | language | pages | median | worst | fill | under half | presses to ring | to start | slow line: to ring | to start |"
    yield "|---" * 11 + "|"
    yield from (summary_row(*column, found) for column, found in zip(columns, all_found, strict=True))
    yield "\n## Each service\n"
    yield "Pages · fill · presses to ring · presses to start, from the page where they are most. – asks no questions.\n"
    yield " | ".join(("| service", *(f"{NAMES[device]}, {language}" for device, language in columns))) + " |"
    yield "|---" * (len(columns) + 1) + "|"
    yield from (service_row(service.address, all_found) for service in catalogue.services)
    yield "\n## Each journey\n"
    yield "Presses of the remote control, letters by the digit keys included; those to send answer every question of a path and send it.\n"
    yield "| journey | questions, median | to answer one, median | to send, fewest | median | most | waiting on a slow line, median |"
    yield "|---" * 7 + "|"
    journeys = sorted(journeys_in(loaded, content).items())
    yield from (journey_row(*one) for one in journeys)
    yield "\n## Each journey on each device\n"
    yield "Presses to answer one question, in the mean · to answer all and send, on the path of median length.\n"
    yield " | ".join(("| journey", *(f"{NAMES[device]}, {language}" for device, language in columns))) + " |"
    yield "|---" * (len(columns) + 1) + "|"
    yield from (variants_row(*one, catalogue) for one in journeys)


def write(content: Path, file: Path = FILE) -> None:
    """Write the table to a file."""
    file.write_text("\n".join(page_table(content)) + "\n", encoding="utf-8")


def measure(content: Path) -> None:
    """One row for each journey."""
    print("\nPresses of the remote control that answer a journey and send it, over its paths: as in the table")
    print(
        "  journey | questions, median | to answer one, median | to send, fewest | median | most | waiting on a slow line"
    )
    for one in sorted(journeys_in(load(content, DAY), content).items()):
        print(f"  {journey_row(*one)}", flush=True)
