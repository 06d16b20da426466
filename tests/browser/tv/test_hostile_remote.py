"""The script of a television as somebody uses it who is impatient, clumsy, or has a slow set."""

import re
from collections.abc import Iterator

import pytest
from browser.browser_types import Open
from browser.tv.test_pages import focus, press
from playwright.sync_api import Page, Route

ASK = "/tv/bins/missed-bin/ask"
FOCUS = "[...document.querySelectorAll('a,button,input:not([type=hidden])')].indexOf(document.activeElement)"
OLD = 461
"""Back of HbbTV."""


def key(page: Page, code: int, times: int = 1, *, held: bool = False, after: int = 0) -> None:
    """A key by its code, pressed and let go so many times, or held down through so many repeats."""
    session = page.context.new_cdp_session(page)
    for number in range(times):
        told = {"type": "rawKeyDown", "windowsVirtualKeyCode": code, "autoRepeat": held and number > 0}
        session.send("Input.dispatchKeyEvent", told)
        if not held or number == times - 1:
            session.send("Input.dispatchKeyEvent", {"type": "keyUp", "windowsVirtualKeyCode": code})
        page.wait_for_timeout(after)
    session.detach()


def to_text(page: Page) -> None:
    """To the question of a report that is answered in words, with the cursor in its field."""
    page.goto(ASK)
    for step in ("bin", "out", "tag", "home"):
        page.keyboard.press("1")
        page.wait_for_url(f"**/ask/{step}")
    page.focus("input[name=answer]")


@pytest.fixture
def home(open_page: Open) -> Iterator[Page]:
    page = open_page("tv")
    page.goto("/tv/")
    yield page


@pytest.mark.parametrize("slower", [1, 40])
def test_every_key_lands_once_on_a_slow_set(slower: int, home: Page) -> None:
    """Arrows pressed faster than a slow set draws: the focus goes as many links on as there were presses."""
    count = home.evaluate("document.querySelectorAll('a').length")
    began = home.evaluate(FOCUS)
    row = _row(home)
    session = home.context.new_cdp_session(home)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    for pressed in (3, count + 2):
        home.evaluate("n => document.querySelectorAll('a')[n].focus()", began)
        for _ in range(pressed):
            home.keyboard.press("ArrowRight")
        assert home.evaluate(FOCUS) == row[(row.index(began) + pressed) % count]
    home.keyboard.press("2")
    home.keyboard.press("1")
    home.keyboard.press("4")
    home.wait_for_url("**/tv/bins/missed-bin")
    assert focus(home)


def _row(page: Page) -> list[int]:
    """The links in the order in which Right goes through them, pressed one by one."""
    found: list[int] = []
    while (here := page.evaluate(FOCUS)) not in found:
        found.append(here)
        page.keyboard.press("ArrowRight")
    return found


def test_an_arrow_held_moves_at_every_repeat_and_ok_held_opens_once(home: Page) -> None:
    row = _row(home)
    at = row.index(home.evaluate(FOCUS))
    key(home, 39, 9, held=True)
    assert home.evaluate(FOCUS) == row[(at + 9) % len(row)]
    home.evaluate("document.querySelector('#f').focus()")
    asked: list[str] = []
    home.on("request", lambda one: asked.append(one.url) if one.is_navigation_request() else None)
    key(home, 13, 12, held=True, after=60)
    home.wait_for_url("**/tv/bins")
    home.wait_for_timeout(300)
    assert len(asked) == 1
    assert home.url.endswith("/tv/bins")


def test_ok_struck_twice_opens_one_page_and_not_what_has_the_focus_there(home: Page) -> None:
    key(home, 13, 2, after=30)
    home.wait_for_url("**/tv/bins")
    key(home, 13, after=400)
    assert home.url.endswith("/tv/bins")


def test_an_arrow_takes_back_a_digit(home: Page) -> None:
    home.keyboard.press("3")
    assert home.inner_text("output") == "3--"
    home.keyboard.press("ArrowDown")
    assert home.inner_text("output") == "100"
    home.keyboard.press("Enter")
    home.wait_for_url("**/tv/council-tax")


def test_a_digit_waits_two_seconds_for_another(home: Page) -> None:
    home.keyboard.press("3")
    home.wait_for_timeout(1500)
    assert home.url.endswith("/tv/")
    assert home.inner_text("output") == "3--"
    home.wait_for_url("**/tv/homes", timeout=1500)


def test_what_is_pressed_last_is_meant_while_a_page_is_coming(home: Page) -> None:
    home.route("**/tv/bins", lambda route: None)
    home.keyboard.press("Enter")
    home.keyboard.press("ArrowDown")
    home.keyboard.press("Enter")
    home.wait_for_url("**/tv/council-tax")
    assert "Council tax" in home.inner_text("h1")
    press(home, "back")
    home.wait_for_url("**/tv/")


