"""The council's bank holidays."""

from collections.abc import Mapping
from datetime import date

from onestop.language import Translations

Holidays = Mapping[date, Translations]
"""The bank holidays by date, with their names. A place is closed on them unless its hours say otherwise."""
