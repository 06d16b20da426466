"""QtWebKit by real key presses: from home to a reference and all the way back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from engines.multitap import WRITTEN, taps
from engines.outbox import ADDRESS, expect_one_report
from engines.qtwebkit import QtWebKit, running_qtwebkit

REFERENCE = re.compile(r"\d{3} \d{3} \d{4}")
WAY = (
    ("Right", "/tv/", ""),
    ("Right", "/tv/", "3 Housing and repairs"),
    ("Return", "/tv/homes", ""),
    ("Down", "/tv/homes", "2 Apply for a council home 402"),
    ("Return", "/tv/homes/apply-for-a-home", "0 More »"),
    ("R", "/tv/search", "2 ABC"),
    ("6", "/tv/search/6", ""),
    ("4", "/tv/search/64", ""),
    ("7", "/tv/search/647", ""),
    ("7", "/tv/search/6477", "OK Choose by number"),
    ("Return", "/tv/search/6477/results", "1 Report a missed bin 214"),
    ("Return", "/tv/bins/missed-bin", "Start now"),
)
"""A key, the page it opens, and the focus when that page is left; "" if it is not left, or is replaced by the next page."""
ANSWERS = (
    ("3", "bin", "When should we have emptied it?", "3 The last working day before today"),
    ("2", "out", "Which was missed?", "2 Blue bin: plastic, cans and glass"),
    ("1", "tag", "Was it out by 6:30am?", "1 Yes"),
    ("1", "home", "Is there a tag on the handle?", "1 No tag"),
)
"""Keys, the step they open, the question they answer, and the focus on return to it."""

OVERLAP = """(function (panel) {
  return panel.lastElementChild.getBoundingClientRect().bottom - panel.getBoundingClientRect().bottom;
})(document.querySelector('main'))"""
"""Px that the content of a page reaches below its panel, or less than 0."""


@pytest.fixture(scope="module")
def qtwebkit() -> Iterator[QtWebKit]:
    with running_qtwebkit() as one:
        yield one


def test_keys_lead_from_home_to_a_reference_and_back(qtwebkit: QtWebKit, origin: str, outbox: Path) -> None:
    """Menu, service, search, another service and its journey; then Back, with the focus restored on every page."""
    qtwebkit.load(f"{origin}/tv/")
    for key, address, focus in WAY:
        qtwebkit.press(key)
        qtwebkit.expect_page(address)
        assert not focus or qtwebkit.expect_focus(focus)
    with expect_one_report(outbox, day="yesterday", bin="blue"):
        _report(qtwebkit)
    for _, address, focus in reversed([step for step in WAY if step[2]]):
        qtwebkit.press("Back")
        qtwebkit.expect_page(address)
        qtwebkit.expect_focus(focus)


def _report(qtwebkit: QtWebKit) -> None:
    qtwebkit.press("Return")
    qtwebkit.expect_page("/ask")
    for key, step, _, _ in ANSWERS:
        qtwebkit.press(key)
        qtwebkit.expect_page(f"/ask/{step}")
    # Back through the answered questions, and forward again.
    for _, _, title, focus in reversed(ANSWERS):
        qtwebkit.press("Back")
        qtwebkit.expect_title(title)
        qtwebkit.expect_focus(focus)
    qtwebkit.press("Return")
    qtwebkit.expect_page("/ask/home")
    qtwebkit.expect_focus("1 Continue on your phone")
    qtwebkit.press("2")
    qtwebkit.expect_page("/ask/home/2")
    for sign in ADDRESS.lower():
        qtwebkit.press(*taps(sign))
        qtwebkit.expect_true(WRITTEN, f"{sign} is not written")
    qtwebkit.press("Return")
    qtwebkit.expect_page("/ask/tell")
    qtwebkit.press("Down", "Down", "Return")
    qtwebkit.expect_page("/ask/check")
    qtwebkit.press("Return")
    assert REFERENCE.search(qtwebkit.expect_page("/ask/done")["text"])


def test_a_number_keyed_in_opens_its_service(qtwebkit: QtWebKit, origin: str) -> None:
    qtwebkit.load(f"{origin}/tv/")
    qtwebkit.press("2", "1", "4")
    qtwebkit.expect_page("/tv/bins/missed-bin")


def test_digits_search_by_keypad_letters(qtwebkit: QtWebKit, origin: str) -> None:
    qtwebkit.load(f"{origin}/tv/search")
    for number, key in enumerate("737", 1):
        qtwebkit.press(key)
        qtwebkit.expect_page(f"/tv/search/{'737'[:number]}")
    assert "epair" in qtwebkit.expect_page("/tv/search/737")["text"]


def test_nothing_lies_outside_the_screen(qtwebkit: QtWebKit, origin: str) -> None:
    for address in ("/tv/", "/tv/bins", "/tv/bins/missed-bin", "/tv/search", "/tv/search/737", "/tv/nowhere"):
        qtwebkit.load(origin + address)
        width = qtwebkit.ask("document.documentElement.scrollWidth")
        height = qtwebkit.ask("document.documentElement.scrollHeight")
        assert (width, height <= 720) == (1280, True), address
        assert qtwebkit.ask(OVERLAP) <= 0, (address, "what the panel holds overlaps the foot")
