"""Answers that are true only for a time: asked again when they no longer hold."""

from dataclasses import replace
from datetime import date, timedelta

from support.samples.small_journeys import ENGLISH, TODAY, TOUCH, WELSH, around, journey_of, only_fault

from onestop.journeys.kind import FormContext
from onestop.journeys.screens.question import QuestionState, question_screen
from onestop.journeys.values.answer import Answers
from onestop.journeys.walk.answer_text import say_answer
from onestop.journeys.walk.walk import walk
from onestop.screen import Note

TRIAL = """\
title: {en: Trial, cy: Treial}
asks:
  - ask: missed
    text: {en: When was it?, cy: Pryd oedd hi?}
    pick:
      now: {text: {en: Today, cy: Heddiw}, relative: "yes"}
      never: {en: Never, cy: Erioed}
  - ask: hour
    text: {en: At what hour?, cy: Ar ba awr?}
    number: {min: 0, max: 23}
    if: missed is now
  - ask: day
    text: {en: Which day?, cy: Pa ddiwrnod?}
    date: {from: -3 days, to: today}
done:
  say: {en: We come., cy: Deuwn.}
  send: [housing]
"""
JOURNEY = journey_of(TRIAL, {"touch": TOUCH})
SAID = {"option": "now", "said": TODAY.isoformat()}
GIVEN: Answers = {"missed": SAID, "hour": 15, "day": TODAY.isoformat()}


def next_ask(answers: Answers, today: date) -> str:
    way = walk(JOURNEY, answers, "touch", today)
    return way.next.name if way.next else ""


def test_a_relative_choice_is_stored_with_its_day_and_said_with_it() -> None:
    ask = JOURNEY.asks[0]
    assert ask.kind.parse({"answer": ("now",)}, FormContext(ENGLISH, TODAY)) == SAID
    assert ask.kind.parse({"answer": ("never",)}, FormContext(ENGLISH, TODAY)) == "never"
    assert say_answer(ask, SAID, ENGLISH) == "Today (said on 23 November 2026)"
    assert say_answer(ask, SAID, WELSH) == "Heddiw (dywedwyd ar 23 Tachwedd 2026)"
    assert ask.kind.form_values(SAID) == {"answer": ("now",)}


def test_it_is_asked_again_on_the_next_day() -> None:
    assert walk(JOURNEY, GIVEN, "touch", TODAY).complete
    tomorrow = TODAY + timedelta(1)
    assert next_ask(GIVEN, tomorrow) == "missed"
    assert next_ask({**GIVEN, "missed": "now"}, TODAY) == "missed", "stored without its day"
    assert next_ask({**GIVEN, "missed": "never"}, tomorrow) == ""


def test_a_date_outside_its_window_is_asked_again() -> None:
    later = {**GIVEN, "missed": "never"}
    assert next_ask(later, TODAY + timedelta(3)) == ""
    assert next_ask(later, TODAY + timedelta(4)) == "day"


def test_the_question_says_that_it_was_answered_before() -> None:
    way = walk(JOURNEY, GIVEN, "touch", TODAY + timedelta(1))
    assert way.next
    state = QuestionState(answer=SAID)
    assert any(isinstance(block, Note) for block in question_screen(way, way.next, around(), state).blocks)
    today = replace(way, today=TODAY)
    assert not any(isinstance(block, Note) for block in question_screen(today, way.next, around(), state).blocks)


def test_several_choices_cannot_be_relative() -> None:
    fault = only_fault(TRIAL.replace("pick:", "picks:").replace("missed is now", "missed has now"), {"touch": TOUCH})
    assert "stands only under `pick`" in fault
