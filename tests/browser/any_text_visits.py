"""Residents at a phone, a kiosk and a television who answer the questions of a journey by whatever texts come."""

from abc import ABC, abstractmethod

from browser.kiosk import test_every_kind as kiosk
from browser.page_checks import tap
from browser.tv import test_every_kind as tv
from browser.tv.remote_control import write
from playwright.sync_api import Page, expect
from support.odd_texts import Fields
from support.samples.every_kind import ASK, BEFORE, COUNT, DANGER, HOME, MANY, Asked

FOUR = {"answer": ("12",), "answer.street": ("mill rd",), "answer.town": ("east",), "answer.postcode": ("em4 2qt",)}
"""An address in the four fields of a phone."""


class Visit(ABC):
    """A resident at one channel, who answers the questions of a journey by whatever texts come."""

    prefix = ""

    def __init__(self, page: Page) -> None:
        self.page = page

    def address(self, asked: Asked) -> str:
        """Return the address of the page with the field of a question."""
        return f"{self.prefix}{ASK}/{asked.name}"

    @abstractmethod
    def press(self, button: str) -> None:
        """Press a button by its label."""

    def submit(self) -> None:
        """Go on from the field that has the focus."""
        self.press("Continue")

    def choose(self, label: str) -> None:
        """Choose the first option of a question, whose label this is."""
        self.page.locator("label.option", has_text=label).first.tap()
        self.press("Continue")

    def send(self) -> None:
        """Send the answers, from their last page."""
        self.press("Send")

    @abstractmethod
    def said(self) -> dict[str, str]:
        """Return the answers of the check pages, by question."""

    def begin(self) -> None:
        """Answer the first questions, and leave the next."""
        self.page.goto(f"{self.prefix}{ASK}")
        self.choose("No")
        self.arrive()

    def answer_before(self) -> None:
        """Answer the question that many days lead to, if it is asked."""
        self.page.goto(f"{self.prefix}{ASK}")
        expect(self.page.locator("h1")).not_to_have_text(COUNT.title)
        if self.page.locator("h1").inner_text().startswith("Was it so before"):
            self.choose(BEFORE.said)
            expect(self.page.locator("h1").filter(has_not_text="Was it so")).to_be_visible()

    def many(self) -> None:
        """Answer a question that is not answered by text."""
        self.page.goto(self.address(MANY))
        for label in ("The lid", "The rim"):
            self.page.locator("label.option", has_text=label).tap()
        self.press("Continue")
        self.arrive()

    def right(self, asked: Asked) -> Fields:
        """Return the right input for the fields that this channel has."""
        return dict(asked.right)

    def open(self, asked: Asked) -> None:
        self.page.goto(self.address(asked))
        expect(self.page.locator("h1")).to_have_text(asked.title)

    def arrive(self) -> bool:
        """Wait for the page that answers a form; return whether it says of no error."""
        expect(self.page.locator("body:not([data-left]) h1")).to_be_visible()
        return self.page.locator("#error").count() == 0

    def leave(self) -> None:
        """Mark the page, so that the next one can be told from it."""
        self.page.evaluate("document.body.dataset.left = 'yes'")

    def fields(self, form: Fields) -> Fields:
        """Return what the fields of a form hold."""
        return {name: (self.page.locator(f"main [name='{name}']").input_value(),) for name in form}

    def enter(self, name: str, text: str) -> None:
        self.page.locator(f"main [name='{name}']").fill(text)

    def send_text(self, asked: Asked, form: Fields) -> bool:
        """Enter a text and go on; return whether it was accepted. A refused one is kept, and its error belongs to the field."""
        for name, (text,) in form.items():
            self.enter(name, text)
        entered = self.fields(form)
        self.submit()
        if self.arrive():
            return True
        expect(self.page.locator("h1")).to_have_text(asked.title)
        assert self.page.locator("#error").inner_text().removeprefix("Error:").strip()
        described = self.page.locator("main :is([name^='answer'], fieldset)[aria-describedby~='error']")
        expect(described.first).to_be_attached()
        assert self.fields(form) == entered, asked.name
        return False


class PhoneVisit(Visit):
    def right(self, asked: Asked) -> Fields:
        return dict(FOUR) if asked is HOME else super().right(asked)

    def press(self, button: str) -> None:
        self.leave()
        self.page.get_by_role("button", name=button, exact=True).tap()

    def said(self) -> dict[str, str]:
        rows = self.page.locator(".answers > div")
        answers = rows.locator("dd:first-of-type").all_inner_texts()
        return dict(zip(rows.locator("dt").all_inner_texts(), answers, strict=True))


class KioskVisit(Visit):
    prefix = "/kiosk/~portrait"

    def press(self, button: str) -> None:
        self.leave()
        tap(self.page, button)

    def said(self) -> dict[str, str]:
        return kiosk.said(self.page)


class TelevisionVisit(Visit):
    """One part of the journey: a television asks for things, people or places."""

    prefix = "/tv"

    def __init__(self, page: Page, part: str) -> None:
        super().__init__(page)
        self.remote, self.part = tv.Remote(page), part

    def begin(self) -> None:
        self.page.goto(f"{self.prefix}{ASK}")
        expect(self.page.locator("h1")).to_have_text(DANGER.title)
        self.remote.press("1")
        expect(self.page.locator("h1")).to_have_text("What shall we begin with?")
        self.remote.press(self.part)
        expect(self.page.locator("h1")).to_have_text(tv.PARTS[self.part][0].title)

    def many(self) -> None:
        self.page.goto(self.address(MANY))
        for label in ("The lid", "The rim"):
            self.remote.to(self.page.get_by_label(label))
            self.remote.ok()
        self.press("Continue")
        self.arrive()

    def address(self, asked: Asked) -> str:
        return super().address(asked) + ("/2" if tv.is_typed(asked) else "")

    def press(self, button: str) -> None:
        self.leave()
        self.remote.choose(button)

    def submit(self) -> None:
        self.leave()
        self.remote.ok()

    def enter(self, name: str, text: str) -> None:
        if self.page.locator(f"input[type=hidden][name='{name}']").count():
            # Letters are shown outside the field, which only the keys write into.
            write(self.page, text)
        else:
            super().enter(name, text)

    def choose(self, label: str) -> None:
        self.remote.press("1")

    def send(self) -> None:
        while "/check/" in self.page.url:
            self.page.go_back()
        self.press("Send")

    def said(self) -> dict[str, str]:
        return tv.checked(self.remote)
