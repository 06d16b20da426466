"""What is around the screens of a journey: the service they belong to, the language, and the means of the resident."""

from collections.abc import Iterable
from dataclasses import dataclass

from onestop.journeys.journey import Journey
from onestop.journeys.walk.answer_text import text_of
from onestop.journeys.walk.walk import Walk
from onestop.language import Words, translated
from onestop.screen import Action, Block, Link, Means, Note, Run, Screen

BACK = 2
"""Digits behind the dot of an item's address are no more than this."""


@dataclass(frozen=True, slots=True)
class Around:
    """`service` is the neutral address of the service, `trail` leads to it, itself last. `hidden` is sent back with every form.

    `watch` is the neutral address that says when the journey has gone on elsewhere.
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
        """Where the resident is, whatever that may be."""
        return f"{self.service}/ask"

    def address(self, ask: str, item: int = 0) -> str:
        """The address of a question, or of one item of a repeat."""
        return f"{self.here}/{ask}.{item}" if item else f"{self.here}/{ask}"


def address_of(walk: Walk, around: Around) -> str:
    """The address of the screen that comes next on this path."""
    if walk.stop:
        return around.address("stop")
    return around.address(walk.next.name if walk.next else "check")


def journey_screen(
    around: Around, title: str, blocks: Iterable[Block], address: str, kind: str, progress: str = ""
) -> Screen:
    """One screen of a journey."""
    language = around.words.language
    return Screen(
        title=title,
        blocks=tuple(blocks),
        address=address,
        language=language,
        kind=kind,
        trail=around.trail,
        languages=(language, *(code for code in around.languages if code != language)),
        personal=True,
        progress=progress,
        watch=around.watch,
    )


def told(walk: Walk, before: str, around: Around) -> tuple[Note, ...]:
    """What is to be known before a question, or before the check."""
    return tuple(Note((Run(text_of(walk, tell.text, around.words)),)) for tell in walk.tells.get(before, ()))


def moving_on(walk: Walk, around: Around) -> tuple[Action, ...]:
    """The way to another apparatus. While nothing has been answered there is nothing to take there but the service itself."""
    words, held = around.words, around.means.handheld
    label = words("Continue on another screen") if held else words("Continue on your phone")
    if walk.answers:
        return (Action(label, around.address("move"), "monitor-smartphone" if held else "smartphone"),)
    return () if held else (Action(label, f"/phone{around.service}", "smartphone"),)


def title_of(journey: Journey, words: Words) -> str:
    return translated(journey.title, words.language)
