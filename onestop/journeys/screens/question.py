"""The screen of one question: its field, what is wrong with what was entered, and the other ways to answer."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from onestop.journeys.journey import Ask, Each, Picture, Place, Simple, Text
from onestop.journeys.kinds.fields import field_of
from onestop.journeys.kinds.form_values import Entered, entered
from onestop.journeys.kinds.parse import DO
from onestop.journeys.screens.context import Around, journey_screen, moving_on, told
from onestop.journeys.values.answer import SKIPPED, Answer, is_thin, items_of
from onestop.journeys.walk.advance import one_of
from onestop.journeys.walk.answer_text import said_answer, text_of
from onestop.journeys.walk.walk import Walk
from onestop.language import Words, translated
from onestop.screen import AnswerRow, Answers, Block, Button, Field, Form, Note, Run, Screen, Upload


@dataclass(frozen=True, slots=True)
class Showing:
    """What a question is shown with.

    `answer` is the draft's, `item` which of a repeat's is changed (from 1; 0 is a new one); `sent` is what was entered and refused,
    with the `error`. `known` is an answer from an earlier journey of the same resident, to be confirmed.
    """

    answer: Answer = SKIPPED
    item: int = 0
    sent: Entered | None = None
    error: str = ""
    known: Answer = SKIPPED


NEW = Showing()


def question_screen(walk: Walk, ask: Ask, around: Around, showing: Showing = NEW) -> Screen:
    """The screen that asks one question of the path."""
    words = around.words
    blocks: list[Block] = [*told(walk, ask.name, around)]
    if showing.known is not SKIPPED and not _answered(showing):
        blocks.append(Note((Run(words("You told us this before. Check that it is still right.")),)))
    if isinstance(ask.kind, Each) and not showing.item and items_of(showing.answer):
        blocks.append(_items(ask, ask.kind, items_of(showing.answer), around))
    blocks += [_form(walk, ask, around, showing), *moving_on(walk, around)]
    progress = words("Question {number} of at most {most}", number=walk.number(ask), most=walk.most)
    title = text_of(walk, ask.text, words)
    return journey_screen(around, title, blocks, around.address(ask.name, showing.item), "question", progress)


def difference_screen(walk: Walk, ask: Ask, around: Around, mine: Entered, mine_said: str, theirs: Answer) -> Screen:
    """The same question, answered otherwise in another window since this one was opened: both are shown, neither is lost."""
    screen = question_screen(walk, ask, around, Showing(answer=theirs, sent=mine))
    if isinstance(one_of(ask.kind), Picture):
        message, label = _photos_differ(theirs, around.words)
    else:
        message, label = _answers_differ(said_answer(ask, theirs, around.words), mine_said, around.words)
    keep = Button(DO, "keep", label, "check")
    blocks = tuple(
        replace(block, also=(keep, *block.also)) if isinstance(block, Form) else block for block in screen.blocks
    )
    return replace(screen, blocks=(Note((Run(message),), "warning"), *blocks))


def _answers_differ(theirs: str, mine: str, words: Words) -> tuple[str, str]:
    """What is said of it, and the button that keeps what is there."""
    both = words("There: “{theirs}”. Here: “{mine}”. Which is right?", theirs=theirs, mine=mine)
    return f"{words('This was answered in another window as well.')} {both}", words("Keep “{said}”", said=theirs)


def _photos_differ(theirs: Answer, words: Words) -> tuple[str, str]:
    """Photos cannot be told apart by words, and the one chosen here is not kept: a browser gives it once."""
    again = words("To use the one you chose here, choose it once more.")
    if theirs is SKIPPED or is_thin(theirs):
        return f"{words('In another window this was left without a photo.')} {again}", words("Leave it without a photo")
    return f"{words('In another window another photo was added.')} {again}", words("Keep the photo added there")


def _answered(showing: Showing) -> bool:
    return showing.answer is not SKIPPED or showing.sent is not None


def _items(ask: Ask, kind: Each, items: tuple[Answer, ...], around: Around) -> Answers:
    """What a repeat has so far; each can be changed or taken out."""
    one = replace(ask, kind=kind.of)
    return Answers(
        tuple(
            AnswerRow(
                _item_label(kind.of, number, around.words),
                said_answer(one, item, around.words),
                around.address(ask.name, number),
            )
            for number, item in enumerate(items, 1)
        )
    )


def _item_label(kind: Simple, number: int, words: Words) -> str:
    """What one item of a repeat is called."""
    said_of = {
        "name": words("Name {number}", number=number),
        "phone": words("Phone number {number}", number=number),
        "email": words("Email address {number}", number=number),
        "address": words("Address {number}", number=number),
        "photo": words("Photo {number}", number=number),
    }
    what = "photo" if isinstance(kind, Picture) else kind.kind if isinstance(kind, Text | Place) else ""
    return said_of.get(what, words("Answer {number}", number=number))


def _form(walk: Walk, ask: Ask, around: Around, showing: Showing) -> Form:
    words = around.words
    form = Form(
        target=around.address(ask.name, showing.item),
        submit=words("Continue"),
        field=_field(ask, around, showing),
        hint=text_of(walk, ask.hint, words),
        error=showing.error,
        hidden=around.hidden,
        also=tuple(_also(ask, around, showing)),
    )
    return form if around.means.upload else _without_upload(form, items_of(showing.answer), words)


def _without_upload(form: Form, there: tuple[Answer, ...], words: Words) -> Form:
    """Where no picture can be chosen, one that is there stays or is taken out, and without one the question is passed over."""
    if not isinstance(form.field, Upload):
        return form
    if form.field.sent or there:
        out = tuple(button for button in form.also if button.value != "done")
        return replace(form, field=None, hint=f"{form.hint} {form.field.sent}".strip(), also=out)
    hint = f"{form.hint} {words('A picture can be sent from a phone.')}".strip()
    form = replace(form, field=None, hint=hint)
    if not form.also:
        return form
    way, *others = form.also
    return replace(form, submit=way.label, hidden=(*form.hidden, (way.name, way.value)), also=tuple(others))


def _field(ask: Ask, around: Around, showing: Showing) -> Field | None:
    """The field with what was entered, else with the answer; a repeat that is full has none."""
    kind, answer = ask.kind, showing.answer if showing.answer is not SKIPPED else showing.known
    if isinstance(kind, Each):
        items = items_of(showing.answer)
        if not showing.item and len(items) >= kind.most:
            return None
        answer = items[showing.item - 1] if 0 < showing.item <= len(items) else SKIPPED
        kind = kind.of
    return _filled(kind, answer, around, showing)


def _filled(kind: Simple, answer: Answer, around: Around, showing: Showing) -> Field:
    sent = showing.sent if showing.sent is not None else entered(kind, answer)
    field = field_of(kind, sent, around.words.language)
    if isinstance(field, Upload) and isinstance(kind, Picture) and answer is not SKIPPED and not is_thin(answer):
        return replace(field, sent=around.words("A photo has been added"))
    return field


def _also(ask: Ask, around: Around, showing: Showing) -> Iterator[Button]:
    """The other ways to answer: each is one press."""
    words = around.words
    if isinstance(ask.kind, Each) and items_of(showing.answer):
        if showing.item:
            yield Button(DO, "remove", words("Take this out"), "trash-2")
        elif len(items_of(showing.answer)) < ask.kind.most:
            yield Button(DO, "done", words("That is everything"), "check")
        return
    if ask.thin and not around.means.keyboard:
        yield Button(DO, "thin", translated(ask.thin, words.language), "phone")
    if not ask.need:
        yield _skip(ask, showing, words)


def _skip(ask: Ask, showing: Showing, words: Words) -> Button:
    """Passing over a question takes out what was there: of a photo that is said, for it cannot be written once more."""
    added = isinstance(ask.kind, Picture) and showing.answer is not SKIPPED and not is_thin(showing.answer)
    if added:
        return Button(DO, "skip", words("Take the photo out"), "trash-2")
    return Button(DO, "skip", words("Skip this question"), "skip-forward")
