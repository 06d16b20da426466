"""What the one script of a television promises: focus never lost, quick keys, no leak, a full cache, and a line that goes and comes."""

import random
import re
from collections.abc import Iterator

import pytest
from browser.browser_types import Open
from playwright.sync_api import CDPSession, Page, Route

from channels.tv import CHANNEL

SCRIPT = CHANNEL.assets["browser.en.js"].decode()
KEYS = ("ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown")
PLANE = (
    """<body><output></output><span></span><a class="r" href="/tv/search" style="left:128px;top:646px">r</a>{}</body>"""
)


def layout(chance: random.Random) -> str:
    """Links anywhere on the plane, of any size a link has, also one above another."""
    boxes = (
        (chance.randrange(128, 1000), chance.randrange(36, 600), chance.randrange(20, 900), chance.randrange(20, 90))
        for _ in range(chance.randrange(1, 14))
    )
    return "".join(
        f'<a href="/tv/{n}" style="left:{x}px;top:{y}px;width:{w}px;height:{h}px">{n}</a>'
        for n, (x, y, w, h) in enumerate(boxes)
    )


@pytest.fixture
def laid_out(open_page: Open) -> Iterator[Page]:
    """A page whose only style is that links lie where they are put."""
    page = open_page("tv")
    page.goto("about:blank")
    yield page


@pytest.mark.parametrize("seed", range(40))
def test_every_link_is_reached_from_every_other_however_they_lie(seed: int, laid_out: Page) -> None:
    links = layout(random.Random(seed))
    laid_out.set_content(f"<style>a{{position:absolute}}</style>{PLANE.format(links)}<script>{SCRIPT}</script>")
    # A graph of what each arrow leads to: the focus is put on each link in turn, and each arrow pressed.
    graph: dict[str, list[int]] = laid_out.evaluate(
        """() => { const all = [...document.querySelectorAll('a')], graph = {};
        all.forEach((link, n) => { graph[n] = [37, 38, 39, 40].map(code => { link.focus();
          document.onkeydown({keyCode: code}); document.onkeyup(); return all.indexOf(document.activeElement); }); });
        return graph; }"""
    )
    for start in graph:
        seen, ahead = {int(start)}, [int(start)]
        while ahead:
            for there in graph[str(ahead.pop())]:
                assert there >= 0, "the focus is lost"
                if there not in seen:
                    seen.add(there)
                    ahead.append(there)
        assert len(seen) == len(graph), (start, graph)


def test_a_key_measures_each_link_once(open_page: Open) -> None:
    """What a move costs on a slow set is where the links lie; `python -m bench remote` shows it in milliseconds."""
    page = open_page("tv")
    page.goto("/tv/")
    page.evaluate(
        """() => { window.measured = 0; const rects = Element.prototype.getClientRects;
        Element.prototype.getClientRects = function () { window.measured++; return rects.call(this); } }"""
    )
    for key in KEYS:
        page.keyboard.press(key)
    links = page.evaluate("document.querySelectorAll('a').length")
    assert 0 < page.evaluate("window.measured") <= 4 * (links + 1)


def test_two_thousand_keys_leak_nothing(open_page: Open) -> None:
    page = open_page("tv")
    page.goto("/tv/")
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    pressing = (
        "() => { for (let n = 0; n < 1000; n++) { document.onkeydown({keyCode: 37 + n % 4}); document.onkeyup(); } }"
    )
    page.evaluate(pressing)
    before = _heap(session)
    page.evaluate(pressing)
    page.evaluate(pressing)
    assert _heap(session) - before < 64 * 1024


def _heap(session: CDPSession) -> int:
    session.send("HeapProfiler.collectGarbage")
    return int(session.send("Runtime.getHeapUsage")["usedSize"])


def test_what_is_in_focus_is_fetched_ahead_and_no_more_than_64_kb_of_it(open_page: Open) -> None:
    page = open_page("tv")
    fetched: list[str] = []
    page.on("request", lambda asked: fetched.append(asked.url) if asked.resource_type == "xhr" else None)
    page.goto("/tv/")
    page.wait_for_timeout(1000)
    first = page.evaluate("document.activeElement.href")
    assert fetched == [first]
    page.keyboard.press("Enter")
    page.wait_for_url(first)
    # A set that goes on and on stops asking: each answer here is 40 KB.
    page.route("**/tv/**", _large)
    fetched.clear()
    for _ in range(6):
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(900)
    assert 1 <= len(fetched) <= 2


def _large(route: Route) -> None:
    route.fulfill(body="x" * 40_960) if route.request.resource_type == "xhr" else route.continue_()


def test_without_a_line_the_page_stays_says_so_and_goes_on_by_itself(open_page: Open) -> None:
    page = open_page("tv")
    page.goto("/tv/")
    page.context.set_offline(True)
    page.keyboard.press("2")
    page.wait_for_selector("output:has-text('No connection')", timeout=6000)
    assert page.inner_text("h1") == "How can we help?"
    page.context.set_offline(False)
    page.wait_for_url("**/tv/council-tax", timeout=8000)


def test_what_was_entered_is_kept_while_the_line_is_gone(open_page: Open) -> None:
    page = open_page("tv")
    page.goto("/tv/bins/missed-bin/ask")
    for step in ("bin", "out", "tag", "home"):
        page.keyboard.press("1")
        page.wait_for_url(f"**/ask/{step}")
    page.fill("input[name=answer]", "12 High Street, EM4 2QT")
    page.context.set_offline(True)
    page.press("input[name=answer]", "Enter")
    page.wait_for_selector("output:has-text('No connection')", timeout=6000)
    assert page.input_value("input[name=answer]") == "12 High Street, EM4 2QT"
    page.context.set_offline(False)
    page.wait_for_url(re.compile("/ask/(stands|tell)$"), timeout=8000)


def test_a_page_that_keeps_one_waiting_says_that_it_is_busy(open_page: Open) -> None:
    page = open_page("tv")
    page.goto("/tv/")

    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    slow = {"offline": False, "latency": 1500, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", slow)
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    page.wait_for_selector("output:has-text('...')", timeout=1200)
    page.wait_for_url("**/tv/council-tax")
    assert "Council tax" in page.inner_text("h1")


def test_yellow_reads_the_page_pauses_and_reads_the_next_one_too(open_page: Open) -> None:
    page = open_page("tv")
    heard: list[str] = []
    page.on("request", lambda asked: heard.append(asked.url) if "/speech/" in asked.url else None)
    page.goto("/tv/bins/missed-bin/2")
    if not page.query_selector(".y"):
        pytest.skip("NO SPEECH ENGINE: nothing offers to read the page")
    page.keyboard.press("y")
    page.wait_for_function("!document.querySelector('audio').paused")
    assert any(address.endswith("/speech/at/tv/bins/missed-bin/2.mp3") for address in heard)
    page.wait_for_timeout(700)
    page.keyboard.press("y")
    page.wait_for_function("document.querySelector('audio').paused")
    page.wait_for_timeout(700)
    page.keyboard.press("y")
    page.wait_for_function("!document.querySelector('audio').paused")
    page.wait_for_timeout(700)
    page.keyboard.press("Enter")
    page.wait_for_url("**/tv/bins/missed-bin/3")
    page.wait_for_function("document.querySelector('audio') && !document.querySelector('audio').paused")
