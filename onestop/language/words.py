"""The interface in one language: its texts, dates, times and numbers."""

import datetime
import gettext
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.plural import to_gettext


@dataclass(frozen=True, slots=True)
class Words:
    """The interface texts of a language. ``words("Open until {time}", time="17:00")`` returns the translation, filled in.

    A msgid is the English text itself, with ``{name}`` placeholders. `zone` is the council's time zone.
    """

    language: str
    name: str
    zone: ZoneInfo
    texts: gettext.NullTranslations

    def __call__(self, text: str, **places: object) -> str:
        translated = self.texts.gettext(text)
        return translated.format(**places) if places else translated

    def count(self, one: str, many: str, number: int, **places: object) -> str:
        """Return the plural form for `number` by the rule of the language, with ``{number}`` filled in."""
        return self.texts.ngettext(one, many, number).format(number=number, **places)

    def date(self, day: datetime.date) -> str:
        """Return a date in full: "Monday 23 November 2026"."""
        return format_date(day, "EEEE d MMMM y", locale=self.language)

    def short_date(self, day: datetime.date) -> str:
        """Return a date without its weekday: "23 November 2026"."""
        return format_date(day, "d MMMM y", locale=self.language)

    def weekday(self, number: int) -> str:
        """Return the name of a weekday; Monday is 0."""
        return str(Locale(self.language).days["stand-alone"]["wide"][number])

    def time(self, moment: datetime.datetime | datetime.time) -> str:
        """Return a time of day in the council's time zone: "17:00"."""
        if isinstance(moment, datetime.datetime):
            moment = moment.astimezone(self.zone).time()
        return format_time(moment, "HH:mm", locale=self.language)


def english_name(code: str) -> str:
    """Return the English name of a language: "Welsh" for cy."""
    return str(Locale(code).english_name)


def load_words(folders: Iterable[Path], languages: Iterable[str], zone: ZoneInfo) -> Mapping[str, Words]:
    """Return the words of each language from ``<language>.po`` in `folders`; a later folder overrides. English needs no file."""
    places = tuple(folders)
    return {code: _words(code, [place / f"{code}.po" for place in places], zone) for code in languages}


def _words(code: str, files: list[Path], zone: ZoneInfo) -> Words:
    name = (Locale(code).get_display_name(code) or code).capitalize()
    merged = Catalog(locale=code)
    for file in files:
        if file.exists():
            with file.open("rb") as source:
                for message in read_po(source, locale=code):
                    if message.id and message.string:
                        # Babel would keep the first of two messages with the same id.
                        merged.delete(message.id)
                        merged.add(message.id, message.string)
    return Words(code, name, zone, _translations(merged, code) if len(merged) else gettext.NullTranslations())


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
