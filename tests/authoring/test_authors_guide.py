"""The authors' guide as an author follows it: its commands run as written, and every example of it passes `check`."""

import re
import shlex
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from support.paths import ROOT
from support.servers.server_process import free_port, wait_until_ready

GUIDE = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```\w*\n(.*?)```", GUIDE, re.DOTALL)
COMMANDS = re.findall(r"`(onestop (?:init|check|serve) [^`]*)`", GUIDE)
CHANNELS = ("/", "/tv/", "/kiosk/", "/text/")
SERVICE = """---
number: {number}
title: "{title}"
summary: "{title}."
lgsl: 577
words: [{title}]
reviewed: 2026-10-01
---
Words.
"""
ELSEWHERE = {"care/report-abuse": 555, "roads/gritting": 608}
"""Services that the examples lead to and the starter lacks, with their numbers."""
PHONE = (
    "  - ask: phone\n    text: {en: What is your number?, cy: Beth yw eich rhif?}\n"
    "    phone: yes\n    thin: {en: Write to me, cy: Ysgrifennwch}\n"
)


def run(council: Path, command: str) -> str:
    """Run a command of the guide beside the folder `council`, and return what it says."""
    words = shlex.split(command.replace("python server.py", "onestop").replace("check content", "check council"))
    assert words[0] == "onestop"
    program = [sys.executable, str(ROOT / "server.py"), *words[1:]]
    ran = subprocess.run(program, cwd=council.parent, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


@pytest.fixture
def council(tmp_path: Path) -> Path:
    run(tmp_path / "council", COMMANDS[0])
    return tmp_path / "council"


def test_the_commands_lead_from_nothing_to_pages_on_every_channel(council: Path) -> None:
    begun, checked, served = COMMANDS
    assert (begun.split()[1], checked.split()[1], served.split()[1]) == ("init", "check", "serve")
    assert " 0 errors, 0 warnings" in run(council, checked)
    port = free_port()
    more = ["--port", str(port), "--database", f"sqlite:///{council.parent / 'cases.sqlite'}", "--workers", "1"]
    program = [sys.executable, str(ROOT / "server.py"), *shlex.split(served)[1:], *more]
    with subprocess.Popen(
        program, cwd=council.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            wait_until_ready(f"http://127.0.0.1:{port}/healthz", process)
            for path in CHANNELS:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as page:
                    assert "anytown council" in page.read().decode().lower(), path
        finally:
            process.terminate()
            process.communicate(timeout=30)


def test_every_example_passes_check(council: Path) -> None:
    service, search, alerts, check, journey, repeat, facts, done = EXAMPLES
    for address, number in ELSEWHERE.items():
        section, name = address.split("/")
        folder = council / "services" / section
        folder.mkdir()
        (folder / "section.yaml").write_text(
            f"number: {number // 100}00\ntitle: {{en: {section.title()}, cy: {section.title()}}}\n"
            f"summary: {{en: What we do., cy: Beth a wnawn.}}\nicon: house\n"
        )
        (folder / f"{name}.md").write_text(SERVICE.format(number=number, title=name.replace("-", " ").capitalize()))
    (council / "services/bins/missed-bin.md").write_text(service)
    (council / "search.yaml").write_text(search)
    (council / "alert.yaml").write_text(alerts)
    asked, _, end = journey.partition("done:\n")
    journeys = {
        "as-it-is": journey,
        "with-repeat": f"{asked}{repeat}done:\n{end}",
        "with-facts": f"{asked}{facts}  send: [waste]\n",
        "with-texts": f"{asked}{PHONE}{done}  send: [waste]\n",
    }
    for name, text in journeys.items():
        (council / f"journeys/{name}.yaml").write_text(text)
    said = run(council, check.strip())
    assert " 0 errors" in said, said
    told = [
        line for line in said.splitlines() if ": warning: " in line and "no service leads to this journey" not in line
    ]
    assert told == []
