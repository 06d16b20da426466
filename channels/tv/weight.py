"""Estimate how many bytes of a packet a block takes once its page is rendered and gzipped.

The coefficients were fitted by least squares to the gzipped pages of the demonstration borough; the standard deviation of the error
is 17 bytes. They are bytes per character, per link, and per block type for its markup.
"""

from collections.abc import Callable, Mapping, Sequence

from channels.tv.parts import ServicePart
from onestop.language import Words
from onestop.screen import (
    Action,
    Answers,
    Block,
    Bullets,
    Choice,
    Code,
    Facts,
    Form,
    Heading,
    Menu,
    Note,
    Paragraph,
    Picture,
    Reference,
    Screen,
    Search,
    Steps,
    Table,
    Text,
)

CHARACTER, ADDRESS, LINK = 0.57, 0.3, 19.0
MENU, FORM = 20.0, 80.0
EMPTY_PAGE, FOREIGN, NEXT_PAGE = 450.0, 20.0, 19.0
"""An empty page (head and foot); the surcharge if the content is in another language than the interface; and the link to the
next page."""
HEADERS = 285.0
STYLE = 330.0
"""The style in a page of a set that keeps no style sheet, and its digest in a header."""
ALERT, PAD, BEGINNING = 15.0, 78.0, 18.0
PERSONAL = -35.0
"""The extra bytes of a personal page: its headers, less the parts of head and foot that it omits."""
SOURCE, TRANSLATED = "en", 30.0
"""The source language of the interface texts; texts and addresses are longer in any other."""
PART = 9.0
"""Bytes of a part of a service in their list, besides its name."""
DEVICE_CHARACTER, VARY_HEADER = 0.9, 9.0
MARGIN = 37.0
"""99 of 100 pages exceed the estimate by at most this much."""


def room(screen: Screen, words: Words, packet: int) -> float:
    """Return the bytes of a packet left for the blocks of one page of this screen, whose style is in a file of its own."""
    around = text_weight(screen.title) + ADDRESS * len(screen.address)
    foreign = FOREIGN if screen.language != words.language else TRANSLATED if words.language != SOURCE else 0
    return packet - HEADERS - EMPTY_PAGE - NEXT_PAGE - around - foreign - MARGIN - (PERSONAL if screen.personal else 0)


def first_weight(screen: Screen) -> float:
    """Return the bytes of what only the first page has: the alert, the link to another language, and the number pad of a search."""
    alert = ALERT + text_weight(screen.alert.title) if screen.alert and screen.kind != "search" else 0
    return (0 if screen.personal else BEGINNING) + alert + (PAD if screen.kind == "search" else 0)


def device_name_weight(device: str) -> float:
    """Return the extra bytes of a page whose addresses name its device; such a page has no Vary header for the device."""
    return DEVICE_CHARACTER * len(device) - VARY_HEADER


def parts_weight(parts: Sequence[ServicePart]) -> float:
    """Return the extra bytes of a page that lists these parts."""
    return sum(PART + text_weight(part.name) for part in parts)


def weigh(block: Block) -> float:
    """Return the estimated bytes of a block."""
    return WEIGH[type(block)](block) if type(block) in WEIGH else 0.0


def text_weight(text: str) -> float:
    """Return the estimated bytes of a text."""
    return CHARACTER * len(text)


def _text(text: Text) -> float:
    return sum([CHARACTER * len(run.text) + (LINK if run.target else 0) for run in text])


def _menu(menu: Menu) -> float:
    return (
        MENU
        + text_weight(menu.label)
        + sum(12 + text_weight(item.label) + ADDRESS * len(item.target) for item in menu.items)
    )


def _form(form: Form) -> float:
    field = form.field
    options = field.options if isinstance(field, Choice) else ()
    shown = sum(14 + text_weight(f"{option.label} {option.hint}".strip()) for option in options)
    also = sum(20 + text_weight(button.label) for button in form.also)
    return (
        FORM
        + (MENU if options else 25 + 60 * bool(field))
        + shown
        + also
        + text_weight(form.hint)
        + 1.3 * text_weight(form.error)
    )


def _table(table: Table) -> float:
    rows = (table.head, *table.rows)
    return 53 + text_weight(table.caption) + sum(3 + _text(cell) for row in rows for cell in row) - 5 * len(table.rows)


WEIGH: Mapping[type, Callable[..., float]] = {
    Paragraph: lambda block: 4 + _text(block.text),
    Note: lambda block: 16 + _text(block.text),
    Picture: lambda block: 55 + ADDRESS * len(block.source) + text_weight(block.description),
    Heading: lambda block: text_weight(block.text),
    Bullets: lambda block: 9 + sum(3 + _text(item) for item in block.items),
    Steps: lambda block: 18 + sum(1 + _text(item) for item in block.items),
    Table: _table,
    Facts: lambda block: 11 + sum(5 + text_weight(label) + _text(value) for label, value in block.rows),
    Menu: _menu,
    Action: lambda block: MENU + text_weight(block.label),
    Search: lambda block: MENU + text_weight(block.query),
    Form: _form,
    Answers: lambda block: 68 + sum(20 + text_weight(row.question) + text_weight(row.answer) for row in block.rows),
    # A QR code hardly compresses.
    Code: lambda block: 700 + text_weight(block.caption),
    Reference: lambda block: 30 + text_weight(block.label) + len(block.digits),
}
