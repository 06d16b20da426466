"""Which screen a step of a journey is, for what a visitor holds of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from onestop.journeys.answer import SKIPPED, Answer
from onestop.journeys.around import Around, journey_screen, title_of
from onestop.journeys.end_screens import check_screen, stop_screen
from onestop.journeys.journey import Ask
from onestop.journeys.question_screen import Showing, question_screen
from onestop.journeys.told import told_as
from onestop.screen import Action, Block, Code, Menu, MenuItem, Paragraph, Reference, Run, Screen
from onestop.store.codes import Code as MovingCode
from onestop.web.held import Held
from onestop.web.personal import Go
from onestop.web.steps import Step

Shown = Screen | Go | None


def here(held: Held, around: Around, step: Step, channel: str) -> Shown:
    """Wherever the resident is."""
    walk = held.walk
    if held.moved and held.draft is None:
        return moved_screen(held, around)
    if walk.stop:
        return stop_screen(walk, walk.stop, around)
    if walk.next:
        return question_screen(walk, walk.next, around, showing(held, walk.next))
    return check_screen(walk, around, channel)


def question(held: Held, around: Around, step: Step, channel: str) -> Shown:
    """One question of the path, also one that has been answered. None for what is no question of this journey."""
    ask = held.walk.asked(step.name)
    if ask is None:
        return Go(around.here) if held.journey.ask(step.name) else None
    return question_screen(held.walk, ask, around, showing(held, ask, step.item))


def check(held: Held, around: Around, step: Step, channel: str) -> Shown:
    return check_screen(held.walk, around, channel) if held.draft and held.walk.complete else Go(around.here)


def stop(held: Held, around: Around, step: Step, channel: str) -> Shown:
    return stop_screen(held.walk, held.walk.stop, around) if held.walk.stop else Go(around.here)


VIEWS: Mapping[str, Callable[[Held, Around, Step, str], Shown]] = {"": here, "check": check, "stop": stop}


def showing(held: Held, ask: Ask, item: int = 0) -> Showing:
    """What the draft says to a question, else what was told in an earlier journey."""
    answers = held.draft.answers if held.draft else {}
    known: Answer = SKIPPED if ask.name in answers else held.told.get(told_as(ask), SKIPPED)
    return Showing(answers.get(ask.name, SKIPPED), item, known=known)


def move_screen(around: Around, code: MovingCode, origin: str) -> Screen:
    """The code that takes the draft to another apparatus, to scan or to key in."""
    words = around.words
    blocks = (
        Code(f"{origin.upper()}/M/{code.ticket}", words("Scan this with your phone")),
        Reference(
            words("Or open {address} and key in", address=f"{origin.partition('://')[2]}/move"),
            f"{code.digits[:3]} {code.digits[3:]}",
        ),
        Paragraph((Run(words("The code works once, for 10 minutes. This screen lets go when you go on elsewhere.")),)),
    )
    title = words("Continue on another screen") if around.means.held else words("Continue on your phone")
    return _own(around, title, blocks, "move", around.address("moved"))


def moved_screen(held: Held, around: Around) -> Screen:
    """It is gone on with elsewhere; nothing of it is here any more."""
    words = around.words
    blocks = (
        Paragraph(
            (Run(words("You are going on with this on another screen. Nothing of it is left here.")),), lead=True
        ),
        Menu((MenuItem(words("Back to the service"), around.service),), "related"),
    )
    return _own(around, words("You have moved on"), blocks, "move")


def gone_screen(held: Held, around: Around) -> Screen:
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


def _own(around: Around, title: str, blocks: tuple[Block, ...], kind: str, watch: str = "") -> Screen:
    screen = journey_screen(around, title, blocks, around.address(kind), kind)
    return replace(screen, watch=watch)
