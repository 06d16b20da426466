"""A day on a simulated clock: faulty destinations, and two server processes that are killed at random. `python -m bench day` runs 5,000."""

from pathlib import Path
from random import Random

import pytest

from bench.trials.day.parties import Party
from bench.trials.day.simulation import DayResult, SimulatedDay, key_of, simulate

pytestmark = pytest.mark.slow
CASES = 300


async def test_every_case_reaches_each_destination_exactly_once_by_its_key(
    url: str, keys_file: Path | None, tmp_path: Path
) -> None:
    result = await simulate(SimulatedDay(CASES, step=300), url, keys_file, tmp_path)
    assert [bound for bound in result.bounds() if not bound.held] == []
    steady, down, _, loses = result.parties
    assert len(set(result.acknowledged)) == len(steady.kept) == CASES
    # It was really down, lost answers, and processes were really killed; while it was down it got a trial now and then.
    assert loses.lost_answers > CASES / 20
    assert 50 < down.turned_away < 2 * 6 * 3600 / 60
    assert result.kills > 0


def test_what_was_lost_doubled_or_is_stuck_breaks_a_bound() -> None:
    party = Party("steady", lambda: 0.0, Random(1))
    result = DayResult([party], acknowledged=["a", "b", "b"])
    party.keep(key_of("a"), b"one")
    party.keep(key_of("a"), b"another")
    party.keep(key_of("c"), b"one")
    result.progress["steady"]["sending"] = 1
    result.accepted["steady"] = {key_of("a"), key_of("b")}
    assert [bound.seen for bound in result.bounds()] == [1, 1, 1, 1, 1, 2]
