"""The lists in which an address is found: postcodes that share their digit keys, streets, the addresses of one."""

import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from onestop.places.choices import FAN_OUT, ListPart, parts_of
from onestop.places.gazetteer.reader import Gazetteer
from onestop.places.keypad import KEYS
from onestop.places.postcode import find_postcode
from onestop.places.premises import LocatedPremises, spaced
from onestop.places.query import PlaceQuery
from onestop.places.typed_address import matching, meant, split_house

NEAR = 150.0
"""Metres within which "use my location" looks."""
MOST_NEAR, MOST_STREETS, MOST_ROWS = 12, 60, 100
"""How many addresses that lists, how many streets are looked at for typed words, and how many rows a list has on one page."""
LEAST_KEYS = 3
UPRN = re.compile(r"(?:https?://\S*[/=])?0{0,2}([1-9][0-9]{9,11})/?", re.ASCII | re.IGNORECASE)
"""From 10 digits on: fewer may be a telephone number's or a house's."""
POINT = re.compile(r"([4-6][0-9]\.[0-9]{1,15}),(-?[0-9]\.[0-9]{1,15})")


@dataclass(frozen=True, slots=True)
class ListedChoice:
    """One row: what it says, how it is called at the ends of a part of the list, and where it leads."""

    label: str
    short: str
    leads: PlaceQuery


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nothing fits what was typed. `postcode` is the one that was understood, `council` the other council that has it; both may be ""."""

    postcode: str = ""
    council: str = ""


async def understand(gazetteer: Gazetteer, typed: str) -> PlaceQuery | NotFound:
    """Return the query that a typed postcode, street or whole address stands for, or a UPRN, as a card or a QR code has it."""
    scanned = find_uprn(typed)
    if scanned:
        return PlaceQuery("uprn", str(scanned)) if await gazetteer.find(scanned) else NotFound()
    found = find_postcode(typed)
    if found:
        if await gazetteer.has_postcode(found.postcode):
            return PlaceQuery("postcode", found.postcode, found.before)
        return NotFound(found.postcode, await gazetteer.council_of(found.postcode) or "")
    house, name = split_house(typed)
    # Of "14 Quay Street, Eastmere" the town is no word of the street.
    words = name.split()
    for count in range(len(words), 0, -1):
        streets = await gazetteer.streets(" ".join(words[:count]), MOST_STREETS)
        if len(streets) == 1:
            return PlaceQuery("street", str(streets[0].usrn), house)
        if streets:
            return PlaceQuery("streets", " ".join(words[:count]), house)
    return NotFound()


def find_uprn(typed: str) -> int:
    """Return the UPRN that a text is, alone or at the end of an address like https://uprn.uk/10090000007; 0 if it is neither."""
    found = UPRN.fullmatch(typed.strip())
    return int(found[1]) if found else 0


def understand_point(text: str) -> PlaceQuery | None:
    """Return the query of "latitude,longitude" in degrees, as a device sends it; None if it is no point."""
    found = POINT.fullmatch(text)
    return PlaceQuery("near", f"{float(found[1]):.5f},{float(found[2]):.5f}") if found else None


async def understand_keys(gazetteer: Gazetteer, typed: str) -> PlaceQuery | NotFound:
    """Return the query of a postcode that was keyed by digits, or typed in letters after all."""
    digits = "".join(KEYS.get(letter, letter) for letter in typed.upper() if letter.isalnum())
    postcodes = await gazetteer.keyed(digits) if len(digits) >= LEAST_KEYS and digits.isdigit() else ()
    if not postcodes:
        return NotFound()
    return PlaceQuery("postcode", postcodes[0]) if len(postcodes) == 1 else PlaceQuery("keys", digits)


async def meant_address(gazetteer: Gazetteer, query: PlaceQuery) -> PlaceQuery:
    """Return the query of the one address that was typed in full, else the query as it is, whose list is to be chosen from."""
    if query.kind == "postcode":
        found = meant(await gazetteer.at_postcode(query.key), query.words)
    elif query.kind == "street":
        listed = await gazetteer.in_street(int(query.key))
        found = meant(listed, f"{query.words} {listed[0].street if listed else ''}")
    else:
        found = None
    return _home(found) if found else query


