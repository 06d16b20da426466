"""The council: its name, brand, time zone and alert."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from onestop.catalogue.hours.grammar import Hours
from onestop.language import Translations, translated
from onestop.screen import Brand


@dataclass(frozen=True, slots=True)
class Council:
    """`languages` begins with the default, which has no prefix in addresses. `address` is the origin of the site.

    `hours` are those of `phone`. `most_used` are the addresses of the services that home may show, the most used first, each with its
    position in council.yaml.
    """

    names: Translations
    shorts: Translations
    languages: tuple[str, ...]
    zone: ZoneInfo
    address: str
    phone: str
    colours: Mapping[str, str]
    crest: str
    hours: Hours | None = None
    most_used: tuple[tuple[str, tuple[int, int]], ...] = ()

    def name(self, language: str) -> str:
        return translated(self.names, language)

    def brand(self, language: str) -> Brand:
        short = translated(self.shorts, language)
        return Brand(self.name(language), short, self.address, self.phone, self.colours, self.crest)


@dataclass(frozen=True, slots=True)
class CouncilAlert:
    """An alert in every language. `target` is a neutral address, or ""; `place` is its position in alert.yaml.

    It is shown `begins` to `ends`, each of them an ISO date or "".
    """

    titles: Translations
    texts: Translations
    target: str
    place: tuple[int, int] = (1, 1)
    begins: str = ""
    ends: str = ""

    @property
    def digest(self) -> str:
        """Return what tells it from every other alert: a digest of all it says."""
        said = json.dumps((dict(self.titles), dict(self.texts), self.target, self.begins, self.ends), sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    def is_shown(self, today: date) -> bool:
        now = today.isoformat()
        return (self.begins or now) <= now <= (self.ends or now)
