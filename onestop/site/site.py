"""Everything read from the content folder, as one immutable value that is replaced as a whole."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import onestop.language
from channels.contract import Channel, Device
from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.search.index import SearchIndex, build_indexes
from onestop.delivery.routes import Routes
from onestop.figures.publication import Publication
from onestop.journeys.journey import Journey
from onestop.language import Words, load_words
from onestop.messages.carriers_file import Carriers
from onestop.screen import Brand
from onestop.site.address import Address, Addresses
from onestop.site.local import LocalContent
from onestop.site.templates import marked

WORDS = Path(onestop.language.__file__).parent


@dataclass(frozen=True, slots=True)
class Site:
    """`words` are by channel name and language, `brands` and `indexes` by language. `read` is when the catalogue was read, and
    `changes` when the next service or alert begins or ends, in seconds since 1970. `figures` are those published last.
    """

    version: int
    catalogue: Catalogue
    addresses: Addresses
    words: Mapping[tuple[str, str], Words]
    brands: Mapping[str, Brand]
    indexes: Mapping[str, SearchIndex]
    read: datetime
    journeys: Mapping[str, Journey] = field(default_factory=dict)
    routes: Routes = field(default_factory=Routes)
    carriers: Carriers = field(default_factory=Carriers)
    local: LocalContent = field(default_factory=LocalContent)
    changes: float = float("inf")
    figures: Publication = field(default_factory=Publication)

    def words_for(self, address: Address) -> Words:
        return self.words[address.channel.name, address.language]

    def device(self, address: Address, headers: Mapping[str, str]) -> Device:
        """Return the device an address names, or the one recognised by request headers."""
        return address.channel.devices[address.device] if address.device else address.channel.recognise(headers)


def build_site(
    version: int,
    catalogue: Catalogue,
    channels: Sequence[Channel],
    journeys: Mapping[str, Journey],
    routes: Routes,
    before: Site | None = None,
    cache: Path | None = None,
    words: tuple[Path, ...] = (),
) -> Site:
    """Return the site of a catalogue. `before` is the site it replaces, `cache` the folder of the large catalogue's index.

    `words` are folders of .po files besides the core's and the channels'.
    """
    indexes = before.indexes if before else {}
    languages = catalogue.languages
    return Site(
        version,
        catalogue,
        Addresses(tuple(channels), languages),
        {
            (channel.name, code): own
            for channel in channels
            for code, own in _words((WORDS, *words, home(channel)), languages, catalogue.council.zone).items()
        },
        {code: marked(catalogue.council.brand(code)) for code in languages},
        build_indexes(catalogue, indexes, cache),
        datetime.now(UTC),
        journeys,
        routes,
    )


def home(channel: Channel) -> Path:
    """Return the folder of a channel's code, where its .po files are."""
    file = sys.modules[type(channel).__module__].__file__
    return Path(file).parent if file else Path()


@lru_cache(maxsize=64)
def _words(folders: tuple[Path, ...], languages: tuple[str, ...], zone: ZoneInfo) -> Mapping[str, Words]:
    return load_words(folders, languages, zone)
