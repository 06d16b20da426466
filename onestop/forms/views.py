"""The screen of each step of a journey."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from onestop.forms.step_address import Step
from onestop.forms.visit import Visit
from onestop.journeys.journey import Ask
from onestop.journeys.screens.context import ScreenContext, journey_screen, title_of
from onestop.journeys.screens.endings import check_screen, missing_screen, stop_screen
from onestop.journeys.screens.question import QuestionState, question_screen
from onestop.journeys.values.answer import SKIPPED, Answer
from onestop.journeys.values.form_values import DO
from onestop.screen import Action, Block, Button, Code, Form, Menu, MenuItem, Paragraph, Reference, Run, Screen
from onestop.site.context import Redirect
from onestop.store.tables.codes import HandOverCode

View = Screen | Redirect | None
FORGET = "forget"


def here(visit: Visit, around: ScreenContext, step: Step, channel: str) -> View:
    """Return the screen that the draft has reached: the next question, the stop or the check."""
    walk = visit.walk
    if visit.moved and visit.draft is None:
        return moved_screen(visit, around)
    if walk.stop or walk.missing:
        return _halt(visit, around)
    if walk.next:
        return _question(visit, around, walk.next, 0)
    return check_screen(walk, around, channel)


def question(visit: Visit, around: ScreenContext, step: Step, channel: str) -> View:
    """Return one question of the path, a redirect if it is not on the path, or None if the journey has no such question."""
    ask = visit.walk.ask_on_path(step.name)
    if ask is None:
        return Redirect(around.here) if visit.journey.ask(step.name) else None
    return _question(visit, around, ask, step.item)


def _question(visit: Visit, around: ScreenContext, ask: Ask, item: int) -> Screen:
    """Return the screen of a question; a remembered answer comes with a button that erases it."""
    shown = showing(visit, ask, item)
    screen = question_screen(visit.walk, ask, around, shown)
    if shown.known is SKIPPED:
        return screen
    button = Button(DO, FORGET, around.words("Forget what I told you"), "eraser")
    return replace(
        screen,
        blocks=tuple(
            replace(block, also=(*block.also, button)) if isinstance(block, Form) else block for block in screen.blocks
        ),
    )


def check(visit: Visit, around: ScreenContext, step: Step, channel: str) -> View:
    return check_screen(visit.walk, around, channel) if visit.draft and visit.walk.complete else Redirect(around.here)


def stop(visit: Visit, around: ScreenContext, step: Step, channel: str) -> View:
    return _halt(visit, around) or Redirect(around.here)


def _halt(visit: Visit, around: ScreenContext) -> Screen | None:
    """Return why nothing can be sent: the answers end the journey, or a desk needs one that is missing."""
    walk = visit.walk
    if walk.stop:
        return stop_screen(walk, walk.stop, around)
    return missing_screen(walk, walk.missing, around) if walk.missing else None


def unsent(visit: Visit, around: ScreenContext, step: Step, channel: str) -> View:
    """Return the question before a shared device is left with answers that were not sent."""
    words = around.words
    if not visit.walk.answers or not around.means.shared:
        return Redirect(around.here)
    label = words("Send it") if visit.walk.complete else words("Go on, so that it can be sent")
    blocks = (
        Paragraph((Run(words("What do you want to do with your answers?")),), lead=True),
        Action(label, around.address("check") if visit.walk.complete else around.here, "send"),
        Action(words("Keep it on your phone"), around.address("move"), "smartphone"),
        Action(words("Clear it and finish"), "/leave", "trash-2"),
    )
    return _own(around, words("Not sent yet"), blocks, "unsent")


VIEWS: Mapping[str, Callable[[Visit, ScreenContext, Step, str], View]] = {
    "": here,
    "check": check,
    "stop": stop,
    "unsent": unsent,
}


def showing(visit: Visit, ask: Ask, item: int = 0) -> QuestionState:
    """Return the draft's answer to a question, else the one remembered from an earlier journey."""
    answers = visit.draft.answers if visit.draft else {}
    known: Answer = SKIPPED if ask.name in answers else visit.reusable.get(ask.reusable_as, SKIPPED)
    return QuestionState(answers.get(ask.name, SKIPPED), item, known=known)


def move_screen(around: ScreenContext, code: HandOverCode, origin: str) -> Screen:
    """Return the code that moves the draft to another device, to scan or to key in."""
    words = around.words
    blocks = (
        Code(
            f"{origin.upper()}/M/{code.ticket}",
            words("Scan this with the other device") if around.means.handheld else words("Scan this with your phone"),
        ),
        Reference(
            words("Or open {address} and key in", address=f"{origin.partition('://')[2]}/move"),
            " ".join(code.digits[at : at + 3] for at in range(0, len(code.digits), 3)),
        ),
        Paragraph((Run(words("The code works once, for 10 minutes. This screen lets go when you go on elsewhere.")),)),
    )
    title = words("Continue on another screen") if around.means.handheld else words("Continue on your phone")
    return _own(around, title, blocks, "move", around.address("moved"))


def moved_screen(visit: Visit, around: ScreenContext) -> Screen:
    """Return the screen after the draft has moved to another device."""
    words = around.words
    blocks = (
        Paragraph(
            (Run(words("You are going on with this on another screen. Nothing of it is left here.")),), lead=True
        ),
        Menu((MenuItem(words("Back to the service"), around.service),), "related"),
    )
    return replace(_own(around, words("You have moved on"), blocks, "move"), kind="moved")


def gone_screen(visit: Visit, around: ScreenContext) -> Screen:
    """Return the screen for a draft that has expired or was discarded in another window."""
    words = around.words
    blocks = (
        Paragraph(
            (Run(words("Your answers are no longer kept: they were sent, or erased when their time was up.")),),
            lead=True,
        ),
        Action(words("Start again"), around.here, "rotate-ccw"),
    )
    return replace(_own(around, title_of(visit.journey, words), blocks, "stop"), status=410)


def another_screen(visit: Visit, around: ScreenContext) -> Screen:
    """Return the screen for a form of another draft: of another journey, or of an earlier edition of this one."""
    words = around.words
    text = words(
        "That page belongs to something else that you began, or to these questions before they were changed. Nothing was changed by it."
    )
    blocks = (
        Paragraph((Run(text),), lead=True),
        Action(words("Go on with this one"), around.here, "arrow-right"),
        Menu((MenuItem(words("Back to the service"), around.service),), "related"),
    )
    return replace(_own(around, title_of(visit.journey, words), blocks, "stop"), status=409)


def _own(around: ScreenContext, title: str, blocks: tuple[Block, ...], kind: str, watch: str = "") -> Screen:
    screen = journey_screen(around, title, blocks, around.address(kind), kind)
    return replace(screen, watch=watch)
