"""What is on its way to the desks: one row a case and desk, claimed for a while by whoever delivers it."""

from dataclasses import dataclass
from typing import Literal

from onestop.store.database import Transaction
from onestop.store.queries import read_queries

SQL = read_queries(__file__)
State = Literal["waiting", "done", "refused"]


@dataclass(frozen=True, slots=True)
class Claim:
    """Ours to deliver until the lease runs out. `tries` counts this one."""

    case: str
    desk: str
    tries: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """How it stands with one desk. `reason` is why it did not work the last time, without anything personal."""

    case: str
    desk: str
    state: State
    due: int
    tries: int
    settled: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many cases wait for a desk, and since or until when the first of them."""

    desk: str
    waiting: int
    due: int


async def desks_due(tx: Transaction, now: int) -> tuple[str, ...]:
    """The desks for which something can be delivered now."""
    return tuple(row[0] for row in await tx.rows(SQL.desks_due, now=now))


async def claim(tx: Transaction, desk: str, *, most: int, lease: int, now: int) -> tuple[Claim, ...]:
    """Up to `most` for this desk, the longest due first, ours alone for `lease` seconds."""
    return tuple(Claim(*row) for row in await tx.rows(SQL.claim, desk=desk, now=now, until=now + lease, most=most))


async def delivered(tx: Transaction, claim: Claim, now: int) -> None:
    await tx.execute(SQL.settle, case_id=claim.case, desk=claim.desk, state="done", now=now, reason="")


async def refused(tx: Transaction, claim: Claim, reason: str, now: int) -> None:
    """It will not be tried again by itself."""
    await tx.execute(SQL.settle, case_id=claim.case, desk=claim.desk, state="refused", now=now, reason=reason)


async def later(tx: Transaction, claim: Claim, reason: str, due: int) -> None:
    """To be tried again at `due`; nothing is changed if somebody else has claimed it since."""
    await tx.execute(SQL.later, case_id=claim.case, desk=claim.desk, tries=claim.tries, due=due, reason=reason)


async def of_case(tx: Transaction, case: str) -> tuple[Delivery, ...]:
    """The truth for every desk."""
    return tuple(Delivery(*row) for row in await tx.rows(SQL.parcels_of, case_id=case))


async def backlog(tx: Transaction) -> tuple[Backlog, ...]:
    """What waits, by desk."""
    return tuple(Backlog(*row) for row in await tx.rows(SQL.backlog))


async def try_again(tx: Transaction, case: str, desk: str, now: int) -> None:
    """Deliver once more what a destination has refused."""
    await tx.execute(SQL.try_again, case_id=case, desk=desk, now=now)
