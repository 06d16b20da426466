"""Any text for any kind of answer, in a browser on each channel: stored as what was meant, or refused beside the field with everything
that was entered kept.
"""

from collections.abc import Sequence
from random import Random

import pytest
from browser.any_text_visits import KioskVisit, PhoneVisit, TelevisionVisit, Visit
from browser.browser_types import Open
from browser.tv import test_every_kind as tv
from playwright.sync_api import expect
from support.odd_texts import Fields, meaning, odd_form, visible
from support.samples.every_kind import (
    AGES,
    ASK,
    COUNT,
    EVERY,
    MANY,
    PHOTO,
    Asked,
    Everything,
    every_kind_journey,
    values,
)

from onestop.journeys.kind import Kind
from onestop.journeys.repeat import RepeatKind

TRIES = 4
"""Texts for each question. The items of a repeat are at most three."""
VISITS = [("phone", ""), ("portrait", ""), *(("tv", part) for part in tv.PARTS)]
JOURNEY = every_kind_journey()


@pytest.fixture(scope="module")
def origin(everything: Everything) -> str:
    return everything.origin


def kind_of(asked: Asked) -> Kind:
    ask = JOURNEY.ask(asked.name)
    assert ask
    return ask.kind.of if isinstance(ask.kind, RepeatKind) else ask.kind


def meant(asked: Asked, form: Fields) -> object:
    return meaning("count" if asked is AGES else asked.name, form)


def answer(visit: Visit, asked: Asked) -> list[object]:
    """Try texts for a question until all are tried or, for a repeat, it is full; return what the accepted ones mean."""
    accepted: list[object] = []
    for number in range(TRIES):
        visit.open(asked)
        form = odd_form(Random(f"{visit.prefix} {asked.name} {number}"), visit.right(asked))
        if visit.send_text(asked, form):
            if asked is AGES and not visible(form["answer"][0]):
                # A form in which nothing can be seen ends a repeat.
                return accepted
            accepted.append(meant(asked, form))
        if asked is AGES and len(accepted) == 3:
            return accepted
    if not accepted:
        visit.open(asked)
        assert visit.send_text(asked, visit.right(asked))
        accepted.append(meant(asked, visit.right(asked)))
    if asked is AGES:
        visit.open(asked)
        visit.press("That is everything")
        visit.arrive()
    return accepted


def pass_over(visit: Visit, asked: Asked) -> None:
    if asked is MANY:
        visit.many()
    elif asked is PHOTO:
        visit.open(PHOTO)
        visit.press("Skip this question")
        visit.arrive()


def answer_every(visit: Visit, questions: Sequence[Asked]) -> dict[str, object]:
    """Answer all questions by odd texts; return what the last accepted text of each means, of a repeat what each means."""
    wanted: dict[str, object] = {}
    for asked in questions:
        if asked in (PHOTO, MANY):
            pass_over(visit, asked)
            continue
        found = answer(visit, asked)
        wanted[asked.name] = (found or None) if asked is AGES else found[-1]
        if asked is COUNT:
            visit.answer_before()
    return wanted


def stored_meaning(name: str, value: object) -> object:
    """Return what a delivered value means, by the text that would be entered for it."""
    asked = next(one for one in EVERY if one.name == name)
    if isinstance(value, list):
        return [meant(asked, {"answer": (str(item),)}) for item in value]
    return meant(asked, dict(kind_of(asked).form_values(value)))  # type: ignore[arg-type]


@pytest.mark.parametrize(("size", "part"), VISITS)
def test_any_text_is_stored_as_what_was_meant_or_refused(
    size: str, part: str, open_page: Open, everything: Everything
) -> None:
    page = open_page(size)
    visit = TelevisionVisit(page, part) if part else (PhoneVisit if size == "phone" else KioskVisit)(page)
    visit.begin()
    wanted = answer_every(visit, tv.PARTS[part] if part else EVERY[1:])
    page.goto(f"{visit.prefix}{ASK}/check")
    expect(page.locator("h1")).to_have_text("Check your answers")
    said = visit.said()
    visit.send()
    expect(page.locator("h1")).to_have_text("Thank you. We have it.")
    case = everything.case(page.inner_text("main"))
    assert said == {answer["question"]: answer["said"] for answer in case["answers"]}
    found = {name: stored_meaning(name, value) for name, value in values(case).items() if name in wanted}
    assert found == wanted
