"""Heights of what is touched on a kiosk: menu rows, forms and answers."""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from channels.kiosk.dimensions import Dimensions
from channels.kiosk.keyboards import keyboard, most_rows
from channels.measures import Grid, Measures
from channels.text_metrics import lines, text_lines
from onestop.screen import (
    Answers,
    Block,
    Choice,
    Code,
    DateEntry,
    Entry,
    Facts,
    Form,
    Menu,
    MenuItem,
    Option,
    Reference,
    Upload,
)

ItemHeight = Callable[[MenuItem, float, Dimensions], float]


def measures_for_blocks(measures: Measures, blocks: tuple[Block, ...], look: Dimensions) -> Measures:
    """Return the measures with rows high enough for the texts of these blocks."""
    menus = {kind: replace(grid, row=_row(kind, grid, measures, blocks, look)) for kind, grid in measures.menus.items()}
    own: dict[type, Callable[..., float]] = {
        Form: partial(form_height, width=measures.width, look=look),
        Answers: partial(answer_height, width=measures.width, look=look),
        Code: partial(code_height, width=measures.width, look=look),
    }
    if look.above:
        own[Facts] = partial(stacked_facts_height, width=measures.width, look=look)
    return replace(measures, menus=menus, own=own, fixed={**measures.fixed, Reference: look.button * 2 + look.gap})


def _row(kind: str, grid: Grid, measures: Measures, blocks: tuple[Block, ...], look: Dimensions) -> float:
    room = (measures.width - grid.gap * (grid.columns - 1)) / grid.columns
    items = [item for block in blocks if isinstance(block, Menu) and block.kind == kind for item in block.items]
    return max((ITEM_HEIGHTS[kind](item, room, look) for item in items), default=0)


def _tile(item: MenuItem, room: float, look: Dimensions) -> float:
    """Return the px of a tile: the icon is above the label, in a flat tile beside it with the number below; smaller if many abreast."""
    label = look.faces["dense" if room < look.room(foot=False) / (look.tiles + 0.5) else "label"]
    beside = look.side + look.gap if look.flat else 0
    said = label.line * lines(item.label, label.size, room - look.gap * 3 - beside, True)
    over = look.icon + look.gap
    tall = max(said, over + look.faces["small"].line) if look.flat else said + over
    return max(tall + look.gap * 3, look.tile)


def _way(item: MenuItem, room: float, look: Dimensions) -> float:
    """Return the px of a menu row: a label above a summary, beside them a number and, where there is room, an arrow."""
    dense = room < look.width / look.most_abreast and look.most_abreast > look.abreast
    label, summary = look.faces["dense" if dense else "label"], look.faces["summary"]
    left = room - look.gap * 3.5 - look.number - (0 if dense else look.icon + look.gap)
    tall = label.line * lines(item.label, label.size, left, True)
    tall += summary.line * lines(item.summary, summary.size, left) if item.summary else 0
    return max(tall + look.gap * 2, look.least)


def _letter(item: MenuItem, room: float, look: Dimensions) -> float:
    return look.letter


ITEM_HEIGHTS: Mapping[str, ItemHeight] = {"sections": _tile, "services": _way, "related": _way, "letters": _letter}


def code_height(block: Code, width: float, look: Dimensions) -> float:
    """Return the px of a code to scan with its caption, which large text writes on several lines."""
    label = look.faces["label"]
    return look.code + label.line * lines(block.caption, label.size, width, True) + look.gap * 2


def form_height(form: Form, width: float, look: Dimensions) -> float:
    """Return the px of a form: hint, error, field, the buttons below or beside it, and the keyboard."""
    text = look.faces["paragraph"]
    helps = text.line * lines(form.hint, text.size, width) + look.gap / 2 if form.hint else 0
    if form.error:
        # "Error:" comes before the message, an icon beside it.
        said = f"Mwwwww: {form.error}"
        helps += text.line * lines(said, text.size, width - look.gap * 3 - look.icon, True) + look.gap * 2
    left = width - look.send - look.gap if look.send else width
    field = FIELDS[type(form.field)](form.field, left, look) if form.field else 0
    keys = keyboard_height(form.field, look) if isinstance(form.field, Entry | DateEntry) else 0
    sent = _buttons(form, look.send or width, look)
    return helps + (max(field, sent) if look.send else field + sent) + keys


