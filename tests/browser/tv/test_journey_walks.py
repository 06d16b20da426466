"""All twelve journeys on a television by the keys of its remote control, from the first question to the case."""

from pathlib import Path

import pytest
from browser.browser_types import Open
from browser.tv.remote_control import write
from browser.tv.test_every_kind import Remote
from end_to_end.test_whole_journeys import DESKS, REFERENCE, SERVICE, ways
from playwright.sync_api import Locator
from support.delivered_case import read_case

from onestop.journeys.journey import Ask
from onestop.journeys.repeat import RepeatKind
from onestop.journeys.values.answer import SKIPPED, Answer, is_thin, items_of
from onestop.journeys.values.form_values import FormValues

MOST_PAGES = 6


def opens_a_page(remote: Remote, *keys: str) -> None:
    """Press keys and wait for the page that the last of them opens."""
    with remote.page.expect_navigation():
        remote.press(*keys)


def turn_to(remote: Remote, row: Locator) -> Locator:
    """Turn the pages of a question by 0 until a row is there."""
    for _ in range(MOST_PAGES):
        if row.count():
            return row.first
        opens_a_page(remote, "0")
    raise AssertionError(remote.page.inner_text("body"))


def choose(remote: Remote, row: Locator) -> None:
    """Press the digit or the colour of a row, or go to it by arrows and press OK."""
    found = turn_to(remote, row)
    if found.locator("b").count():
        opens_a_page(remote, found.locator("b").inner_text())
    elif "y" in (found.get_attribute("class") or "").split():
        opens_a_page(remote, "yellow")
    else:
        remote.to(found)
        opens_a_page(remote, "Enter")


def fill(remote: Remote, values: FormValues) -> None:
    page = remote.page
    typing = page.get_by_role("link", name="Type it here with the remote")
    if typing.count():
        choose(remote, typing)
        write(page, values["answer"][0])
        opens_a_page(remote, "Enter")
    elif page.locator("main input[type=checkbox]").count():
        for value in values["answer"]:
            remote.press(page.locator("label", has=page.locator(f"[value='{value}']")).locator("b").inner_text())
        opens_a_page(remote, "0")
    elif page.locator("main input:not([type=hidden])").count():
        for name, texts in values.items():
            remote.to(page.locator(f"main [name='{name}']"))
            remote.press(*(sign for sign in "".join(texts) if sign.isdigit()))
        opens_a_page(remote, "Enter")
    else:
        choose(remote, page.locator(f"main button[value='{values['answer'][0]}']"))


def take(remote: Remote, ask: Ask, answer: Answer) -> None:
    page = remote.page
    if answer is SKIPPED or is_thin(answer):
        choose(remote, page.locator(f"main button[value='{'skip' if answer is SKIPPED else 'thin'}']"))
    elif isinstance(ask.kind, RepeatKind):
        for item in items_of(answer):
            fill(remote, ask.kind.of.refill(item))
        if len(items_of(answer)) < ask.kind.most:
            choose(remote, page.locator("main button[value='done']"))
    else:
        fill(remote, ask.kind.refill(answer))


@pytest.mark.parametrize("name", sorted(SERVICE))
def test_the_keys_of_a_remote_control_answer_a_journey_and_send_it(name: str, open_page: Open, outbox: Path) -> None:
    shortest, *_ = ways(name, "tv")
    remote = Remote(open_page("tv"))
    page = remote.page
    page.goto(f"/tv{SERVICE[name]}/ask")
    for step in shortest.steps:
        assert f"/ask/{step.ask.name}" in f"{page.url}/ask/{shortest.steps[0].ask.name}", page.url
        take(remote, step.ask, step.answers[0])
    assert page.url.endswith("/ask/check"), page.url
    for _ in range(MOST_PAGES):
        if "/ask/check" in page.url:
            opens_a_page(remote, "0")
    assert page.url.endswith("/ask/done"), page.url
    found = REFERENCE.search(page.inner_text("main"))
    assert found
    for desk in DESKS[name]:
        case = read_case(outbox / desk / f"{''.join(found.groups())}.json")
        assert [answer["ask"] for answer in case["answers"]] == [step.ask.name for step in shortest.steps]
        assert (case["channel"], case["journey"]) == ("tv", name)