def test_back_on_the_first_page_of_all_stays_and_on_a_deep_one_goes_up(home: Page) -> None:
    key(home, OLD)
    home.wait_for_timeout(200)
    assert home.url.endswith("/tv/")
    assert focus(home)
    home.evaluate("window.name = ''")
    home.goto("/tv/bins/missed-bin/2")
    for there in ("/tv/bins/missed-bin", "/tv/bins", "/tv/"):
        key(home, OLD, after=50)
        home.wait_for_url(f"**{there}")


@pytest.mark.parametrize(
    "name", ["", "null", "7", "[]", '"x"', "{", '{"way":{}}', '{"way":[null]}', '{"way":[7]}', '{"way":[["/x"]]}']
)
def test_whatever_another_site_left_in_the_name_of_the_window_a_page_begins(name: str, home: Page) -> None:
    faults: list[object] = []
    home.on("pageerror", lambda fault: faults.append(fault))
    home.evaluate("name => { window.name = name }", name)
    home.goto("/tv/bins")
    home.keyboard.press("ArrowDown")
    home.keyboard.press("ArrowUp")
    assert focus(home)
    assert not faults


def test_focus_that_is_lost_is_found_by_the_next_arrow(home: Page) -> None:
    for arrow in ("ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"):
        home.evaluate("document.activeElement.blur()")
        assert home.evaluate(FOCUS) == -1
        home.keyboard.press(arrow)
        assert home.evaluate(FOCUS) >= 0, arrow


def test_letters_digits_and_the_keys_that_edit_belong_to_a_field(open_page: Open) -> None:
    page = open_page("tv")
    to_text(page)
    page.keyboard.type("ring 12 by")
    assert page.input_value("input[name=answer]") == "ring 12 by"
    for edit in ("Backspace", "ArrowLeft", "Backspace"):
        page.keyboard.press(edit)
    assert page.input_value("input[name=answer]") == "ring 12b"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.type") != "text"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.type") == "text"


@pytest.mark.parametrize("code", [461, 27, 8])
def test_back_leads_out_of_a_field_and_deletes_first_where_it_is_the_key_for_that(code: int, open_page: Open) -> None:
    page = open_page("tv")
    to_text(page)
    if code == 8:
        page.keyboard.type("x")
        key(page, code)
        page.wait_for_timeout(100)
        assert page.url.endswith("/ask/home")
        page.fill("input[name=answer]", "")
    key(page, code, after=50)
    page.wait_for_url("**/ask/tag")


def test_two_presses_of_send_send_once(open_page: Open) -> None:
    page = open_page("tv")
    page.goto(ASK)
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    held: list[Route] = []
    page.route("**/ask/day", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    for _ in range(3):
        key(page, 13, after=450)
    for route in held:
        route.continue_()
    page.wait_for_url("**/ask/bin")
    assert len(sent) == 1


def test_an_answer_that_is_wrong_is_shown_as_wrong_with_what_was_entered(open_page: Open) -> None:
    page = open_page("tv")
    to_text(page)
    page.keyboard.type("x" * 3)
    page.keyboard.press("Enter")
    page.wait_for_selector(".e")
    assert page.input_value("input[name=answer]") == "xxx"


def test_a_page_that_comes_back_from_memory_takes_keys_again(home: Page) -> None:
    home.keyboard.press("Enter")
    home.wait_for_url("**/tv/bins")
    home.evaluate("history.back()")
    home.wait_for_url("**/tv/")
    home.evaluate("window.onpageshow({persisted: true})")
    home.keyboard.press("ArrowDown")
    home.keyboard.press("Enter")
    home.wait_for_url("**/tv/council-tax")


def test_nothing_is_fetched_ahead_that_is_a_residents_own_or_sound_or_not_rested_on(open_page: Open) -> None:
    page = open_page("tv")
    page.goto("/tv/bins/missed-bin")
    fetched: list[str] = []
    page.on("request", lambda asked: fetched.append(asked.url) if asked.resource_type == "xhr" else None)
    assert page.evaluate("document.activeElement.href").endswith("/ask")
    page.wait_for_timeout(900)
    for link in page.query_selector_all(".y"):
        link.focus()
        page.keyboard.press("Control")
        page.wait_for_timeout(900)
    page.focus(".g")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(200)
    assert not [one for one in fetched if not one.endswith("/tv/")]


@pytest.mark.parametrize("missing", ["FormData", "XMLHttpRequest"])
def test_a_set_that_lacks_what_asks_goes_on_as_without_a_script(missing: str, open_page: Open) -> None:
    page = open_page("tv")
    page.add_init_script(f"delete window.{missing}")
    page.goto("/tv/bins/missed-bin")
    page.focus("#f")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/ask(/day)?$"))
    page.focus("#f")
    # Past what counts as striking twice.
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask/bin")
