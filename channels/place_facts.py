"""The details of a place as facts, for channels that do not draw places."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onestop.language import Words
from onestop.screen import Block, Facts, Place, Run


def telephone_first(blocks: Sequence[Block], words: Words) -> tuple[Block, ...]:
    """Return the blocks of a receipt with the telephone number of its desk, and whether it is answered now, before the other facts:
    whoever sent something has it on the first page.
    """
    places = [block for block in blocks if isinstance(block, Place) and block.phone]
    rows = tuple((words("Telephone"), (Run(". ".join(filter(None, (one.phone, one.status)))),)) for one in places[:1])
    return tuple(replace(block, rows=(*rows, *block.rows)) if isinstance(block, Facts) else block for block in blocks)


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
