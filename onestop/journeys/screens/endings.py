"""The screens at which a journey halts: check, stop and done."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from onestop.journeys.condition import holds
from onestop.journeys.journey import Ask
from onestop.journeys.screens.context import (
    ScreenContext,
    journey_screen,
    notes_before,
    other_device,
    title_of,
    unsent_address,
)
from onestop.journeys.values.answer import Answer
from onestop.journeys.walk.advance import is_asked_on
from onestop.journeys.walk.answer_text import say_answer, text_of
from onestop.journeys.walk.members import by_member, left_out, member_label, numbered_label, question_text
from onestop.journeys.walk.walk import BEFORE_CHECK, Missing, Stop, Walk
from onestop.language import Words
from onestop.language.listed import say_list
from onestop.screen import Action, AnswerRow, Answers, Block, Form, Heading, Note, Paragraph, Run, Screen


def check_screen(walk: Walk, context: ScreenContext, channel: str, error: str = "") -> Screen:
    """Return the answers, each with the way to change it, and the button that sends them."""
    words = context.words
    form = Form(context.address("check"), words("Send"), error=error, hidden=context.hidden)
    blocks: list[Block] = [
        *notes_before(walk, BEFORE_CHECK, context),
        *answer_blocks(walk, context, channel),
        *_left_out(walk, words),
        form,
        *other_device(walk, context),
    ]
    screen = journey_screen(context, words("Check your answers"), blocks, context.address("check"), "check")
    return replace(screen, unsent=unsent_address(walk, context))


def answer_blocks(walk: Walk, context: ScreenContext, channel: str, level: int = 2) -> Iterator[Heading | Answers]:
    """Yield the answers of the path, those of each member under a heading. One that is asked on other channels only cannot be changed
    here.
    """
    headed = False
    for member, asks in by_member(walk):
        about = member_label(walk, member, context.words) if member else ""
        if about or headed:
            yield Heading(about or context.words("Your other answers"), level)
            headed = True
        yield Answers(tuple(_row(walk, ask, context, channel, about) for ask in asks))


def _row(walk: Walk, ask: Ask, context: ScreenContext, channel: str, about: str) -> AnswerRow:
    answer: Answer = walk.answers[ask.name]
    target = context.address(ask.name) if is_asked_on(ask, channel) else ""
    return AnswerRow(text_of(walk, ask.text, context.words), say_answer(ask, answer, context.words), target, about)


def _left_out(walk: Walk, words: Words) -> Iterator[Note]:
    """Yield which members will not be sent, because there are fewer now."""
    labels = [numbered_label(member, words) for member in left_out(walk)]
    if labels:
        said = words(
            "You changed how many there are, so this will not be sent: {members}", members=say_list(labels, words)
        )
        yield Note((Run(said),), "warning")


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


def missing_screen(walk: Walk, missing: Missing, context: ScreenContext) -> Screen:
    """Return what is still needed before anything can be sent, whom to ring instead, and the ways to answer it."""
    words = context.words
    asked = [question_text(walk, ask, words) for ask in missing.asks]
    needed = words("The team needs an answer to this: {question}", question=" / ".join(asked))
    contact = context.contact
    ring = (Paragraph((Run(words("To tell us in person, ring the number below.")),)), contact) if contact else ()
    here = missing.here[0].name if missing.here else ""
    back = (Action(words("Answer it here"), context.address(here), "undo-2"),) if here else ()
    note = Note((Run(words("Nothing has been sent.") + " ", strong=True), Run(needed)), "warning")
    ways = (*other_device(walk, context), *back)
    blocks: tuple[Block, ...] = (note, *(ways if context.means.handheld is False else back), *ring)
    screen = journey_screen(context, title_of(walk.journey, words), blocks, context.address("stop"), "stop")
    return replace(screen, unsent=unsent_address(walk, context))


def done_text(walk: Walk, context: ScreenContext, today: date) -> str:
    """Return the text of the receipt, which is stored with it: every text whose condition holds."""
    said = (line.text for line in walk.journey.done.say if holds(line.rule, walk.answers, today))
    return " ".join(text_of(walk, text, context.words) for text in said)
