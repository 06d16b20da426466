"""The cache of parsed service files: a file whose bytes have not changed is not parsed again at the next start.

Only files without faults are kept: their result depends on nothing but their name and bytes.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from onestop.authoring.source import digest, read_file
from onestop.catalogue.cache_file import read_chunks, write_chunks
from onestop.catalogue.catalogue import Contact, Location, LocationFacts, ServiceText
from onestop.catalogue.hours.grammar import DatedHours, Hours
from onestop.catalogue.markdown.body_text import BodyLink
from onestop.catalogue.source.service_file import Head, ServiceFile

WORTHWHILE = 2000
"""Catalogues with fewer files are parsed in about a second, without a cache."""
CHUNK = 1000
Row = tuple[Any, ...]
Shared = dict[tuple[Any, ...], Any]
"""Contacts, locations and hours by their rows: many services have the same, and share one object."""
log = logging.getLogger("onestop")


def cached_files(cache: Path, wanted: Mapping[str, ServiceFile], folder: Path) -> dict[str, ServiceFile]:
    """Return those of the `wanted` files, named from `folder` on, whose bytes are still those the cache was written from."""
    shared: Shared = {}
    found: dict[str, ServiceFile] = {}
    for chunk in read_chunks(cache):
        for name, row in chunk:
            file = wanted.get(name)
            if file and _digest_of(f"{folder}/{name}") == row[0]:
                found[name] = _unpacked(file.name, row, shared)
    return found


def write_cache(cache: Path, files: Mapping[str, ServiceFile]) -> None:
    """Write every file without faults. A folder that cannot be written costs a warning, and the next start its speed."""
    rows = ((name, _packed(file)) for name, file in files.items() if file.text and not file.faults)
    try:
        write_chunks(cache, _batches(rows))
    except OSError as why:
        log.warning("the parsed catalogue cannot be cached in %s: %s", cache, why.strerror or why)


def _batches(rows: Iterator[tuple[str, Row]]) -> Iterator[list[tuple[str, Row]]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _digest_of(path: str) -> bytes:
    try:
        return digest(read_file(path))
    except OSError:
        return b""


def _packed(file: ServiceFile) -> Row:
    head, text = file.head, file.text
    assert text is not None  # a file without faults has one
    return (
        file.digest,
        file.address,
        file.language,
        file.number,
        file.place,
        _packed_head(head) if head else None,
        _packed_text(text),
        _packed_links(file.links),
        _packed_links(file.pictures),
        file.journey,
        file.journey_place,
    )


def _packed_head(head: Head) -> Row:
    rest = (head.journey, head.online, head.was, head.draft, head.begins, head.ends, head.review, head.standard)
    return (head.lgsl, head.reviewed.toordinal(), *rest)


def _packed_text(text: ServiceText) -> Row:
    contact, hours = text.contact, _packed_hours
    return (
        text.title,
        text.summary,
        text.words,
        text.eligibility,
        text.cost,
        text.takes,
        text.need,
        text.start,
        (contact.team, contact.phone, contact.email, hours(contact.hours)) if contact else None,
        tuple(map(_packed_location, text.places)),
        text.headings,
        text.links,
        text.body,
    )


def _packed_location(one: Location) -> Row:
    facts = astuple(one.facts) if one.facts else None
    return (one.name, one.address, one.phone, one.email, facts, _packed_hours(one.hours))


def _packed_hours(hours: Hours | None) -> Row | None:
    if hours is None:
        return None
    return (hours.week, hours.holiday, tuple((rule.dates, rule.days, rule.spans) for rule in hours.dated))


def _packed_links(links: Iterable[BodyLink]) -> Row:
    return tuple((link.target, link.place) for link in links)


def _unpacked(name: str, row: Row, shared: Shared) -> ServiceFile:
    digest, address, language, number, place, head, text, links, pictures, journey, journey_place = row
    return ServiceFile(
        name,
        address,
        language,
        number,
        place,
        Head(head[0], date.fromordinal(head[1]), *head[2:]) if head else None,
        _unpacked_text(text, shared),
        tuple(BodyLink(*link) for link in links) if links else (),
        tuple(BodyLink(*link) for link in pictures) if pictures else (),
        (),
        journey,
        journey_place,
        digest,
    )


def _unpacked_text(row: Row, shared: Shared) -> ServiceText:
    title, summary, words, eligibility, cost, takes, need, start, contact, places, headings, links, body = row
    return ServiceText(
        title,
        summary,
        words,
        eligibility,
        cost,
        takes,
        need,
        start,
        _shared(shared, Contact, contact) if contact else None,
        tuple(_shared(shared, _location, one) for one in places) if places else (),
        headings,
        links,
        body,
    )


def _location(name: str, address: str, phone: str, email: str, facts: Row | None, hours: Hours | None) -> Location:
    return Location(name, address, phone, email, hours, LocationFacts(*facts) if facts else None)


def _shared(shared: Shared, made: Callable[..., Any], row: Row) -> Any:
    key = (made, row)
    found = shared.get(key)
    if found is None:
        *texts, hours = row
        found = shared[key] = made(*texts, _shared_hours(shared, hours) if hours else None)
    return found


def _shared_hours(shared: Shared, row: Row) -> Hours:
    found: Hours | None = shared.get(row)
    if found is None:
        week, holiday, dated = row
        found = shared[row] = Hours(week, holiday, tuple(DatedHours(*rule) for rule in dated))
    return found
