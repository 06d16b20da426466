"""One question of every kind in QtWebKit, by remote control and the television's on-screen keyboard."""

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

import pytest
from engines.multitap import WRITTEN, taps
from engines.qtwebkit import QtWebKit, running_qtwebkit
from PIL import Image
from support.resident import Resident
from support.samples.every_kind import (
    AGES,
    ASK,
    BORN,
    COST,
    COUNT,
    DANGER,
    DETAIL,
    EMAIL,
    HOME,
    MANY,
    NAME,
    PHONE,
    PHOTO,
    SPOT,
    WHEN,
    Asked,
    Everything,
    values,
    wanted,
)

PARTS: Mapping[str, tuple[str, Sequence[Asked]]] = {
    "1": ("things", (COUNT, COST, WHEN)),
    "2": ("people", (DETAIL, NAME, BORN, PHONE, EMAIL)),
    "3": ("places", (HOME, SPOT, PHOTO, MANY, AGES)),
}
CODE = re.compile(r"\b(\d{3}) (\d{3})\b")
ROWS = """[].map.call(document.querySelectorAll('dl div'), function (row) {
  return [row.children[0].textContent, row.children[1].textContent];
})"""

MOVING = "document.readyState == 'complete' && /\\/ask\\/move/.test(location.pathname)"
TYPED = "/2 Type it here with the remote/.test(document.body.textContent)"


@pytest.fixture
def qtwebkit() -> Iterator[QtWebKit]:
    with running_qtwebkit() as one:
        yield one


def to(qtwebkit: QtWebKit, script: str, key: str = "Down") -> None:
    """Press `key`, then Right, until the script is true of the focused element."""
    for arrow in [key] * 6 + ["Right"] * 12:
        if qtwebkit.ask(f"(function (here) {{ return {script}; }}(document.activeElement))"):
            return
        qtwebkit.press(arrow)
    raise AssertionError(f"no arrow leads to {script}: {qtwebkit.press()['text']}")


def press_on(qtwebkit: QtWebKit, label: str, key: str = "Down") -> None:
    """Move to the element with this label, with or without a digit or a coloured key before it, by arrows and press OK."""
    to(qtwebkit, f"here.textContent.replace(/^0? /, '') == '{label}'", key)
    qtwebkit.press("Return")


def write(qtwebkit: QtWebKit, *texts: str) -> None:
    """Fill in the fields, which come first on the page, and press OK in the last; letters are written with the digit keys."""
    if qtwebkit.ask(TYPED):
        qtwebkit.press("2")
        qtwebkit.expect_true("document.querySelector('.w i')", "no field for letters")
        for sign, after in zip_longest(keyed("".join(texts)), keyed("".join(texts))[1:]):
            qtwebkit.press(*taps(sign))
            if after and taps(sign)[0] == taps(after)[0]:
                qtwebkit.expect_true(WRITTEN, f"{sign} is not written")
        qtwebkit.press("Return")
        return
    to(qtwebkit, "here.type == 'text'", "Up")
    for number, text in enumerate(texts):
        qtwebkit.press(*["Down"] * bool(number))
        qtwebkit.type(text)
    qtwebkit.press("Return")


def keyed(said: Any) -> Any:
    """Return a text, or the texts in a value, without what a remote does not write: accents, and capitals of one's own choice."""
    if isinstance(said, str):
        return "".join(sign for sign in unicodedata.normalize("NFD", said) if not unicodedata.combining(sign)).lower()
    if isinstance(said, dict):
        return {name: keyed(one) for name, one in said.items()}
    return [keyed(one) for one in said] if isinstance(said, list) else said


def answer(qtwebkit: QtWebKit, asked: Asked) -> None:
    qtwebkit.expect_title(asked.title)
    if asked is MANY:
        for label in ("lid", "rim"):
            to(qtwebkit, f"here.value == '{label}'", "Down")
            qtwebkit.press("Return")
        press_on(qtwebkit, "Continue")
    else:
        write(qtwebkit, *("".join(texts) for texts in asked.right.values()))
    if asked is AGES:
        qtwebkit.expect_true("document.body.textContent.indexOf('Answer 1: 7') > 0", "the first is not there")
        write(qtwebkit, "40")
        qtwebkit.expect_true("document.body.textContent.indexOf('Answer 2: 40') > 0", "the second is not there")
        press_on(qtwebkit, "That is everything")


def hand_over(qtwebkit: QtWebKit, everything: Everything) -> None:
    """Continue on a phone with the blue key, to send a photo, and come back by the phone's code."""
    qtwebkit.expect_title(PHOTO.title)
    qtwebkit.press("B")
    moving = qtwebkit.expect_true(MOVING, "no code to move by")
    shown = CODE.search(moving["text"])
    assert shown
    phone = Resident(everything.origin)
    page = phone.send(phone.get("/move"), {"answer": ("".join(shown.groups()),)})
    assert PHOTO.title in page.body
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "#396").save(picture, "JPEG")
    page = phone.upload(page, "answer", picture.getvalue())
    assert MANY.title in page.body, page.body
    qtwebkit.expect_title("You have moved on")
    told = CODE.search(phone.get(f"{ASK}/move").body)
    assert told
    qtwebkit.load(f"{everything.origin}/tv/move")
    write(qtwebkit, "".join(told.groups()))


@pytest.mark.parametrize("part", PARTS)
def test_each_kind_is_answered_by_keys(part: str, qtwebkit: QtWebKit, everything: Everything) -> None:
    name, questions = PARTS[part]
    qtwebkit.load(f"{everything.origin}/tv{ASK}")
    qtwebkit.expect_title(DANGER.title)
    qtwebkit.press("1")
    qtwebkit.expect_title("What shall we begin with?")
    qtwebkit.press(part)
    for asked in questions:
        if asked is PHOTO:
            hand_over(qtwebkit, everything)
        else:
            answer(qtwebkit, asked)
    rows = checked(qtwebkit)
    said = {DANGER.title: DANGER.said, "What shall we begin with?": name.title()}
    assert keyed(rows) == keyed(said | {asked.title: asked.said for asked in questions})
    press_on(qtwebkit, "Send", "Up")
    case = values(everything.case(qtwebkit.expect_page("/ask/done")["text"]))
    photo = case.pop("photo", None)
    values_wanted = {"danger": "no", "part": name} | wanted(*(asked for asked in questions if asked is not PHOTO))
    assert keyed(case) == keyed(values_wanted)
    assert bool(photo) is (PHOTO in questions)


def checked(qtwebkit: QtWebKit) -> dict[str, str]:
    """Return the answers on all check pages, and turn back to the first."""
    found: dict[str, str] = {}
    pages = 0
    while True:
        qtwebkit.expect_page("/ask/check" if not pages else f"/check/{pages + 1}")
        found |= {question: said.replace(" Change", "") for question, said in qtwebkit.ask(ROWS)}
        if not qtwebkit.ask("document.body.textContent.indexOf('More') > 0"):
            break
        press_on(qtwebkit, "More »")
        pages += 1
    for number in range(pages, 0, -1):
        qtwebkit.press("Back")
        qtwebkit.expect_page("/ask/check" if number == 1 else f"/check/{number}")
    return found
