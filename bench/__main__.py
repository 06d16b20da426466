"""`python -m bench [NAME ...]` runs the named benchmarks, or all; `python -m bench TRIAL [options]` runs one trial;
`python -m bench pages --table [FILE]` writes the table of television pages.
"""

import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bench import (
    address_lookup,
    author_saves,
    desk_lists,
    first_render,
    growth,
    kept_work,
    personal_pages,
    ready_page,
    remote_control,
    wire,
    workers,
)
from bench.layout import kiosk_pages, page_table, tv_pages
from bench.slow_line import visits
from bench.submissions import dead_destination, rates
from bench.trials import outage, red, soak
from bench.trials.day import trial as day

CONTENT = Path(__file__).parent.parent / "content"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
PAGES = ("/tv/bins/missed-bin", "/bins/missed-bin")
BENCHES: dict[str, Callable[[], None]] = {
    "ready": lambda: ready_page.measure(CONTENT, PAGES),
    "workers": lambda: workers.measure(CONTENT, PAGES[1]),
    "render": lambda: first_render.measure(CONTENT),
    "kept": lambda: kept_work.measure(CONTENT),
    "personal": lambda: personal_pages.measure(CONTENT),
    "wire": lambda: wire.measure(CONTENT),
    "remote": lambda: remote_control.measure(CONTENT, CHROMIUM),
    "line": lambda: visits.measure(CONTENT, CHROMIUM),
    "submissions": lambda: rates.measure(CONTENT),
    "dead": lambda: dead_destination.measure(CONTENT),
    "pages": lambda: _measure_pages(),
    "growth": lambda: growth.measure(CONTENT),
    "author": lambda: author_saves.measure(CONTENT),
    "addresses": address_lookup.measure,
    "desk": lambda: desk_lists.measure(CONTENT),
}
TABLE = ["pages", "--table"]
TRIALS: dict[str, Callable[[Path, Sequence[str]], int]] = {
    "soak-attack": soak.run,
    "red": red.run,
    "outage": outage.run,
    "day": day.run,
}
"""Each returns the exit status: 1 if something acknowledged was lost or a bound was broken."""
NOT_TRIED = 2


def _measure_pages() -> None:
    tv_pages.measure(CONTENT)
    page_table.measure(CONTENT)
    kiosk_pages.measure(CONTENT)


def main() -> int:
    """Run one trial, or the named benchmarks in order."""
    named = sys.argv[1:]
    if named and named[0] in TRIALS:
        try:
            return TRIALS[named[0]](CONTENT, named[1:])
        except pytest.skip.Exception as why:
            print(f"NOT TRIED: {why}", file=sys.stderr)
            return NOT_TRIED
    if named[:2] == TABLE:
        page_table.write(CONTENT, *map(Path, named[2:3]))
        return 0
    for name in named or BENCHES:
        BENCHES[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
