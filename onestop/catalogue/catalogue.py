"""The catalogue: sections and services, found by address or by number."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from onestop.catalogue.council import Council, CouncilAlert
from onestop.catalogue.hours.grammar import Hours
from onestop.catalogue.hours.holidays import Holidays
from onestop.catalogue.resident_words import ResidentWords
from onestop.language import Translations

HOME_NUMBER = "100"
AREA, AREA_NUMBER, AREA_ICON = "/my-area", "101", "map-pin"
"""The address, the number and the icon of the screen on which households find what is known about theirs."""
NEAR_ME, NEAR_ME_NUMBER = "/near-me", "104"
"""The address and the number of the screen of libraries and other places near a resident."""
STATEMENT = "/accessibility"
"""The address of the accessibility statement."""
TRACKING, TRACKING_NUMBER = "/track", "102"
"""The address and the number of the screen on which residents follow what they sent."""
PLANNING_NOTICES, ROADWORKS = ("/planning-applications", "105"), ("/roadworks", "106")
"""The addresses and the numbers of the screens of what feeds tell."""
PERFORMANCE, PERFORMANCE_NUMBER = "/performance", "103"
"""The address and the number of the screen of figures about the council's services."""
OWN_NUMBERS = {HOME_NUMBER: "/", AREA_NUMBER: AREA, TRACKING_NUMBER: TRACKING, NEAR_ME_NUMBER: NEAR_ME}
OWN_NUMBERS |= {number: address for address, number in (PLANNING_NOTICES, ROADWORKS)}
OWN_NUMBERS |= {PERFORMANCE_NUMBER: PERFORMANCE}
"""Numbers of screens that are no section or service."""
ALWAYS_THERE = ("/", "/a-z", "/search", AREA, NEAR_ME, TRACKING, PERFORMANCE, STATEMENT)


class Numbering(NamedTuple):
    """How long the longest number is, and the digits that numbers begin with: "1235"."""

    digits: int
    starts: str


@dataclass(frozen=True, slots=True)
class Contact:
    team: str = ""
    phone: str = ""
    email: str = ""
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class LocationFacts:
    """What is known of a location besides its address. `kind` is what residents look for, such as "library"; latitude and longitude are
    WGS84 degrees. `access` tells of the way in; `facilities` are short names such as "printing".
    """

    kind: str
    latitude: float
    longitude: float
    step_free: bool = False
    access: str = ""
    facilities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Location:
    """A place residents can visit. `address` is one line, its parts separated by commas."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""
    hours: Hours | None = None
    facts: LocationFacts | None = None


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
    """One service. `texts` are by language, the default first. `journey` is the name of its journey, or "", and `online`
    the address of another site where it is done, or "". `standard` is within how many days a case is to be delivered, or 0.
    """

    address: str
    number: str
    lgsl: str
    reviewed: date
    texts: Mapping[str, ServiceText]
    journey: str = ""
    online: str = ""
    standard: int = 0

    @property
    def subject(self) -> str:
        """Return what its events are counted under."""
        return self.journey or self.address

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
    alerts: tuple[CouncilAlert, ...]
    sections: tuple[Section, ...]
    services: tuple[Service, ...]
    by_address: Mapping[str, Section | Service]
    by_number: Mapping[str, Section | Service]
    letters: Mapping[str, Mapping[str, tuple[Service, ...]]]
    """Services by language and first letter of the title, both sorted."""
    pictures: Mapping[str, Path]
    """Pictures and other files beside the services, by their address."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """Addresses of services by the addresses and numbers that they had before."""
    residents: ResidentWords = field(default_factory=ResidentWords)

    def without_journeys(self, missing: Set[str]) -> "Catalogue":
        """Return the catalogue in which no service names one of these journeys."""
        if not any(service.journey in missing for service in self.services):
            return self
        new = {s.address: replace(s, journey="") for s in self.services if s.journey in missing}
        sections = tuple(replace(one, services=_replaced(one.services, new)) for one in self.sections)
        things: tuple[Section | Service, ...] = (*sections, *_replaced(self.services, new))
        letters = {
            language: {letter: _replaced(services, new) for letter, services in those.items()}
            for language, those in self.letters.items()
        }
        return replace(
            self,
            sections=sections,
            services=_replaced(self.services, new),
            by_address={thing.address: thing for thing in things},
            by_number={thing.number: thing for thing in things},
            letters=letters,
        )

    def with_services(self, services: Iterable[Service]) -> "Catalogue":
        """Return the catalogue with more services, which neither the A to Z nor search knows; those without a section are left out."""
        sections = {section.address: section for section in self.sections}
        added = [service for service in services if service.section in sections]
        for service in added:
            there = sections[service.section]
            more = tuple(sorted((*there.services, service), key=lambda one: int(one.number)))
            sections[service.section] = replace(there, services=more)
        found: tuple[Section | Service, ...] = (*sections.values(), *added)
        return replace(
            self,
            sections=tuple(sections.values()),
            by_address={**self.by_address, **{one.address: one for one in found}},
            by_number={**self.by_number, **{one.number: one for one in found}},
        )

    @property
    def languages(self) -> tuple[str, ...]:
        return self.council.languages

    def find(self, address: str) -> Section | Service | None:
        """Return the section or service at a neutral address, "/bins" or "/bins/missed-bin", or None."""
        return self.by_address.get(address)

    def numbered(self, number: str) -> Section | Service | None:
        return self.by_number.get(number)

    def reference(self, target: str) -> str | None:
        """Return the number of what a link leads to, "" if it has none, or None if it leads nowhere."""
        inside = target.startswith("/") and target not in ALWAYS_THERE and target not in self.pictures
        return None if inside and target not in self.by_address else self.number(target)

    @property
    def numbering(self) -> Numbering:
        return Numbering(max(map(len, self.by_number), default=3), "".join(sorted({key[0] for key in self.by_number})))

    def number(self, address: str) -> str:
        """Return the number of the section or service at an address, or "" if there is none."""
        found = self.by_address.get(address)
        return found.number if found else ""


def _replaced(services: Iterable[Service], new: Mapping[str, Service]) -> tuple[Service, ...]:
    return tuple(new.get(service.address, service) for service in services)
