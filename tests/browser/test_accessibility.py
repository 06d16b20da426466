"""Accessibility: three checkers find nothing on pages with distinct markup, and an HTML checker nothing on those of phones and kiosks."""

import subprocess
from pathlib import Path

import pytest
from browser.browser_types import Open
from browser.checkers import checkers
from support.crawl import crawl
from support.markup_shapes import distinct_pages
from support.programs.system_programs import NODE, need

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
def test_no_checker_finds_a_fault(size: str, start: str, shown: str, scheme: str, open_page: Open, origin: str) -> None:
    """Axe looks at every case and place of an element; the other two, which are slow, at every element of one case of each channel."""
    axe, *others = checkers()
    page = open_page(size, **({"color_scheme": scheme} if scheme else {}))
    pages = crawl(origin, start)
    every = list(distinct_pages(pages))
    some = (
        {fetched.address for fetched in distinct_pages(pages, alone=True)} if (start, scheme) == (shown, "") else set()
    )
    assert len(every) > 10
    found: dict[str, list[tuple[str, str]]] = {}
    for address in dict.fromkeys((*(fetched.address for fetched in every), *some)):
        page.goto(address.replace(start, shown, 1), wait_until="load")
        for checker in (axe, *others) if address in some else (axe,):
            if faults := checker.faults(page):
                found[f"{checker.name} {address}"] = faults
    assert not found, f"{len(found)} of {len(every)}: {list(found.items())[:6]}"


def test_each_checker_finds_a_fault_that_is_there(open_page: Open) -> None:
    page = open_page("phone")
    page.goto("/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"x\"><button></button>')")
    assert [checker.name for checker in checkers() if len(checker.faults(page)) < 2] == []


NEWER_CSS = r".*(Property .container-type. doesn.t exist|Unrecognized at-rule .@container).*"
"""Container queries (CSS Containment Module Level 3) are newer than the checker's list of properties."""


@pytest.mark.parametrize("start", ["/", "/kiosk/~portrait/"])
def test_an_independent_checker_finds_no_fault_in_the_html(start: str, origin: str, tmp_path: Path) -> None:
    java, checker = need("java"), need(NODE / "vnu-jar" / "build" / "dist" / "vnu.jar")
    pages = list(distinct_pages(crawl(origin, start)))
    for number, page in enumerate(pages):
        (tmp_path / f"{number}.html").write_bytes(page.body)
    ran = subprocess.run(
        [java, "-Xss1m", "-jar", checker, "--errors-only", "--format", "gnu", "--filterpattern", NEWER_CSS, str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, f"{len(pages)} pages: {ran.stderr.splitlines()[:8]}"
