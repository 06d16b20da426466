"""`python -m bench [ready|workers|render|personal|wire|remote|line|submissions|growth ...]` runs the named benchmarks, or all."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from bench import first_render, growth, personal_pages, ready_page, remote_control, wire, workers
from bench.slow_line import visits
from bench.submissions import rates

CONTENT = Path(__file__).parent.parent / "content"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
PAGES = ("/tv/bins/missed-bin", "/bins/missed-bin")
BENCHES: dict[str, Callable[[], None]] = {
    "ready": lambda: ready_page.measure(CONTENT, PAGES),
    "workers": lambda: workers.measure(CONTENT, PAGES[1]),
    "render": lambda: first_render.measure(CONTENT),
    "personal": lambda: personal_pages.measure(CONTENT),
    "wire": lambda: wire.measure(CONTENT),
    "remote": lambda: remote_control.measure(CONTENT, CHROMIUM),
    "line": lambda: visits.measure(CONTENT, CHROMIUM),
    "submissions": lambda: rates.measure(CONTENT),
    "growth": lambda: growth.measure(CONTENT),
}


def main() -> None:
    """Run the named benchmarks in order."""
    for name in sys.argv[1:] or BENCHES:
        BENCHES[name]()


if __name__ == "__main__":
    main()
