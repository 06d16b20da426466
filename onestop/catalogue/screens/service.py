"""The screen of one service: summary, facts, body, contacts, places and related services."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from onestop.catalogue.body import unpack
from onestop.catalogue.catalogue import Catalogue, Contact, Location, Section, Service, ServiceText
from onestop.catalogue.hours.grammar import Hours
from onestop.catalogue.hours.wording import Rows, holidays_ahead, status, week
from onestop.catalogue.screens.frame import alert_of, home_link, section_link, service_item
from onestop.catalogue.screens.linked_data import service_data
from onestop.language import Words, language_of
from onestop.screen import (
    Action,
    Block,
    Bullets,
    Facts,
    Heading,
    Menu,
    Paragraph,
    Picture,
    Place,
    Run,
    Screen,
)


def service_screen(catalogue: Catalogue, service: Service, words: Words, now: datetime) -> Screen:
    """Return a service in the language of `words`; an untranslated one is wholly in its own under a translated interface."""
    text = service.text(words.language)
    language = language_of(service.texts, words.language)
    own = words.of(language)
    section = catalogue.find(service.section)
    trail = (home_link(words), section_link(section, words)) if isinstance(section, Section) else (home_link(words),)
    places, until = _places(catalogue, text, own, now)
    others = tuple(code for code in service.texts if code != language)
    return Screen(
        title=text.title,
        blocks=(
            *_about(service, text, own),
            *_body(catalogue, text),
            *places,
            *_related(catalogue, text, words, language),
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
    if service.online:
        label = words("Do it online") if service.journey else text.start or words("Do it online")
        yield Action(label, service.online, "external-link")
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


def _body(catalogue: Catalogue, text: ServiceText) -> Iterator[Block]:
    """Yield the blocks of the body; the description stands for a picture that is not there."""
    for block in unpack(text.body, catalogue.reference):
        lost = isinstance(block, Picture) and block.source not in catalogue.pictures
        yield Paragraph((Run(block.description),)) if isinstance(block, Picture) and lost else block


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


def contact_place(catalogue: Catalogue, service: Service, words: Words, now: datetime) -> Place | None:
    """Return the team of a service, with its telephone, hours and whether it is open now; None if it gives no contact."""
    text = service.text(words.language)
    found, _ = _places(catalogue, replace(text, places=()), words, now)
    return found[0] if found else None


def _contact(contact: Contact) -> Location:
    return Location(contact.team, "", contact.phone, contact.email, contact.hours)


def _hours(catalogue: Catalogue, hours: Hours | None, words: Words, now: datetime) -> tuple[str, Rows, datetime | None]:
    if hours is None:
        return "", (), None
    state, until = status(hours, now, catalogue.holidays, words)
    ahead, ahead_until = holidays_ahead(hours, now, catalogue.holidays, words)
    changes = [moment for moment in (until, ahead_until) if moment]
    return state, (*week(hours, words, now.astimezone(words.zone).date()), *ahead), min(changes, default=None)


def _related(catalogue: Catalogue, text: ServiceText, words: Words, language: str) -> Iterator[Menu]:
    """Yield links to what the text links to, in the language of `words` where there is one, below a heading in the screen's own."""
    found = [thing for target in text.links if isinstance(thing := catalogue.find(target), Service | Section)]
    if found:
        items, own = tuple(service_item(thing, words, language) for thing in found), words.of(language)
        yield Menu(items, "related", own("Related services"))
