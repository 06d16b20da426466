"""One question of every kind on a television by the keys of a remote control alone: arrows, OK and digits."""

import re
from collections.abc import Mapping, Sequence

import pytest
from browser.browser_types import Open
from browser.tv.remote_control import RemoteControl
from playwright.sync_api import Locator, Page, expect
from support.samples.every_kind import (
    AGES,
    ASK,
    BEFORE,
    BORN,
    COST,
    COUNT,
    DANGER,
    DETAIL,
    EMAIL,
    HOME,
    LATER,
    MANY,
    NAME,
    PHONE,
    PHOTO,
    SPOT,
    WHEN,
    Asked,
    Everything,
    values,
)

from onestop.journeys.values.form_values import FormValues

THIN: Mapping[str, str] = {
    "detail": "Ring me about it",
    "name": "Ask me by phone",
    "home": "You have it already",
    "spot": "I will say by phone",
}
"""The alternative offered to typing text with a remote control."""
PHONE_FIRST, TYPING = "1 Continue on your phone", "Type it here with the remote"
SKIPPED = ("email", "photo")
DIGITS: Mapping[str, FormValues] = {
    "detail": {"answer": ("1" * 61,)},
    "name": {"answer": ("12",)},
    "email": {"answer": ("12",)},
    "home": {"answer": ("12",)},
}
"""Wrong input, in digits, where the right input would be text."""
PARTS: Mapping[str, Sequence[Asked]] = {
    "1": (COUNT, COST, WHEN),
    "2": (DETAIL, NAME, BORN, PHONE, EMAIL),
    "3": (HOME, SPOT, PHOTO, MANY, AGES),
}


@pytest.fixture(scope="module")
def origin(everything: Everything) -> str:
    return everything.origin


class Remote(RemoteControl):
    """A remote control whose owner looks for something on the page before pressing OK."""

    def ok(self) -> None:
        self.press("Enter")

    def to(self, place: Locator) -> None:
        """Press Down until `place` has the focus, then Right if it stands beside or above."""
        for key in ("ArrowDown", "ArrowRight"):
            for _ in range(12):
                if place.evaluate("(one) => one === document.activeElement"):
                    return
                self.press(key)
        raise AssertionError(f"no arrow reaches it: {self.page.inner_text('body')}")

    def choose(self, label: str) -> None:
        """Move to a button with arrows and press OK."""
        self.to(button(self.page, label))
        self.ok()

    def type_here(self) -> None:
        """Go from the ways to answer in letters to the field with its pad."""
        self.to(self.page.get_by_role("link", name=TYPING))
        self.ok()
        expect(self.page.locator(".t")).to_be_visible()

    def hold_each(self, digits: str) -> None:
        """Write digits into a field for letters, where a key that is held gives its digit."""
        for digit in digits:
            self.hold(ord(digit), 1)

    def write(self, entered: FormValues) -> None:
        """Enter digits into each field, replacing its value."""
        for name, texts in entered.items():
            field = self.page.locator(f"main [name='{name}']")
            self.to(field)
            self.press(*"".join(texts))


def button(page: Page, label: str) -> Locator:
    """Return the button of a label, which the digit that presses it may precede."""
    return page.get_by_role("button", name=re.compile(rf"^(\d )?{re.escape(label)}$"))


def is_typed(asked: Asked) -> bool:
    return asked.name in THIN or asked is EMAIL


def title(page: Page, text: str) -> None:
    expect(page.locator("h1")).to_have_text(text)


def has(page: Page, entered: FormValues) -> None:
    for name, texts in entered.items():
        expect(page.locator(f"main [name='{name}']")).to_have_value("".join(texts))


def refused(remote: Remote, asked: Asked) -> None:
    page, wrong = remote.page, DIGITS.get(asked.name, asked.wrong)
    if is_typed(asked):
        expect(page.get_by_role("link", name=PHONE_FIRST)).to_be_focused()
        remote.type_here()
        remote.hold_each("".join(wrong.get("answer", ())))
        remote.ok()
    elif not wrong:
        remote.choose("Continue")
    else:
        remote.write(wrong)
        remote.ok()
    expect(page.locator(".e")).to_contain_text(asked.problem)
    title(page, asked.title)
    has(page, wrong)
    if is_typed(asked):
        remote.press("back")
        expect(page.locator(".t")).to_have_count(0)


def answer(remote: Remote, asked: Asked) -> None:
    page = remote.page
    if asked.name in THIN or asked.name in SKIPPED:
        remote.choose(THIN.get(asked.name, "Skip this question"))
    elif asked is MANY:
        for label in ("The lid", "The rim"):
            box = page.get_by_label(label)
            remote.to(box)
            assert box.evaluate("(box) => getComputedStyle(box).outlineWidth") == "6px"
            remote.ok()
            expect(box).to_be_checked()
        remote.choose("Continue")
    else:
        remote.write(asked.right)
        remote.ok()
    if asked is AGES:
        expect(page.get_by_text("Answer 1: 7")).to_be_visible()
        remote.write({"answer": ("40",)})
        remote.ok()
        expect(page.get_by_text("Answer 2: 40")).to_be_visible()
        remote.choose("That is everything")


