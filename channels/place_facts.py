"""The details of a place as facts, for channels that do not draw places."""

from collections.abc import Iterator

from onestop.language import Words
from onestop.screen import Facts, Place, Run


def place_facts(place: Place, words: Words, *before: tuple[str, str]) -> Iterator[Facts]:
    """Yield the facts of a place that are known: the rows `before`, then telephone, email, address and hours."""
    rows = (
        *before,
        (words("Telephone"), place.phone),
        (words("Email"), place.email),
        (words("Address"), ", ".join(place.address)),
        *place.hours,
    )
    given = tuple((label, (Run(text),)) for label, text in rows if text)
    if given:
        yield Facts(given)
