"""Whoever sent something at a kiosk reads all that it takes to ask about it on the first page of the receipt, but in the largest text."""

import pytest
from support.samples.receipt import CONTACT, SAID, receipt

from channels.block_heights import visible_texts
from channels.kiosk import CHANNEL
from channels.kiosk.devices import DEVICES
from onestop.screen import Code, Reference


@pytest.mark.parametrize(
    "device", [name for name in sorted(DEVICES) if not {"larger", "largest"} & set(name.split("."))]
)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_reference_code_and_number_are_on_the_first_page(device: str, language: str) -> None:
    first, *_ = receipt(CHANNEL, device, language)
    assert any(isinstance(block, Reference) for block in first.blocks)
    assert any(isinstance(block, Code) for block in first.blocks)
    shown = " ".join(text for block in first.blocks for text in visible_texts(block))
    assert f"{CONTACT.phone}. {CONTACT.status}" in shown and SAID in shown
