"""Visits to a kiosk: history, modes and input, none of which is left for the next visitor."""

from collections.abc import Callable

import pytest
from browser.browser_types import Open
from browser.page_checks import expect_idle_kiosk, expect_page
from playwright.sync_api import Page, Route, expect

SIZES = ["portrait", "landscape"]


def finish(page: Page) -> None:
    page.get_by_text("I’m finished").first.tap()
    expect_idle_kiosk(page)


def test_a_visit_leaves_no_history(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/attract")
    begun = page.evaluate("history.length")
    page.locator("[data-begin]").tap()
    expect_page(page, "**/kiosk/", "How can we help?")
    page.get_by_role("link", name="Bins and recycling").tap()
    expect_page(page, "**/bins", "Bins and recycling")
    page.get_by_role("link", name="Check your collection days").first.tap()
    expect_page(page, "**/bins/collection-days", "Check your collection days")
    page.get_by_role("link", name="Search").tap()
    expect_page(page, "**/search", "Search")
    page.get_by_role("button", name="b", exact=True).tap()
    page.get_by_role("button", name="Search").last.tap()
    expect_page(page, "**/search?q=b", "Search: b")
    assert page.evaluate("history.length") == begun
    finish(page)
    assert page.evaluate("history.length") == begun
    assert page.go_forward() is None
    page.go_back()
    assert page.url == "about:blank"


def send(page: Page, answer: Callable[[Route], None]) -> None:
    """Submit a form from the current page; `answer` plays the server."""
    page.route("**/kiosk/ask/colour", answer)
    page.evaluate(
        """() => {
            const form = document.createElement("form");
            form.setAttribute("method", "post");
            form.setAttribute("action", "/kiosk/ask/colour");
            form.innerHTML = '<input name="colour" value="red"><button>Send</button><p data-unsent hidden>Not sent</p>';
            document.querySelector("main").append(form);
            form.requestSubmit(form.querySelector("button"));
        }"""
    )


def test_a_submitted_form_leaves_no_history(open_page: Open, origin: str) -> None:
    page = open_page("portrait")
    page.clock.install()
    page.goto("/kiosk/bins/missed-bin")
    begun = page.evaluate("history.length")
    sent: list[str] = []

    def answer(route: Route) -> None:
        sent.append(f"{route.request.method} {route.request.post_data}")
        body = route.fetch(url=f"{origin}/kiosk/bins", method="GET").text().replace("Bins and recycling", "Received", 1)
        route.fulfill(status=422, content_type="text/html", body=body)

    send(page, answer)
    page.wait_for_url("**/kiosk/ask/colour")
    expect(page.locator("h1")).to_have_text("Bins and recycling")
    assert sent == ["POST colour=red"]
    assert page.evaluate("history.length") == begun
    # The page of the response has the idle timer too.
    page.clock.run_for(61_000)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    page.clock.run_for(21_000)
    expect_idle_kiosk(page)
    assert page.evaluate("history.length") == begun


def test_a_failed_submission_is_reported_and_can_be_repeated(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/bins/missed-bin")
    send(page, lambda route: route.abort())
    expect(page.get_by_text("Not sent")).to_be_visible()
    assert page.url.endswith("/kiosk/bins/missed-bin")


def test_the_search_box_is_empty_for_the_next_visitor(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/search")
    for letter in "debt":
        page.get_by_role("button", name=letter, exact=True).tap()
    finish(page)
    page.locator("[data-begin]").tap()
    page.get_by_role("link", name="Search").first.tap()
    expect_page(page, "**/search", "Search")
    assert page.locator("input[name=q]").input_value() == ""


def test_clearing_hides_the_page_while_the_server_is_unreachable(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/bins/missed-bin")
    page.route("**/attract", lambda route: route.abort())
    page.get_by_text("I’m finished").first.tap()
    expect(page.get_by_role("heading", name="Report a missed bin")).to_be_hidden()
    page.unroute("**/attract")
    expect_idle_kiosk(page)


def test_modes_and_language_are_reset_after_a_visit(open_page: Open) -> None:
    page = open_page("landscape")
    page.goto("/kiosk/~landscape.large.contrast.low/cy/bins")
    page.locator(".finished").tap()
    expect_idle_kiosk(page, "**/kiosk/~landscape/attract")
    assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("mode", "control"), [("contrast", "Contrast"), ("low", "Lower")])
def test_a_mode_is_switched_on_and_off_by_the_same_control(mode: str, control: str, size: str, open_page: Open) -> None:
    page = open_page(size)
    page.goto(f"/kiosk/~{size}/bins/missed-bin")
    place = page.get_by_role("link", name=control).bounding_box()
    page.get_by_role("link", name=control).tap()
    expect_page(page, f"**/kiosk/~{size}.{mode}/bins/missed-bin*", "Report a missed bin")
    expect(page.get_by_role("link", name=control)).to_have_class("way on")
    assert page.get_by_role("link", name=control).bounding_box() == place
    page.get_by_role("link", name=control).tap()
    expect_page(page, f"**/kiosk/~{size}/bins/missed-bin*", "Report a missed bin")
    expect(page.get_by_role("link", name=control)).to_have_class("way")


@pytest.mark.parametrize("size", SIZES)
def test_one_control_goes_through_the_four_text_sizes(size: str, open_page: Open) -> None:
    page = open_page(size)
    page.goto(f"/kiosk/~{size}/bins/missed-bin")
    control = page.locator(".resize")
    place, heights = control.bounding_box(), []
    for label, following in (("Larger", ".large"), ("Larger", ".larger"), ("Larger", ".largest"), ("Smaller", "")):
        heights.append(page.locator("main .lead").evaluate("one => parseFloat(getComputedStyle(one).fontSize)"))
        page.get_by_role("link", name=label).tap()
        expect_page(page, f"**/kiosk/~{size}{following}/bins/missed-bin*", "Report a missed bin")
        assert control.bounding_box() == place
    assert heights == sorted(heights) and heights[3] >= 1.95 * heights[0]


def test_a_language_is_switched_on_and_off(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/~portrait.large/bins/missed-bin")
    page.get_by_role("link", name="Cymraeg").tap()
    expect_page(page, "**/kiosk/~portrait.large/cy/bins/missed-bin*", "Rhoi gwybod am fin heb ei gasglu")
    page.get_by_role("link", name="English").tap()
    expect_page(page, "**/kiosk/~portrait.large/bins/missed-bin*", "Report a missed bin")


@pytest.mark.parametrize("size", SIZES)
def test_the_bar_never_moves(size: str, open_page: Open) -> None:
    page = open_page(size)
    places = []
    for device in (size, f"{size}.large.contrast.low"):
        for address in (
            "/",
            "/bins",
            "/bins/missed-bin",
            "/search",
            "/search/parking",
            "/number",
            "/a-z",
            "/nowhere",
            "/cy/",
        ):
            page.goto(f"/kiosk/~{device}{address}")
            places.append(page.locator(".bar").bounding_box())
            places.append(page.locator(".bar").bounding_box())
    assert all(place == places[0] for place in places)
    assert places[0] and places[0]["y"] + places[0]["height"] == (1920 if size == "portrait" else 1080)


@pytest.mark.parametrize("size", SIZES)
def test_lowered_controls_are_within_reach_from_a_wheelchair(size: str, open_page: Open) -> None:
    """The screen's lower edge is 700 or 900 mm above the floor; the highest reach is 1220 mm."""
    highest = {"portrait": 1920 - (1220 - 700) * 2.71, "landscape": 1080 - (1220 - 900) * 2.71}[size]
    page = open_page(size)
    for modes in ("low", "large.contrast.low"):
        for address in (
            "/",
            "/bins",
            "/bins/missed-bin",
            "/search",
            "/search/parking",
            "/number",
            "/phone/bins",
            "/nowhere",
        ):
            page.goto(f"/kiosk/~{size}.{modes}{address}")
            tops = page.evaluate(
                "[...document.querySelectorAll('a[href]:not(.skip), button, input')].filter((e) => e.checkVisibility())"
                ".map((e) => e.getBoundingClientRect()).filter((box) => box.width > 1).map((box) => box.top)"
            )
            assert len(tops) > 8
            assert min(tops) >= highest - 1, (address, modes)


def test_back_leads_to_the_search_results_and_then_up(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/search/parking")
    page.get_by_role("link", name="permit").first.tap()
    page.wait_for_url("**/roads/**")
    expect(page.locator("h1")).to_contain_text("permit")
    page.get_by_role("link", name="Back").tap()
    expect_page(page, "**/search/parking*", "Search: parking")
    page.get_by_role("link", name="Back").tap()
    expect_page(page, "**/kiosk/", "How can we help?")


def test_back_after_a_mode_does_not_undo_it(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/~portrait/bins/missed-bin")
    page.get_by_role("link", name="Larger (text size 1 of 4)", exact=True).tap()
    expect_page(page, "**/~portrait.large/bins/missed-bin*", "Report a missed bin")
    page.get_by_role("link", name="Back").tap()
    expect_page(page, "**/kiosk/~portrait.large/bins", "Bins and recycling")


def test_pages_are_turned_by_touch(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/bins/missed-bin")
    page.get_by_role("link", name="Next page").tap()
    expect_page(page, "**/bins/missed-bin/2*", "Report a missed bin")
    page.get_by_role("link", name="Previous page").tap()
    expect_page(page, "**/bins/missed-bin*", "Report a missed bin")
    expect(page.locator(".count")).to_contain_text("1 of")


def test_a_page_is_handed_to_a_phone_by_qr_code(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/bins/missed-bin")
    page.get_by_role("link", name="Take it with you").tap()
    expect_page(page, "**/phone/bins/missed-bin", "To your phone")
    box = page.get_by_role("img", name="QR code").bounding_box()
    assert box and box["width"] >= 60 * 2.71


def test_the_idle_dialog_has_a_name_and_its_button_the_focus(open_page: Open) -> None:
    page = open_page("portrait")
    page.clock.install()
    page.goto("/kiosk/bins/missed-bin")
    page.clock.run_for(59_000)
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    page.clock.run_for(2_000)
    dialog = page.get_by_role("alertdialog", name="Are you still there?")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button")).to_be_focused()
    page.clock.run_for(5_000)
    assert 13 <= int(dialog.get_by_role("timer").inner_text()) <= 15
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_touch_resets_the_idle_timer(open_page: Open) -> None:
    page = open_page("portrait")
    page.clock.install()
    page.goto("/kiosk/bins/missed-bin")
    for _ in range(3):
        page.clock.run_for(50_000)
        page.locator("h1").tap()
    expect(page.get_by_role("alertdialog")).to_be_hidden()


def test_a_touch_anywhere_begins_a_visit(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/attract")
    page.touchscreen.tap(40, 1890)
    expect_page(page, "**/kiosk/", "How can we help?")


def test_reduced_motion_stops_animations(open_page: Open) -> None:
    for motion, count in (("reduce", 0), ("no-preference", 1)):
        page = open_page("portrait", reduced_motion=motion)
        page.goto("/kiosk/attract")
        assert page.evaluate("document.getAnimations().length") == count


def test_finishing_asks_what_becomes_of_answers_that_were_not_sent(open_page: Open) -> None:
    page = open_page("portrait")
    page.goto("/kiosk/~portrait/bins/missed-bin/ask")
    page.get_by_text("Today, and it is after 3pm", exact=True).tap()
    page.get_by_role("button", name="Continue").tap()
    expect(page.locator("h1")).to_have_text("Which was missed?")
    page.locator(".finished").tap()
    expect(page.locator("h1")).to_have_text("Not sent yet")
    page.get_by_role("link", name="Go on, so that it can be sent").tap()
    expect(page.locator("h1")).to_have_text("Which was missed?")
    page.locator(".finished").tap()
    page.get_by_role("link", name="Keep it on your phone").tap()
    expect(page.locator("h1")).to_have_text("Continue on your phone")
    page.goto("/kiosk/~portrait/bins/missed-bin/ask/unsent")
    page.get_by_role("link", name="Clear it and finish").tap()
    expect_idle_kiosk(page)
    assert page.context.cookies() == []
