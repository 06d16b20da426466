"""A database outage in the browser: the page reports it, and one press resends the same answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from end_to_end.test_disk_failures import move
from playwright.sync_api import Browser, Page, ViewportSize, expect
from support.resident import ADDRESS, BIN
from support.servers.server_process import free_port, running_server

from onestop.journeys.kinds.place import FIELDS
from onestop.journeys.values.postal_address import split_address

SCREENS = {"phone": (390, 844, ""), "tv": (1280, 720, "/tv"), "kiosk": (1080, 1920, "/kiosk/~portrait")}
LABELS = ("Today, and it is after 3pm", "Grey bin: rubbish", "Yes", "No tag")
WORDS = "We could not take that just now"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("trouble")
    for name in ("here", "away"):
        (made / name).mkdir()
    return made


@pytest.fixture(scope="module")
def own(folder: Path) -> Iterator[str]:
    """Serve with a database that the test can move away."""
    port = free_port()
    with running_server(f"sqlite:///{folder}/here/onestop.db", None, folder, port):
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize(("screen", "script"), [("phone", False), ("tv", True), ("tv", False), ("kiosk", True)])
def test_resending_after_an_outage_keeps_the_answer(
    screen: str, script: bool, own: str, folder: Path, browser: Browser
) -> None:
    width, height, prefix = SCREENS[screen]
    size: ViewportSize = {"width": width, "height": height}
    with browser.new_context(viewport=size, base_url=own, java_script_enabled=script) as context:
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(prefix + BIN)
        for label in LABELS:
            choose(page, label)
        # A remote first chooses how to answer; the letters are entered on the second page.
        if screen == "tv":
            page.get_by_role("link", name="Type it here with the remote").click()
        page.locator("input[name=answer]").evaluate("(field, text) => { field.value = text; }", ADDRESS)
        move(folder / "here", folder / "away")
        press(page, "Continue")
        expect(page.locator("h1")).to_have_text(WORDS)
        expect(page.locator("body")).to_contain_text("What you entered is still on this page.")
        move(folder / "away", folder / "here")
        press(page, "Send it again")
        expect(page.locator("h1")).not_to_have_text(WORDS)
        page.goto(f"{prefix}{BIN}/home" + ("/2" if screen == "tv" else ""))
        # A phone has a field for each part.
        fields = dict(zip(FIELDS, split_address(ADDRESS), strict=True)) if screen == "phone" else {"answer": ADDRESS}
        for name, value in fields.items():
            expect(page.locator(f"input[name='{name}']")).to_have_value(value)


def choose(page: Page, label: str) -> None:
    """Choose an option; press Continue where choosing does not submit."""
    asked = page.locator("h1").inner_text()
    if page.get_by_role("radio").count():
        page.get_by_text(label, exact=True).click()
        press(page, "Continue")
    else:
        page.get_by_role("button", name=label).click()
    expect(page.locator("h1")).not_to_have_text(asked)


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label).click()
