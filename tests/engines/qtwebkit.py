"""QtWebKit, the engine of a television of 2016 (about Safari 10), driven by real key events."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from support.programs.system_programs import need

DRIVER = Path(__file__).parent / "qtwebkit_driver.py"
PROBE = "import PyQt5.QtWebKitWidgets"
SYSTEM_PYTHON = Path("/usr/bin/python3")
READY = "document.readyState == 'complete' && document.activeElement != document.body"
ARRIVED = READY + " && location.pathname.slice(-{length}) == '{end}'"
FOCUS = r"document.activeElement.textContent.replace(/\s+/g, ' ').replace(/^ | $/g, '')"

State = dict[str, Any]
"""Keys: url, title, focus (text of the focused element), text, answer (of the script asked), complaints (script errors)."""


class QtWebKit:
    """A browser in a process of its own. Each call returns the state of the page and fails on a script error."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def do(self, **order: object) -> State:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        assert said, "QtWebKit died"
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
        """Return the value of a script."""
        return self.do(ask=script)["answer"]

    def expect_true(self, script: str, what: str) -> State:
        """Wait until a script returns a true value; fail with `what` if it does not."""
        state = self.do(until=script, ask=script)
        assert state["answer"], f"{what}: {state['url']} {state['text']}"
        return state

    def expect_page(self, end: str) -> State:
        """Wait for a page whose address ends with `end` and on which something has the focus."""
        return self.expect_true(ARRIVED.format(length=len(end), end=end), f"not at {end}")

    def expect_title(self, title: str) -> State:
        """Wait for a page with this heading on which something has the focus."""
        return self.expect_true(
            f"{READY} && document.querySelector('h1').textContent == {json.dumps(title)}", f"not {title}"
        )

    def expect_focus(self, text: str) -> State:
        """Wait until the element whose text begins so has the focus: how many services were found stands behind it."""
        return self.expect_true(f"({FOCUS}).indexOf({json.dumps(text)}) == 0", f"not {text!r} has the focus")


@contextmanager
def running_qtwebkit() -> Iterator[QtWebKit]:
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
        yield QtWebKit(process)
        assert process.stdin
        process.stdin.close()
        process.wait(timeout=60)
