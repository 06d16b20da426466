"""How high the things one touches stand: the rows of a menu, a question, what was answered."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from channels.heights import Grid, Measures
from channels.kiosk.look import Look
from channels.measure import lines
from onestop.screen import Answers, Block, Choice, DateEntry, Entry, Form, Menu, MenuItem, Reference, Upload

Rise = Callable[[MenuItem, float, Look], float]


def fitted(measures: Measures, blocks: tuple[Block, ...], look: Look) -> Measures:
    """The measures with rows as high as what these blocks say needs."""
    menus = {kind: replace(grid, row=_row(kind, grid, measures, blocks, look)) for kind, grid in measures.menus.items()}
    forms = [form_height(block, measures.width, look) for block in blocks if isinstance(block, Form)]
    answers = [answer_height(block, measures.width, look) for block in blocks if isinstance(block, Answers)]
    fixed = {Form: max(forms, default=0), Answers: max(answers, default=0), Reference: look.button * 2.2}
    return replace(measures, menus=menus, fixed={**measures.fixed, **fixed})


def _row(kind: str, grid: Grid, measures: Measures, blocks: tuple[Block, ...], look: Look) -> float:
    room = (measures.width - grid.gap * (grid.columns - 1)) / grid.columns
    items = [item for block in blocks if isinstance(block, Menu) and block.kind == kind for item in block.items]
    return max((RISES[kind](item, room, look) for item in items), default=0)


def _tile(item: MenuItem, room: float, look: Look) -> float:
    """An icon above a label; in a flat one beside it, with the number below."""
    label = look.faces["label"]
    beside = look.side + look.gap if look.flat else 0
    said = label.line * lines(item.label, label.size, room - look.gap * 3 - beside, True)
    over = look.icon + look.gap
    tall = max(said, over + look.faces["small"].line) if look.flat else said + over
    return max(tall + look.gap * 3, look.tile)


def _way(item: MenuItem, room: float, look: Look) -> float:
    """A label, and below it a summary; at the side a number, and an arrow where there is room for one."""
    label, summary = look.faces["label"], look.faces["summary"]
    arrow = look.icon if room > look.width / 2 - look.margin * 3 else 0
    left = room - look.gap * 4 - look.side - arrow
    tall = label.line * lines(item.label, label.size, left, True)
    tall += summary.line * lines(item.summary, summary.size, left) if item.summary else 0
    return max(tall + look.gap * 2, look.least)


def _letter(item: MenuItem, room: float, look: Look) -> float:
    return look.letter


RISES: Mapping[str, Rise] = {"sections": _tile, "services": _way, "related": _way, "letters": _letter}


def form_height(form: Form, width: float, look: Look) -> float:
    """A question: what helps to answer it, the ways to answer, and the buttons."""
    small, label = look.faces["paragraph"], look.faces["label"]
    told = sum(
        small.line * lines(said, small.size, width - look.gap * 4) + look.gap * 2
        for said in (form.hint, form.error)
        if said
    )
    field = FIELDS[type(form.field)](form.field, width, look) if form.field else 0
    buttons = [form.submit, *(button.label for button in form.also)]
    room = width - look.gap * 6
    return told + field + sum(
        max(look.button, label.line * lines(said, label.size, room, True) + look.gap * 2) + look.gap for said in buttons
    )  # fmt: skip


def option_columns(field: Choice, look: Look) -> int:
    """Many short answers stand beside each other."""
    return 2 if look.wide or len(field.options) > ALONE else 1


ALONE = 6
"""Answers that stand below each other; more of them stand in two columns."""


def _choice(field: Choice, width: float, look: Look) -> float:
    columns = option_columns(field, look)
    label, summary = look.faces["label"], look.faces["summary"]
    room = (width - look.gap * (columns - 1)) / columns - look.gap * 6 - look.icon
    tall = max(
        (
            label.line * lines(option.label, label.size, room, True) + summary.line * lines(option.hint, summary.size, room)
            for option in field.options
        ),
        default=0,
    )  # fmt: skip
    rows = -(-len(field.options) // columns)
    return rows * (max(tall + look.gap * 3, look.least) + look.gap) + look.gap


def _entry(field: Entry, width: float, look: Look) -> float:
    return look.button * (2 if field.kind == "words" else 1) + look.gap * 2 + keyboard_height(look)


def _day(field: DateEntry, width: float, look: Look) -> float:
    return look.button + look.faces["label"].line + look.gap * 3 + keyboard_height(look)


def _upload(field: Upload, width: float, look: Look) -> float:
    return look.button + look.gap * 2


def keyboard_height(look: Look) -> float:
    """Of six rows of keys."""
    return 6 * (look.key + look.gap) + look.gap


FIELDS: Mapping[type, Callable[..., float]] = {Choice: _choice, Entry: _entry, DateEntry: _day, Upload: _upload}


def answer_height(block: Answers, width: float, look: Look) -> float:
    """A question above what was answered, at the side the way to change it."""
    summary, label = look.faces["summary"], look.faces["label"]
    room = width - look.gap * 6 - look.side * 2
    tall = [
        summary.line * lines(row.question, summary.size, room) + label.line * lines(row.said, label.size, room, True)
        for row in block.rows
    ]
    return sum(max(one + look.gap * 3, look.least) for one in tall) + look.gap
