"""The television's script under an impatient or clumsy hand, and on a slow television."""

import re

import pytest
from browser.browser_types import Open
from browser.page_checks import expect_page
from browser.tv.remote_control import RemoteControl, focused_text
from playwright.sync_api import Page, Route, expect

ASK = "/tv/bins/missed-bin/ask"
FOCUSED_INDEX = "[...document.querySelectorAll('a,button,input:not([type=hidden])')].indexOf(document.activeElement)"
ARROW_RIGHT, ENTER = 39, 13
HOME, BINS, COUNCIL_TAX = "How can we help?", "Bins and recycling", "Council tax and benefits"


@pytest.fixture
def remote(open_page: Open) -> RemoteControl:
    """Return the remote control of a television that shows the first page."""
    remote = RemoteControl(open_page("tv"))
    remote.page.goto("/tv/")
    return remote


def open_text_question(remote: RemoteControl) -> None:
    """Answer a report up to the question that is answered in letters, and open its page with the keys."""
    remote.page.goto(ASK)
    for step in ("bin", "out", "tag", "home"):
        remote.press("1")
        remote.page.wait_for_url(f"**/ask/{step}")
    remote.press("2")
    remote.page.wait_for_url("**/ask/home/2")


def _focused_index(page: Page) -> int:
    found: int = page.evaluate(FOCUSED_INDEX)
    return found


def _reading_order(remote: RemoteControl) -> list[int]:
    """Return the indexes of the links in the order in which Right visits them."""
    found: list[int] = []
    while (here := _focused_index(remote.page)) not in found:
        found.append(here)
        remote.press("ArrowRight")
    return found


@pytest.mark.parametrize("slowdown", [1, 40])
def test_each_press_moves_the_focus_once_on_a_slow_television(slowdown: int, remote: RemoteControl) -> None:
    """Arrows pressed faster than a slow television draws move the focus by as many links as there were presses."""
    page = remote.page
    count = page.evaluate("document.querySelectorAll('a').length")
    start = _focused_index(page)
    order = _reading_order(remote)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    for presses in (3, count + 2):
        page.evaluate("n => document.querySelectorAll('a')[n].focus()", start)
        for _ in range(presses):
            page.keyboard.press("ArrowRight")
        assert _focused_index(page) == order[(order.index(start) + presses) % count]
    for digit in "214":
        page.keyboard.press(digit)
    remote.wait(1)
    expect_page(page, "**/tv/bins/missed-bin", "Report a missed bin")
    assert focused_text(page)


def test_holding_an_arrow_moves_at_every_repeat(remote: RemoteControl) -> None:
    order = _reading_order(remote)
    start = order.index(_focused_index(remote.page))
    remote.hold(ARROW_RIGHT, 8)
    assert _focused_index(remote.page) == order[(start + 9) % len(order)]


def test_holding_ok_opens_one_page(remote: RemoteControl) -> None:
    """Repeats that arrive on the next page do not open what has the focus there."""
    session = remote.page.context.new_cdp_session(remote.page)

    def key_down(*, repeat: bool) -> None:
        remote.wait(60)
        pressed = {"type": "rawKeyDown", "windowsVirtualKeyCode": ENTER, "autoRepeat": repeat}
        session.send("Input.dispatchKeyEvent", pressed)

    key_down(repeat=False)
    for _ in range(5):
        key_down(repeat=True)
    expect_page(remote.page, "**/tv/bins", BINS)
    for _ in range(6):
        key_down(repeat=True)
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", "windowsVirtualKeyCode": ENTER})
    assert remote.requested() == []
    assert remote.page.url.endswith("/tv/bins")


def test_ok_struck_twice_opens_one_page_and_not_what_has_the_focus_there(remote: RemoteControl) -> None:
    remote.press("Enter")
    expect_page(remote.page, "**/tv/bins", BINS)
    remote.press("Enter", apart=300)
    assert remote.requested() == []
    # The next page is held back: while a page is replaced, its script cannot be asked what it requested.
    held: list[Route] = []
    remote.page.route("**/tv/bins/**", lambda route: held.append(route))
    remote.press("Enter", apart=400)
    assert len(remote.requested()) == 1
    held[0].continue_()
    remote.page.unroute("**/tv/bins/**")
    expect(remote.page.locator("h1")).not_to_have_text(BINS)


def test_an_arrow_cancels_a_digit(remote: RemoteControl) -> None:
    remote.press("3")
    assert remote.page.inner_text("output") == "3--"
    remote.press("ArrowRight")
    assert remote.page.inner_text("output") == "100"
    remote.press("Enter")
    expect_page(remote.page, "**/tv/council-tax", COUNCIL_TAX)


def test_a_digit_waits_for_another(remote: RemoteControl) -> None:
    remote.press("3")
    remote.wait(1100)
    assert not [line for line in remote.requested() if line.endswith("/tv/homes")]
    assert remote.page.inner_text("output") == "3--"
    remote.wait(200)
    expect_page(remote.page, "**/tv/homes", "Housing and repairs")


