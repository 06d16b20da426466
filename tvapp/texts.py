"""The texts of these pages in each of a council's languages."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from onestop.catalogue.council import Council
from onestop.language import Words, load_words
from onestop.site.site import WORDS

FOLDER = Path(__file__).parent


def texts(council: Council) -> Mapping[str, Words]:
    """Return the words by language: the core's, and those of these pages."""
    return _texts(council.languages, council.zone)


@lru_cache(maxsize=8)
def _texts(languages: tuple[str, ...], zone: ZoneInfo) -> Mapping[str, Words]:
    return load_words((WORDS, FOLDER), languages, zone)
