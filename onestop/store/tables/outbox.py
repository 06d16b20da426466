"""The outbox: one row a case, desk and destination, claimed for some seconds by the server that delivers it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from onestop.figures.event import bucket
from onestop.store.database import Transaction
from onestop.store.queries import read_queries
from onestop.store.tables import events

SQL = read_queries(__file__)
DeliveryState = Literal["waiting", "done", "refused", "given up"]
DeliveryProgress = Literal["received", "sending", "accepted", "refused", "given up"]
"""How far a delivery is: not tried yet, tried without success so far, and the three ends."""
LONGEST_WAIT = 3600
"""Seconds between two tries at most. A row due later than that was written by a clock that was ahead, and is due now."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that this server may make until the claim ends. `tries` includes this one and identifies the claim.

    `since` is when the delivery was begun, or asked for again.
    """

    case: str
    desk: str
    destination: str
    tries: int
    since: int = 0


@dataclass(frozen=True, slots=True)
class StatusAsk:
    """A delivery whose destination is to be asked for its status. Without a `number` yet, `token` stands for one."""

    case: str
    desk: str
    destination: str
    number: str
    token: str


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """One delivery. Times are seconds since 1970; `reason` is why the last try failed, without personal data.

    `number` and `status` are the destination's own for the case, as it gave them, or empty.
    """

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
    number: str = ""
    status: str = ""

    @property
    def progress(self) -> DeliveryProgress:
        """How far it is, as an officer or a resident reads it."""
        if self.state == "waiting":
            return "sending" if self.tries else "received"
        return "accepted" if self.state == "done" else self.state


@dataclass(frozen=True, slots=True)
class OutboxCount:
    """How many deliveries of a route are waiting, refused or given up, and when the oldest of their cases was submitted."""

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


async def accepted(
    tx: Transaction, claim: Claim, now: int, *, number: str = "", token: str = "", ask_due: int | None = None
) -> None:
    """Record that the destination has it, under its own `number`; ask it for the status of that at `ask_due`.

    When the last destination of a case has it, its delivery is counted, once.
    """
    # Locked, so that of the last two destinations of a case one sees that the other has it.
    await tx.row(SQL.lock_case, id=claim.case)
    await tx.execute(
        SQL.accept,
        case_id=claim.case, desk=claim.desk, destination=claim.destination, now=now,
        number=number, token=token, ask_due=ask_due,
    )  # fmt: skip
    whole = await tx.row(SQL.deliver_whole, id=claim.case, now=now)
    if whole is not None:
        journey, channel, submitted = whole
        took = bucket("delivered", now - submitted)
        await events.add_one(tx, journey, channel, "delivered", took, spread=claim.case, now=now)


async def refused(tx: Transaction, claim: Claim, reason: str, now: int) -> None:
    """Record that it will not be retried until an operator asks for it."""
    await tx.execute(
        SQL.settle,
        case_id=claim.case, desk=claim.desk, destination=claim.destination, state="refused", now=now, reason=reason,
    )  # fmt: skip


async def give_up(tx: Transaction, claim: Claim, now: int) -> None:
    """Stop retrying it; the reason of the last try stays."""
    await tx.execute(SQL.give_up_one, case_id=claim.case, desk=claim.desk, destination=claim.destination, now=now)


async def give_up_old(tx: Transaction, route: tuple[str, str], reason: str, *, before: int, now: int) -> None:
    """Stop retrying every delivery of a (desk, destination) begun before a time; `reason` is why none arrives there."""
    await tx.execute(SQL.give_up_old, desk=route[0], destination=route[1], before=before, now=now, reason=reason)


async def asks_due(tx: Transaction, now: int, *, most: int, lease: int) -> tuple[StatusAsk, ...]:
    """Return deliveries whose status is to be asked for now, and keep them from other servers for `lease` seconds."""
    asks = tuple(StatusAsk(*row) for row in await tx.rows(SQL.asks_due, now=now, most=most))
    for ask in asks:
        await _postpone_ask(tx, ask, now + lease)
    return asks


async def _postpone_ask(tx: Transaction, ask: StatusAsk, until: int) -> None:
    await tx.execute(SQL.postpone_ask, case_id=ask.case, desk=ask.desk, destination=ask.destination, until=until)


async def record_status(tx: Transaction, ask: StatusAsk, number: str, status: str | None, ask_due: int | None) -> None:
    """Record the destination's number and status of a case, None for no change, and when to ask again, or None for no more."""
    await tx.execute(
        SQL.record_status,
        case_id=ask.case, desk=ask.desk, destination=ask.destination, number=number, status=status, ask_due=ask_due,
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
    """Return what is waiting, refused or given up, the oldest case first."""
    return tuple(OutboxEntry(*row) for row in await tx.rows(SQL.open_deliveries, most=most))


async def entries_of(tx: Transaction, reference: str) -> tuple[OutboxEntry, ...]:
    """Return every delivery of the case with this reference."""
    return tuple(OutboxEntry(*row) for row in await tx.rows(SQL.deliveries_of, reference=reference))


async def entries_of_case(tx: Transaction, case: str) -> tuple[OutboxEntry, ...]:
    """Return every delivery of a case by its id, with its progress."""
    return tuple(OutboxEntry(*row) for row in await tx.rows(SQL.deliveries_of_case, case_id=case))


async def open_counts(tx: Transaction) -> tuple[OutboxCount, ...]:
    """Count what is waiting, refused and given up, by desk and destination."""
    return tuple(OutboxCount(*row) for row in await tx.rows(SQL.open_counts))
