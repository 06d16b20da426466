"""A television of 2016: QtWebKit, which is about Safari 10, driven by real key events."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from support.system_programs import need

DRIVER = Path(__file__).parent / "qtwebkit_driver.py"
PROBE = "import PyQt5.QtWebKitWidgets"
SYSTEM_PYTHON = Path("/usr/bin/python3")
READY = "document.readyState == 'complete' && document.activeElement != document.body"
THERE = READY + " && location.pathname.slice(-{length}) == '{end}'"
FOCUS = r"document.activeElement.textContent.replace(/\s+/g, ' ').replace(/^ | $/g, '')"

State = dict[str, Any]
"""url, title, focus (the text of what has it), text, answer (to what was asked of its script) and complaints (of the scripts)."""


class OldSet:
    """`press` keys, `type` into what has the focus, and see the state it is in. It never complains."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def do(self, **order: object) -> State:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        assert said, "the old set died"
        state: State = json.loads(said)
        assert not state["complaints"], state["complaints"]
        return state

    def load(self, address: str) -> State:
        return self.do(load=address)

    def press(self, *keys: str) -> State:
        return self.do(keys=list(keys))

    def type(self, text: str) -> State:
        return self.do(type=text)

    def ask(self, script: str) -> Any:
        """What a script says."""
        return self.do(ask=script)["answer"]

    def until(self, script: str, what: str) -> State:
        """The state once a script says something true."""
        state = self.do(until=script, ask=script)
        assert state["answer"], f"{what}: {state['url']} {state['text']}"
        return state

    def at(self, end: str) -> State:
        """The state on a page whose address ends so, once it is there and something has the focus."""
        return self.until(THERE.format(length=len(end), end=end), f"not at {end}")

    def titled(self, title: str) -> State:
        """The state on a page of that title, once it is there and something has the focus."""
        return self.until(f"{READY} && document.querySelector('h1').textContent == {json.dumps(title)}", f"not {title}")

    def focused(self, text: str) -> State:
        """The state in which what has that text has the focus."""
        return self.until(f"({FOCUS}) == {json.dumps(text)}", f"not {text!r} has the focus")


@contextmanager
def old_set() -> Iterator[OldSet]:
    python = need(SYSTEM_PYTHON)
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
