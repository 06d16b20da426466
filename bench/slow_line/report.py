"""Format the figures of visits as rows of a table, and as ratios between rows."""

import statistics
from collections.abc import Sequence

from bench.slow_line.visit import TimedVisit

FIRST, NEXT = 3.0, 1.5
"""Goals in seconds for the first screen and each one after it."""
HEADING = f"  {'':37}" + "".join(f"{name + ': median, p90, worst':34}" for name in ("first", "next", "question"))


def format_row(name: str, visits: Sequence[TimedVisit]) -> str:
    """Return one row of the table."""
    goals = zip(_parts(visits).values(), (FIRST, NEXT, NEXT), strict=True)
    return f"  {name:37}" + "".join(f"{_figures(taken, goal):34}" for taken, goal in goals)


def ratios(ours: Sequence[TimedVisit], theirs: Sequence[TimedVisit]) -> str:
    """Return the ratios of the medians."""
    other = _parts(theirs)
    said = (
        f"{name} {statistics.median(taken) / statistics.median(other[name]):.2f}"
        for name, taken in _parts(ours).items()
    )
    return f"  the first row's medians against the last row's: {', '.join(said)}"


def _parts(visits: Sequence[TimedVisit]) -> dict[str, list[float]]:
    """Return the seconds by kind of screen, the fastest first."""
    return {
        "first": sorted(visit.first for visit in visits),
        "next": sorted(seconds for visit in visits for seconds in visit.screens),
        "question": sorted(seconds for visit in visits for seconds in visit.questions),
    }


def _figures(taken: Sequence[float], goal: float) -> str:
    """Return median, 90th percentile, worst, and the share that meets the goal."""
    share = sum(seconds < goal for seconds in taken) / len(taken)
    high = taken[int(len(taken) * 0.9)]
    return f"{statistics.median(taken):5.2f} {high:5.2f} {taken[-1]:5.2f}  {share:4.0%} <{goal:g} s"
