"""Packets to and from a television, and an answer sent while the link is cut."""

import re
from collections.abc import Iterator

import pytest
from browser.tv.remote_control import RemoteControl, write
from playwright.sync_api import Page, expect
from support.paths import ROOT
from support.programs.slow_link import DOWN, UP, Line, Quality, why_not
from support.programs.system_programs import need

from bench.slow_line.browser import browser_on_line

WIDE = Quality(down=1e9, up=1e9, delay=0.0, loss=0.0)


@pytest.fixture(scope="module")
def at_home() -> Iterator[tuple[RemoteControl, Line]]:
    """Yield the remote of a television that shows the first page over a link of its own, and that link."""
    if why := why_not():
        pytest.skip(f"NO LINE CAN BE MADE, NOTHING IS KNOWN OF PACKETS: {why}")
    need("ip")
    with browser_on_line(ROOT / "content", need("chromium"), WIDE, 1) as made:
        page = made.browser.new_page(viewport={"width": 1280, "height": 720}, base_url=made.origin)
        page.set_default_timeout(30_000)
        remote = RemoteControl(page)
        page.goto("/tv/")
        yield remote, made.line


FIRST_SCREEN = 8
"""At most so many packets with content for the first screen, its style sheet and its script, both ways."""
QUIET = 500
"""Milliseconds without a packet after which everything that was requested has arrived."""


def wait_until_quiet(line: Line, page: Page) -> None:
    """Wait until nothing has crossed the link for a while."""
    before = -1
    while before < len(line.seen):
        before = len(line.seen)
        page.wait_for_timeout(QUIET)


def crossed(line: Line, since: int = 0) -> tuple[int, int]:
    """Return the numbers of packets with content, up and down."""
    carried = [packet.way for packet in line.seen[since:] if packet.carried]
    return carried.count(UP), carried.count(DOWN)


def test_the_first_screen_is_one_packet_and_style_and_script_are_two_each(at_home: tuple[RemoteControl, Line]) -> None:
    carried = [packet for packet in at_home[1].seen if packet.carried]
    assert [packet.way for packet in carried[:3]] == [UP, DOWN, UP]
    assert carried[1].carried <= 1400
    # Chromium asks for an icon as well.
    first = [packet.way for packet in carried[: FIRST_SCREEN + 2]]
    assert first.count(UP) <= 4 and first.count(DOWN) <= 7


def test_the_next_screen_is_one_packet_each_way(at_home: tuple[RemoteControl, Line]) -> None:
    (remote, line), page = at_home, at_home[0].page
    # Chromium also requests an icon, which a television does not: its two packets pass first.
    wait_until_quiet(line, page)
    before = len(line.seen)
    remote.press("ArrowRight")
    remote.press("Enter")
    page.wait_for_url("**/tv/council-tax")
    assert crossed(line, before) == (1, 1)


def test_a_question_takes_two_packets_each_way(at_home: tuple[RemoteControl, Line]) -> None:
    (remote, line), page = at_home, at_home[0].page
    page.goto("/tv/bins/missed-bin")
    before = len(line.seen)
    remote.press("Enter")
    page.wait_for_url("**/ask")
    assert crossed(line, before) == (2, 2)
    before = len(line.seen)
    remote.press("1")
    page.wait_for_url("**/ask/bin")
    assert crossed(line, before) == (2, 2)


def test_an_answer_sent_during_an_outage_arrives_afterwards(at_home: tuple[RemoteControl, Line]) -> None:
    (remote, line), page = at_home, at_home[0].page
    page.goto("/tv/bins/missed-bin/ask/bin")
    for step in ("out", "tag", "home"):
        remote.press("1")
        page.wait_for_url(f"**/ask/{step}")
    remote.press("2")
    page.wait_for_url("**/ask/home/2")
    write(page, "12 High Street, EM4 2QT")
    line.cut = True
    remote.press("Enter")
    remote.wait(300)
    expect(page.locator("output")).to_have_text("...")
    assert page.url.endswith("/ask/home/2")
    assert page.input_value("input[name=answer]") == "12 High Street, EM4 2QT"
    line.cut = False
    page.wait_for_url(re.compile("/ask/(stands|tell)$"))
