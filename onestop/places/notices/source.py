"""Read `content/places/feeds.yaml`: where planning applications and roadworks come from."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from onestop.authoring.faults import Fault
from onestop.authoring.node import Node
from onestop.places.notices.notice import NOTICE_KINDS, NoticeKind
from onestop.places.source import FOLDER, file_node

FEEDS = "feeds.yaml"
EVERY, LEAST, MOST = 60, 5, 7 * 24 * 60
"""Minutes between two fetches: unless told, at least, at most."""
SCHEMES = ("http", "https")


@dataclass(frozen=True, slots=True)
class NoticeFeed:
    """`url` is an HTTP address or "", then `file` is a file. `minutes` are those between two fetches."""

    kind: NoticeKind
    url: str
    file: Path | None
    minutes: int = EVERY

    @property
    def name(self) -> str:
        return self.url or str(self.file)


def read_feeds(folder: Path, languages: tuple[str, ...]) -> tuple[tuple[NoticeFeed, ...], tuple[Fault, ...]]:
    """Return the feeds of a content folder, none if it has no such file, and the faults of the file."""
    label = folder.name or folder.resolve().name
    node = file_node(folder / FOLDER / FEEDS, f"{label}/{FOLDER}/{FEEDS}", languages)
    if node is None:
        return (), ()
    feeds = tuple(found for one in (node / "feeds").items() if (found := _feed(one, folder / FOLDER)))
    return feeds, tuple(node.file.source.faults)


def _feed(node: Node, folder: Path) -> NoticeFeed | None:
    node.entries(("kind", "from", "minutes"))
    kind, source = (node / "kind").one_of(NOTICE_KINDS), (node / "from").text()
    minutes = node.whole("minutes", EVERY, LEAST, MOST)
    if not kind or not source:
        return None
    if "://" in source:
        parts = urlsplit(source)
        if parts.scheme not in SCHEMES or not parts.hostname or parts.username:
            (node / "from").fault(f"`{source}` must be an address like https://data.eastmere.example/planning.geojson")
            return None
        return NoticeFeed(kind, source, None, minutes)
    file = folder / source
    if not file.resolve().is_relative_to(folder.resolve()) or not file.is_file():
        (node / "from").fault(f"there is no file `{source}` in {folder.name}")
        return None
    return NoticeFeed(kind, "", file, minutes)