async def list_choices(gazetteer: Gazetteer, query: PlaceQuery) -> Sequence[ListedChoice]:
    """Return every row of the list that a query stands for; none if it is not a list, or if the gazetteer has changed."""
    make = LISTS.get(query.kind)
    return await make(gazetteer, query) if make else ()


def shown_choices(choices: Sequence[ListedChoice], query: PlaceQuery, *, in_parts: bool) -> Sequence[ListedChoice]:
    """Return the rows to show, or the parts of a list that is too long: with `in_parts`, digits choose among a few."""
    # The gazetteer may have become shorter since.
    whole = ListPart(query.start, min(query.end or len(choices), len(choices)))
    return [_part(choices, query, part) for part in parts_of(whole, FAN_OUT if in_parts else MOST_ROWS)]


def _part(choices: Sequence[ListedChoice], query: PlaceQuery, part: ListPart) -> ListedChoice:
    first, last = choices[part.start], choices[part.end - 1]
    if part.size == 1:
        return first
    label = f"{first.short} – {last.short}"
    return ListedChoice(label, label, replace(query, start=part.start, end=part.end))


async def _keys(gazetteer: Gazetteer, query: PlaceQuery) -> Sequence[ListedChoice]:
    postcodes = await gazetteer.keyed(query.key)
    streets = await gazetteer.streets_of(postcodes)
    return [
        ListedChoice(f"{spaced(one)}, {streets.get(one, '')}".rstrip(", "), spaced(one), PlaceQuery("postcode", one))
        for one in postcodes
    ]


async def _uprn(gazetteer: Gazetteer, query: PlaceQuery) -> Sequence[ListedChoice]:
    found = await gazetteer.find(int(query.key))
    return _addresses([found]) if found else ()


async def _postcode(gazetteer: Gazetteer, query: PlaceQuery) -> Sequence[ListedChoice]:
    return _addresses(matching(await gazetteer.at_postcode(query.key), query.words))


async def _street(gazetteer: Gazetteer, query: PlaceQuery) -> Sequence[ListedChoice]:
    return _addresses(matching(await gazetteer.in_street(int(query.key)), query.words))


async def _near(gazetteer: Gazetteer, query: PlaceQuery) -> Sequence[ListedChoice]:
    latitude, longitude = (float(part) for part in query.key.split(","))
    return _addresses(await gazetteer.near(latitude, longitude, NEAR, MOST_NEAR))


async def _streets(gazetteer: Gazetteer, query: PlaceQuery) -> Sequence[ListedChoice]:
    streets = await gazetteer.streets(query.key)
    names = Counter(street.name for street in streets)
    return [
        ListedChoice(
            f"{street.name}, {street.locality or street.town}" if names[street.name] > 1 else street.name,
            street.name,
            PlaceQuery("street", str(street.usrn), query.words),
        )
        for street in streets
    ]


def _addresses(listed: Sequence[LocatedPremises]) -> Sequence[ListedChoice]:
    one_street = len({one.street for one in listed}) == 1
    return [ListedChoice(one.first_line, _short(one) if one_street else one.first_line, _home(one)) for one in listed]


def _short(one: LocatedPremises) -> str:
    """Return an address without its street, for the ends of a part of the list."""
    return ", ".join(filter(None, (one.premises.flat, one.premises.house))) or one.premises.organisation


def _home(one: LocatedPremises) -> PlaceQuery:
    return PlaceQuery("home", str(one.premises.uprn))


MakeList = Callable[[Gazetteer, PlaceQuery], Awaitable[Sequence[ListedChoice]]]
LISTS: Mapping[str, MakeList] = {
    "keys": _keys,
    "postcode": _postcode,
    "streets": _streets,
    "street": _street,
    "near": _near,
    "uprn": _uprn,
}
