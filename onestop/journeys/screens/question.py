"""The screen of one question: its field, the error, and the other ways to answer."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from onestop.journeys.journey import Ask
from onestop.journeys.kind import Kind
from onestop.journeys.kinds.code import CodeKind
from onestop.journeys.repeat import RepeatKind
from onestop.journeys.screens.context import ScreenContext, journey_screen, notes_before, other_device, unsent_address
from onestop.journeys.values.answer import SKIPPED, Answer, is_thin, items_of
from onestop.journeys.values.form_values import DO, RESEND, FormValues
from onestop.journeys.walk.answer_text import say_answer, text_of
from onestop.journeys.walk.members import question_text
from onestop.journeys.walk.walk import Walk
from onestop.language import Words, translated
from onestop.screen import AnswerRow, Answers, Block, Button, DateEntry, Entry, Field, Form, Note, Run, Screen, Upload


@dataclass(frozen=True, slots=True)
class QuestionState:
    """What fills in a question.

    `answer` is the stored one, `item` which item of a repeat is changed (from 1; 0 is a new one). `sent` holds the values that were
    submitted and refused, with the `error` and the `wrong` parts of the field. `known` is an answer from the resident's earlier
    journey, to be confirmed.
    """

    answer: Answer = SKIPPED
    item: int = 0
    sent: FormValues | None = None
    error: str = ""
    wrong: tuple[str, ...] = ()
    known: Answer = SKIPPED

    @property
    def blank(self) -> bool:
        """Whether the screen shows nothing that a resident has entered."""
        entered = self.sent is not None or bool(self.error) or bool(self.item)
        return self.answer is SKIPPED and self.known is SKIPPED and not entered


NEW = QuestionState()
MOST_KEPT = 4000
"""Characters of a refused text that are shown again, whatever the field may hold: a page of writing, pasted into the wrong field."""
DATE_PARTS = ("day", "month", "year")


def question_screen(walk: Walk, ask: Ask, context: ScreenContext, state: QuestionState = NEW) -> Screen:
    """Return the screen that asks one question of the path."""
    words = context.words
    blocks: list[Block] = [*notes_before(walk, ask.name, context)]
    if (state.known is not SKIPPED and not _answered(state)) or _outdated(walk, ask, state):
        blocks.append(Note((Run(words("You told us this before. Check that it is still right.")),)))
    if isinstance(ask.kind, RepeatKind) and not state.item and items_of(state.answer):
        blocks.append(_items(ask, ask.kind, items_of(state.answer), context))
    blocks += [_form(walk, ask, context, state), *other_device(walk, context, walk.number(ask))]
    progress = words("Question {number} of at most {most}", number=walk.number(ask), most=walk.most)
    title = question_text(walk, ask, words)
    screen = journey_screen(context, title, blocks, context.address(ask.name, state.item), "question", progress)
    return replace(
        screen, blank_form=state.blank and _has_fixed_texts(walk, ask, words), unsent=unsent_address(walk, context)
    )


def _has_fixed_texts(walk: Walk, ask: Ask, words: Words) -> bool:
    """Return whether no placeholder of the question's texts was filled in, which could repeat another answer, as a member's number may."""
    if ask.member or isinstance(ask.kind, CodeKind):
        return False
    texts = (ask.text, ask.hint, *(tell.text for tell in walk.tells.get(ask.name, ())))
    return all(text_of(walk, text, words) == translated(text, words.language) for text in texts)


def difference_screen(
    walk: Walk, ask: Ask, context: ScreenContext, mine: FormValues, mine_said: str, theirs: Answer
) -> Screen:
    """Return the question with both answers: another window has changed it since this form was shown."""
    screen = question_screen(walk, ask, context, QuestionState(answer=theirs, sent=mine))
    if ask.kind.is_file:
        message, label = _photos_differ(theirs, context.words)
    else:
        message, label = _answers_differ(say_answer(ask, theirs, context.words), mine_said, context.words)
    keep = Button(DO, "keep", label, "check")
    blocks = tuple(
        replace(block, also=(keep, *block.also)) if isinstance(block, Form) else block for block in screen.blocks
    )
    return replace(screen, blocks=(Note((Run(message),), "warning"), *blocks))


def _answers_differ(theirs: str, mine: str, words: Words) -> tuple[str, str]:
    """Return the message, and the label of the button that keeps the stored answer."""
    both = words("There: “{theirs}”. Here: “{mine}”. Which is right?", theirs=theirs, mine=mine)
    return f"{words('This was answered in another window as well.')} {both}", words("Keep “{said}”", said=theirs)


def _photos_differ(theirs: Answer, words: Words) -> tuple[str, str]:
    """Return the same for photos, which words cannot tell apart. The one chosen here must be chosen again: browsers send a file once."""
    again = words("To use the one you chose here, choose it once more.")
    if theirs is SKIPPED or is_thin(theirs):
        return f"{words('In another window this was left without a photo.')} {again}", words("Leave it without a photo")
    return f"{words('In another window another photo was added.')} {again}", words("Keep the photo added there")


def _answered(state: QuestionState) -> bool:
    return state.answer is not SKIPPED or state.sent is not None


def _outdated(walk: Walk, ask: Ask, state: QuestionState) -> bool:
    """Return whether the stored answer no longer holds, so that the question is asked again."""
    answer = state.answer
    return not (state.sent or answer is SKIPPED or is_thin(answer) or ask.kind.holds_on(answer, walk.today))


def _items(ask: Ask, kind: RepeatKind, items: tuple[Answer, ...], context: ScreenContext) -> Answers:
    """Return the items of a repeat so far, each with the way to change it."""
    one = replace(ask, kind=kind.of)
    return Answers(
        tuple(
            AnswerRow(
                kind.of.item_label(number, context.words),
                say_answer(one, item, context.words),
                context.address(ask.name, number),
            )
            for number, item in enumerate(items, 1)
        )
    )


def _form(walk: Walk, ask: Ask, context: ScreenContext, state: QuestionState) -> Form:
    words = context.words
    form = Form(
        target=context.address(ask.name, state.item),
        submit=words("Continue"),
        field=_field(ask, context, state),
        hint=_hint(walk, ask, words),
        error=state.error,
        hidden=context.hidden,
        also=tuple(_also(ask, context, state)),
    )
    return form if context.means.upload else _without_upload(form, items_of(state.answer), words)


def _hint(walk: Walk, ask: Ask, words: Words) -> str:
    recipient = ask.kind.recipient_among(walk.answers) if isinstance(ask.kind, CodeKind) else None
    if recipient:
        return words("A code goes to {to}. It works for 10 minutes.", to=recipient.to)
    return text_of(walk, ask.hint, words)


def _without_upload(form: Form, stored: tuple[Answer, ...], words: Words) -> Form:
    """Return the form for a device that cannot send files: a stored photo can stay or be removed, else the question is skipped."""
    if not isinstance(form.field, Upload):
        return form
    if form.field.sent or stored:
        out = tuple(button for button in form.also if button.value != "done")
        return replace(form, field=None, hint=f"{form.hint} {form.field.sent}".strip(), also=out)
    hint = f"{form.hint} {words('A picture can be sent from a phone.')}".strip()
    form = replace(form, field=None, hint=hint)
    if not form.also:
        return form
    way, *others = form.also
    return replace(form, submit=way.label, hidden=(*form.hidden, (way.name, way.value)), also=tuple(others))


def _field(ask: Ask, context: ScreenContext, state: QuestionState) -> Field | None:
    """Return the field with the submitted values, else with the answer; None for a repeat that is full."""
    kind, answer = ask.kind, state.answer if state.answer is not SKIPPED else state.known
    if isinstance(kind, RepeatKind):
        items = items_of(state.answer)
        if not state.item and len(items) >= kind.most:
            return None
        answer = items[state.item - 1] if 0 < state.item <= len(items) else SKIPPED
        kind = kind.of
    return _filled(kind, answer, context, state)


def _filled(kind: Kind, answer: Answer, context: ScreenContext, state: QuestionState) -> Field:
    sent = state.sent if state.sent is not None else kind.refill(answer)
    field = _bounded(kind.field(sent, context.words.language))
    if isinstance(field, Upload) and answer is not SKIPPED and not is_thin(answer):
        return replace(field, sent=context.words("A photo has been added"))
    if isinstance(field, DateEntry) and state.error:
        return replace(field, wrong=state.wrong or DATE_PARTS)
    return field


def _bounded(field: Field) -> Field:
    """Return the field with at most MOST_KEPT characters, or twice what it may hold: whoever entered too much can shorten it, but what a
    stranger sends is measured, laid out and compressed.
    """
    if isinstance(field, Entry):
        most = max(2 * field.most, MOST_KEPT)
        house, street, town, postcode = (part[:most] for part in field.parts)
        return replace(field, value=field.value[:most], parts=(house, street, town, postcode))
    if isinstance(field, DateEntry):
        day, month, year = (part[:MOST_KEPT] for part in (field.day, field.month, field.year))
        return replace(field, day=day, month=month, year=year)
    return field


def _also(ask: Ask, context: ScreenContext, state: QuestionState) -> Iterator[Button]:
    """Yield the buttons of the other ways to answer."""
    words = context.words
    if isinstance(ask.kind, RepeatKind) and items_of(state.answer):
        if state.item:
            yield Button(DO, "remove", words("Take this out"), "trash-2")
        elif len(items_of(state.answer)) < ask.kind.most:
            yield Button(DO, "done", words("That is everything"), "check")
        return
    if isinstance(ask.kind, CodeKind):
        yield Button(DO, RESEND, words("Send another code"), "rotate-ccw")
    if ask.thin and not context.means.keyboard:
        yield Button(DO, "thin", translated(ask.thin, words.language), "phone")
    if not ask.need:
        yield _skip(ask, state, words)


def _skip(ask: Ask, state: QuestionState, words: Words) -> Button:
    """Return the button that skips. With a stored photo it says that the photo is removed, since it cannot be entered again."""
    added = ask.kind.is_file and state.answer is not SKIPPED and not is_thin(state.answer)
    if added:
        return Button(DO, "skip", words("Take the photo out"), "trash-2")
    return Button(DO, "skip", words("Skip this question"), "skip-forward")
