"""The interface in one language: its texts, dates, times and numbers."""

import datetime
import gettext
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.plural import to_gettext

from onestop.language.direction import begun, direction

AWAITING = "awaits a translator"
"""Words in the first comment of a .po file that a machine made."""


@dataclass(frozen=True, slots=True)
class Words:
    """The interface texts of a language. ``words("Open until {time}", time="17:00")`` returns the translation, filled in.

    A msgid is the English text itself, with ``{name}`` placeholders. `zone` is the council's time zone. `unchecked` is whether
    a machine made the translation and no translator has read it. `family` are the words of every language by its code.
    """

    language: str
    name: str
    zone: ZoneInfo
    texts: gettext.NullTranslations
    unchecked: bool = False
    family: Mapping[str, "Words"] = field(default_factory=dict, compare=False, repr=False)

    def of(self, language: str) -> "Words":
        """Return the words of another language, or these if it has none."""
        return self.family.get(language, self)

    @property
    def direction(self) -> str:
        """The direction of the language's script, "ltr" or "rtl"."""
        return direction(self.language)

    def language_name(self, code: str) -> str:
        """Return the name of a language in this one: "Saesneg" for en in Welsh."""
        return Locale(code).get_display_name(self.language) or code

    def __call__(self, text: str, **places: object) -> str:
        translated = self.texts.gettext(text)
        return self._filled(translated, places) if places else translated

    def count(self, one: str, many: str, number: int, **places: object) -> str:
        """Return the plural form for `number` by the rule of the language, with ``{number}`` filled in."""
        return self._filled(self.texts.ngettext(one, many, number), {"number": number, **places})

    def _filled(self, text: str, places: Mapping[str, object]) -> str:
        filled = text.format(**places)
        return begun(filled) if self.direction == "rtl" else filled

    def date(self, day: datetime.date) -> str:
        """Return a date in full: "Monday 23 November 2026"."""
        return _formatted(day, "EEEE d MMMM y", self.language)

    def short_date(self, day: datetime.date) -> str:
        """Return a date without its weekday: "23 November 2026"."""
        return _formatted(day, "d MMMM y", self.language)

    def weekday(self, number: int) -> str:
        """Return the name of a weekday; Monday is 0."""
        return str(Locale(self.language).days["stand-alone"]["wide"][number])

    def time(self, moment: datetime.datetime | datetime.time) -> str:
        """Return a time of day in the council's time zone: "17:00"."""
        if isinstance(moment, datetime.datetime):
            moment = moment.astimezone(self.zone).time()
        return format_time(moment, "HH:mm", locale=self.language)


@lru_cache(maxsize=4096)
def _formatted(day: datetime.date, pattern: str, language: str) -> str:
    """Return a date by a pattern of the CLDR. The same few dates are written again and again, and Babel parses each pattern anew."""
    return format_date(day, pattern, locale=language)


def english_name(code: str) -> str:
    """Return the English name of a language: "Welsh" for cy."""
    return str(Locale(code).english_name)


def load_words(folders: Iterable[Path], languages: Iterable[str], zone: ZoneInfo) -> Mapping[str, Words]:
    """Return the words of each language from ``<language>.po`` in `folders`; a later folder overrides. English needs no file."""
    places = tuple(folders)
    family: dict[str, Words] = {}
    for code in languages:
        family[code] = _words(code, [place / f"{code}.po" for place in places], zone, family)
    return family


def _words(code: str, files: list[Path], zone: ZoneInfo, family: Mapping[str, Words]) -> Words:
    name = (Locale(code).get_display_name(code) or code).capitalize()
    merged, unchecked = Catalog(locale=code), False
    for file in files:
        if file.exists():
            with file.open("rb") as source:
                read = read_po(source, locale=code)
                unchecked = unchecked or AWAITING in read.header_comment
                for message in read:
                    if message.id and message.string:
                        # Babel would keep the first of two messages with the same id.
                        merged.delete(message.id)
                        merged.add(message.id, message.string)
    texts = _translations(merged, code) if len(merged) else gettext.NullTranslations()
    return Words(code, name, zone, texts, unchecked, family)


def _translations(catalog: Catalog, code: str) -> gettext.NullTranslations:
    """Return compiled translations with the plural rule of the CLDR: Babel's own table has 5 forms for Welsh instead of 6."""
    plural = Locale(code).plural_form
    forms = len(plural.tags | {"other"})
    rule = to_gettext(plural).split("plural=", 1)[1].rstrip(";")
    vars(catalog).update(_num_plurals=forms, _plural_expr=rule)
    binary = io.BytesIO()
    write_mo(binary, catalog)
    binary.seek(0)
    return gettext.GNUTranslations(binary)
