"""A kiosk by touch alone: browsing, number pad, keyboard, modes, and clearing after a visit."""

import pytest
from browser.browser_types import Open
from browser.page_checks import expect_idle_kiosk, expect_page
from playwright.sync_api import Page, expect

KIOSKS = [("portrait", "/kiosk/"), ("landscape", "/kiosk/~landscape/")]


def stored(page: Page) -> int:
    """Return the number of cookies and storage keys."""
    kept: int = page.evaluate("sessionStorage.length + localStorage.length")
    return kept + len(page.context.cookies())


@pytest.mark.parametrize(("size", "start"), KIOSKS)
def test_touch_alone_reaches_a_service_and_finishes(size: str, start: str, open_page: Open) -> None:
    page = open_page(size)
    page.goto(start)
    page.get_by_role("link", name="Bins and recycling").tap()
    expect_page(page, f"**{start}bins", "Bins and recycling")
    page.get_by_role("link", name="Collection days").or_(page.get_by_role("link", name="collection day")).first.tap()
    expect_page(page, f"**{start}bins/collection-days", "Check your collection days")
    page.get_by_text("I’m finished").or_(page.get_by_text("I'm finished")).first.tap()
    expect_idle_kiosk(page)


def test_the_number_pad_opens_a_service(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/number")
    for digit in "214":
        page.get_by_role("button", name=digit, exact=True).tap()
    expect_page(page, "**/bins/missed-bin", "Report a missed bin")
    expect(page.locator("h1")).to_have_text("Report a missed bin")


def test_the_kiosks_own_keyboard_searches(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/search")
    assert page.locator("input[type=search], input[name=q]").first.get_attribute("inputmode") == "none"
    for letter in "parking":
        page.get_by_role("button", name=letter, exact=True).tap()
    page.get_by_role("button", name="Search").last.tap()
    expect(
        page.get_by_role("link", name="Apply for a resident parking permit")
        .or_(page.get_by_role("link", name="parking permit"))
        .first
    ).to_be_visible()


@pytest.mark.parametrize("mode", ["large", "contrast", "low"])
def test_a_mode_stays_on_from_screen_to_screen(mode: str, open_page: Open) -> None:
    page = open_page("portrait")
    page.goto(f"/kiosk/~portrait.{mode}/")
    page.get_by_role("link", name="Bins and recycling").tap()
    expect_page(page, f"**/kiosk/~portrait.{mode}/bins", "Bins and recycling")
    expect(page.locator(".way.on")).to_have_count(1)


def test_a_wide_window_gets_the_wide_kiosk(open_page: Open) -> None:
    page = open_page("landscape")
    page.goto("/kiosk/")
    expect_page(page, "**/kiosk/~landscape/", "How can we help?")


def test_an_idle_kiosk_warns_and_then_clears_everything(open_page: Open) -> None:
    page = open_page("portrait")
    page.clock.install()
    page.goto("/kiosk/bins/missed-bin")
    page.clock.run_for(61_000)
    expect(page.get_by_role("dialog").or_(page.get_by_role("alertdialog")).first).to_be_visible()
    page.clock.run_for(21_000)
    expect_idle_kiosk(page)
    assert stored(page) == 0
    page.go_back()
    assert page.url == "about:blank"


def test_more_time_is_given_as_often_as_asked(open_page: Open) -> None:
    page = open_page("portrait")
    page.clock.install()
    page.goto("/kiosk/bins/missed-bin")
    dialog = page.get_by_role("dialog").or_(page.get_by_role("alertdialog")).first
    for _ in range(12):
        page.clock.run_for(65_000)
        expect(dialog).to_be_visible()
        dialog.get_by_role("button").first.tap()
        expect(dialog).to_be_hidden()
    assert page.url.endswith("/kiosk/bins/missed-bin")


def test_nothing_leads_out_of_the_kiosk(open_page: Open) -> None:
    page = open_page("portrait")
    for address in (
        "/kiosk/",
        "/kiosk/bins/fly-tipping",
        "/kiosk/care/register-a-birth",
        "/kiosk/planning/apply-for-planning",
    ):
        page.goto(address)
        ways: list[str] = page.evaluate("[...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href'))")
        assert ways
        assert [way for way in ways if not way.startswith(("/kiosk/", "#"))] == []


@pytest.mark.parametrize("key", ["Control+n", "Control+t", "Control+o", "Control+p", "F11", "Alt+ArrowLeft", "Meta+r"])
def test_keys_that_leave_the_kiosk_are_blocked(key: str, open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/")
    page.evaluate("addEventListener('keydown', (e) => { window.last = [e.key, e.defaultPrevented]; })")
    page.keyboard.press(key)
    assert page.evaluate("window.last") == [key.partition("+")[2] or key, True]
    assert len(page.context.pages) == 1
    assert page.url.endswith("/kiosk/")


@pytest.mark.parametrize("key", ["a", "Tab", "Enter", "Escape", "7", "Shift+A"])
def test_keys_that_type_and_move_are_not_blocked(key: str, open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/number")
    page.evaluate("addEventListener('keydown', (e) => { window.last = e.defaultPrevented; })")
    page.keyboard.press(key)
    assert page.evaluate("window.last") is False


def test_altgr_letters_are_typed(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/cy/search")
    swallowed = page.evaluate(
        """() => ["ŵ", "w"].map((key) => {
            const typed = new KeyboardEvent("keydown", {
                key, ctrlKey: true, altKey: true, modifierAltGraph: key === "ŵ", cancelable: true, bubbles: true});
            return !document.activeElement.dispatchEvent(typed);
        })"""
    )
    assert swallowed == [False, True]


@pytest.mark.parametrize("kind", ["contextmenu", "dragstart", "drop", "selectstart", "auxclick"])
def test_menus_drags_and_selections_are_off(kind: str, open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/bins/missed-bin")
    let_through = page.evaluate(
        "(kind) => document.querySelector('h1').dispatchEvent(new Event(kind, {bubbles: true, cancelable: true}))", kind
    )
    assert let_through is False


def test_no_touch_opens_another_window(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/")
    for modifier in ("Control", "Shift", "Meta"):
        page.get_by_role("link", name="Bins and recycling").click(modifiers=[modifier])
        expect_page(page, "**/kiosk/bins", "Bins and recycling")
        page.goto("/kiosk/")
    assert len(page.context.pages) == 1
