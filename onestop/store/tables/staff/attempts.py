"""Attempts to sign in, counted in the database so that delays hold for all servers. An attempt is delayed, nobody is ever locked out.

Whoever tries is counted under keyed digests: a browser that the officer has signed in with before under its own, every other under the
account that it tries and under its network. So strangers who guess at an account delay each other, and not the officer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from onestop.store.database import Transaction
from onestop.store.queries import read_queries

SQL = read_queries(__file__)
LONGEST = 300
"""Seconds that an attempt is delayed at most."""
FORGOTTEN = 3600
"""Seconds after which failures do not count any more."""


@dataclass(frozen=True, slots=True)
class AttemptLimit:
    """`free` failures of `who` have no consequence; each one after them doubles the delay."""

    who: str
    free: int


def delay(failures: int, free: int) -> int:
    """Return the seconds after a failure in which no other attempt is accepted."""
    return min(LONGEST, 2 ** min(failures - free, 20)) if failures > free else 0


async def reserve(tx: Transaction, limits: Sequence[AttemptLimit], now: int) -> int:
    """Count an attempt as failed until `forgive`; return 0, or the seconds to wait if it is not accepted: then nothing is counted.

    It is counted before the password is checked: of a thousand attempts at the same time only the free ones are accepted.
    """
    # In the order of the keys, so that two transactions do not wait for each other.
    found = sorted((_digest(tx, limit), limit.free) for limit in limits)
    rows = [await tx.row(SQL.lock_attempts, who=who, now=now, since=now - FORGOTTEN) for who, _ in found]
    wait = max((row[1] - now for row in rows if row), default=0)
    if wait > 0:
        return wait
    for (who, free), row in zip(found, rows, strict=True):
        failures = row[0] + 1 if row else 1
        await tx.execute(SQL.count_attempt, who=who, failures=failures, now=now, until=now + delay(failures, free))
    return 0


async def forgive(tx: Transaction, limits: Sequence[AttemptLimit]) -> None:
    """Forget the failures under these limits: the attempt was successful."""
    for limit in limits:
        await tx.execute(SQL.forgive_attempts, who=_digest(tx, limit))


def _digest(tx: Transaction, limit: AttemptLimit) -> str:
    return tx.keys.current.digest(f"sign-in {limit.who}")
