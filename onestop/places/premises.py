"""Premises: one addressable property, such as a house or a flat, known by its UPRN."""

import re
from dataclasses import dataclass
from functools import lru_cache

SMALL = ("of", "the", "on", "in", "and", "upon", "under", "next", "by", "y", "yr", "ar", "ac", "a")
NUMBERED = re.compile(r"\d+[A-Za-z]?(?:-\d+[A-Za-z]?)?")
_PARTS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Premises:
    """One property as it is stored. `uprn` and `usrn` are the national numbers of property and street.

    `flat` is the part of a building ("Flat 2"), `house` its number with suffix ("14A", "1A-3") or its name ("Rose Cottage").
    `postcode` is written without a space, or "" while there is none. Latitude and longitude are WGS84 degrees; both are 0 if unknown.
    """

    uprn: int
    usrn: int
    house: str = ""
    flat: str = ""
    organisation: str = ""
    locality: str = ""
    town: str = ""
    postcode: str = ""
    ward: str = ""
    latitude: float = 0.0
    longitude: float = 0.0
    use: str = ""
    """The classification code: R... is residential, C... commercial."""
    parish: str = ""


@dataclass(frozen=True, slots=True)
class LocatedPremises:
    """Premises with the name of their street, ready to be written as lines."""

    premises: Premises
    street: str

    @property
    def first_line(self) -> str:
        """Return the lines before locality and town: "Flat 2, 14A Quay Street"."""
        one = self.premises
        numbered = bool(NUMBERED.fullmatch(one.house.rpartition(", ")[2]))
        house = f"{one.house} {self.street}" if numbered else ", ".join(filter(None, (one.house, self.street)))
        return ", ".join(filter(None, (one.organisation, one.flat, house)))

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the address as lines, the postcode last."""
        one = self.premises
        return tuple(filter(None, (self.first_line, one.locality, one.town, spaced(one.postcode))))

    @property
    def one_line(self) -> str:
        return ", ".join(self.lines)

    @property
    def order(self) -> tuple[object, ...]:
        """Return the key by which addresses are listed: 2 before 10, 12 before 12A, flats below their house."""
        one = self.premises
        return (natural(self.street), natural(one.house), natural(one.flat), natural(one.organisation), one.uprn)


@lru_cache(maxsize=4096)
def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key in which numbers count as numbers, so that "Flat 2" comes before "Flat 10"."""
    parts = _PARTS.split(text.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part.strip()) for part in parts if part.strip())


def spaced(postcode: str) -> str:
    """Return a postcode with its space: "EM4 2QT" for "EM42QT"."""
    return f"{postcode[:-3]} {postcode[-3:]}" if postcode else ""


@lru_cache(maxsize=4096)
def titled(text: str) -> str:
    """Return a text of a gazetteer, which is in capitals, as it is written: "Quay Street", "Stow-on-the-Wold", "14A"."""
    if text != text.upper():
        return text.strip()
    words = [_word(word, first=not place) for place, word in enumerate(text.split())]
    return " ".join(words)


def _word(word: str, *, first: bool) -> str:
    if any(letter.isdigit() for letter in word) or "." in word:
        return word
    parts = [
        part.lower() if part.lower() in SMALL and not (first and place == 0) else _capital(part)
        for place, part in enumerate(word.split("-"))
    ]
    return "-".join(parts)


def _capital(word: str) -> str:
    # O'NEILL and ST. JOHN'S: a letter after an apostrophe is a capital unless it ends the word.
    head, mark, tail = word.partition("'")
    rest = f"{tail[:1].upper()}{tail[1:].lower()}" if len(head) == 1 and len(tail) > 1 else tail.lower()
    return f"{head[:1].upper()}{head[1:].lower()}{mark}{rest}"
