"""The words of one language: what the interface says, and how it says dates, times and numbers."""

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
    """Call it with an English text to have it in `language`: ``words("Open until {time}", time="17:00")``.

    The msgid is the English text itself, with ``{name}`` places. `zone` is the council's own.
    """

    language: str
    name: str
    zone: ZoneInfo
    texts: gettext.NullTranslations

    def __call__(self, text: str, **places: object) -> str:
        said = self.texts.gettext(text)
        return said.format(**places) if places else said

    def count(self, one: str, many: str, number: int, **places: object) -> str:
        """`one` or `many` by the plural rule of the language, with ``{number}`` filled in."""
        return self.texts.ngettext(one, many, number).format(number=number, **places)

    def date(self, day: datetime.date) -> str:
        """A day in full: "Monday 23 November 2026"."""
        return format_date(day, "EEEE d MMMM y", locale=self.language)

    def short_date(self, day: datetime.date) -> str:
        """A day without its weekday: "23 November 2026"."""
        return format_date(day, "d MMMM y", locale=self.language)

    def weekday(self, number: int) -> str:
        """The name of a weekday, Monday being 0."""
        return str(Locale(self.language).days["stand-alone"]["wide"][number])

    def time(self, moment: datetime.datetime | datetime.time) -> str:
        """A time of day in the council's zone: "17:00"."""
        if isinstance(moment, datetime.datetime):
            moment = moment.astimezone(self.zone).time()
        return format_time(moment, "HH:mm", locale=self.language)


def load_words(folders: Iterable[Path], languages: Iterable[str], zone: ZoneInfo) -> Mapping[str, Words]:
    """Words for each language, from every ``<language>.po`` in `folders`; a later folder wins. English needs no file."""
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
                        # Babel keeps the first of two messages with one id.
                        merged.delete(message.id)
                        merged.add(message.id, message.string)
    return Words(code, name, zone, _translations(merged, code) if len(merged) else gettext.NullTranslations())


def _translations(catalog: Catalog, code: str) -> gettext.NullTranslations:
    """Babel's own plural table is wrong for Welsh (5 forms for 6), so the rule is taken from the CLDR instead."""
    plural = Locale(code).plural_form
    forms = len(plural.tags | {"other"})
    rule = to_gettext(plural).split("plural=", 1)[1].rstrip(";")
    vars(catalog).update(_num_plurals=forms, _plural_expr=rule)
    binary = io.BytesIO()
    write_mo(binary, catalog)
    binary.seek(0)
    return gettext.GNUTranslations(binary)
