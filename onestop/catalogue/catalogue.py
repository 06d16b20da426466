"""The catalogue: sections and services, found by address or by number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from onestop.catalogue.council import Council, CouncilAlert
from onestop.catalogue.hours.grammar import Hours
from onestop.catalogue.hours.holidays import Holidays
from onestop.language import Translations

HOME_NUMBER = "100"


@dataclass(frozen=True, slots=True)
class Contact:
    team: str = ""
    phone: str = ""
    email: str = ""
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """A place residents can visit. `address` is one line, its parts separated by commas."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class ServiceText:
    """A service's text in one language.

    `body` is packed, see `body.py`. `links` are the addresses of services its body links to. `start` is the label of the button
    that begins its journey, or "".
    """

    title: str
    summary: str
    words: tuple[str, ...]
    eligibility: str
    cost: str
    takes: str
    need: tuple[str, ...]
    start: str
    contact: Contact | None
    places: tuple[Location, ...]
    headings: tuple[str, ...]
    links: tuple[str, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Service:
    """One service. `texts` are by language, the default first. `journey` is the name of its journey, or ""."""

    address: str
    number: str
    lgsl: str
    reviewed: date
    texts: Mapping[str, ServiceText]
    journey: str = ""

    @property
    def section(self) -> str:
        """Return the address of its section."""
        return self.address[: self.address.index("/", 1)]

    def text(self, language: str) -> ServiceText:
        return self.texts.get(language) or next(iter(self.texts.values()))

    def title(self, language: str) -> str:
        return self.text(language).title

    def summary(self, language: str) -> str:
        return self.text(language).summary


@dataclass(frozen=True, slots=True)
class Section:
    address: str
    number: str
    icon: str
    titles: Translations
    summaries: Translations
    services: tuple[Service, ...]

    def title(self, language: str) -> str:
        return self.titles.get(language) or next(iter(self.titles.values()))

    def summary(self, language: str) -> str:
        return self.summaries.get(language) or next(iter(self.summaries.values()))


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """All sections, in the order of the home screen, and all services, ordered by section and number."""

    council: Council
    holidays: Holidays
    alert: CouncilAlert | None
    sections: tuple[Section, ...]
    services: tuple[Service, ...]
    by_address: Mapping[str, Section | Service]
    by_number: Mapping[str, Section | Service]
    letters: Mapping[str, Mapping[str, tuple[Service, ...]]]
    """Services by language and first letter of the title, both sorted."""
    pictures: Mapping[str, Path]
    """Picture files by their address."""

    @property
    def languages(self) -> tuple[str, ...]:
        return self.council.languages

    def find(self, address: str) -> Section | Service | None:
        """Return the section or service at a neutral address, "/bins" or "/bins/missed-bin", or None."""
        return self.by_address.get(address)

    def numbered(self, number: str) -> Section | Service | None:
        return self.by_number.get(number)

    def number(self, address: str) -> str:
        """Return the number of the section or service at an address, or "" if there is none."""
        found = self.by_address.get(address)
        return found.number if found else ""
