"""Which pages show a shape of markup that no page before them has shown: what is looked at once need not be looked at a thousand times."""

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from support.crawl import Fetched

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
TELLING = ("class", "role", "type", "lang", "rel", "autocomplete", "inputmode")
"""Attributes of which the value is part of a shape; of the others only that they are there, and whether they say anything."""


class Shapes(HTMLParser):
    """What each element is, and in which it stands; for a heading also which one stood before it."""

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


def telling(pages: Iterable[Fetched]) -> Iterator[Fetched]:
    """The pages on which something stands in a way in which nothing stood on the pages before."""
    seen: set[tuple[str, ...]] = set()
    for page in pages:
        new = Shapes(page.body.decode()).found - seen
        if new:
            seen |= new
            yield page
