"""An old engine, QtWebKit, driven by real key presses from home to a service and Back."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from parts import need

DRIVER = Path(__file__).parent / "qtwebkit_driver.py"
PROBE = "import PyQt5.QtWebKitWidgets"
SYSTEM_PYTHON = "/usr/bin/python3"


class OldSet:
    """A television of 2016: `press` keys and see the state it is in."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def do(self, **order: object) -> dict[str, Any]:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        assert said, "the old set died"
        state: dict[str, Any] = json.loads(said)
        return state

    def press(self, *keys: str) -> dict[str, Any]:
        return self.do(keys=list(keys))


@pytest.fixture
def old_set() -> Iterator[OldSet]:
    python = need(Path(SYSTEM_PYTHON))
    if subprocess.run([python, "-c", PROBE], capture_output=True, check=False).returncode:
        need("python3-pyqt5.qtwebkit")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [python, str(DRIVER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    ) as process:
        yield OldSet(process)
        assert process.stdin
        process.stdin.close()
        process.wait(timeout=10)


def test_keys_lead_from_home_to_a_service_and_back(old_set: OldSet, origin: str) -> None:
    home = old_set.do(load=f"{origin}/tv/")
    assert home["focus"], "nothing has the focus on the home page"
    first = home["focus"]
    down = old_set.press("Down")
    assert down["focus"] != first
    section = old_set.press("Return")
    assert section["url"] != home["url"]
    assert "/tv/" in section["url"]
    service = old_set.press("Return")
    assert service["url"].count("/") > section["url"].count("/")
    back = old_set.press("Back")
    assert back["url"] == section["url"]
    again = old_set.press("Back")
    assert again["url"].rstrip("/") == home["url"].rstrip("/")
    assert again["focus"] == down["focus"], "focus did not return to where it was"
    assert not again["complaints"]


def test_a_number_keyed_in_opens_its_service(old_set: OldSet, origin: str) -> None:
    old_set.do(load=f"{origin}/tv/")
    state = old_set.press("2", "1", "4")
    assert state["url"] == f"{origin}/tv/bins/missed-bin"
    assert not state["complaints"]


def test_digits_search_by_their_letters(old_set: OldSet, origin: str) -> None:
    old_set.do(load=f"{origin}/tv/search")
    state = old_set.press("7", "3", "7")
    old_set.do(ask="1")
    assert "epair" in state["text"]


def test_nothing_lies_outside_the_plane(old_set: OldSet, origin: str) -> None:
    for address in ("/tv/", "/tv/bins", "/tv/bins/missed-bin", "/tv/search", "/tv/nowhere"):
        old_set.do(load=origin + address)
        size = old_set.do(ask="document.documentElement.scrollWidth + 'x' + document.documentElement.scrollHeight")
        width, height = map(int, size["answer"].split("x"))
        assert (width, height <= 720) == (1280, True), address


def test_a_whole_journey_by_keys_and_back_out_again(old_set: OldSet, origin: str) -> None:
    ask = f"{origin}/tv/bins/missed-bin/ask"
    old_set.do(load=f"{origin}/tv/bins/missed-bin")
    state = old_set.press("Return")
    assert state["url"] in (ask, f"{ask}/day")
    for step in ("bin", "out", "tag", "home"):
        state = old_set.press("1")
        assert state["url"] == f"{ask}/{step}", state["text"]
    # Words are written with toil: the other way to answer has the focus.
    assert "I will ring" in state["focus"]
    assert old_set.press("Return")["url"] == f"{ask}/tell"
    assert old_set.press("3")["url"] == f"{ask}/check"
    state = old_set.press("Return")
    assert state["url"] == f"{ask}/done"
    assert re.search(r"\d{3} \d{3} \d{4}", state["text"])
    assert not state["complaints"]
    assert old_set.press("Back")["url"] != state["url"]
