"""The outbox: one row a case, desk and destination, claimed for some seconds by the server that delivers it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from onestop.store.database import Transaction
from onestop.store.queries import read_queries

SQL = read_queries(__file__)
DeliveryState = Literal["waiting", "done", "refused"]
LONGEST_WAIT = 3600
"""Seconds between two tries at most. A row due later than that was written by a clock that was ahead, and is due now."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that this server may make until the claim ends. `tries` includes this one and identifies the claim."""

    case: str
    desk: str
    destination: str
    tries: int


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """One delivery. Times are seconds since 1970; `reason` is why the last try failed, without personal data."""

    case: str
    reference: str
    desk: str
    destination: str
    state: DeliveryState
    submitted: int
    due: int
    tries: int
    settled: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class OutboxCount:
    """How many deliveries of a route are waiting or refused, and when the oldest of their cases was submitted."""

    desk: str
    destination: str
    state: DeliveryState
    count: int
    oldest: int


async def add(tx: Transaction, case: str, desk: str, destination: str, now: int) -> None:
    await tx.execute(SQL.add_delivery, case_id=case, desk=desk, destination=destination, now=now)


async def routes_due(tx: Transaction, now: int) -> tuple[tuple[str, str], ...]:
    """Return each (desk, destination) that has a delivery to try now."""
    rows = await tx.rows(SQL.routes_due, now=now, horizon=now + LONGEST_WAIT)
    return tuple((desk, destination) for desk, destination in rows)


async def claim(tx: Transaction, route: tuple[str, str], *, most: int, lease: int, now: int) -> tuple[Claim, ...]:
    """Claim up to `most` deliveries of one (desk, destination) for `lease` seconds, the longest due first."""
    rows = await tx.rows(
        SQL.claim,
        desk=route[0],
        destination=route[1],
        now=now,
        horizon=now + LONGEST_WAIT,
        until=now + lease,
        most=most,
    )
    return tuple(Claim(*row) for row in rows)


async def renew(tx: Transaction, claims: Iterable[Claim], until: int) -> None:
    """Extend claims; one that another server has taken over meanwhile is left alone."""
    for one in claims:
        await tx.execute(
            SQL.renew, case_id=one.case, desk=one.desk, destination=one.destination, tries=one.tries, until=until
        )


async def delivered(tx: Transaction, claim: Claim, now: int) -> None:
    await _settle(tx, claim, "done", "", now)


async def refused(tx: Transaction, claim: Claim, reason: str, now: int) -> None:
    """Record that it will not be retried until an operator asks for it."""
    await _settle(tx, claim, "refused", reason, now)


async def _settle(tx: Transaction, claim: Claim, state: DeliveryState, reason: str, now: int) -> None:
    await tx.execute(
        SQL.settle,
        case_id=claim.case, desk=claim.desk, destination=claim.destination, state=state, now=now, reason=reason,
    )  # fmt: skip


async def postpone(tx: Transaction, claim: Claim, reason: str, due: int) -> None:
    """Retry at `due`; change nothing if another server has claimed it since."""
    await tx.execute(
        SQL.postpone,
        case_id=claim.case, desk=claim.desk, destination=claim.destination, tries=claim.tries, due=due, reason=reason,
    )  # fmt: skip


async def reopen(tx: Transaction, entry: OutboxEntry, now: int) -> None:
    """Deliver again at once, whether it was waiting, refused or done."""
    await tx.execute(SQL.reopen, case_id=entry.case, desk=entry.desk, destination=entry.destination, now=now)


async def open_entries(tx: Transaction, most: int) -> tuple[OutboxEntry, ...]:
    """Return what is waiting or refused, the oldest case first."""
    return tuple(OutboxEntry(*row) for row in await tx.rows(SQL.open_deliveries, most=most))


async def entries_of(tx: Transaction, reference: str) -> tuple[OutboxEntry, ...]:
    """Return every delivery of the case with this reference."""
    return tuple(OutboxEntry(*row) for row in await tx.rows(SQL.deliveries_of, reference=reference))


async def open_counts(tx: Transaction) -> tuple[OutboxCount, ...]:
    """Count what is waiting and refused, by desk and destination."""
    return tuple(OutboxCount(*row) for row in await tx.rows(SQL.open_counts))
