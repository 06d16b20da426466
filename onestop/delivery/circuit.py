"""A circuit for each destination: while it is down, one case is tried now and then, not each case that is due."""

from collections.abc import Iterable
from random import Random

DISTINCT_FAILURES = 3
"""So many different cases must fail, with none delivered in between, before the destination counts as down."""
FIRST_TRIAL, LONGEST_TRIAL = 5, 300
"""Seconds until the first trial; they double with each further one up to the longest, so that recovery is noticed within that."""


class Circuit:
    """Counts failures in a row, and says how many cases may be tried now."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.failed: set[str] = set()
        self.trials = 0
        self.trial_at = 0.0

    @property
    def open(self) -> bool:
        """Whether the destination counts as down."""
        return len(self.failed) >= DISTINCT_FAILURES

    def most(self, batch: int, now: float, *, in_flight: bool) -> int:
        """Return how many cases may be claimed now: the whole batch, or one as a trial, or none before the next trial."""
        if not self.open:
            return batch
        return int(not in_flight and now >= self.trial_at)

    def answered(self) -> None:
        """Record that the destination accepted or refused a case: it is not down."""
        self.failed.clear()
        self.trials = 0

    def fail(self, cases: Iterable[str], now: float) -> None:
        """Record that all cases of a batch failed temporarily."""
        self.failed.update(cases)
        if self.open:
            wait = min(LONGEST_TRIAL, FIRST_TRIAL * 2 ** min(self.trials, 20))
            self.trial_at = now + wait * self.chance.uniform(0.5, 1.0)
            self.trials += 1