def split_options(form: Form, measures: Measures, look: Dimensions) -> tuple[Form, ...]:
    """Return the forms of a question with more options than fit one page, each with some of the options.

    A question with several answers is not split: a selection would be lost on the way to the next page.
    """
    field = form.field
    if not isinstance(field, Choice) or field.several:
        return (form,)

    parts: list[Form] = []
    rest = field.options
    while rest or not parts:
        count = _most_fitting(form, field, rest, measures, look)
        parts.append(replace(form, field=replace(field, options=rest[:count])))
        rest = rest[count:]
    return tuple(parts)


def _most_fitting(form: Form, field: Choice, rest: tuple[Option, ...], measures: Measures, look: Dimensions) -> int:
    """Return how many of the remaining options fit one page, at least 1. With as many columns, more never take less height."""

    def tall(count: int) -> float:
        return form_height(replace(form, field=replace(field, options=rest[:count])), measures.width, look)

    counts = range(len(rest) + 1)
    if len(rest) > SINGLE_COLUMN and tall(SINGLE_COLUMN + 1) <= measures.height:
        return bisect_right(counts, measures.height, lo=SINGLE_COLUMN + 1, key=tall) - 1
    return max(1, bisect_right(counts, measures.height, lo=1, hi=min(SINGLE_COLUMN, len(rest)) + 1, key=tall) - 1)


def _buttons(form: Form, width: float, look: Dimensions) -> float:
    label = look.faces["label"]
    buttons = ((form.submit, 0), *((button.label, look.icon if button.icon else 0) for button in form.also))
    told = [label.line * lines(said, label.size, width - look.gap * 3 - less, True) for said, less in buttons]
    return sum(max(look.button, tall + look.gap) + look.gap for tall in told)


def option_columns(field: Choice, width: float, look: Dimensions) -> int:
    """Return the number of columns of the options: one for a few, otherwise the number that takes the least height."""
    if len(field.options) <= SINGLE_COLUMN and not look.wide:
        return 1
    return min(range(look.most_abreast, 0, -1), key=lambda columns: _options(field, columns, width, look))


EDGES = 6
"""Px of the borders that strong contrast adds."""
SINGLE_COLUMN = 6
"""The most options that stand in one column on a portrait display."""


def _choice(field: Choice, width: float, look: Dimensions) -> float:
    return _options(field, option_columns(field, width, look), width, look)


def _options(field: Choice, columns: int, width: float, look: Dimensions) -> float:
    label, summary = look.faces["label"], look.faces["summary"]
    room = (width - look.gap * (columns - 1)) / columns - look.gap * 4.5 - look.icon
    told = [
        label.line * lines(option.label, label.size, room, True) + summary.line * lines(option.hint, summary.size, room)
        for option in field.options
    ]
    rows = [max(told[at : at + columns]) for at in range(0, len(told), columns)]
    return sum(max(tall + look.gap * 2, look.least) + look.gap for tall in rows)


def _entry(field: Entry, width: float, look: Dimensions) -> float:
    return look.button * (1.5 if field.kind == "words" else 1) + look.gap


def _day(field: DateEntry, width: float, look: Dimensions) -> float:
    return look.button + look.faces["label"].line + look.gap * 1.5


def _upload(field: Upload, width: float, look: Dimensions) -> float:
    text = look.faces["paragraph"]
    return text.line * 2 + look.gap


def keyboard_height(field: Entry | DateEntry, look: Dimensions) -> float:
    """Return the px of a keyboard in the language with the most rows."""
    return most_rows(keyboard(field), wide=look.wide) * (look.key + look.gap * 0.75) + look.gap


FIELDS: Mapping[type, Callable[..., float]] = {Choice: _choice, Entry: _entry, DateEntry: _day, Upload: _upload}


def answer_height(block: Answers, width: float, look: Dimensions) -> float:
    """Return the px of answers: the question above the answer, beside them the link to change it."""
    summary, label = look.faces["summary"], look.faces["label"]
    room = width - look.gap * 6 - look.side * 3
    tall = [
        summary.line * lines(row.question, summary.size, room) + label.line * lines(row.answer, label.size, room, True)
        for row in block.rows
    ]
    return sum(max(one, look.least) + look.gap * 3 + EDGES for one in tall)


def stacked_facts_height(block: Facts, width: float, look: Dimensions) -> float:
    """Return the px of facts with each label above its text."""
    face = look.faces["fact"]
    room = width - face.inset
    tall = [lines(label, face.size, room, True) + text_lines(said, face.size, room) for label, said in block.rows]
    return face.before + sum(face.line * max(count, 1) + face.padding for count in tall)
