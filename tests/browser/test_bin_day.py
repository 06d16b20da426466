"""From "What is my bin day?" to the right answer on every channel, in a real browser, and a television that is set up by keys alone."""

import asyncio
import json
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from browser.browser_types import Open
from browser.tv.remote_control import RemoteControl
from engines.qtwebkit import running_qtwebkit
from playwright.sync_api import Browser, Page, expect
from support.household import an_address
from support.samples.eastmere import eastmere_file
from support.servers.server_process import free_port, running_server

from onestop.places.choices import path_to
from onestop.places.gazetteer.reader import Gazetteer

__all__ = ["eastmere_file"]
QUESTION = "What is my bin day?"
PRESSES = 20
"""A household is set up in fewer."""
SHOWN = """(document.body.textContent + [].map.call(document.querySelectorAll('input'), function (field) {
  return field.value;
}).join())"""
CHANGED = f"document.readyState == 'complete' && document.activeElement != document.body && {SHOWN} != window.before"
"""What a page shows, fields included, and whether that is another thing than before a key."""
REMEMBER = "Remember this address"


@dataclass(frozen=True, slots=True)
class Home:
    """An address: what is typed for it, and what a remote control presses for it after number 101."""

    postcode: str
    line: str
    uprn: int
    keys: tuple[str, ...]


async def _home(file: Path) -> Home:
    gazetteer = Gazetteer(file)
    postcode, digits, line, uprn = await an_address(gazetteer)
    same = list(await gazetteer.keyed(digits))
    at = [one.first_line for one in await gazetteer.at_postcode(postcode)]
    gazetteer.close()
    rows = (*(path_to(same.index(postcode), len(same)) if len(same) > 1 else ()), *path_to(at.index(line), len(at)))
    return Home(postcode, line, uprn, (*digits, "Enter", *map(str, rows)))


@pytest.fixture(scope="module")
def home(eastmere_file: Path) -> Home:
    # In a thread of its own: the browser holds the event loop of this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(_home(eastmere_file))).result()


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory, eastmere_file: Path) -> Iterator[str]:
    folder, port = tmp_path_factory.mktemp("places"), free_port()
    with running_server(f"sqlite:///{folder}/onestop.db", None, folder, port, gazetteer=str(eastmere_file)):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def answer(origin: str, home: Home) -> tuple[str, str]:
    """Return the next collection as other programs are told it: "4 December" and the name of a bin."""
    with urllib.request.urlopen(f"{origin}/api/collections/{home.uprn}", timeout=20) as response:
        told = [one for one in json.load(response)["collections"] if not one["suspended"]]
    day = date.fromisoformat(told[0]["date"])
    return f"{day.day} {day:%B}", told[0]["names"]["en"]


def search(page: Page, channel: str) -> None:
    """Ask the question, and follow the first service that is found to My area."""
    page.goto(f"{channel}/search")
    page.locator("input[name=q]").first.fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Check your collection days").first.click()
    page.wait_for_url("**/bins/collection-days")
    page.locator("main").get_by_role("link", name="My area").first.click()
    page.wait_for_url("**/my-area")


@pytest.mark.parametrize(("size", "channel"), [("phone", ""), ("portrait", "/kiosk"), ("landscape", "/kiosk")])
def test_a_typed_question_leads_to_the_bins_of_an_address(
    open_page: Open, home: Home, answer: tuple[str, str], size: str, channel: str
) -> None:
    page = open_page(size)
    search(page, channel)
    page.locator("input[name=answer]").fill(home.postcode.lower())
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Which address in")
    page.get_by_text(home.line, exact=True).click()
    if page.get_by_role("button", name="Continue").count():
        page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_have_text("My area")
    for part in answer:
        expect(page.locator("main")).to_contain_text(part)


@pytest.mark.parametrize("size", ["portrait", "landscape"])
def test_a_kiosk_completes_a_street_without_sending_what_is_typed(open_page: Open, home: Home, size: str) -> None:
    page, asked = open_page(size), list[str]()
    page.goto(f"/kiosk/~{size}/my-area")
    page.wait_for_load_state("networkidle")
    page.on("request", lambda request: asked.append(request.url))
    house, _, street = home.line.partition(" ")
    page.locator("input[name=answer]").press_sequentially(f"{house} {street.lower()}")
    offered = page.locator(".completions button")
    expect(offered.first).to_have_text(street)
    assert offered.count() <= 4
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert asked == []
    offered.first.click()
    page.wait_for_url("**/my-area/find/*")
    page.get_by_text(home.line, exact=True).click()
    if page.get_by_role("button", name="Continue").count():
        page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_have_text("My area")


def set_up(home: Home, press: Callable[[str], str]) -> tuple[int, list[str]]:
    """Press the keys of a household that sets its television up from the home screen; return how many, and what each page said.

    `press` presses a key and returns the text of the page that it leads to.
    """
    said = [press(key) for key in ("1", "0", "1", *home.keys)]
    while REMEMBER not in said[-1]:
        assert len(said) < PRESSES, said[-1]
        said.append(press("0"))
    said.append(press("Enter"))
    assert "Forget this address" in said[-1]
    return len(said), said


def test_a_television_is_set_up_by_keys_and_knows_the_household_again(
    browser: Browser, open_page: Open, origin: str, home: Home, answer: tuple[str, str]
) -> None:
    remote = RemoteControl(open_page("tv"))
    page = remote.page
    page.goto("/tv/")

    def press(key: str) -> str:
        remote.press(key)
        remote.wait(1500)
        # While a page is on its way the output says so.
        expect(page.locator("output").first).not_to_contain_text("...")
        page.wait_for_load_state()
        return " ".join(page.inner_text("body").split())

    presses, said = set_up(home, press)
    assert presses < PRESSES
    assert all(part in " ".join(said) for part in answer)
    # The set was off: only what it keeps on its disk is left.
    kept = [one for one in page.context.cookies() if one.get("expires", -1) > 0]
    again = browser.new_context(base_url=origin, viewport={"width": 1280, "height": 720})
    again.add_cookies([{"name": one["name"], "value": one["value"], "url": origin} for one in kept])
    shown = again.new_page()
    shown.goto("/tv/")
    expect(shown.locator("h1").first).to_contain_text(answer[1])
    assert not [one for one in kept if home.postcode in str(one["value"]) or str(home.uprn) in str(one["value"])]
    again.close()


def test_an_old_engine_is_set_up_by_keys_and_knows_the_household_again(
    origin: str, home: Home, answer: tuple[str, str]
) -> None:
    with running_qtwebkit() as set_:
        set_.load(f"{origin}/tv/")

        def press(key: str) -> str:
            set_.ask(f"window.before = {SHOWN}")
            set_.press("Return" if key == "Enter" else key)
            return " ".join(str(set_.expect_true(CHANGED, f"{key} changes nothing")["text"]).split())

        presses, said = set_up(home, press)
        assert presses < PRESSES
        assert all(part in " ".join(said) for part in answer)
        set_.do(off=True)
        set_.load(f"{origin}/tv/")
        set_.expect_page("/tv/my-home")
        assert answer[1] in set_.ask("document.querySelector('h1').textContent")
