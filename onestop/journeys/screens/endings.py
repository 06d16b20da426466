"""The screens at which a journey halts: check, stop and done."""

from onestop.journeys.journey import Ask
from onestop.journeys.screens.context import ScreenContext, journey_screen, notes_before, other_device, title_of
from onestop.journeys.values.answer import Answer
from onestop.journeys.walk.advance import is_asked_on
from onestop.journeys.walk.answer_text import say_answer, text_of
from onestop.journeys.walk.walk import BEFORE_CHECK, Stop, Walk
from onestop.screen import Action, AnswerRow, Answers, Block, Form, Note, Paragraph, Reference, Run, Screen


def check_screen(walk: Walk, context: ScreenContext, channel: str, error: str = "") -> Screen:
    """Return the answers, each with the way to change it, and the button that sends them."""
    words = context.words
    form = Form(context.address("check"), words("Send"), error=error, hidden=context.hidden)
    blocks: list[Block] = [
        *notes_before(walk, BEFORE_CHECK, context),
        answers_of(walk, context, channel),
        form,
        *other_device(walk, context),
    ]
    return journey_screen(context, words("Check your answers"), blocks, context.address("check"), "check")


def answers_of(walk: Walk, context: ScreenContext, channel: str) -> Answers:
    """Return the answers of the path. One that is asked on other channels only cannot be changed here."""
    return Answers(tuple(_row(walk, ask, context, channel) for ask in walk.path if ask.name in walk.answers))


def _row(walk: Walk, ask: Ask, context: ScreenContext, channel: str) -> AnswerRow:
    answer: Answer = walk.answers[ask.name]
    target = context.address(ask.name) if is_asked_on(ask, channel) else ""
    return AnswerRow(text_of(walk, ask.text, context.words), say_answer(ask, answer, context.words), target)


def stop_screen(walk: Walk, stop: Stop, context: ScreenContext) -> Screen:
    """Return why the journey ends here, and the way back to the answer that led here."""
    words = context.words
    blocks: list[Block] = [
        Note((Run(text_of(walk, stop.text, words)),), "warning"),
        Paragraph((Run(words("Nothing has been sent.")),)),
    ]
    back = (Action(words("Change my answer"), context.address(stop.ask), "undo-2"),) if stop.ask else ()
    title = title_of(walk.journey, words)
    return journey_screen(context, title, (*blocks, *back), context.address("stop"), "stop")


def done_text(walk: Walk, context: ScreenContext) -> str:
    """Return the text of the receipt, which is stored with it."""
    return text_of(walk, walk.journey.done.say, context.words)


def done_screen(text: str, digits: str, context: ScreenContext) -> Screen:
    """Return the receipt: the reference, its `digits` in groups, and what happens next."""
    words = context.words
    blocks = (
        Reference(words("Your reference"), digits),
        Paragraph((Run(text),), lead=True),
        Paragraph((Run(words("Write the reference down. It is how we find this again.")),)),
    )
    return journey_screen(context, words("Thank you. We have it."), blocks, context.address("done"), "done")
