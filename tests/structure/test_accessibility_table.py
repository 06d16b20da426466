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

EN_CLAUSES = (
    "5.1.2.1 5.1.2.2 5.1.3.1 5.1.3.2 5.1.3.3 5.1.3.4 5.1.3.5 5.1.3.6 5.1.3.7 5.1.3.8 5.1.3.9 5.1.3.10 5.1.3.11 5.1.3.12 5.1.3.13 5.1.3.14 "
    "5.1.3.15 5.1.3.16 5.1.4 5.1.5 5.1.6.1 5.1.6.2 5.1.7 5.2 5.3 5.4 5.5.1 5.5.2 5.6.1 5.6.2 5.7 5.8 5.9 6.1 7.1 9.1 9.6 11.1 11.5 "
    "11.6 11.7 11.8 12.1.1 12.1.2 12.2.2"
)
"""Clauses of EN 301 549 V3.2.1 that apply, or the first of several of one row."""


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


def test_every_clause_of_the_european_standard_is_in_its_part() -> None:
    part = TABLE[TABLE.index("## EN 301 549") :]
    clauses = set(re.findall(r"\d+(?:\.\d+)+", part))
    assert [clause for clause in EN_CLAUSES.split() if clause not in clauses] == []
