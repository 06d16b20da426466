"""Which screen a step of a journey is, for what a visitor holds of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from onestop.forms.private_page import Go
from onestop.forms.step_address import Step
from onestop.forms.visit import Held
from onestop.journeys.journey import Ask
from onestop.journeys.screens.context import ScreenContext, journey_screen, title_of
from onestop.journeys.screens.endings import check_screen, done_screen, stop_screen
from onestop.journeys.screens.question import QuestionState, question_screen
from onestop.journeys.values.answer import SKIPPED, Answer
from onestop.journeys.values.form_values import DO
from onestop.screen import Action, Block, Button, Code, Form, Menu, MenuItem, Paragraph, Reference, Run, Screen
from onestop.store.tables.codes import HandOverCode

Shown = Screen | Go | None
FORGET = "forget"


def here(held: Held, around: ScreenContext, step: Step, channel: str) -> Shown:
    """Wherever the resident is."""
    walk = held.walk
    if held.moved and held.draft is None:
        return moved_screen(held, around)
    if walk.stop:
        return stop_screen(walk, walk.stop, around)
    if walk.next:
        return _asked(held, around, walk.next, 0)
    return check_screen(walk, around, channel)


def question(held: Held, around: ScreenContext, step: Step, channel: str) -> Shown:
    """One question of the path, also one that has been answered. None for what is no question of this journey."""
    ask = held.walk.ask_on_path(step.name)
    if ask is None:
        return Go(around.here) if held.journey.ask(step.name) else None
    return _asked(held, around, ask, step.item)


def _asked(held: Held, around: ScreenContext, ask: Ask, item: int) -> Screen:
    """A question; with what was told before comes a way to have it forgotten."""
    shown = showing(held, ask, item)
    screen = question_screen(held.walk, ask, around, shown)
    if shown.known is SKIPPED:
        return screen
    button = Button(DO, FORGET, around.words("Forget what I told you"), "eraser")
    return replace(
        screen,
        blocks=tuple(
            replace(block, also=(*block.also, button)) if isinstance(block, Form) else block for block in screen.blocks
        ),
    )


def receipt_screen(held: Held, around: ScreenContext, text: str, digits: str) -> Screen:
    """The receipt; on a device that is its owner's, with the choice of what it remembers of them."""
    screen, words = done_screen(text, digits, around), around.words
    if around.means.shared or not held.told or held.session is None:
        return screen
    if held.session.kept:
        form = Form(around.address("forget"), words("Forget what I told you"), hidden=around.hidden)
    else:
        said = words(
            "Next time you need not enter your name and how we reach you again. Whoever uses this device can then see them: "
            "choose this only if it is yours alone."
        )
        form = Form(
            around.address("keep"), words("Remember my details on this device"), None, said, hidden=around.hidden
        )
    return replace(screen, blocks=(*screen.blocks, form))


def check(held: Held, around: ScreenContext, step: Step, channel: str) -> Shown:
    return check_screen(held.walk, around, channel) if held.draft and held.walk.complete else Go(around.here)


def stop(held: Held, around: ScreenContext, step: Step, channel: str) -> Shown:
    return stop_screen(held.walk, held.walk.stop, around) if held.walk.stop else Go(around.here)


VIEWS: Mapping[str, Callable[[Held, ScreenContext, Step, str], Shown]] = {"": here, "check": check, "stop": stop}


def showing(held: Held, ask: Ask, item: int = 0) -> QuestionState:
    """What the draft says to a question, else what was told in an earlier journey."""
    answers = held.draft.answers if held.draft else {}
    known: Answer = SKIPPED if ask.name in answers else held.told.get(ask.kind.reusable_as, SKIPPED)
    return QuestionState(answers.get(ask.name, SKIPPED), item, known=known)


def move_screen(around: ScreenContext, code: HandOverCode, origin: str) -> Screen:
    """The code that takes the draft to another apparatus, to scan or to key in."""
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


def moved_screen(held: Held, around: ScreenContext) -> Screen:
    """It is gone on with elsewhere; nothing of it is here any more."""
    words = around.words
    blocks = (
        Paragraph(
            (Run(words("You are going on with this on another screen. Nothing of it is left here.")),), lead=True
        ),
        Menu((MenuItem(words("Back to the service"), around.service),), "related"),
    )
    return _own(around, words("You have moved on"), blocks, "move")


def gone_screen(held: Held, around: ScreenContext) -> Screen:
    """The draft is there no longer: its time was up, or it was discarded in another window."""
    words = around.words
    blocks = (
        Paragraph(
            (Run(words("Your answers are no longer kept: they were sent, or erased when their time was up.")),),
            lead=True,
        ),
        Action(words("Start again"), around.here, "rotate-ccw"),
    )
    return replace(_own(around, title_of(held.journey, words), blocks, "stop"), status=410)


def another_screen(held: Held, around: ScreenContext) -> Screen:
    """The form belongs to another draft: of other questions, or of these as they were before they were changed. Nothing has happened."""
    words = around.words
    said = words(
        "That page belongs to something else that you began, or to these questions before they were changed. Nothing was changed by it."
    )
    blocks = (
        Paragraph((Run(said),), lead=True),
        Action(words("Go on with this one"), around.here, "arrow-right"),
        Menu((MenuItem(words("Back to the service"), around.service),), "related"),
    )
    return replace(_own(around, title_of(held.journey, words), blocks, "stop"), status=409)


def _own(around: ScreenContext, title: str, blocks: tuple[Block, ...], kind: str, watch: str = "") -> Screen:
    screen = journey_screen(around, title, blocks, around.address(kind), kind)
    return replace(screen, watch=watch)
