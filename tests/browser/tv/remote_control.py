"""A remote control that also drives the page's clock, so that no test depends on how busy the machine is."""

from datetime import UTC, datetime, timedelta

from browser.page_checks import wait_until
from playwright.sync_api import Page

# HbbTV's key codes (CEA-2014, TS 102 796). A keyboard has no such keys: they are sent over the debugging protocol.
KEY_CODES = {"red": 403, "green": 404, "yellow": 405, "blue": 406, "back": 461}
DOUBLE_STRIKE = 350
"""Milliseconds within which remote.js takes a second OK for the same press."""
MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
RECORD_REQUESTS = """
window.requested = []; window.unanswered = 0;
(function (open, send) {
  XMLHttpRequest.prototype.open = function (method, address) { requested.push(method + ' ' + address); open.apply(this, arguments); };
  XMLHttpRequest.prototype.send = function (body) {
    unanswered++;
    this.addEventListener('loadend', function () { unanswered--; });
    send.call(this, body);
  };
}(XMLHttpRequest.prototype.open, XMLHttpRequest.prototype.send));
"""


def send_key(page: Page, code: int) -> None:
    """Press a key by its code and let it go."""
    session = page.context.new_cdp_session(page)
    for event in ("rawKeyDown", "keyUp"):
        session.send("Input.dispatchKeyEvent", {"type": event, "windowsVirtualKeyCode": code})
    session.detach()


class RemoteControl:
    """The keys of a page. The page's clock advances only by `wait` and by the pause before each press."""

    def __init__(self, page: Page) -> None:
        """Take over the clock of `page`, which has not been loaded yet."""
        self.page = page
        page.add_init_script(RECORD_REQUESTS)
        page.clock.install(time=MORNING)
        # The clock runs from `install` on: `pause_at` needs a time in the future.
        page.clock.pause_at(MORNING + timedelta(hours=1))

    def wait(self, milliseconds: int) -> None:
        """Move the page's clock on; timers that are due run."""
        self.page.clock.run_for(milliseconds)

    def press(self, *keys: str, apart: int = DOUBLE_STRIKE + 50) -> None:
        """Press keys, each `apart` milliseconds after the one before; names are a keyboard's or those of KEY_CODES."""
        for key in keys:
            self.wait(apart)
            if key in KEY_CODES:
                send_key(self.page, KEY_CODES[key])
            else:
                self.page.keyboard.press(key)
            # A digit that completes a number opens its page from a timer of 0 ms.
            self.wait(1)

    def hold(self, code: int, repeats: int, *, apart: int = 60) -> None:
        """Hold a key down for so many repeats, `apart` milliseconds from each other, and let it go."""
        session = self.page.context.new_cdp_session(self.page)
        for number in range(repeats + 1):
            self.wait(apart)
            pressed = {"type": "rawKeyDown", "windowsVirtualKeyCode": code, "autoRepeat": number > 0}
            session.send("Input.dispatchKeyEvent", pressed)
        session.send("Input.dispatchKeyEvent", {"type": "keyUp", "windowsVirtualKeyCode": code})
        session.detach()

    def requested(self) -> list[str]:
        """Return what the script of this page has requested: "GET http://..."."""
        found: list[str] = self.page.evaluate("requested")
        return found

    def wait_for_answers(self) -> None:
        """Wait until every request of this page's script has been answered."""
        wait_until(self.page, "unanswered === 0")


def write(page: Page, text: str) -> None:
    """Put a text into the field of a question in letters, as its keys would."""
    page.evaluate("text => { document.querySelector('input[name=answer]').value = text; }", text)


def focused_text(page: Page) -> str:
    """Return the text of the element that has the focus."""
    text: str = page.evaluate("(document.activeElement.textContent || '').replace(/\\s+/g, ' ').trim()")
    return text
