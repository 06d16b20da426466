"""Whoever sent something has what is needed to ask about it on the first page of the receipt."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from support.render_screen import words_for

from channels.block_heights import visible_texts
from channels.contract import Page
from channels.tv import CHANNEL
from onestop.journeys.screens.context import ScreenContext
from onestop.journeys.screens.receipt import Confirmation, done_screen
from onestop.screen import Code, Link, Place, Reference

SENT = datetime(2026, 11, 25, 14, 5, tzinfo=ZoneInfo("Europe/London"))
SAID = "We will be back within two working days. Leave it, with the lid shut, where the crew can see it."
CONTACT = Place(
    "Waste and recycling", (), "01632 960 200", "bins@eastmere.example", (("Monday to Friday", "08:30 to 17:00"),),
    "Closed now. Opens at 08:30 on Monday",
)  # fmt: skip


def receipt(device: str, language: str) -> tuple[Page, ...]:
    words = words_for(CHANNEL, language)
    trail = (Link("Home", "/"), Link("Report a missed bin", "/bins/missed-bin"))
    context = ScreenContext("/bins/missed-bin", trail, words, ("en", "cy"), CHANNEL.means, find_contact=lambda: CONTACT)
    rows = [["Which was missed?", "Grey bin"], ["What is the address?", "12 High Street, EM4 2QT"]]
    sent = Confirmation(
        "Report a missed bin", "486 768 6748", SENT, {"said": SAID, "rows": rows}, "Two working days",
        "https://eastmere.example", ticket="T" * 26, number="102"
    )  # fmt: skip
    return CHANNEL.lay_out(done_screen(sent, context), CHANNEL.sets[device], words)


@pytest.mark.parametrize("device", ["hbbtv", "hbbtv.large", "maple_gecko", "maple_gecko.large"])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_reference_code_and_number_are_on_the_first_page(device: str, language: str) -> None:
    first, *others = receipt(device, language)
    assert any(isinstance(block, Code) for block in first.blocks)
    assert any(isinstance(block, Reference) for block in first.blocks)
    shown = " ".join(text for block in first.blocks for text in visible_texts(block))
    assert f"{CONTACT.phone}. {CONTACT.status}" in shown and SAID in shown
    assert others and not any(isinstance(block, Code) for page in others for block in page.blocks)


def test_the_usual_first_page_says_what_was_sent_when_and_where_to() -> None:
    first, *_ = receipt("hbbtv", "en")
    shown = " ".join(text for block in first.blocks for text in visible_texts(block))
    for text in ("Report a missed bin", "Wednesday 25 November 2026, 14:05", CONTACT.name, "Scan this"):
        assert text in shown
