"""How much room a question takes on a television, and how one with many options is asked on several pages."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from channels.block_heights import Measures
from channels.text_metrics import lines
from channels.tv.sizes import BETWEEN, Sizes
from onestop.screen import Block, Choice, DateEntry, Entry, Field, Form, Option, Upload

WORDS = ("words", "line", "name", "email", "address", "spot")
FIELDS: Mapping[type, int] = {Entry: 1, DateEntry: 3, Upload: 1}
"""Below each other: arrows up and down lead from one to the next, left and right move in what is written."""
OPTION_LOST = 82 + 20


def form_height(form: Form, measures: Measures, sizes: Sizes) -> float:
    """Px of the hint, the error, the rows and the other ways to send it."""
    face, note = measures.faces["paragraph"], measures.faces["note"]
    tall = face.before + face.line * lines(form.hint, face.size, measures.width) if form.hint else 0
    if form.error:
        # "Error:" stands before it.
        tall += note.before + note.line * lines(f"Mwwwww: {form.error}", note.size, measures.width - note.inset)
    row = sizes.row
    rows = (
        _rows(form.field, measures, sizes) if isinstance(form.field, Choice) else row * FIELDS.get(type(form.field), 0)
    )
    send = BETWEEN if sends_itself(form) else BETWEEN + row
    return tall + face.before + rows + send + row * len(form.also)


def sends_itself(form: Form) -> bool:
    """Whether choosing an option is all there is to do."""
    return isinstance(form.field, Choice) and not form.field.several


def needs_typing(field: Field | None) -> bool:
    """Whether it is words, which a remote writes with toil: the other ways to answer stand first, and have the focus."""
    return isinstance(field, Entry) and field.kind in WORDS


def split_question(block: Block, fits: Callable[[Form, bool], bool], whole: bool, most: int) -> Iterator[Block]:
    """A question with more options than `most`, or than fit, as several; one that is asked again gives its hint for what is wrong.

    `fits` is asked with whether a row leads on to the next.
    """
    if isinstance(block, Form) and block.error and not fits(block, False):
        block = replace(block, hint="")
    if not (isinstance(block, Form) and isinstance(block.field, Choice) and sends_itself(block)):
        yield block
        return
    options, most = block.field.options, max(2, most - len(block.also))
    if whole:
        # It was answered twice: what was chosen here, beside the way to keep the other.
        yield _with(block, tuple(option for option in options if option.chosen) or options)
        return
    while options:
        taken = most
        while taken > 2 and not fits(_with(block, options[:taken]), taken < len(options)):
            taken -= 1
        yield _with(block, options[:taken])
        # The hint was read with the first of them.
        block, options = replace(block, hint=""), options[taken:]


def _with(form: Form, options: tuple[Option, ...]) -> Form:
    assert isinstance(form.field, Choice)
    return replace(form, field=replace(form.field, options=options))


def _rows(field: Choice, measures: Measures, sizes: Sizes) -> float:
    """What is ticked stands closer, since the button that sends it stands below."""
    face = measures.faces["menu"]
    said = [f"{option.label} {option.hint}" for option in field.options]
    row = sizes.tick if field.several else sizes.row
    return sum(row + face.line * (lines(one, face.size, measures.width - OPTION_LOST) - 1) for one in said)
