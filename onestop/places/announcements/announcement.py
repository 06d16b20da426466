"""Alerts and elections, and which addresses they concern."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from onestop.language import Translations
from onestop.places.premises import Premises


@dataclass(frozen=True, slots=True)
class Area:
    """Part of the borough: wards by GSS code, streets by USRN, and the collection rounds of its properties."""

    wards: frozenset[str] = frozenset()
    streets: frozenset[int] = frozenset()
    rounds: frozenset[str] = frozenset()

    def has(self, one: Premises, rounds: Collection[str] = ()) -> bool:
        return one.ward in self.wards or one.usrn in self.streets or not self.rounds.isdisjoint(rounds)


@dataclass(frozen=True, slots=True)
class LocalAlert:
    """A message for an area from `start` to `end`. `more` is the address of a service to read on at, or ""."""

    area: Area
    start: date
    end: date
    text: Translations
    more: str = ""


@dataclass(frozen=True, slots=True)
class PollingStation:
    """`at` is latitude and longitude in degrees, both 0 if unknown; `access` says how to get in."""

    area: Area
    name: Translations
    address: str
    at: tuple[float, float] = (0.0, 0.0)
    access: Translations | None = None


@dataclass(frozen=True, slots=True)
class Election:
    """`start` is the first day on which it is announced. `text` says when and with what to vote."""

    name: Translations
    day: date
    start: date
    text: Translations
    stations: Sequence[PollingStation]

    def station_of(self, one: Premises) -> PollingStation | None:
        """Return the polling station of an address: one that names its street, else that of its ward."""
        by_street = next((found for found in self.stations if one.usrn in found.area.streets), None)
        return by_street or next((found for found in self.stations if one.ward in found.area.wards), None)


@dataclass(frozen=True, slots=True)
class Announcements:
    alerts: Sequence[LocalAlert] = field(default=())
    elections: Sequence[Election] = field(default=())

    def alerts_for(self, one: Premises, rounds: Collection[str], today: date) -> Sequence[LocalAlert]:
        return [alert for alert in self.alerts if alert.start <= today <= alert.end and alert.area.has(one, rounds)]

    def elections_on(self, today: date) -> Sequence[Election]:
        """Return the elections to announce today: before one, and on its day."""
        return [one for one in self.elections if one.start <= today <= one.day]
