"""Languages that are written from right to left, and numbers inside them."""

import pytest

from onestop.language import direction, isolated
from onestop.screen import Facts, Paragraph, Place, Run, Screen
from onestop.screen.isolation import with_texts

MARK = "\u200e"


def test_the_direction_is_that_of_the_script() -> None:
    assert [direction(code) for code in ("en", "cy", "pl", "bn", "ur", "ar")] == ["ltr"] * 4 + ["rtl"] * 2


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("فون 01632 960 100 پر", f"فون {MARK}01632 960 100 پر"), ("قیمت £3.50 ہے", f"قیمت {MARK}£3.50 ہے"),
        ("09:00–17:00", f"{MARK}09:00–17:00"), ("حوالہ 123 456 7890", f"حوالہ {MARK}123 456 7890"), ("+44 1632 960", f"{MARK}+44 1632 960"),
        ("EM4 2QT", f"EM4 {MARK}2QT"), ("کوئی نمبر نہیں", "کوئی نمبر نہیں"),
    ],
)  # fmt: skip
def test_the_groups_of_a_number_keep_their_order(text: str, marked: str) -> None:
    assert isolated(text) == marked
    assert isolated(marked) == marked


def test_texts_are_changed_and_addresses_are_not() -> None:
    run = Run("214", target="/bins/214", number="214")
    blocks = (Paragraph((run,)), Facts((("1", (run,)),)), Place("2", ("3 x",), "01632 960 100", hours=(("4", "5"),)))
    found = with_texts(Screen("6", blocks, "/7", "ur"), lambda text: f"<{text}>")
    assert (found.title, found.address, found.language) == ("<6>", "/7", "ur")
    changed = Run("<214>", target="/bins/214", number="214")
    assert found.blocks[0] == Paragraph((changed,))
    assert found.blocks[1] == Facts((("<1>", (changed,)),))
    assert found.blocks[2] == Place("<2>", ("<3 x>",), "01632 960 100", hours=(("<4>", "<5>"),))
