"""The screens that list services: the A to Z and search results."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import quote

from onestop.catalogue.catalogue import Catalogue, Service
from onestop.catalogue.screens.frame import alert_of, home_link
from onestop.catalogue.search.index import SearchIndex, SearchResult
from onestop.language import Words
from onestop.screen import Block, Link, Menu, MenuItem, Paragraph, Run, Screen, Search


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
            Menu(tuple(_item(service, words) for service in found), "services") if found else _initials(letters)
        )
        return _listing(
            catalogue, words, f"{title}: {letter.upper()}", f"/a-z/{letter}", "letters", (block,), Link(title, "/a-z")
        )
    return _listing(catalogue, words, title, "/a-z", "letters", (_initials(letters),), None)


def _initials(letters: Iterable[str]) -> Menu:
    return Menu(tuple(MenuItem(name.upper(), f"/a-z/{name}") for name in letters), "letters")


def search_screen(catalogue: Catalogue, index: SearchIndex, query: str, words: Words, now: datetime) -> Screen:
    """Return the results of a query, or only the search field if it is empty."""
    query = " ".join(query.split())[:100]
    blocks: list[Block] = [Search(query)]
    title, address = words("Search"), "/search"
    if query:
        found = index.find(query)
        title, address = words("Search: {query}", query=query), f"/search/{quote(query, safe='')}"
        summary = words.count("{number} service found", "{number} services found", len(found)) if found else ""
        blocks.append(
            Paragraph((Run(summary or words("Nothing found. Try another word, or look through the A to Z.")),))
        )
        if found:
            blocks.append(Menu(tuple(found_item(one) for one in found), "services"))
    return _listing(catalogue, words, title, address, "search", tuple(blocks), None)


def found_item(found: SearchResult) -> MenuItem:
    return MenuItem(found.title, found.address, found.number, found.icon, found.summary)


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


def _item(service: Service, words: Words) -> MenuItem:
    return MenuItem(
        service.title(words.language), service.address, service.number, summary=service.summary(words.language)
    )
