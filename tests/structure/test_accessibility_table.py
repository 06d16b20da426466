"""Every test that docs/accessibility.md names is there, and every criterion of WCAG 2.2 A and AA has a row."""

import re
from collections.abc import Mapping

from support.paths import ROOT

TABLE = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
CRITERIA: Mapping[int, Mapping[int, int | tuple[int, ...]]] = {
    1: {1: 1, 2: 5, 3: 5, 4: (1, 2, 3, 4, 5, 10, 11, 12, 13)},
    2: {1: (1, 2, 4), 2: 2, 3: 1, 4: (1, 2, 3, 4, 5, 6, 7, 11), 5: (1, 2, 3, 4, 7, 8)},
    3: {1: 2, 2: (1, 2, 3, 4, 6), 3: (1, 2, 3, 4, 7, 8)},
    4: {1: (2, 3)},
}
"""Of each guideline the criteria at A and AA, or how many if they are numbered without a gap."""


def test_every_named_test_exists() -> None:
    named = NAMED.findall(TABLE)
    assert len(named) > 60
    missing = [
        f"{file}::{name}" for file, name in named
        if not (ROOT / file).is_file() or not re.search(rf"def {name}\(", (ROOT / file).read_text(encoding="utf-8"))
    ]  # fmt: skip
    assert not missing


def test_every_row_names_a_test_and_every_criterion_has_a_row() -> None:
    rows = [row for row in TABLE.splitlines() if re.match(r"\| \d", row)]
    assert not [row for row in rows if not NAMED.search(row)]
    said = " ".join(row.split("|")[1] for row in rows)
    covered = set(re.findall(r"\d+\.\d+\.\d+", said))
    for low, high in re.findall(r"(\d+\.\d+\.\d+) to (\d+\.\d+\.\d+)", said):
        stem, first = low.rsplit(".", 1)
        covered |= {f"{stem}.{number}" for number in range(int(first), int(high.rsplit(".", 1)[1]) + 1)}
    asked = {
        f"{principle}.{guideline}.{number}"
        for principle, guidelines in CRITERIA.items()
        for guideline, numbers in guidelines.items()
        for number in (range(1, numbers + 1) if isinstance(numbers, int) else numbers)
    }
    assert asked - covered == set()
