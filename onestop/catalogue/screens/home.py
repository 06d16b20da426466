"""The screens of home and sections, and the screen of any address of the catalogue."""

from datetime import datetime

from onestop.catalogue.catalogue import HOME_NUMBER, Catalogue, Section, Service
from onestop.catalogue.screens.frame import alert_of, home_link
from onestop.catalogue.screens.service import service_screen
from onestop.language import Words
from onestop.screen import Menu, MenuItem, Paragraph, Run, Screen, Search


def screen_at(catalogue: Catalogue, address: str, words: Words, now: datetime) -> Screen | None:
    """Return the screen at a neutral address such as "/", "/bins" or "/bins/missed-bin", or None."""
    if address == "/":
        return home_screen(catalogue, words)
    found = catalogue.find(address)
    if isinstance(found, Section):
        return section_screen(catalogue, found, words)
    if isinstance(found, Service):
        return service_screen(catalogue, found, words, now)
    return None


def home_screen(catalogue: Catalogue, words: Words) -> Screen:
    return Screen(
        title=words("How can we help?"),
        blocks=(Search(), Menu(tuple(_section_item(section, words) for section in catalogue.sections), "sections")),
        address="/",
        language=words.language,
        kind="home",
        number=HOME_NUMBER,
        summary=words("Every service of {council}.", council=catalogue.council.name(words.language)),
        alert=alert_of(catalogue, words),
        languages=_all_languages(catalogue, words),
    )


def section_screen(catalogue: Catalogue, section: Section, words: Words) -> Screen:
    language = words.language
    summary = section.summary(language)
    items = tuple(
        MenuItem(s.title(language), s.address, s.number, summary=s.summary(language)) for s in section.services
    )
    return Screen(
        title=section.title(language),
        blocks=(Paragraph((Run(summary),), lead=True), Menu(items, "services")),
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
    language = words.language
    return MenuItem(section.title(language), section.address, section.number, section.icon, section.summary(language))


def _all_languages(catalogue: Catalogue, words: Words) -> tuple[str, ...]:
    return (words.language, *(code for code in catalogue.languages if code != words.language))
