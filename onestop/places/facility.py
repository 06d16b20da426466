"""Facilities: points that residents go to, such as a library or a recycling centre."""

from dataclasses import dataclass

from onestop.catalogue.hours.grammar import Hours
from onestop.language import Translations


@dataclass(frozen=True, slots=True)
class Facility:
    """`target` is the neutral address of the service it belongs to, or "". Latitude and longitude are WGS84 degrees."""

    kind: str
    names: Translations
    latitude: float
    longitude: float
    address: str = ""
    phone: str = ""
    hours: Hours | None = None
    step_free: bool = False
    target: str = ""
