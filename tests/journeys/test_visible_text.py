"""The one rule for invisible characters: they never reach the desk, and never count as an answer, whatever the kind."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.samples.small_journeys import ENGLISH, KINDS, TODAY, TOUCH, journey_of

from onestop.journeys.journey import Ask
from onestop.journeys.kind import Refused
from onestop.journeys.values.visible_text import visible_line, visible_lines
from onestop.journeys.walk.submitted_answer import parse_answer

JOURNEY = journey_of(KINDS, {"touch": TOUCH})
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u180b\u180e\u200b\u200c\u200d\u200e\u202e\u2060\u2064\u2066\u2800\u3164"
    "\ufe0f\ufeff\uffa0\ufff9\U000e0041\U000e0100\x00\x1b\x7f\ue000"
)
SPACES = " \t\n\r\x0b\u00a0\u2003\u2028\u202f\u3000"
TEXT = st.text(st.sampled_from("abc12@.,é\u0645\U0001f469" + INVISIBLE + SPACES), max_size=20)
FIELDS = ("answer", "answer.day", "answer.month", "answer.year", "answer.at")


@pytest.mark.parametrize("ask", JOURNEY.asks, ids=lambda ask: str(ask.name))
@given(text=st.text(st.sampled_from(INVISIBLE + SPACES), min_size=1, max_size=8))
def test_nothing_visible_is_no_answer(ask: Ask, text: str) -> None:
    found = parse_answer(ask, dict.fromkeys(FIELDS, (text,)), ENGLISH, TODAY)
    assert isinstance(found, Refused) if ask.need else found is None


@given(TEXT)
def test_visible_text_has_no_invisible_characters(text: str) -> None:
    found = visible_lines(text)
    assert visible_lines(found) == found and visible_line(found) == visible_line(text)
    for sign in found:
        assert sign == "\n" or sign in "\u200c\u200d" or unicodedata.category(sign)[0] not in "CZ" or sign == " "


@given(TEXT)
def test_stored_names_and_words_are_visible_text(text: str) -> None:
    for name in ("detail", "name", "spot"):
        ask = JOURNEY.ask(name)
        assert ask
        found = parse_answer(ask, {"answer": (text,)}, ENGLISH, TODAY)
        if not isinstance(found, Refused):
            stored = str(found["words"]) if isinstance(found, dict) else str(found)
            assert stored and visible_lines(stored) == stored


def test_joiners_are_kept_only_between_letters_that_they_change() -> None:
    assert visible_line("\u0645\u06cc\u200c\u062e\u0648") == "\u0645\u06cc\u200c\u062e\u0648"
    assert visible_line("na\u200dme") == "name"
    assert visible_line("\u200d\u0645\u200c") == "\u0645"


def test_what_is_no_character_is_dropped() -> None:
    """XML allows neither U+FFFE nor U+FFFF: a television could not read the page that shows the answer."""
    assert visible_line("a\ufffeb\uffffc\ufdd0d\U0001fffee") == "abcde"
