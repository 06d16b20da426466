"""The height of a form on a television, and how a question is split over pages: many options, and letters to type."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from channels.block_heights import CHANGE_LINK
from channels.measures import Measures
from channels.text_metrics import lines
from channels.tv.key_presses import NEEDS_TYPING
from channels.tv.sizes import BETWEEN, Sizes
from onestop.language import Words
from onestop.screen import (
    AnswerRow,
    Answers,
    Block,
    Choice,
    DateEntry,
    Entry,
    Field,
    Form,
    Menu,
    MenuItem,
    Option,
    Paragraph,
    Run,
    Screen,
    Upload,
)

FIELDS: Mapping[type, int] = {Entry: 1, DateEntry: 3, Upload: 1}
"""Rows of each type of field: inputs stand below each other, because left and right move the cursor in them."""
OPTION_LOST = 82 + 20
DIGITS = 9
"""The most options of a page: each has a digit, and 0 turns the page."""
QUESTION_WIDTH, ANSWER_WIDTH = 460.0, 540.0
"""Px of the two columns of a summary of answers, as parts/answers.css draws them."""
PAD_ROWS = 4
"""Rows of the pad of letters."""
LEGEND = "Press a key until its letter shows, or hold it for its number. Yellow deletes."
"""As long as the longest text that tells how the digit keys give letters."""
TYPING = "typing"
"""Stands for the address of the page with the pad, until the pages are counted."""


def form_height(form: Form, measures: Measures, sizes: Sizes) -> float:
    """Return the px of a form: hint, error, rows and buttons."""
    face, note = measures.faces["paragraph"], measures.faces["note"]
    tall = face.before + face.line * lines(form.hint, face.size, measures.width) if form.hint else 0
    if form.error:
        # "Error:" comes before the message.
        tall += note.before + note.line * lines(f"Mwwwww: {form.error}", note.size, measures.width - note.inset)
    row = sizes.row
    if needs_typing(form.field):
        # The button stands beside the field; a message, or larger text, takes the place of the legend.
        legend = (
            0
            if form.error or sizes.edge < sizes.text
            else face.before + face.line * lines(LEGEND, face.size, measures.width)
        )
        tall += legend + face.before + (PAD_ROWS - 1) * row
    rows = (
        _rows(form.field, measures, sizes) if isinstance(form.field, Choice) else row * FIELDS.get(type(form.field), 0)
    )
    send = BETWEEN if sends_itself(form) else BETWEEN + row
    return tall + face.before + rows + send + row * len(form.also)


def answers_height(block: Answers, sizes: Sizes) -> float:
    """Return the px of a summary of answers: each question has nearly half of the width, its answer and the link "Change" the rest."""

    def tall(row: AnswerRow) -> int:
        said = f"{row.answer} {CHANGE_LINK if row.target else ''}"
        return max(lines(row.question, sizes.text, QUESTION_WIDTH), lines(said, sizes.text, ANSWER_WIDTH), 1)

    return BETWEEN + sizes.line * sum(map(tall, block.rows))


def sends_itself(form: Form) -> bool:
    """Return whether choosing an option submits the form."""
    return isinstance(form.field, Choice) and not form.field.several


def needs_typing(field: Field | None) -> bool:
    """Return whether the field takes letters, which are hard to enter by remote: the other ways to answer then come first."""
    return isinstance(field, Entry) and NEEDS_TYPING[field.kind]


def split_letters(screen: Screen, blocks: tuple[Block, ...], elsewhere: str, words: Words) -> Iterator[Block]:
    """Yield the blocks with a question in letters as two pages: the ways to answer, a phone first; and the field with its pad.

    `elsewhere` is the address that moves the question to another device. A screen of one page has the field only.
    """
    for block in blocks:
        if not (isinstance(block, Form) and needs_typing(block.field)):
            yield block
            continue
        if screen.one_page:
            # Back leads to the other ways to answer.
            yield replace(block, also=() if block.error else block.also)
            continue
        if block.hint:
            yield Paragraph((Run(block.hint),))
        typing = MenuItem(words("Type it here with the remote"), TYPING)
        phone = (MenuItem(words("Continue on your phone"), elsewhere),) if elsewhere else ()
        yield Menu((*phone, typing), "related")
        if block.also:
            ways = tuple(Option(button.value, button.label) for button in block.also)
            yield replace(block, field=Choice(block.also[0].name, ways), hint="", also=())
        yield replace(block, hint="", also=())


def link_to_typing(pages: Sequence[tuple[Block, ...]], address: str) -> tuple[tuple[Block, ...], ...]:
    """Return the pages with the link to the one that has the field in letters."""
    typing = [number for number, page in enumerate(pages, 1) if any(map(is_typed, page))]
    if not typing:
        return tuple(pages)
    there = f"{address}/{typing[0]}"
    return tuple(tuple(_linked(block, there) for block in page) for page in pages)


def leads_to_typing(screen: Screen, blocks: Sequence[Block]) -> bool:
    """Return whether this is the page with the ways to answer in letters."""
    return screen.kind == "question" and any(isinstance(block, Menu) for block in blocks)


def is_typed(block: Block) -> bool:
    """Return whether the block is a form for letters."""
    return isinstance(block, Form) and needs_typing(block.field)


def _linked(block: Block, typing: str) -> Block:
    if not isinstance(block, Menu):
        return block
    return replace(
        block, items=tuple(replace(one, target=typing) if one.target == TYPING else one for one in block.items)
    )


def split_question(block: Block, fits: Callable[[Form, bool], bool], whole: bool) -> Iterator[Block]:
    """Yield a question as several forms if it has more options than fit or than there are digits; drop its hint if the error needs
    the room.

    The second argument of `fits` is whether a row "More" follows.
    """
    if isinstance(block, Form) and block.error and not fits(block, False):
        block = replace(block, hint="")
    if not (isinstance(block, Form) and isinstance(block.field, Choice) and sends_itself(block)):
        yield block
        return
    options, most = block.field.options, max(2, DIGITS - len(block.also))
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
