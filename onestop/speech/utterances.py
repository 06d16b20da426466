"""The utterances of a screen or of one of its pages, in reading order."""

from collections.abc import Callable, Mapping, Sequence

from onestop.language import Words
from onestop.screen import (
    Action,
    Alert,
    Answers,
    Block,
    Bullets,
    Code,
    Facts,
    Form,
    Heading,
    Menu,
    Note,
    Paragraph,
    Picture,
    Place,
    Reference,
    Run,
    Screen,
    Search,
    Steps,
    Table,
    Text,
)
from onestop.speech.question_utterances import Translations, press_for, read_form

BlockReader = Callable[..., Translations]


def utterances(
    screen: Screen,
    words: Words,
    blocks: Sequence[Block] | None = None,
    *,
    page: int = 1,
    pages: int = 1,
    pressed: Sequence[int] = (),
) -> tuple[str, ...]:
    """Return the utterances of a page with these `blocks`, or of the whole screen; a pause follows each.

    They are as written ("£3.50"); `spoken_form` normalises them. `pressed` is for devices with digit keys: for each block, the
    number of rows chosen by digit before it; without it keys are not mentioned. `page` counts from 1.
    """
    shown = screen.blocks if blocks is None else blocks
    return tuple(
        said
        for said in (
            *_top(screen, words, page, pages),
            *(
                said
                for place, block in enumerate(shown)
                for said in BLOCK_READERS[type(block)](block, words, pressed[place] if place < len(pressed) else None)
            ),
            *((words("There is more on the next page."),) if page < pages else ()),
        )
        if said.strip()
    )


def _top(screen: Screen, words: Words, page: int, pages: int) -> Translations:
    yield screen.title
    if pages > 1:
        yield words("Page {number} of {total}", number=page, total=pages)
    if page == 1:
        yield screen.progress
        yield from _alert(screen.alert) if screen.alert else ()


def _alert(alert: Alert) -> Translations:
    yield alert.title
    yield alert.text


def plain(text: Text, words: Words) -> str:
    """Return a text as one string, with the number of the service after each link to one."""
    return "".join(_run(run, words) for run in text)


def _run(run: Run, words: Words) -> str:
    if not run.number:
        return run.text
    return f"{run.text.removesuffix(f' ({run.number})')} ({words('number {number}', number=run.number)})"


def _paragraph(block: Paragraph, words: Words, pressed: int | None) -> Translations:
    yield plain(block.text, words)


def _heading(block: Heading, words: Words, pressed: int | None) -> Translations:
    yield block.text


def _bullets(block: Bullets, words: Words, pressed: int | None) -> Translations:
    """Yield the number of items first if there are several: a listener cannot see the end of a list."""
    if len(block.items) > 1:
        yield words("{number} things:", number=len(block.items))
    for item in block.items:
        yield plain(item, words)


def _steps(block: Steps, words: Words, pressed: int | None) -> Translations:
    for number, item in enumerate(block.items, block.start):
        yield words("Step {number}: {what}", number=number, what=plain(item, words))


def _table(block: Table, words: Words, pressed: int | None) -> Translations:
    """Yield the table row by row, each cell after the heading of its column."""
    yield block.caption
    for row in block.rows:
        cells = ((plain(head, words), plain(cell, words)) for head, cell in zip(block.head, row, strict=False))
        yield ". ".join(_labelled(head, cell) for head, cell in cells if cell)


def _labelled(label: str, said: str) -> str:
    return f"{label}: {said}" if label and said else label or said


def _note(block: Note, words: Words, pressed: int | None) -> Translations:
    text = plain(block.text, words)
    warning = words("Warning")
    yield f"{warning}: {text}" if block.kind == "warning" and not text.startswith(warning) else text


def _facts(block: Facts, words: Words, pressed: int | None) -> Translations:
    for label, text in block.rows:
        yield _labelled(label, plain(text, words))


def _place(block: Place, words: Words, pressed: int | None) -> Translations:
    yield block.name or words("Contact us")
    yield block.status
    rows = (
        (words("Telephone"), block.phone),
        (words("Email"), block.email),
        (words("Address"), ", ".join(block.address)),
        *block.hours,
    )
    for label, said in rows:
        yield _labelled(label, said) if said else ""


def _menu(block: Menu, words: Words, pressed: int | None) -> Translations:
    """Yield the items with their digits. The letters of an index are not read: they are not chosen by digit."""
    yield block.label
    if block.kind == "letters":
        yield words("Choose a letter.")
        return
    for place, item in enumerate(block.items, 1):
        number = words("number {number}", number=item.number) if item.number else ""
        yield ", ".join(filter(None, (press_for(item.label, pressed, place, words), number)))


def _action(block: Action, words: Words, pressed: int | None) -> Translations:
    yield press_for(block.label, pressed, 1, words)


def _search(block: Search, words: Words, pressed: int | None) -> Translations:
    yield press_for(words("Search"), pressed, 1, words)


def _picture(block: Picture, words: Words, pressed: int | None) -> Translations:
    yield words("A picture: {description}", description=block.description)


def _code(block: Code, words: Words, pressed: int | None) -> Translations:
    """Yield the caption and the address of a QR code, which can be typed."""
    yield block.caption
    yield block.address


def _answers(block: Answers, words: Words, pressed: int | None) -> Translations:
    for row in block.rows:
        yield _labelled(row.question, row.answer)


def _reference(block: Reference, words: Words, pressed: int | None) -> Translations:
    """Yield the reference number twice, because the listener writes it down."""
    yield _labelled(block.label, block.digits)
    yield block.digits


BLOCK_READERS: Mapping[type, BlockReader] = {
    Action: _action,
    Answers: _answers,
    Bullets: _bullets,
    Code: _code,
    Facts: _facts,
    Form: read_form,
    Heading: _heading,
    Menu: _menu,
    Note: _note,
    Paragraph: _paragraph,
    Picture: _picture,
    Place: _place,
    Reference: _reference,
    Search: _search,
    Steps: _steps,
    Table: _table,
}
