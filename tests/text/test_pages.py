"""Plain text fits its columns, names the target of every link, and is sent only to terminals."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as some
from support.render_screen import draw
from support.samples.block_samples import BLOCKS, screen

from channels.qr_code import qr_code
from channels.text import CHANNEL, NARROW, WIDE, Terminal
from channels.text.columns import columns
from channels.text.lines import HALVES, scan, styled
from onestop.screen import Bullets, Menu, MenuItem, Paragraph, Run, Table

LONG = "An inspector looks first, measures the hole and thinks about how busy the road is and who uses it. " * 3


@pytest.mark.parametrize("device", [WIDE, NARROW], ids=lambda device: str(device.name))
def test_no_line_is_wider_than_the_terminal(device: Terminal) -> None:
    runs = (Run(LONG),)
    table = Table((runs, (Run("Charge"),), (Run("When"),)), ((runs, runs, runs),), LONG)
    menu = Menu((MenuItem(LONG, "/bins", "200", summary=LONG),), "services")
    (page,) = draw(CHANNEL, screen(Paragraph(runs), Bullets((runs,)), table, menu, title=LONG), device=device.name)
    long = [line for line in page.splitlines() if len(line) > device.columns and "://" not in line]
    assert not long


def test_nothing_is_escaped_and_nothing_is_markup() -> None:
    (page,) = draw(CHANNEL, screen(Paragraph((Run("Fish & chips < £10 'today'"),))))
    assert "Fish & chips < £10 'today'" in page
    assert not re.search(r"&\w+;|</?\w+[ >]", page)


def test_there_are_no_consecutive_empty_lines() -> None:
    (page,) = draw(CHANNEL, screen(*BLOCKS))
    assert "\n\n\n" not in page
    assert page.endswith("\n")


@pytest.mark.parametrize(
    ("run", "text"),
    [
        (Run("roadworks", target="/roads/roadworks", number="607"), "roadworks (607)"),
        (Run("A to Z", target="/a-z"), "A to Z"),
        (Run("GOV.UK", target="https://www.gov.uk/"), "GOV.UK <https://www.gov.uk/>"),
        (Run("bins@eastmere.example", target="mailto:bins@eastmere.example"), "bins@eastmere.example"),
        (Run("now", strong=True), "*now*"),
    ],
)
def test_a_link_is_followed_by_its_number_or_address(run: Run, text: str) -> None:
    assert styled((run,)) == text


@pytest.mark.parametrize(
    ("agent", "claimed"),
    [
        ("curl/8.5.0", True),
        ("Wget/1.21.3", True),
        ("Lynx/2.9.0dev.12 libwww-FM/2.14", False),
        ("Mozilla/5.0 (compatible; not curl/8.5.0)", False),
        ("", False),
    ],
)
def test_only_terminals_that_show_no_markup_are_claimed(agent: str, claimed: bool) -> None:
    assert CHANNEL.claims({"User-Agent": agent} if agent else {}) is claimed


def test_the_code_drawn_with_half_blocks_is_the_code() -> None:
    address = "https://www.eastmere.example/214"
    code = qr_code(address, border=2, robust=False)
    pairs = {block: pair for pair, block in HALVES.items()}
    rows: list[list[bool]] = []
    for line in scan(address).splitlines():
        rows += [[pairs[block][half] for block in line] for half in (0, 1)]
    assert rows[: len(code)] == code


CELLS = some.text(some.sampled_from("abc déž-"), max_size=90)


@given(
    some.integers(1, 6).flatmap(lambda n: some.lists(some.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=5))
)
def test_columns_fit_their_width_and_keep_all_text(rows: Sequence[Sequence[str]]) -> None:
    drawn = columns(rows, 40)
    assert all(len(line) <= 40 for line in drawn.splitlines())
    letters = sorted("".join("".join(row) for row in rows).replace(" ", ""))
    assert sorted(re.sub(r"\s", "", drawn)) == letters
