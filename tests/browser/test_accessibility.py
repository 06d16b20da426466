"""Accessibility: axe-core finds nothing on pages with distinct markup, and an HTML checker nothing on those of phones and kiosks."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from browser.browser_types import Open
from support.crawl import crawl
from support.markup_shapes import distinct_pages
from support.programs.system_programs import NODE, need

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The size of the screen, where the crawl starts, and the device to check: all modes have pages of the same markup.
CASES = [
    ("phone", "/", "/", ""), ("phone", "/cy/", "/cy/", ""), ("phone", "/", "/", "dark"),
    ("tv", "/tv/", "/tv/", ""), ("tv", "/tv/", "/tv/~browser.large.contrast/", ""),
    ("portrait", "/kiosk/~portrait/", "/kiosk/~portrait/", ""),
    ("landscape", "/kiosk/~portrait/", "/kiosk/~landscape.contrast/", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("size", "start", "shown", "scheme"), CASES, ids=[f"{c[0]}{c[2].replace('/', '-')}{c[3]}" for c in CASES]
)
def test_axe_finds_no_violation(size: str, start: str, shown: str, scheme: str, open_page: Open, origin: str) -> None:
    source = Path(need(NODE / "axe-core" / "axe.min.js")).read_text(encoding="utf-8")
    page = open_page(size, **({"color_scheme": scheme} if scheme else {}))
    found: dict[str, list[str]] = {}
    chosen = list(distinct_pages(crawl(origin, start)))
    assert len(chosen) > 10
    for fetched in chosen:
        page.goto(fetched.address.replace(start, shown, 1), wait_until="load")
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
    pages = list(distinct_pages(crawl(origin, start)))
    for number, page in enumerate(pages):
        (tmp_path / f"{number}.html").write_bytes(page.body)
    ran = subprocess.run(
        [java, "-Xss1m", "-jar", checker, "--errors-only", "--format", "gnu", str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, f"{len(pages)} pages: {ran.stderr.splitlines()[:8]}"