def begin(page: Page, part: str) -> Remote:
    remote = Remote(page)
    page.goto(f"/tv{ASK}")
    title(page, DANGER.title)
    remote.press("1")
    title(page, "What shall we begin with?")
    remote.press(part)
    return remote


def turned(remote: Remote) -> bool:
    """Turn to the next page; return whether there was one."""
    more = remote.page.get_by_role("link", name="More")
    if not more.count():
        return False
    number = remote.page.locator("output").inner_text()
    remote.to(more)
    remote.ok()
    expect(remote.page.locator("output")).not_to_have_text(number)
    return True


def checked(remote: Remote) -> dict[str, str]:
    """Return the answers on all check pages."""
    found: dict[str, str] = {}
    while True:
        for row in remote.page.locator("dl > div").all():
            found[row.locator("dt").inner_text()] = row.locator("dd").inner_text().removesuffix(" Change")
        if not turned(remote):
            return found


def said(part: str) -> dict[str, str]:
    """Return what the check page should show for a part."""
    first = {DANGER.title: "No", "What shall we begin with?": {"1": "Things", "2": "People", "3": "Places"}[part]}
    ways = {**THIN, "email": "Not given", "photo": "Not given"}
    return first | {asked.title: ways.get(asked.name, asked.said) for asked in PARTS[part]}


def wanted(part: str) -> dict[str, object]:
    """Return the values that should be delivered for a part."""
    first = {"danger": "no", "part": {"1": "things", "2": "people", "3": "places"}[part]}
    given = {asked.name: {"thin": THIN[asked.name]} if asked.name in THIN else asked.value for asked in PARTS[part]}
    return first | given | {name: None for name in SKIPPED if name in given}


def send(remote: Remote, everything: Everything) -> dict[str, object]:
    """Return to the first check page and send; return the delivered values."""
    page = remote.page
    back = page.locator("#u")
    while "check/" in page.url:
        number = page.locator("output").inner_text()
        remote.to(back)
        remote.ok()
        expect(page.locator("output")).not_to_have_text(number)
    remote.choose("Send")
    title(page, "Thank you. We have it.")
    case = everything.case(page.inner_text("main"))
    assert case["channel"] == "tv"
    return values(case)


@pytest.mark.parametrize("part", PARTS)
def test_each_kind_is_answered(part: str, open_page: Open, everything: Everything) -> None:
    page = open_page("tv")
    remote = begin(page, part)
    for asked in PARTS[part]:
        title(page, asked.title)
        if asked is not PHOTO:
            refused(remote, asked)
        answer(remote, asked)
    title(page, "Check your answers")
    assert checked(remote) == said(part)
    assert send(remote, everything) == wanted(part)


def test_an_answer_is_changed_and_asks_another_question(open_page: Open, everything: Everything) -> None:
    page = open_page("tv")
    remote = begin(page, "1")
    for asked in PARTS["1"]:
        title(page, asked.title)
        answer(remote, asked)
    title(page, "Check your answers")
    row = page.locator("dl > div", has_text=COUNT.title)
    while not row.count():
        assert turned(remote)
    remote.to(row.get_by_role("link"))
    remote.ok()
    title(page, COUNT.title)
    has(page, COUNT.right)
    remote.write(LATER)
    remote.ok()
    title(page, BEFORE.title)
    remote.press("1")
    title(page, "Check your answers")
    assert checked(remote) == said("1") | {COUNT.title: "12 days", BEFORE.title: BEFORE.said}
    assert send(remote, everything) == wanted("1") | {"count": 12, "before": "often"}


def test_a_stop_ends_the_journey_without_sending(open_page: Open) -> None:
    page = open_page("tv")
    remote = Remote(page)
    page.goto(f"/tv{ASK}")
    expect(page.locator("header span")).to_have_text(re.compile(r"^[0-2]\d:[0-5]\d$"))
    remote.press("2")
    expect(page.locator("main")).to_contain_text("Ring 999 now.")
    expect(page.locator("main")).to_contain_text("Nothing has been sent.")


def test_a_phones_code_brings_its_answers_to_the_television(open_page: Open, everything: Everything) -> None:
    """Text is easier to type on a phone: the television continues from there."""
    phone, set_ = open_page("phone"), open_page("tv")
    phone.goto(ASK)
    phone.get_by_label("No", exact=True).check()
    phone.get_by_role("button", name="Continue").tap()
    phone.get_by_role("link", name="Continue on another screen").tap()
    title(phone, "Continue on another screen")
    code = re.search(r"\b(\d{3}) (\d{3})\b", phone.inner_text("main"))
    assert code
    remote = Remote(set_)
    set_.goto("/tv/move")
    remote.press(*"".join(code.groups()))
    remote.ok()
    expect(set_.locator("h1")).to_have_text("What shall we begin with?")
    title(phone, "You have moved on")
