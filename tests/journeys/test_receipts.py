"""The receipt of something that was sent, and the screens that stand for it later and elsewhere."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from journeys.repair_walk import WHOLE, at
from support.samples.small_journeys import TOUCH, around

from onestop.journeys.screens.receipt import (
    Confirmation,
    already_sent_screen,
    done_screen,
    elsewhere_screen,
    receipt_of,
)
from onestop.journeys.values.answer import Answer
from onestop.screen import (
    Action,
    AnswerRow,
    Answers,
    Code,
    Facts,
    Form,
    Paragraph,
    Place,
    Reference,
)

SENT = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Europe/London"))
TEAM = Place("Housing repairs", phone="01632 960 400", status="Open until 17:00 today")


def sent(answers: dict[str, Answer]) -> Confirmation:
    shown = receipt_of(at(answers), around(), "remote")
    origin = "https://www.eastmere.example"
    return Confirmation("Order a repair", "123 456 7890", SENT, shown, "Within 20 days", origin, "4711", "A7", "102")


def test_the_receipt_says_what_was_sent_when_where_to_what_happens_next_and_whom_to_ask() -> None:
    screen = done_screen(sent(WHOLE), replace(around(), find_contact=lambda: TEAM))
    assert screen.kind == "done" and screen.personal and screen.blocks[0] == Reference("Your reference", "123 456 7890")
    assert isinstance(screen.blocks[1], Paragraph) and screen.blocks[1].text[0].text == "We will come within 24 hours."
    (facts,) = [block for block in screen.blocks if isinstance(block, Facts)]
    assert [(label, said[0].text) for label, said in facts.rows] == [
        ("What you sent", "Order a repair"),
        ("Sent", "Monday 23 November 2026, 09:30"),
        ("Sent to", "Housing repairs"),
        ("How long it takes", "Within 20 days"),
        ("To follow it", "Number 102, with your reference and PIN 4711"),
    ]
    assert TEAM in screen.blocks
    (answers,) = [block for block in screen.blocks if isinstance(block, Answers)]
    assert answers.rows[1] == AnswerRow("Where is the problem?", "Kitchen") and len(answers.rows) == 5


def test_only_a_device_that_is_not_in_the_hand_has_a_code_to_follow_the_case() -> None:
    (code,) = [block for block in done_screen(sent(WHOLE), around()).blocks if isinstance(block, Code)]
    assert code.address == "HTTPS://WWW.EASTMERE.EXAMPLE/T/A7"
    assert not any(isinstance(block, Code) for block in done_screen(sent(WHOLE), around(means=TOUCH)).blocks)


def test_a_receipt_of_an_earlier_version_has_no_summary() -> None:
    old = replace(sent(WHOLE), shown={"said": "We come."})
    assert not any(isinstance(block, Answers) for block in done_screen(old, around()).blocks)


def test_going_back_after_sending_says_that_it_was_sent() -> None:
    screen = already_sent_screen(sent(WHOLE), around())
    assert screen.title == "Already sent" and screen.blocks[0] == Reference("Your reference", "123 456 7890")
    assert [block.target for block in screen.blocks if isinstance(block, Action)] == [
        "/homes/repairs/ask/done",
        "/homes/repairs/ask",
    ]
    assert not any(isinstance(block, Form) for block in screen.blocks)


def test_the_address_of_a_receipt_is_a_page_where_nothing_was_sent_from() -> None:
    screen = elsewhere_screen("Order a repair", replace(around(means=TOUCH), find_contact=lambda: TEAM))
    assert screen.title == "Order a repair" and TEAM in screen.blocks
    assert isinstance(screen.blocks[-1], Action) and screen.blocks[-1].target == "/homes/repairs/ask"
