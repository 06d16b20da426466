"""`python -m bench [ready|render|wire|submissions|growth ...]`: all of them when none is named."""

import sys
from collections.abc import Callable
from pathlib import Path

from bench import first_render, growth, ready_page, submissions, wire

CONTENT = Path(__file__).parent.parent / "content"
PAGES = ("/tv/bins/missed-bin", "/bins/missed-bin")
BENCHES: dict[str, Callable[[], None]] = {
    "ready": lambda: ready_page.measure(CONTENT, PAGES),
    "render": lambda: first_render.measure(CONTENT),
    "wire": lambda: wire.measure(CONTENT),
    "submissions": submissions.measure,
    "growth": lambda: growth.measure(CONTENT),
}


def main() -> None:
    """Run the named benches in order."""
    for name in sys.argv[1:] or BENCHES:
        BENCHES[name]()


if __name__ == "__main__":
    main()
