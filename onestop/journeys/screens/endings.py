"""The screens at which a journey halts: to be carried on, to be checked, stopped, and done."""

from onestop.journeys.journey import Ask, Journey
from onestop.journeys.kinds.parse import DO
from onestop.journeys.screens.context import Around, journey_screen, moving_on, title_of, told
from onestop.journeys.values.answer import Answer
from onestop.journeys.walk.advance import is_shown
from onestop.journeys.walk.answer_text import said_answer, text_of
from onestop.journeys.walk.walk import BEFORE_CHECK, Stop, Walk
from onestop.screen import Action, AnswerRow, Answers, Block, Button, Form, Note, Paragraph, Reference, Run, Screen


def check_screen(walk: Walk, around: Around, channel: str, error: str = "") -> Screen:
    """Everything answered, each with a way to change it, and the button that sends it."""
    words = around.words
    form = Form(around.address("check"), words("Send"), error=error, hidden=around.hidden)
    blocks: list[Block] = [
        *told(walk, BEFORE_CHECK, around),
        answers_of(walk, around, channel),
        form,
        *moving_on(walk, around),
    ]
    return journey_screen(around, words("Check your answers"), blocks, around.address("check"), "check")


def answers_of(walk: Walk, around: Around, channel: str) -> Answers:
    """The answers of the path. What is asked on other channels only cannot be changed here."""
    return Answers(tuple(_row(walk, ask, around, channel) for ask in walk.path if ask.name in walk.answers))


def _row(walk: Walk, ask: Ask, around: Around, channel: str) -> AnswerRow:
    answer: Answer = walk.answers[ask.name]
    target = around.address(ask.name) if is_shown(ask, channel) else ""
    return AnswerRow(text_of(walk, ask.text, around.words), said_answer(ask, answer, around.words), target)


def stop_screen(walk: Walk, stop: Stop, around: Around) -> Screen:
    """Why it goes no further, and the way back to the answer that led here."""
    words = around.words
    blocks: list[Block] = [
        Note((Run(text_of(walk, stop.text, words)),), "warning"),
        Paragraph((Run(words("Nothing has been sent.")),)),
    ]
    back = (Action(words("Change my answer"), around.address(stop.ask), "undo-2"),) if stop.ask else ()
    title = title_of(walk.journey, words)
    return journey_screen(around, title, (*blocks, *back), around.address("stop"), "stop")


def done_text(walk: Walk, around: Around) -> str:
    """What is said when it has been sent; it is kept with the receipt."""
    return text_of(walk, walk.journey.done.say, around.words)


def done_screen(text: str, digits: str, around: Around) -> Screen:
    """The receipt: the reference in groups of `digits`, and what happens next."""
    words = around.words
    blocks = (
        Reference(words("Your reference"), digits),
        Paragraph((Run(text),), lead=True),
        Paragraph((Run(words("Write the reference down. It is how we find this again.")),)),
    )
    return journey_screen(around, words("Thank you. We have it."), blocks, around.address("done"), "done")


def resume_screen(journey: Journey, walk: Walk, around: Around) -> Screen:
    """A journey that was begun before: carry on, or begin again."""
    words = around.words
    again = Button(DO, "again", words("Start again"), "rotate-ccw")
    form = Form(around.here, words("Carry on"), hidden=around.hidden, also=(again,))
    number, most = len(walk.answers), walk.most
    said = words("You have answered {number} of at most {most} questions.", number=number, most=most)
    title = title_of(journey, words)
    return journey_screen(around, title, (Paragraph((Run(said),), lead=True), form), around.here, "question")
