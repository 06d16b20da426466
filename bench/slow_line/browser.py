"""A server and a browser in two network namespaces, with a slow line between them."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from support.programs.slow_link import COUNCIL, Line, Quality, inside, line

from bench.slow_line.https_proxy import https_proxy

FLAGS = (
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-domain-reliability", "--no-pings",
)  # fmt: skip
BEHIND = 8080


@dataclass(frozen=True, slots=True)
class BrowserOnLine:
    """`origin` is the server's origin as the browser sees it."""

    browser: Browser
    origin: str
    line: Line


@contextmanager
def browser_on_line(
    content: Path, chromium: str, quality: Quality, seed: int, *, https: bool = False
) -> Iterator[BrowserOnLine]:
    """Serve the demonstration borough behind a slow line, over HTTPS behind nginx as docs/operators.md describes."""
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        made = stack.enter_context(line(quality, seed))
        stack.enter_context(_server(made, content, scratch, https))
        # The key is trusted explicitly: with ignored certificate errors Chromium caches nothing.
        trusted = stack.enter_context(https_proxy(made, scratch, BEHIND)) if https else ""
        playwright = stack.enter_context(sync_playwright())
        inner = scratch / "chromium"
        inner.write_text(f'#!/bin/sh\nexec {" ".join(inside(made.home, chromium))} "$@"\n')
        inner.chmod(0o755)
        browser = playwright.chromium.launch(
            executable_path=str(inner), args=[*FLAGS, f"--ignore-certificate-errors-spki-list={trusted}"]
        )
        stack.callback(browser.close)
        yield BrowserOnLine(browser, f"{'https' if https else 'http'}://{COUNCIL}", made)


@contextmanager
def _server(made: Line, content: Path, scratch: Path, https: bool) -> Iterator[None]:
    host, port = ("127.0.0.1", BEHIND) if https else (COUNCIL, 80)
    command = [sys.executable, "server.py", "serve", "--host", host, "--port", str(port), "--content", str(content)]
    command += ["--database", f"sqlite:///{scratch}/bench.db", "--speech-ahead", "no"]
    command += ["--proxy", "yes"] if https else ["--private-http", "yes"]
    with subprocess.Popen(
        inside(made.council, *command), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            assert server.stdout
            assert "ready" in server.stdout.readline()
            yield
        finally:
            server.terminate()
