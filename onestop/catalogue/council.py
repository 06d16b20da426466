"""The council: its name, brand, time zone and alert."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from onestop.language import Translations, translated
from onestop.screen import Brand


@dataclass(frozen=True, slots=True)
class Council:
    """`languages` begins with the default, which has no prefix in addresses. `address` is the origin of the site."""

    names: Translations
    shorts: Translations
    languages: tuple[str, ...]
    zone: ZoneInfo
    address: str
    phone: str
    colours: Mapping[str, str]
    crest: str

    def name(self, language: str) -> str:
        return translated(self.names, language)

    def brand(self, language: str) -> Brand:
        short = translated(self.shorts, language)
        return Brand(self.name(language), short, self.address, self.phone, self.colours, self.crest)


@dataclass(frozen=True, slots=True)
class CouncilAlert:
    """An alert in every language. `target` is a neutral address, or ""."""

    titles: Translations
    texts: Translations
    target: str
