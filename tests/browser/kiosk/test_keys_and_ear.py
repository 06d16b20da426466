"""The kiosk by keys and by ear: arrows, Enter, one switch, bouncing taps, and what is read aloud when."""

from browser.browser_types import Open
from browser.page_checks import expect_page, tap, wait_until
from playwright.sync_api import Page, expect

BIN = "/kiosk/bins/missed-bin/ask"
LISTEN_KEY, SWITCH = "F13", "F14"
PLAYED = """
window.played = JSON.parse(sessionStorage.getItem('played') || '[]');
window.Audio = class extends EventTarget {
  constructor(address) { super(); this.address = address; }
  play() {
    window.played.push(this.address);
    sessionStorage.setItem('played', JSON.stringify(window.played));
    return Promise.resolve();
  }
  pause() { window.stopped = this.address; }
};
window.outputs = 1;
navigator.mediaDevices.enumerateDevices = () => Promise.resolve(Array(window.outputs).fill({ kind: 'audiooutput' }));
"""


def key(page: Page, code: str) -> None:
    """Press a key that Playwright has no name for."""
    press = f"window.dispatchEvent(new KeyboardEvent('keydown', {{key: '{code}', code: '{code}', cancelable: true}}))"
    page.evaluate(press)


def listening(open_page: Open, path: str) -> Page:
    page = open_page("portrait")
    page.add_init_script(PLAYED)
    page.goto(path)
    return page


def played(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.played.map((one) => one.replace(/^.*[/]speech[/]at/, ''))")
    return found


def test_one_key_reads_this_page_and_those_that_follow(open_page: Open) -> None:
    page = listening(open_page, "/kiosk/~portrait/bins")
    key(page, LISTEN_KEY)
    wait_until(page, "window.played.length === 1")
    assert played(page) == ["/kiosk/~portrait/bins.mp3"]
    expect(page.get_by_role("button", name="Stop")).to_have_attribute("aria-pressed", "true")
    page.goto("/kiosk/~portrait/bins/missed-bin")
    wait_until(page, "window.played.length === 2")
    # Any key interrupts it, and the key begins it again.
    page.keyboard.press("ArrowDown")
    assert page.evaluate("window.stopped")
    expect(page.get_by_role("button", name="Listen")).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="Listen").tap()
    wait_until(page, "window.played.length === 3")
    assert played(page)[-1] == "/kiosk/~portrait/bins/missed-bin.mp3"


def test_headphones_begin_it_and_end_it(open_page: Open) -> None:
    page = listening(open_page, "/kiosk/~portrait/bins")
    page.evaluate("window.outputs = 2; navigator.mediaDevices.dispatchEvent(new Event('devicechange'))")
    wait_until(page, "window.played.length === 1")
    page.evaluate("window.outputs = 1; navigator.mediaDevices.dispatchEvent(new Event('devicechange'))")
    wait_until(page, "Boolean(window.stopped)")
    assert played(page) == ["/kiosk/~portrait/bins.mp3"]


def test_answers_are_read_only_after_asking(open_page: Open) -> None:
    page = listening(open_page, f"{BIN}/day")
    key(page, LISTEN_KEY)
    wait_until(page, "window.played.length === 1")
    expect(page.locator("#aloud")).to_have_count(0)
    page.get_by_text("Today", exact=False).first.tap()
    tap(page, "Continue")
    # Leaving before the answer has been stored would cancel the request.
    expect(page.locator("h1")).to_have_text("Which was missed?")
    page.goto(f"{BIN}/day")
    dialog = page.get_by_role("dialog", name="This page says your answers aloud. Use headphones?")
    expect(dialog).to_be_visible()
    wait_until(page, "window.played[window.played.length - 1].includes('spoken/aloud')")
    page.keyboard.press("Enter")
    wait_until(page, "window.played[window.played.length - 1].includes('/ask/day')")
    expect(dialog).to_be_hidden()


def test_arrows_and_enter_lead_from_the_start_to_a_service(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/~portrait/attract")
    page.keyboard.press("Enter")
    expect_page(page, "**/kiosk/~portrait/", "How can we help?")
    for _ in range(30):
        page.keyboard.press("ArrowRight")
        if "Bins" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")
    expect_page(page, "**/bins", "Bins and recycling")


def test_right_alone_reaches_everything(open_page: Open) -> None:
    page = open_page("landscape")
    page.goto("/kiosk/~landscape/bins")
    everything = page.locator("main a, main button, .bar a, .bar button").count()
    reached = set()
    for _ in range(everything + 2):
        page.keyboard.press("ArrowRight")
        reached.add(page.evaluate("[...document.querySelectorAll('a, button')].indexOf(document.activeElement)"))
    assert len(reached - {-1}) >= everything


def test_one_switch_walks_and_chooses(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/~portrait/bins")
    key(page, SWITCH)
    first = page.evaluate("document.activeElement.textContent")
    wait_until(page, f"document.activeElement.textContent !== {first!r}")
    chosen = page.evaluate("document.activeElement.href")
    key(page, SWITCH)
    page.wait_for_url(chosen)
    assert page.url == chosen


def test_a_key_chosen_by_enter_keeps_the_focus(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/~portrait/search")
    board = page.locator("[data-key=b]")
    board.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    page.keyboard.press("Enter")
    expect(board).to_be_focused()
    expect(page.locator("input[name=q]")).to_have_value("bb")


def test_the_shift_state_is_said(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/~portrait/search")
    shift, said = page.locator("[data-act=shift]"), page.locator(".keys [role=status]")
    shift.tap()
    expect(shift).to_have_attribute("aria-pressed", "true")
    expect(said).to_have_text("Capital letters are on")
    tap(page, "A")
    expect(said).to_have_text("Capital letters are off")


def test_two_taps_within_150_ms_count_once(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/~portrait/search")
    box = page.locator("[data-key=b]").bounding_box()
    assert box
    page.mouse.dblclick(box["x"] + 5, box["y"] + 5)
    expect(page.locator("input[name=q]")).to_have_value("b")
    page.wait_for_timeout(200)
    tap(page, "b")
    expect(page.locator("input[name=q]")).to_have_value("bb")


def test_after_a_refused_choice_the_focus_is_on_the_first(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto(f"{BIN}/day")
    tap(page, "Continue")
    expect(page.get_by_role("alert").first).to_contain_text("Error")
    expect(page.locator(".options input").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".options input").first).to_be_checked()
