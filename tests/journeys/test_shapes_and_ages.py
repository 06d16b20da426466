"""Answers of a declared shape or age: stored in one form, or refused with an example."""

import pytest
from support.samples.small_journeys import ENGLISH, TODAY, TOUCH, WELSH, journey_of, only_fault

from onestop.journeys.kind import FormContext, Refused
from onestop.journeys.values.answer import Answer

TRIAL = """\
title: {en: Trial, cy: Treial}
asks:
  - ask: plate
    text: {en: Which number?, cy: Pa rif?}
    words: {max: 10, like: [AB12 CDE, A1 BCD]}
  - ask: child
    text: {en: When was it born?, cy: Pryd y ganwyd?}
    date: {age: {min: 4, max: 5}}
done:
  say: {en: We come., cy: Deuwn.}
  send: [housing]
"""
MEANS = {"touch": TOUCH}
PLATE, CHILD = (ask.kind for ask in journey_of(TRIAL, MEANS).asks)


@pytest.mark.parametrize(
    ("text", "stored"), [("ab12cde", "AB12 CDE"), (" Ab 12 Cd e", "AB12 CDE"), ("a9xyz", "A9 XYZ")]
)
def test_an_answer_of_the_shape_is_stored_as_the_example_is_written(text: str, stored: str) -> None:
    assert PLATE.parse({"answer": (text,)}, FormContext(ENGLISH, TODAY)) == stored


@pytest.mark.parametrize("text", ["", "It is bro", "AB12 CD", "AB12 CDEF", "ÁB12 CDE", "AB1² CDE", "AB12-CDE"])
def test_any_other_is_refused_with_the_example(text: str) -> None:
    assert PLATE.parse({"answer": (text,)}, FormContext(ENGLISH, TODAY)) == Refused("Enter it like AB12 CDE")
    assert PLATE.parse({"answer": (text,)}, FormContext(WELSH, TODAY)) == Refused("Rhowch ef fel AB12 CDE")


AGED = Refused("Enter the date of birth of somebody aged 4 to 5")


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("23 11 2022", "2022-11-23"),
        ("24 11 2022", AGED),
        ("24 11 2020", "2020-11-24"),
        ("23 11 2020", AGED),
        ("1 9 2009", AGED),
    ],
)
def test_a_day_of_birth_is_right_for_the_age(day: str, found: Answer | Refused) -> None:
    assert CHILD.parse({"answer": (day,)}, FormContext(ENGLISH, TODAY)) == found


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("[AB12 CDE, A1 BCD]", '"--"', "has no letter and no digit"),
        ("[AB12 CDE, A1 BCD]", "AB12 CDE FGH", "longer than an answer may be"),
        ("[AB12 CDE, A1 BCD]", str([f"A{n}" for n in range(13)]).replace("'", ""), "at most 12"),
        ("min: 4, max: 5", "min: 6, max: 5", "no answer is right"),
        ("{age: ", "{from: today, age: ", "the age says already"),
    ],
)
def test_a_shape_or_age_that_cannot_work_is_a_fault(old: str, new: str, fault: str) -> None:
    assert fault in only_fault(TRIAL.replace(old, new), MEANS)
