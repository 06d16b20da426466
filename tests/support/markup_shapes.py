"""Find the pages with markup that no earlier page has, so that slow checks need not look at a thousand alike."""

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from support.crawl import Fetched

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
TELLING = ("class", "role", "type", "lang", "rel", "autocomplete", "inputmode")
"""Attributes whose value counts; of others only their presence and whether they are empty."""


class Shapes(HTMLParser):
    """Collect each element with its parent, and each heading with the one before it."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: set[tuple[str, ...]] = set()
        self.around: list[str] = ["", ""]
        self.heading = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = sorted(f"{name}={value}" if name in TELLING or not value else name for name, value in attrs)
        shape = f"{tag} {' '.join(has)}"
        self.found.add((*self.around[-2:], shape))
        if tag in HEADINGS:
            self.found.add((self.heading, tag))
            self.heading = tag
        if tag not in VOID:
            self.around.append(shape)

    def handle_endtag(self, tag: str) -> None:
        while len(self.around) > 2 and self.around.pop().split(" ", 1)[0] != tag:
            pass


def distinct_pages(pages: Iterable[Fetched], *, alone: bool = False) -> Iterator[Fetched]:
    """Return the pages with a combination of markup that no earlier page has; `alone` looks at each element without its parents."""
    seen: set[tuple[str, ...]] = set()
    for page in pages:
        found = Shapes(page.body.decode()).found
        new = ({shape[-1:] for shape in found} if alone else found) - seen
        if new:
            seen |= new
            yield page
