"""Every question of the borough's journeys fits its television page, also with an error, in both text sizes."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from kiosk.test_density import JOURNEYS, SEVERAL, TODAY, refused
from support.render_screen import draw, words_for

from channels.block_heights import height
from channels.tv import CHANNEL
from channels.tv.devices import TelevisionSet
from channels.tv.measures import measures_for, with_form_height
from channels.tv.questions import sends_itself
from onestop.journeys.journey import Ask, Journey
from onestop.journeys.paths.paths import find_paths
from onestop.journeys.screens.context import ScreenContext
from onestop.journeys.screens.question import QuestionState, question_screen
from onestop.journeys.values.answer import Answer
from onestop.journeys.walk.walk import Walk, walk
from onestop.language import Words
from onestop.screen import Form, Link, Paragraph, Screen
from onestop.speech.utterances import plain

LANGUAGES = {code: words_for(CHANNEL, code) for code in ("en", "cy")}


def around(words: Words) -> ScreenContext:
    trail = (Link("Home", "/"), Link("Report a missed bin", "/bins/missed-bin"))
    return ScreenContext(
        "/bins/missed-bin", trail, words, ("en", "cy"), CHANNEL.means, (("token", "x" * 22), ("seen", "0"))
    )


def asked(journey: Journey) -> Iterator[tuple[Ask, Walk]]:
    """Return each question once, at the end of the first walk that reaches it."""
    seen: set[str] = set()
    for way in find_paths(journey, CHANNEL.name, CHANNEL.means, TODAY):
        given: dict[str, Answer] = {}
        for step in way.steps:
            if step.ask.name not in seen:
                seen.add(step.ask.name)
                yield step.ask, walk(journey, given, CHANNEL.name, TODAY)
            given[step.ask.name] = step.answers[0]


def shown(ask: Ask, way: Walk, words: Words) -> Iterator[Screen]:
    """Return a question with the items of its repeat so far, and the same with an error."""
    yield question_screen(way, ask, around(words), QuestionState())
    if hasattr(ask.kind, "of"):
        yield question_screen(way, ask, around(words), QuestionState(answer={"open": list(SEVERAL[:2])}))
    wrong = question_screen(way, ask, around(words), refused(ask, words))
    # Each option of a choice is a submit button, so it cannot be left empty.
    if not any(isinstance(block, Form) and sends_itself(block) for block in wrong.blocks):
        yield replace(wrong, one_page=True)


def too_high(screen: Screen, device: TelevisionSet, words: Words) -> list[float]:
    """Return by how many px the pages of a screen are too high."""
    box = measures_for(replace(screen, one_page=False), words, device.sizes)
    pages = CHANNEL.lay_out(screen, device, words)
    measures = [with_form_height(box, page.blocks, device.sizes) for page in pages]
    tall = [
        sum(height(block, by) for block in page.blocks) + (device.sizes.row if page.frame["more"] is not None else 0)
        for page, by in zip(pages, measures, strict=True)
    ]
    return [high - box.height for high in tall if high > box.height]


@pytest.mark.parametrize("device", ["browser", "browser.large"])
@pytest.mark.parametrize("name", sorted(JOURNEYS))
def test_every_question_fits_above_the_foot(name: str, device: str) -> None:
    over = {
        (language, ask.name, number): found
        for language, words in LANGUAGES.items()
        for ask, way in asked(JOURNEYS[name])
        for number, screen in enumerate(shown(ask, way, words))
        if (found := too_high(screen, CHANNEL.sets[device], words))
    }
    assert not over


@pytest.mark.parametrize("device", ["browser", "browser.large"])
@pytest.mark.parametrize("name", sorted(JOURNEYS))
def test_the_hint_is_on_the_page_or_one_press_back(name: str, device: str) -> None:
    """The pad, an error and larger text may leave no room for it: Back leads to the ways to answer, where it is."""
    lost = [
        (language, ask.name)
        for language, words in LANGUAGES.items()
        for ask, way in asked(JOURNEYS[name])
        for screen in shown(ask, way, words)
        if not _hint_within_reach(screen, question_screen(way, ask, around(words)), device, words)
    ]
    assert not lost


def _hint_within_reach(screen: Screen, question: Screen, device: str, words: Words) -> bool:
    if _has_hint(screen, device, words):
        return True
    drawn = draw(CHANNEL, screen, device=device, language=words.language)[0]
    back = re.search(r'id="u" class="r" href="([^"]*)"', drawn)
    return back is not None and back[1].endswith(screen.address) and _has_hint(question, device, words)


def _has_hint(screen: Screen, device: str, words: Words) -> bool:
    """Return whether the first page of a question has its hint, or it has none."""
    hint = next((block.hint for block in screen.blocks if isinstance(block, Form)), "")
    for block in CHANNEL.lay_out(screen, CHANNEL.sets[device], words)[0].blocks:
        said = (
            block.hint if isinstance(block, Form) else plain(block.text, words) if isinstance(block, Paragraph) else ""
        )
        if said == hint:
            return True
    return not hint
