"""The context of a journey's screens: the service, the language, and the means of the device."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from onestop.journeys.journey import Journey
from onestop.journeys.walk.answer_text import text_of
from onestop.journeys.walk.walk import Walk
from onestop.language import Words, translated
from onestop.screen import Action, Block, Link, Means, Note, Place, Run, Screen


@dataclass(frozen=True, slots=True)
class ScreenContext:
    """`service` is the neutral address of the service, `trail` leads to it and ends with it. `hidden` is sent with every form.

    `watch` is the neutral address that reports when the journey has moved to another device. `find_contact` returns the team to ring:
    its opening hours take a third of a question's time, and only endings and receipts show them.
    """

    service: str
    trail: tuple[Link, ...]
    words: Words
    languages: tuple[str, ...]
    means: Means
    hidden: tuple[tuple[str, str], ...] = ()
    watch: str = ""
    find_contact: Callable[[], Place | None] = lambda: None

    @property
    def contact(self) -> Place | None:
        """The team to ring about the service, if it has one."""
        return self.find_contact()

    @property
    def here(self) -> str:
        """The address of the draft's current step."""
        return f"{self.service}/ask"

    def address(self, ask: str, item: int = 0) -> str:
        """Return the address of a question, or of one item of a repeat."""
        return f"{self.here}/{ask}.{item}" if item else f"{self.here}/{ask}"


def next_step(walk: Walk) -> str:
    """Return the last segment of the address of the screen that comes next on this path."""
    if walk.stop or walk.missing:
        return "stop"
    return walk.next.name if walk.next else "check"


def journey_screen(
    context: ScreenContext, title: str, blocks: Iterable[Block], address: str, kind: str, progress: str = ""
) -> Screen:
    """Return a screen of a journey."""
    language = context.words.language
    return Screen(
        title=title,
        blocks=tuple(blocks),
        address=address,
        language=language,
        kind=kind,
        trail=context.trail,
        languages=(language, *(code for code in context.languages if code != language)),
        personal=True,
        progress=progress,
        watch=context.watch,
    )


def notes_before(walk: Walk, before: str, context: ScreenContext) -> tuple[Note, ...]:
    """Return the texts to read before a question, or before the check."""
    return tuple(Note((Run(text_of(walk, tell.text, context.words)),)) for tell in walk.tells.get(before, ()))


def other_device(walk: Walk, context: ScreenContext, number: int = 0) -> tuple[Action, ...]:
    """Return the way to another device, from the question of this number. Before the first answer there is no draft to move, only the
    service.
    """
    words, held = context.words, context.means.handheld
    label = words("Continue on another screen") if held else words("Continue on your phone")
    if walk.answers:
        return (Action(label, context.address("move", number), "monitor-smartphone" if held else "smartphone"),)
    return () if held else (Action(label, f"/phone{context.service}", "smartphone"),)


def unsent_address(walk: Walk, context: ScreenContext) -> str:
    """Return the address that asks what becomes of answers which were not sent, before a shared device is left; "" elsewhere."""
    return context.address("unsent") if context.means.shared and walk.answers else ""


def title_of(journey: Journey, words: Words) -> str:
    return translated(journey.title, words.language)
