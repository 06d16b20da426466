"""Drives QtWebKit (about Safari 10) with real key events: run by the system's Python, commands as JSON lines on standard input.

{"off": true} | {"load": url} | {"keys": ["Down", "Return", "2"]} | {"type": text} | {"until": script} | {"ask": script} |
{"shot": file}; each is answered by one JSON line. `off` switches the set off and on. `until` waits until the script says something true,
and at most PATIENCE seconds.
"""

import json
import sys
import time

from PyQt5.QtCore import QEvent, QEventLoop, QSize, Qt, QTimer, QUrl
from PyQt5.QtGui import QKeyEvent
from PyQt5.QtTest import QTest
from PyQt5.QtWebKit import QWebSettings
from PyQt5.QtWebKitWidgets import QWebPage, QWebView
from PyQt5.QtWidgets import QApplication

AGENT = sys.argv[1] if len(sys.argv) > 1 else ""
PATIENCE = 120
TWICE = 0.4
"""Seconds in which a second OK is taken for a key struck twice."""
NAMED = {
    "Left": Qt.Key_Left, "Up": Qt.Key_Up, "Right": Qt.Key_Right, "Down": Qt.Key_Down, "Return": Qt.Key_Return,
    "Back": Qt.Key_Backspace, "Escape": Qt.Key_Escape,
}  # fmt: skip


class SetPage(QWebPage):
    """A page with the User-Agent of the set under test; it collects script errors."""

    def __init__(self):
        super().__init__()
        self.complaints = []

    def userAgentForUrl(self, url):  # noqa: N802
        return AGENT or super().userAgentForUrl(url)

    def javaScriptConsoleMessage(self, message, line, source):  # noqa: N802
        # It reports unknown directives of a content security policy without a source; those are no errors.
        if source or line:
            self.complaints.append(f"{source}:{line}: {message}")


def wait(milliseconds):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec_()


def load(view, address):
    loop = QEventLoop()
    view.loadFinished.connect(loop.quit)
    QTimer.singleShot(15000, loop.quit)
    view.load(QUrl(address))
    loop.exec_()
    wait(50)


class Remote:
    """Sends key events."""

    def __init__(self, view):
        self.view, self.confirmed = view, 0.0

    def press(self, keys):
        for key in keys:
            if key == "Return":
                wait(max(0, round(1000 * (self.confirmed + TWICE - time.monotonic()))))
                self.confirmed = time.monotonic()
            QTest.keyClick(self.view, NAMED[key] if key in NAMED else ord(key.upper()), Qt.NoModifier, 10)
            wait(20)

    def type(self, text):
        for sign in text:
            code = ord(sign.upper()) if sign.isascii() else Qt.Key_unknown
            for kind in (QEvent.KeyPress, QEvent.KeyRelease):
                QApplication.sendEvent(self.view, QKeyEvent(kind, code, Qt.NoModifier, sign))
            wait(5)


def until(view, script):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and not view.page().mainFrame().evaluateJavaScript(script):
        wait(20)


def state(view, answer=None):
    frame = view.page().mainFrame()
    focus = "document.activeElement ? (document.activeElement.textContent || '').replace(/\\s+/g, ' ') : ''"
    return {
        "url": frame.url().toString(), "title": frame.title(), "focus": frame.evaluateJavaScript(focus),
        "text": frame.toPlainText(), "answer": answer, "complaints": view.page().complaints,
    }  # fmt: skip


def main():
    app = QApplication(["set", "-platform", "offscreen"])
    view = QWebView()
    view.setPage(SetPage())
    view.settings().setAttribute(QWebSettings.LocalStorageEnabled, True)
    view.resize(QSize(1280, 720))
    view.show()
    remote = Remote(view)
    for line in sys.stdin:
        order = json.loads(line)
        answer = None
        if "off" in order:
            # What a set keeps in memory is gone, its cookies are not.
            QWebSettings.clearMemoryCaches()
        if "load" in order:
            load(view, order["load"])
        if "keys" in order:
            remote.press(order["keys"])
        if "type" in order:
            remote.type(order["type"])
        if "until" in order:
            until(view, order["until"])
        if "ask" in order:
            answer = view.page().mainFrame().evaluateJavaScript(order["ask"])
        if "shot" in order:
            view.grab().save(order["shot"])
        print(json.dumps(state(view, answer)), flush=True)
    app.quit()


main()
