"""Bounds and whether they held, and percentiles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrialBound:
    """`seen` may be at most `limit`."""

    what: str
    limit: float
    seen: float
    unit: str = ""

    @property
    def held(self) -> bool:
        return self.seen <= self.limit

    def __str__(self) -> str:
        verdict = "held" if self.held else "BROKEN"
        return f"  {self.what:58} {self.seen:10,.0f}  at most {self.limit:8,.0f} {self.unit:2}  {verdict}"


def judge(bounds: Iterable[TrialBound]) -> int:
    """Print every bound; return the exit status: 1 if one is broken."""
    shown = [*bounds]
    print()
    for bound in shown:
        print(bound)
    return int(not all(bound.held for bound in shown))


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below or at which `share` (0 to 1) of the values are; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