def test_the_last_press_wins_while_a_page_is_loading(remote: RemoteControl) -> None:
    page = remote.page
    page.route("**/tv/bins", lambda route: None)
    remote.press("Enter", "ArrowRight", "Enter")
    expect_page(page, "**/tv/council-tax", COUNCIL_TAX)
    remote.press("back")
    expect_page(page, "**/tv/", HOME)


def test_back_stays_on_the_first_page_and_goes_up_from_a_deep_one(remote: RemoteControl) -> None:
    page = remote.page
    remote.press("back")
    assert remote.requested() == []
    assert page.url.endswith("/tv/")
    assert focused_text(page)
    page.evaluate("window.name = ''")
    page.goto("/tv/bins/missed-bin/2")
    for address, title in (("bins/missed-bin", "Report a missed bin"), ("bins", BINS), ("", HOME)):
        remote.press("back")
        expect_page(page, f"**/tv/{address}", title)


@pytest.mark.parametrize(
    "name", ["", "null", "7", "[]", '"x"', "{", '{"way":{}}', '{"way":[null]}', '{"way":[7]}', '{"way":[["/x"]]}']
)
def test_a_page_starts_whatever_another_site_left_in_window_name(name: str, remote: RemoteControl) -> None:
    errors: list[object] = []
    remote.page.on("pageerror", lambda error: errors.append(error))
    remote.page.evaluate("name => { window.name = name }", name)
    remote.page.goto("/tv/bins")
    remote.press("ArrowDown", "ArrowUp")
    assert focused_text(remote.page)
    assert not errors


def test_the_next_arrow_restores_a_lost_focus(remote: RemoteControl) -> None:
    for arrow in ("ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"):
        remote.page.evaluate("document.activeElement.blur()")
        assert _focused_index(remote.page) == -1
        remote.press(arrow)
        assert _focused_index(remote.page) >= 0, arrow


def test_a_keyboard_writes_letters_and_deletes_them(remote: RemoteControl) -> None:
    page = remote.page
    open_text_question(remote)
    page.keyboard.type("ring by")
    assert page.input_value("input[name=answer]") == "Ring By"
    remote.press("Backspace", "yellow")
    assert page.evaluate("document.querySelector('[name=answer]').value") == "Ring "
    remote.press("ArrowDown")
    assert page.evaluate("document.activeElement.name") == "k"
    remote.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "f"


@pytest.mark.parametrize("key", ["back", "Escape", "Backspace"])
def test_back_leaves_a_field_but_backspace_first_deletes(key: str, remote: RemoteControl) -> None:
    page = remote.page
    open_text_question(remote)
    if key == "Backspace":
        page.keyboard.type("x")
        remote.press(key)
        assert remote.requested() == []
        assert page.input_value("input[name=answer]") == ""
    remote.press(key)
    expect_page(page, "**/ask/home", "What is the address?")


def test_repeated_presses_of_send_send_one_form(remote: RemoteControl) -> None:
    page = remote.page
    page.goto(ASK)
    page.route("**/ask/day", lambda route: None if route.request.method == "POST" else route.continue_())
    remote.press("Enter", "Enter", "Enter")
    assert [line for line in remote.requested() if line.startswith("POST")] == [
        f"POST {page.url.removesuffix('/day')}/day"
    ]
    page.unroute("**/ask/day")


def test_a_rejected_answer_is_shown_with_what_was_entered(remote: RemoteControl) -> None:
    open_text_question(remote)
    remote.page.keyboard.type("xxx")
    remote.press("Enter")
    remote.page.wait_for_selector(".e")
    assert remote.page.input_value("input[name=answer]") == "Xxx"


def test_a_page_restored_from_the_back_forward_cache_takes_keys_again(remote: RemoteControl) -> None:
    page = remote.page
    remote.press("Enter")
    expect_page(page, "**/tv/bins", BINS)
    page.go_back()
    expect_page(page, "**/tv/", HOME)
    page.evaluate("window.onpageshow({persisted: true})")
    remote.press("ArrowRight", "Enter")
    expect_page(page, "**/tv/council-tax", COUNCIL_TAX)


def test_private_pages_audio_and_briefly_focused_links_are_not_prefetched(open_page: Open) -> None:
    remote = RemoteControl(open_page("tv"))
    page = remote.page
    page.goto("/tv/bins/missed-bin")
    assert page.evaluate("document.activeElement.href").endswith("/ask")
    remote.wait(900)
    for link in page.query_selector_all(".y"):
        link.focus()
        remote.press("Control")
        remote.wait(900)
    page.focus(".g")
    for _ in range(5):
        remote.press("ArrowRight", apart=200)
    assert not [line for line in remote.requested() if not line.endswith("/tv/")]


@pytest.mark.parametrize("missing", ["FormData", "XMLHttpRequest"])
def test_a_television_without_form_data_or_requests_works_as_without_script(missing: str, open_page: Open) -> None:
    page = open_page("tv")
    remote = RemoteControl(page)
    page.add_init_script(f"delete window.{missing}")
    page.goto("/tv/bins/missed-bin")
    page.focus("#f")
    remote.press("Enter")
    page.wait_for_url(re.compile("/ask(/day)?$"))
    expect(page.locator("h1")).to_have_text("When should we have emptied it?")
    page.focus("#f")
    remote.press("Enter")
    expect_page(page, "**/ask/bin", "Which was missed?")
