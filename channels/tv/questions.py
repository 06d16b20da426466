"""The height of a form on a television, and how a question with many options is split over pages."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from channels.measures import Measures
from channels.text_metrics import lines
from channels.tv.key_presses import NEEDS_TYPING
from channels.tv.sizes import BETWEEN, Sizes
from onestop.screen import Block, Choice, DateEntry, Entry, Field, Form, Option, Upload

FIELDS: Mapping[type, int] = {Entry: 1, DateEntry: 3, Upload: 1}
"""Rows of each type of field: inputs stand below each other, because left and right move the cursor in them."""
OPTION_LOST = 82 + 20


def form_height(form: Form, measures: Measures, sizes: Sizes) -> float:
    """Return the px of a form: hint, error, rows and buttons."""
    face, note = measures.faces["paragraph"], measures.faces["note"]
    tall = face.before + face.line * lines(form.hint, face.size, measures.width) if form.hint else 0
    if form.error:
        # "Error:" comes before the message.
        tall += note.before + note.line * lines(f"Mwwwww: {form.error}", note.size, measures.width - note.inset)
    row = sizes.row
    rows = (
        _rows(form.field, measures, sizes) if isinstance(form.field, Choice) else row * FIELDS.get(type(form.field), 0)
    )
    send = BETWEEN if sends_itself(form) else BETWEEN + row
    return tall + face.before + rows + send + row * len(form.also)


def sends_itself(form: Form) -> bool:
    """Return whether choosing an option submits the form."""
    return isinstance(form.field, Choice) and not form.field.several


def needs_typing(field: Field | None) -> bool:
    """Return whether the field takes text, which is hard to enter by remote: the other buttons then come first and have the focus."""
    return isinstance(field, Entry) and NEEDS_TYPING[field.kind]


def split_question(block: Block, fits: Callable[[Form, bool], bool], whole: bool, most: int) -> Iterator[Block]:
    """Yield a question as several forms if it has more options than `most` or than fit; drop its hint if the error needs the room.

    The second argument of `fits` is whether a row "More" follows.
    """
    if isinstance(block, Form) and block.error and not fits(block, False):
        block = replace(block, hint="")
    if not (isinstance(block, Form) and isinstance(block.field, Choice) and sends_itself(block)):
        yield block
        return
    options, most = block.field.options, max(2, most - len(block.also))
    if whole:
        # A conflict of two answers: show the option chosen here, beside the button that keeps the other answer.
        yield _with(block, tuple(option for option in options if option.chosen) or options)
        return
    while options:
        taken = most
        while taken > 2 and not fits(_with(block, options[:taken]), taken < len(options)):
            taken -= 1
        yield _with(block, options[:taken])
        # Only the first part shows the hint.
        block, options = replace(block, hint=""), options[taken:]


def _with(form: Form, options: tuple[Option, ...]) -> Form:
    assert isinstance(form.field, Choice)
    return replace(form, field=replace(form.field, options=options))


def _rows(field: Choice, measures: Measures, sizes: Sizes) -> float:
    """Return the px of the options. Checkbox rows are tighter: the submit button needs the room."""
    face = measures.faces["menu"]
    said = [f"{option.label} {option.hint}" for option in field.options]
    row = sizes.tick if field.several else sizes.row
    return sum(row + face.line * (lines(one, face.size, measures.width - OPTION_LOST) - 1) for one in said)
