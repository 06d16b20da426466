"""The files of rounds and changes: every fault with its line."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from support.paths import CONTENT

from onestop.rounds.source import read_schedule

TODAY = date(2026, 11, 27)
ROUNDS = """\
bins:
  grey: {name: {en: Grey bin, cy: Bin llwyd}}
rounds:
  monday-1:
    - {bin: grey, every: 1 week, from: 2026-11-23}
"""


def faults(folder: Path, rounds: str, changes: str, holidays: Iterable[date] = ()) -> list[tuple[int, str]]:
    (folder / "collections").mkdir(exist_ok=True)
    (folder / "collections" / "rounds.yaml").write_text(rounds)
    (folder / "collections" / "changes.yaml").write_text(changes)
    found = read_schedule(folder, ("en", "cy"), holidays, TODAY).faults
    return [(fault.line, fault.message) for fault in found]


def test_the_rounds_of_the_borough_have_no_fault_and_agree_with_its_page_about_christmas() -> None:
    holidays = (date(2026, 12, 25), date(2026, 12, 26), date(2026, 12, 28), date(2027, 1, 1))
    found = read_schedule(CONTENT, ("en", "cy"), holidays, TODAY)
    assert found.faults == ()
    moved = [found.schedule.changes.moved("monday-1", date(2026, 12, day)) for day in (21, 22, 25, 28, 31)]
    assert moved == [date(2026, 12, 19), date(2026, 12, 21), date(2026, 12, 24), date(2026, 12, 29), date(2027, 1, 2)]
    assert found.schedule.changes.moved("friday-1", date(2027, 1, 1)) == date(2027, 1, 4)
    assert found.schedule.changes.moved("friday-1", date(2027, 1, 8)) == date(2027, 1, 9)
    assert found.schedule.changes.moved("friday-1", date(2027, 1, 15)) == date(2027, 1, 15)


def test_wrong_values_are_reported_together(tmp_path: Path) -> None:
    rounds = ROUNDS + "  monday-2:\n    - {bin: gray, every: 5 weeks, from: soon}\n"
    changes = (
        "changes:\n  - {day: 2026-12-25, to: 2027-03-01}\n  - {day: 2026-12-25, to: 2026-12-26, round: monday-3}\n"
    )
    found = faults(tmp_path, rounds, changes)
    assert [line for line, _ in found] == [7, 7, 2, 3]
    assert "did you mean `grey`?" in found[0][1]
    assert "5 weeks" in found[1][1]
    assert "28 days" in found[2][1]
    assert "did you mean `monday-" in found[3][1]


def test_a_shift_that_leaves_two_collections_on_a_day_is_a_fault(tmp_path: Path) -> None:
    changes = "changes:\n  - {day: 2026-12-14, to: 2026-12-21}\n"
    assert "twice on 2026-12-21" in faults(tmp_path, ROUNDS, changes)[0][1]


def test_a_folder_without_rounds_has_none(tmp_path: Path) -> None:
    assert not read_schedule(tmp_path, ("en",), (), TODAY).schedule.rounds


def test_two_changes_of_one_day_and_shifts_that_overlap_are_faults(tmp_path: Path) -> None:
    changes = (
        "shifts:\n  - {from: 2026-12-21, until: 2026-12-25, by: -1}\n  - {from: 2026-12-25, until: 2026-12-28, by: 1}\n"
        "changes:\n  - {day: 2026-12-14, to: 2026-12-15}\n  - {day: 2026-12-14, to: 2026-12-16, round: monday-1}\n"
        "  - {day: 2026-12-14, to: 2026-12-17}\n"
    )
    assert faults(tmp_path, ROUNDS, changes) == [
        (3, "overlaps with a shift above"),
        (7, "2026-12-14 is changed above already"),
    ]
