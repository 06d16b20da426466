"""axe-core finds nothing on any kind of page, and an independent HTML checker nothing in any phone or kiosk page."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from browser_types import Open
from crawl import crawl
from parts import NODE, need

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The phone's pages all; of the devices whose pages are cut, the first page of every screen and a sample of the rest.
CASES = [
    ("phone", "/", "", 1), ("phone", "/cy/", "", 3), ("phone", "/", "dark", 5),
    ("tv", "/tv/", "", 9), ("portrait", "/kiosk/~portrait/", "", 9), ("landscape", "/kiosk/~landscape.contrast/", "", 17),
]  # fmt: skip


@pytest.mark.parametrize(
    ("size", "start", "scheme", "every"), CASES, ids=[f"{c[0]}{c[1].replace('/', '-')}{c[2]}" for c in CASES]
)
def test_axe_finds_no_violation(size: str, start: str, scheme: str, every: int, open_page: Open, origin: str) -> None:
    source = Path(need(NODE / "axe-core" / "axe.min.js")).read_text(encoding="utf-8")
    page = open_page(size, **({"color_scheme": scheme} if scheme else {}))
    found: dict[str, list[str]] = {}
    chosen = crawl(origin, start)[::every]
    assert len(chosen) > 10
    for fetched in chosen:
        page.goto(fetched.address, wait_until="load")
        page.evaluate(source)
        result: Any = page.evaluate(
            "(rules) => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
        )
        if result["violations"]:
            found[fetched.address] = [f"{v['id']} {v['nodes'][0]['target']}" for v in result["violations"]]
    assert not found, f"{len(found)} of {len(chosen)}: {list(found.items())[:6]}"


@pytest.mark.parametrize("start", ["/", "/kiosk/~portrait/"])
def test_an_independent_checker_finds_no_fault_in_the_html(start: str, origin: str, tmp_path: Path) -> None:
    java, checker = need("java"), need(NODE / "vnu-jar" / "build" / "dist" / "vnu.jar")
    pages = crawl(origin, start)
    for number, page in enumerate(pages):
        (tmp_path / f"{number}.html").write_bytes(page.body)
    ran = subprocess.run(
        [java, "-Xss1m", "-jar", checker, "--errors-only", "--format", "gnu", str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, f"{len(pages)} pages: {ran.stderr.splitlines()[:8]}"
