"""The context of a journey's screens: the service, the language, and the means of the device."""

from collections.abc import Iterable
from dataclasses import dataclass

from onestop.journeys.journey import Journey
from onestop.journeys.walk.answer_text import text_of
from onestop.journeys.walk.walk import Walk
from onestop.language import Words, translated
from onestop.screen import Action, Block, Link, Means, Note, Run, Screen


@dataclass(frozen=True, slots=True)
class ScreenContext:
    """`service` is the neutral address of the service, `trail` leads to it and ends with it. `hidden` is sent with every form.

    `watch` is the neutral address that reports when the journey has moved to another device.
    """

    service: str
    trail: tuple[Link, ...]
    words: Words
    languages: tuple[str, ...]
    means: Means
    hidden: tuple[tuple[str, str], ...] = ()
    watch: str = ""

    @property
    def here(self) -> str:
        """The address of the draft's current step."""
        return f"{self.service}/ask"

    def address(self, ask: str, item: int = 0) -> str:
        """Return the address of a question, or of one item of a repeat."""
        return f"{self.here}/{ask}.{item}" if item else f"{self.here}/{ask}"


def address_of(walk: Walk, context: ScreenContext) -> str:
    """Return the address of the screen that comes next on this path."""
    if walk.stop:
        return context.address("stop")
    return context.address(walk.next.name if walk.next else "check")


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


def other_device(walk: Walk, context: ScreenContext) -> tuple[Action, ...]:
    """Return the way to another device. Before the first answer that is the service itself: there is no draft to move."""
    words, held = context.words, context.means.handheld
    label = words("Continue on another screen") if held else words("Continue on your phone")
    if walk.answers:
        return (Action(label, context.address("move"), "monitor-smartphone" if held else "smartphone"),)
    return () if held else (Action(label, f"/phone{context.service}", "smartphone"),)


def title_of(journey: Journey, words: Words) -> str:
    return translated(journey.title, words.language)
