"""Whoever sent something has what is needed to ask about it on the first page of the receipt."""

import pytest
from support.samples.receipt import CONTACT, SAID, receipt

from channels.block_heights import visible_texts
from channels.tv import CHANNEL
from onestop.screen import Code, Reference


@pytest.mark.parametrize("device", ["hbbtv", "hbbtv.large", "maple_gecko", "maple_gecko.large"])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_reference_code_and_number_are_on_the_first_page(device: str, language: str) -> None:
    first, *others = receipt(CHANNEL, device, language)
    assert any(isinstance(block, Code) for block in first.blocks)
    assert any(isinstance(block, Reference) for block in first.blocks)
    shown = " ".join(text for block in first.blocks for text in visible_texts(block))
    assert f"{CONTACT.phone}. {CONTACT.status}" in shown and SAID in shown
    assert others and not any(isinstance(block, Code) for page in others for block in page.blocks)


def test_the_usual_first_page_says_what_was_sent_when_and_where_to() -> None:
    first, *_ = receipt(CHANNEL, "hbbtv", "en")
    shown = " ".join(text for block in first.blocks for text in visible_texts(block))
    for text in ("Report a missed bin", "Wednesday 25 November 2026, 14:05", CONTACT.name, "Scan this"):
        assert text in shown
