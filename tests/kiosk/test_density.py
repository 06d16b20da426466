"""Every question of the borough's journeys fits one kiosk page if its input would be lost on a second one, and so does the response to
a form, because there is no address for a second page.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest
from support.paths import CONTENT
from support.render_screen import words_for
from support.samples.block_samples import screen

from channels.block_heights import height
from channels.kiosk import CHANNEL
from channels.kiosk.density import fit_screen
from channels.kiosk.devices import DEVICES, DISPLAYS, Kiosk
from channels.kiosk.dimensions import GAP, TARGET
from channels.kiosk.pagination import PagedScreen
from channels.registry import find_channels
from onestop.journeys.journey import Ask, Journey
from onestop.journeys.kind import Refused
from onestop.journeys.kinds.photo import PhotoKind
from onestop.journeys.paths.paths import find_paths
from onestop.journeys.screens.context import ScreenContext
from onestop.journeys.screens.question import QuestionState, difference_screen, question_screen
from onestop.journeys.source.desks import read_desks
from onestop.journeys.source.folder import read_journeys
from onestop.journeys.values.answer import Answer
from onestop.journeys.walk.submitted_answer import parse_answer
from onestop.journeys.walk.walk import Walk, walk
from onestop.language import Words
from onestop.screen import Action, AnswerRow, Answers, Choice, Entry, Form, Link, Note, Option, Run, Screen

TODAY = date(2026, 11, 25)
MEANS = {channel.name: channel.means for channel in find_channels()}
LANGUAGES: Mapping[str, Words] = {code: words_for(CHANNEL, code) for code in ("en", "cy")}
NAMES = ("", ".low", ".large", ".largest", ".largest.low")
SIZED = {way + name: DEVICES[way + name] for way in DISPLAYS for name in NAMES}
ON_EACH = pytest.mark.parametrize("kiosk", SIZED.values(), ids=SIZED.keys())
SEVERAL = ["Somebody Withaname", "Another Withalongername", "A Third", "A Fourth"]


def journeys() -> Mapping[str, Journey]:
    desks, _ = read_desks(CONTENT, ("en", "cy"))
    return read_journeys(CONTENT, ("en", "cy"), desks, MEANS, TODAY).journeys


JOURNEYS = journeys()


def around(words: Words) -> ScreenContext:
    trail = (Link("Home", "/"), Link("A service", "/a/b"))
    return ScreenContext("/a/b", trail, words, ("en", "cy"), CHANNEL.means, (("token", "t"), ("seen", "1")))


def asked(journey: Journey) -> Iterator[tuple[Ask, Walk]]:
    """Return each question with a walk that reaches it."""
    seen: set[str] = set()
    for path in find_paths(journey, "kiosk", CHANNEL.means, TODAY):
        given: dict[str, Answer] = {}
        for step in path.steps:
            if step.ask.name not in seen:
                seen.add(step.ask.name)
                yield step.ask, walk(journey, given, "kiosk", TODAY)
            given[step.ask.name] = step.answers[0]


def refused(ask: Ask, words: Words) -> QuestionState:
    found = parse_answer(ask, {"answer": ("",)}, words, TODAY)
    return QuestionState(
        sent={}, error=found.message if isinstance(found, Refused) else "That is not an answer we can read"
    )


def too_high(cut: PagedScreen) -> list[float]:
    tall = [sum(height(block, cut.measures) for block in column) for spread in cut.spreads for column in spread]
    return [high for high in tall if high > cut.measures.height]


@ON_EACH
@pytest.mark.parametrize("name", sorted(JOURNEYS))
def test_a_question_with_text_input_is_one_page(name: str, kiosk: Kiosk) -> None:
    for language, words in LANGUAGES.items():
        for ask, way in asked(JOURNEYS[name]):
            for answer in ((), SEVERAL[:2], SEVERAL) if hasattr(ask.kind, "of") else ((),):
                shown = question_screen(
                    way, ask, around(words), QuestionState(answer={"open": list(answer)} if answer else None)
                )
                forms = [block for block in shown.blocks if isinstance(block, Form)]
                once = any(isinstance(form.field, Choice) and not form.field.several for form in forms)
                _, cut = fit_screen(shown, words, kiosk)
                assert once or len(cut.spreads) == 1, (language, ask.name)
                assert not too_high(cut), (language, ask.name, cut.measures.height)


@ON_EACH
@pytest.mark.parametrize("name", sorted(JOURNEYS))
def test_a_refused_question_is_one_page_with_all_options(name: str, kiosk: Kiosk) -> None:
    for language, words in LANGUAGES.items():
        for ask, way in asked(JOURNEYS[name]):
            for shown in _answering(ask, way, words):
                drawn, cut = fit_screen(shown, words, kiosk)
                assert len(cut.spreads) == 1, (language, ask.name)
                assert not too_high(cut), (language, ask.name, drawn.name)
                (column,) = cut.spreads[0]
                assert [block for block in column if isinstance(block, Form)] == [
                    block for block in shown.blocks if isinstance(block, Form)
                ]


def _answering(ask: Ask, way: Walk, words: Words) -> Iterator[Screen]:
    wrong = question_screen(way, ask, around(words), refused(ask, words))
    yield replace(wrong, one_page=True)
    if not isinstance(ask.kind, PhotoKind):
        longest = "A text of the greatest length that anybody may be expected to have written here " * 2
        differs = difference_screen(way, ask, around(words), {"answer": (longest,)}, longest, None)
        yield replace(differs, one_page=True)


def test_warnings_and_forms_are_never_left_out() -> None:
    told, warned = Note((Run("Told " * 60),)), Note((Run("Warned " * 60),), "warning")
    form = Form("/ask/x", "Continue", Entry("x", "words"), "Hint " * 40, "Wrong " * 20)
    shown = screen(told, warned, form, Action("On your phone", "/move"), kind="question", one_page=True)
    drawn, cut = fit_screen(shown, LANGUAGES["en"], DEVICES["landscape.large.low"])
    assert drawn in DEVICES["landscape.large.low"].closer
    assert cut.spreads == (((warned, form),),)


def test_content_that_never_fits_is_one_scrolling_page() -> None:
    options = tuple(Option(str(n), f"Answer number {n} of many", "What it means, in a few words") for n in range(60))
    form = Form("/ask/x", "Continue", Choice("c", options))
    _, cut = fit_screen(screen(form, kind="question", one_page=True), LANGUAGES["en"], DEVICES["landscape"])
    assert cut.spreads == (((form,),),)
    _, cut = fit_screen(screen(form, kind="question"), LANGUAGES["en"], DEVICES["landscape"])
    assert len(cut.spreads) > 1


def test_a_screen_that_fits_keeps_the_default_density() -> None:
    form = Form("/ask/x", "Continue", Entry("x", "line"))
    drawn, _ = fit_screen(screen(form, kind="question", one_page=True), LANGUAGES["en"], DEVICES["portrait"])
    assert drawn is DEVICES["portrait"]


def test_each_item_of_a_repeat_has_a_link_to_change_it() -> None:
    rows = tuple(AnswerRow(f"Name {n}", f"Somebody {n}", f"/ask/who.{n}") for n in range(1, 9))
    shown = screen(Answers(rows), Form("/ask/who", "Continue", Entry("x", "name")), kind="question")
    for kiosk in DEVICES.values():
        (page,) = CHANNEL.lay_out(shown, kiosk, LANGUAGES["en"])
        assert [item.target for item in page.blocks[0].items] == [row.target for row in rows]  # type: ignore[union-attr]


@ON_EACH
def test_every_density_meets_the_minimum_sizes(kiosk: Kiosk) -> None:
    assert len(kiosk.closer) == {"": 4, "large": 4, "larger": 5, "largest": 6}[kiosk.text]
    for closer in kiosk.closer:
        look = closer.look
        assert min(look.button, look.least, look.key, look.strip) >= kiosk.mm(TARGET)
        assert look.gap * 0.75 >= GAP * kiosk.glass.density
        assert min(face.size for face in look.faces.values()) * 0.714 / kiosk.glass.density >= 7.3
        assert (closer.switched("low"), closer.plain) == (kiosk.switched("low"), kiosk.plain)
        assert closer.name not in DEVICES
    assert kiosk.closer[0].look.faces["label"].size == kiosk.look.faces["label"].size
