"""The screen of one service: summary, facts, body, contacts, places and related services."""

from collections.abc import Iterator
from datetime import datetime

from onestop.catalogue.body import unpack
from onestop.catalogue.catalogue import Catalogue, Contact, Location, Section, Service, ServiceText
from onestop.catalogue.hours.grammar import Hours
from onestop.catalogue.hours.wording import Rows, holidays_ahead, status, week
from onestop.catalogue.screens.frame import alert_of, home_link
from onestop.catalogue.screens.linked_data import service_data
from onestop.language import Words
from onestop.screen import Action, Block, Bullets, Facts, Heading, Link, Menu, MenuItem, Paragraph, Place, Run, Screen


def service_screen(catalogue: Catalogue, service: Service, words: Words, now: datetime) -> Screen:
    """Return a service in the language of `words`; an untranslated one keeps its own language under a translated interface."""
    text = service.text(words.language)
    language = words.language if words.language in service.texts else next(iter(service.texts))
    section = catalogue.find(service.section)
    trail = (home_link(words), Link(section.title(words.language), section.address)) if section else (home_link(words),)
    places, until = _places(catalogue, text, words, now)
    others = tuple(code for code in service.texts if code != language)
    return Screen(
        title=text.title,
        blocks=(
            *_about(service, text, words),
            *unpack(text.body, catalogue.number),
            *places,
            *_related(catalogue, text, words),
        ),
        address=service.address,
        language=language,
        kind="service",
        number=service.number,
        summary=text.summary,
        trail=trail,
        alert=alert_of(catalogue, words),
        languages=(language, *others),
        valid_until=until,
        reviewed=service.reviewed.isoformat(),
        data=service_data(catalogue, service, language),
    )


def _about(service: Service, text: ServiceText, words: Words) -> Iterator[Block]:
    yield Paragraph((Run(text.summary),), lead=True)
    if service.journey:
        yield Action(text.start or words("Start now"), f"{service.address}/ask")
    rows = (
        (words("Cost"), text.cost),
        (words("How long it takes"), text.takes),
        (words("What you need"), text.need[0] if len(text.need) == 1 else ""),
        (words("Who can use this"), text.eligibility),
    )
    given = tuple((label, (Run(value),)) for label, value in rows if value)
    if given:
        yield Facts(given)
    if len(text.need) > 1:
        yield Heading(words("What you need"))
        yield Bullets(tuple((Run(need),) for need in text.need))


def _places(
    catalogue: Catalogue, text: ServiceText, words: Words, now: datetime
) -> tuple[tuple[Place, ...], datetime | None]:
    """Return contact and places with their opening status, and the earliest moment at which one of those changes."""
    found = [_contact(text.contact), *text.places] if text.contact else list(text.places)
    places: list[Place] = []
    changes: list[datetime] = []
    for spot in found:
        state, rows, until = _hours(catalogue, spot.hours, words, now)
        address = tuple(part.strip() for part in spot.address.split(",")) if spot.address else ()
        places.append(Place(spot.name, address, spot.phone, spot.email, rows, state))
        if until:
            changes.append(until)
    return tuple(places), min(changes, default=None)


def _contact(contact: Contact) -> Location:
    return Location(contact.team, "", contact.phone, contact.email, contact.hours)


def _hours(catalogue: Catalogue, hours: Hours | None, words: Words, now: datetime) -> tuple[str, Rows, datetime | None]:
    if hours is None:
        return "", (), None
    state, until = status(hours, now, catalogue.holidays, words)
    ahead, ahead_until = holidays_ahead(hours, now, catalogue.holidays, words)
    changes = [moment for moment in (until, ahead_until) if moment]
    return state, (*week(hours, words, now.astimezone(words.zone).date()), *ahead), min(changes, default=None)


def _related(catalogue: Catalogue, text: ServiceText, words: Words) -> Iterator[Menu]:
    found = [thing for target in text.links if isinstance(thing := catalogue.find(target), Service | Section)]
    if found:
        items = tuple(
            MenuItem(thing.title(words.language), thing.address, thing.number, summary=thing.summary(words.language))
            for thing in found
        )
        yield Menu(items, "related", words("Related services"))
