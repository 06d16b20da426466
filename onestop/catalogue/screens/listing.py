"""The screens that list services: the A to Z and search results."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from onestop.catalogue.catalogue import TRACKING, TRACKING_NUMBER, Catalogue
from onestop.catalogue.resident_words import UrgentAnswer
from onestop.catalogue.screens.frame import alert_of, home_link, service_item
from onestop.catalogue.search.index import SearchIndex, SearchResult
from onestop.catalogue.search.letters import capital
from onestop.language import Translations, Words
from onestop.screen import Block, Facts, Link, Menu, MenuItem, Note, Paragraph, Run, Screen, Search

SEARCHED = "Search: {query}"
"""The title of the results of a query: a msgid."""
RESULTS = "/results"
"""The end of the address of a query that is complete."""


def letters_screen(catalogue: Catalogue, words: Words, now: datetime, letter: str = "") -> Screen | None:
    """Return the A to Z at "/a-z", or the services of one letter at "/a-z/b".

    A letter with services in another language only gives the A to Z, so that the link to change language works; a letter with
    none in any language gives None.
    """
    letters = catalogue.letters[words.language if words.language in catalogue.letters else catalogue.languages[0]]
    title = words("A to Z of services")
    if letter:
        if not any(letter in those for those in catalogue.letters.values()):
            return None
        found = letters.get(letter, ())
        block: Block = (
            Menu(tuple(service_item(service, words, words.language) for service in found), "services")
            if found
            else _initials(letters)
        )
        return _listing(
            catalogue, words, f"{title}: {capital(letter)}", f"/a-z/{letter}", "letters", (block,), Link(title, "/a-z")
        )
    return _listing(catalogue, words, title, "/a-z", "letters", (_initials(letters),), None)


def _initials(letters: Iterable[str]) -> Menu:
    return Menu(tuple(MenuItem(capital(name), f"/a-z/{name}") for name in letters), "letters")


def search_screen(
    catalogue: Catalogue, index: SearchIndex, query: str, words: Words, now: datetime, *, typed: bool = False
) -> Screen:
    """Return the results of a query, or only the search field if it is empty.

    `typed` says that the query is complete: the screen has no search field, so that digits can choose a result. Urgent answers stand
    above the results.
    """
    query = " ".join(query.split())[:100]
    blocks: list[Block] = [] if typed else [Search(query)]
    title, address = words("Search"), "/search"
    if query:
        urgent = index.urgent_answer(query)
        found = _found(catalogue, index, query, urgent.target if urgent else "")
        title, address = (
            words(SEARCHED, query=query),
            f"/search/{quote(query, safe='')}{RESULTS if typed else ''}",
        )
        if urgent:
            blocks += _urgent(urgent, words.language)
        summary = words.count("{number} service found", "{number} services found", len(found)) if found else ""
        blocks.append(
            Paragraph((Run(summary or words("Nothing found. Try another word, or look through the A to Z.")),))
        )
        if found:
            blocks.append(Menu(tuple(found_item(one, words.language) for one in found), "services"))
    kind, parent = ("results", Link(words("Search"), "/search")) if typed else ("search", None)
    made = _listing(catalogue, words, title, address, kind, tuple(blocks), parent)
    return replace(made, searched=not typed and bool(query))


def reference_screen(catalogue: Catalogue, digits: str, query: str, words: Words) -> Screen:
    """Return the screen of a search for the reference of something that was sent: it names no service."""
    phone = catalogue.council.phone
    said = words(
        "{digits} is the reference of something you sent. To ask about it, ring the number on your receipt.",
        digits=digits,
    )
    rows = ((words("Or ring the council"), (Run(phone, True, f"tel:{phone.replace(' ', '')}"),)),) if phone else ()
    follow = Menu((MenuItem(words("Follow what you sent"), TRACKING, TRACKING_NUMBER),))
    blocks = (Search(query), Paragraph((Run(said),), lead=True), follow, *((Facts(rows),) if rows else ()))
    title, address = words("Search: {query}", query=digits), f"/search/{quote(query, safe='')}"
    return _listing(catalogue, words, title, address, "search", blocks, None)


def _found(catalogue: Catalogue, index: SearchIndex, query: str, first: str) -> tuple[SearchResult, ...]:
    """Return the results of a query, the service at `first` before all others."""
    found = index.find(query)
    thing = catalogue.find(first)
    return (index.result(thing), *(one for one in found if one.address != first)) if thing else found


def _urgent(answer: UrgentAnswer, language: str) -> Iterator[Block]:
    yield Note((Run(_in(answer.messages, language)),), "warning")
    yield Facts(
        tuple(
            (_in(number.names, language), (Run(number.phone, True, f"tel:{number.phone.replace(' ', '')}"),))
            for number in answer.numbers
        )
    )


def _in(texts: Translations, language: str) -> str:
    return texts.get(language) or next(iter(texts.values()))


def found_item(found: SearchResult, language: str) -> MenuItem:
    """Return a result as a menu item; `language` is that of the screen."""
    other = found.language if found.language != language else ""
    return MenuItem(found.title, found.address, found.number, found.icon, found.summary, other)


def _listing(
    catalogue: Catalogue,
    words: Words,
    title: str,
    address: str,
    kind: str,
    blocks: tuple[Block, ...],
    parent: Link | None,
) -> Screen:
    language = words.language
    return Screen(
        title=title,
        blocks=blocks,
        address=address,
        language=language,
        kind=kind,
        trail=(home_link(words), parent) if parent else (home_link(words),),
        alert=alert_of(catalogue, words),
        languages=(language, *(code for code in catalogue.languages if code != language)),
    )
