"""Reader of one service file: a service in the default language, or a translation."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from onestop.authoring.faults import Fault
from onestop.authoring.source import Source
from onestop.authoring.tree import Position, Tree
from onestop.catalogue.body import pack
from onestop.catalogue.catalogue import Contact, Location, LocationFacts, ServiceText
from onestop.catalogue.hours.grammar import Hours, parse_hours
from onestop.catalogue.markdown.body_text import BodyLink, ParsedBody, read_body
from onestop.catalogue.source.shapes import (
    ContactShape,
    LocationNameShape,
    LocationShape,
    ServiceShape,
    TeamShape,
    TextShape,
    TranslationShape,
)

FENCE = "---"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Head:
    """The properties of a service that do not depend on the language.

    `online` is where it is done on another site, `was` its former addresses and numbers. It is published `begins` to `ends`, each of
    them an ISO date or "", if it is no `draft`; its text is due for `review` on an ISO date, or "". `standard`
    are the days within which a case is to be delivered, or 0.
    """

    lgsl: str
    reviewed: date
    journey: str = ""
    online: str = ""
    was: tuple[str, ...] = ()
    draft: bool = False
    begins: str = ""
    ends: str = ""
    review: str = ""
    standard: int = 0

    def is_published(self, today: date) -> bool:
        now = today.isoformat()
        return not self.draft and (self.begins or now) <= now <= (self.ends or now)


@dataclass(frozen=True, slots=True)
class ServiceFile:
    """One parsed file. `head` and `text` are None if they have faults; a translation has no `head`.

    `place` is the position of the number, in a translation that of the list of places: what must agree with other files.
    `journey_place` is the position of `journey`. `digest` is that of the file's bytes.
    """

    name: str
    address: str
    language: str
    number: str = ""
    place: Position = (1, 1)
    head: Head | None = None
    text: ServiceText | None = None
    links: tuple[BodyLink, ...] = ()
    pictures: tuple[BodyLink, ...] = ()
    faults: tuple[Fault, ...] = ()
    journey: str = ""
    journey_place: Position = (1, 1)
    digest: bytes = b""


def read_service(path: Path, file: ServiceFile, *, translation: bool, today: date) -> ServiceFile:
    """Read and check the file at `path`. `file` has the name, address and language that its name tells."""
    file = ServiceFile(file.name, file.address, file.language)
    source = Source(file.name)
    text = source.text(path)
    parts = split_head(source, text) if text is not None else None
    if parts is None:
        return replace(file, faults=tuple(source.faults), digest=source.digest)
    head, body, first_line = parts
    tree = source.tree(head, 2)
    read = read_body(source, body, first_line, "/pictures" + file.address.rpartition("/")[0], _sizes(path.parent))
    file = replace(file, links=tuple(read.links), pictures=tuple(read.pictures))
    if tree:
        shape = source.shaped(tree, TranslationShape if translation else ServiceShape)
        file = replace(
            file,
            text=_text(shape, read) if shape else None,
            head=_head(shape) if isinstance(shape, ServiceShape) else None,
            journey=shape.journey or "" if isinstance(shape, ServiceShape) else "",
            journey_place=tree.value(("journey",)),
            number=given_number(tree) if not translation else "",
            place=tree.value(("places" if translation else "number",)),
        )
        _reviewed(source, tree, today)
    return replace(file, faults=tuple(source.faults), digest=source.digest)


def _sizes(folder: Path) -> Callable[[str], int]:
    """Return the function that gives the bytes of a file of a folder; 0 if it is not there."""

    def size(name: str) -> int:
        try:
            return (folder / name).stat().st_size
        except OSError:
            return 0

    return size


def _head(shape: ServiceShape) -> Head:
    return Head(
        shape.lgsl,
        date.fromisoformat(shape.reviewed),
        shape.journey or "",
        shape.online or "",
        tuple(shape.was or ()),
        shape.draft == "yes",
        shape.begins or "",
        shape.ends or "",
        shape.review or "",
        int((shape.standard or "0").split()[0]),
    )


def split_head(source: Source, text: str) -> tuple[str, str, int] | None:
    """Return the head, the body and the line number of the body, or add a fault and return None."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        source.fault((1, 1), "the file must begin with a line `---`, its head, and another `---`")
        return None
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() == FENCE:
            return "\n".join(lines[1 : number - 1]), "\n".join(lines[number:]), number + 1
    source.fault((1, 1), "the head has no end: write a line `---` below it")
    return None


def given_number(tree: Tree) -> str:
    """Return the number of a head that may have other faults: it is compared with other files all the same."""
    number = tree.data.get("number")
    return number if isinstance(number, str) and number.isdecimal() and 3 <= len(number) <= 6 else ""


def _reviewed(source: Source, tree: Tree, today: date) -> None:
    reviewed = tree.data.get("reviewed")
    if isinstance(reviewed, str) and _DAY.fullmatch(reviewed) and reviewed > today.isoformat():
        source.fault(tree.value(("reviewed",)), f"`reviewed` is in the future: today is {today.isoformat()}")
    begins, ends = tree.data.get("from"), tree.data.get("until")
    if isinstance(begins, str) and isinstance(ends, str) and ends < begins:
        source.fault(tree.value(("until",)), f"`until` is before `from`, {begins}: turn them round")


def _text(shape: TextShape, read: ParsedBody) -> ServiceText:
    contact = getattr(shape, "contact", None)
    return ServiceText(
        title=shape.title,
        summary=shape.summary,
        words=tuple(shape.words),
        eligibility=shape.eligibility or "",
        cost=shape.cost or "",
        takes=shape.takes or "",
        need=tuple(shape.need or ()),
        start=shape.start or "",
        contact=_contact(contact) if contact else None,
        places=tuple(_spot(place) for place in getattr(shape, "places", None) or ()),
        headings=tuple(read.headings),
        links=tuple(dict.fromkeys(link.target for link in read.links)),
        body=pack(tuple(read.blocks)),
    )


def _contact(shape: ContactShape | TeamShape) -> Contact:
    if isinstance(shape, TeamShape):
        return _shared_contact(shape.team, "", "", "")
    return _shared_contact(shape.team, shape.phone or "", shape.email or "", shape.hours or "")


def _spot(shape: LocationShape | LocationNameShape) -> Location:
    texts = (shape.access or "", tuple(shape.facilities or ()))
    if isinstance(shape, LocationNameShape):
        # A translation has texts only: the point is that of the original.
        facts = LocationFacts("", 0.0, 0.0, False, *texts) if any(texts) else None
        return _shared_spot(shape.name, shape.address or "", "", "", "", facts)
    latitude, longitude = (float(part) for part in (shape.at or "0,0").split(","))
    found = LocationFacts(shape.kind, latitude, longitude, shape.step_free == "yes", *texts) if shape.kind else None
    return _shared_spot(shape.name, shape.address or "", shape.phone or "", shape.email or "", shape.hours or "", found)


# Hundreds of services have the same contact or place: they share one object.
@lru_cache(maxsize=4096)
def _shared_contact(team: str, phone: str, email: str, hours: str) -> Contact:
    return Contact(team, phone, email, _hours(hours))


@lru_cache(maxsize=4096)
def _shared_spot(name: str, address: str, phone: str, email: str, hours: str, facts: LocationFacts | None) -> Location:
    return Location(name, address, phone, email, _hours(hours), facts)


def _hours(text: str) -> Hours | None:
    return parse_hours(text) if text else None
