"""The television's script: focus is never lost, keys are quick, nothing leaks, pages are prefetched, and a lost connection comes back."""

import random
import re
from collections.abc import Iterator

import pytest
from browser.browser_types import Open
from browser.page_checks import expect_page, wait_until
from browser.tv.remote_control import RemoteControl, write
from playwright.sync_api import CDPSession, Page, Route, expect

from channels.tv import CHANNEL

SCRIPT = CHANNEL.assets["browser.en.js"].decode()
KEYS = ("ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown")
PLANE = """<body><output></output><span></span><a class="r g" href="/tv/" style="left:128px;top:646px">r</a>{}</body>"""
COUNCIL_TAX = "Council tax and benefits"


def random_links(chance: random.Random) -> str:
    """Return links anywhere on the plane, of any size that a link has; they may overlap."""
    boxes = (
        (chance.randrange(128, 1000), chance.randrange(36, 600), chance.randrange(20, 900), chance.randrange(20, 90))
        for _ in range(chance.randrange(1, 14))
    )
    return "".join(
        f'<a href="/tv/{n}" style="left:{x}px;top:{y}px;width:{w}px;height:{h}px">{n}</a>'
        for n, (x, y, w, h) in enumerate(boxes)
    )


@pytest.fixture
def blank_page(open_page: Open) -> Iterator[Page]:
    """Return an empty page of a television's size."""
    page = open_page("tv")
    page.goto("about:blank")
    yield page


@pytest.mark.parametrize("seed", range(40))
def test_arrows_reach_every_link_from_every_other_in_any_layout(seed: int, blank_page: Page) -> None:
    links = random_links(random.Random(seed))
    blank_page.set_content(f"<style>a{{position:absolute}}</style>{PLANE.format(links)}<script>{SCRIPT}</script>")
    # The target of each arrow key, by link.
    graph: dict[str, list[int]] = blank_page.evaluate(
        """() => { const all = [...document.querySelectorAll('a')], graph = {};
        all.forEach((link, n) => { graph[n] = [37, 38, 39, 40].map(code => { link.focus();
          document.onkeydown({keyCode: code}); document.onkeyup(); return all.indexOf(document.activeElement); }); });
        return graph; }"""
    )
    for start in graph:
        reached, ahead = {int(start)}, [int(start)]
        while ahead:
            for neighbour in graph[str(ahead.pop())]:
                assert neighbour >= 0, "the focus is lost"
                if neighbour not in reached:
                    reached.add(neighbour)
                    ahead.append(neighbour)
        assert len(reached) == len(graph), (start, graph)


def test_an_arrow_measures_each_link_once(open_page: Open) -> None:
    """Layout is what a move costs on a slow television; `python -m bench` gives it in milliseconds."""
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


def test_two_thousand_presses_leak_no_memory(open_page: Open) -> None:
    page = open_page("tv")
    page.goto("/tv/")
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    pressing = (
        "() => { for (let n = 0; n < 1000; n++) { document.onkeydown({keyCode: 37 + n % 4}); document.onkeyup(); } }"
    )
    page.evaluate(pressing)
    before = _heap_size(session)
    page.evaluate(pressing)
    page.evaluate(pressing)
    assert _heap_size(session) - before < 64 * 1024


def _heap_size(session: CDPSession) -> int:
    session.send("HeapProfiler.collectGarbage")
    return int(session.send("Runtime.getHeapUsage")["usedSize"])


def test_the_focused_link_is_prefetched_up_to_64_kb_in_all(open_page: Open) -> None:
    remote = RemoteControl(open_page("tv"))
    page = remote.page
    page.goto("/tv/")
    remote.wait(500)
    assert remote.requested() == []
    remote.wait(200)
    first = page.evaluate("document.activeElement.href")
    assert remote.requested() == [f"GET {first}"]
    remote.wait_for_answers()
    remote.press("Enter")
    page.wait_for_url(first)
    # Each answer is 40 KB here: after the second one no more are requested.
    page.route("**/tv/**", _large)
    for _ in range(6):
        remote.press("ArrowDown")
        remote.wait(900)
        remote.wait_for_answers()
    assert 1 <= len(remote.requested()) <= 2


def _large(route: Route) -> None:
    route.fulfill(body="x" * 40_960) if route.request.resource_type == "xhr" else route.continue_()


def test_without_a_connection_the_page_stays_says_so_and_retries(open_page: Open) -> None:
    remote = RemoteControl(open_page("tv"))
    page = remote.page
    page.goto("/tv/")
    page.context.set_offline(True)
    remote.press("2")
    remote.wait(1300)
    expect(page.locator("output")).to_contain_text("No connection")
    assert page.inner_text("h1") == "How can we help?"
    page.context.set_offline(False)
    remote.wait(2000)
    expect_page(page, "**/tv/council-tax", COUNCIL_TAX)


def test_an_answer_is_kept_while_there_is_no_connection(open_page: Open) -> None:
    remote = RemoteControl(open_page("tv"))
    page = remote.page
    page.goto("/tv/bins/missed-bin/ask")
    for step in ("bin", "out", "tag", "home"):
        remote.press("1")
        page.wait_for_url(f"**/ask/{step}")
    remote.press("2")
    page.wait_for_url("**/ask/home/2")
    write(page, "12 High Street, EM4 2QT")
    page.context.set_offline(True)
    remote.press("Enter")
    expect(page.locator("output")).to_contain_text("No connection")
    assert page.input_value("input[name=answer]") == "12 High Street, EM4 2QT"
    page.context.set_offline(False)
    remote.wait(2000)
    page.wait_for_url(re.compile("/ask/(stands|tell)$"))


def test_a_slow_page_is_announced_as_busy(open_page: Open) -> None:
    remote = RemoteControl(open_page("tv"))
    page = remote.page
    page.goto("/tv/")
    held: list[Route] = []
    page.route("**/tv/council-tax", lambda route: held.append(route), times=1)
    with page.expect_request("**/tv/council-tax"):
        remote.press("2", "Enter")
    remote.wait(300)
    expect(page.locator("output")).to_have_text("...")
    held[0].continue_()
    expect_page(page, "**/tv/council-tax", COUNCIL_TAX)


def test_yellow_reads_the_page_pauses_and_reads_the_next_page_too(open_page: Open) -> None:
    page = open_page("tv")
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url) if "/speech/" in request.url else None)
    page.goto("/tv/bins/missed-bin/2")
    if not page.query_selector(".y"):
        pytest.skip("NO SPEECH ENGINE: nothing offers to read the page")
    for state in ("!document.querySelector('audio').paused", "document.querySelector('audio').paused"):
        page.keyboard.press("y")
        wait_until(page, state)
    assert any(address.endswith("/speech/at/tv/bins/missed-bin/2.mp3") for address in requested)
    page.keyboard.press("y")
    wait_until(page, "!document.querySelector('audio').paused")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tv/bins/missed-bin/3")
    wait_until(page, "document.querySelector('audio') && !document.querySelector('audio').paused")
