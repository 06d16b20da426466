"""Facilities: points that residents go to, such as a library or a recycling centre."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onestop.catalogue.catalogue import Catalogue, Location, Service
from onestop.catalogue.hours.grammar import Hours
from onestop.language import Translations


@dataclass(frozen=True, slots=True)
class Facility:
    """`target` is the neutral address of the service it belongs to, or "". Latitude and longitude are WGS84 degrees.

    `access` tells of the way in, `facilities` what there is, each by language, or None.
    """

    kind: str
    names: Translations
    latitude: float
    longitude: float
    address: str = ""
    phone: str = ""
    hours: Hours | None = None
    step_free: bool = False
    target: str = ""
    access: Translations | None = None
    facilities: Translations | None = None


def facilities_of(catalogue: Catalogue) -> Sequence[Facility]:
    """Return the places of all services that have a point; a place of several services once."""
    found: dict[tuple[str, float, float], Facility] = {}
    for section in catalogue.sections:
        for service in section.services:
            for one in _located(service):
                found.setdefault((one.kind, one.latitude, one.longitude), one)
    return tuple(found.values())


def _located(service: Service) -> Iterator[Facility]:
    texts = service.texts
    for place, location in enumerate(next(iter(texts.values())).places):
        facts = location.facts
        if facts:
            by_language = {language: text.places[place] for language, text in texts.items()}
            yield Facility(
                facts.kind, {language: one.name for language, one in by_language.items()}, facts.latitude, facts.longitude,
                location.address, location.phone, location.hours, facts.step_free, service.address,
                _texts({language: _access(one) for language, one in by_language.items()}),
                _texts({language: _facilities(one) for language, one in by_language.items()}),
            )  # fmt: skip


def _texts(by_language: Mapping[str, str]) -> Translations | None:
    return by_language if any(by_language.values()) else None


def _access(location: Location) -> str:
    return location.facts.access if location.facts else ""


def _facilities(location: Location) -> str:
    return ", ".join(location.facts.facilities) if location.facts else ""
