"""The screens of home and sections, and the screen of any address of the catalogue."""

from dataclasses import replace
from datetime import datetime

from onestop.catalogue.catalogue import AREA, AREA_ICON, AREA_NUMBER, HOME_NUMBER, Catalogue, Section, Service
from onestop.catalogue.hours.wording import status
from onestop.catalogue.screens.frame import alert_of, home_link, service_item
from onestop.catalogue.screens.service import service_screen
from onestop.language import Words, language_of, other_language
from onestop.screen import Menu, MenuItem, Paragraph, Run, Screen, Search


def screen_at(catalogue: Catalogue, address: str, words: Words, now: datetime) -> Screen | None:
    """Return the screen at a neutral address such as "/", "/bins" or "/bins/missed-bin", or None."""
    if address == "/":
        return home_screen(catalogue, words, now)
    found = catalogue.find(address)
    if isinstance(found, Section):
        return section_screen(catalogue, found, words)
    if isinstance(found, Service):
        return service_screen(catalogue, found, words, now)
    return None


def home_screen(catalogue: Catalogue, words: Words, now: datetime, *, area: bool = False) -> Screen:
    """Return the home screen; `area` is whether residents can find what is known about their address."""
    own = (MenuItem(words("My area"), AREA, AREA_NUMBER, AREA_ICON, words("Your bins, councillors, what is near")),)
    hours, language = catalogue.council.hours, words.language
    opening, until = status(hours, now, catalogue.holidays, words) if hours else ("", None)
    used = [found for target, _ in catalogue.council.most_used if isinstance(found := catalogue.find(target), Service)]
    items = (*(own if area else ()), *(_section_item(section, words) for section in catalogue.sections))
    return Screen(
        title=words("How can we help?"),
        blocks=(Search(), Menu(items, "sections")),
        address="/",
        language=words.language,
        kind="home",
        number=HOME_NUMBER,
        summary=words("Every service of {council}.", council=catalogue.council.name(words.language)),
        alert=alert_of(catalogue, words),
        languages=_all_languages(catalogue, words),
        valid_until=until,
        most_used=tuple(service_item(one, words, language) for one in used),
        opening=f"{catalogue.council.phone}: {opening}" if opening else "",
    )


def section_screen(catalogue: Catalogue, section: Section, words: Words) -> Screen:
    language = language_of(section.titles, words.language)
    summary = section.summary(words.language)
    lead = Run(summary, language=other_language(section.summaries, words.language, language))
    items = tuple(service_item(service, words, language) for service in section.services)
    return Screen(
        title=section.title(words.language),
        blocks=(Paragraph((lead,), lead=True), Menu(items, "services")),
        address=section.address,
        language=language,
        kind="section",
        number=section.number,
        summary=summary,
        trail=(home_link(words),),
        alert=alert_of(catalogue, words),
        languages=_all_languages(catalogue, words),
    )


def _section_item(section: Section, words: Words) -> MenuItem:
    return replace(service_item(section, words, words.language), icon=section.icon)


def _all_languages(catalogue: Catalogue, words: Words) -> tuple[str, ...]:
    return (words.language, *(code for code in catalogue.languages if code != words.language))
