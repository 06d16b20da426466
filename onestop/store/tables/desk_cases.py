"""Cases at their desks: what a list shows, sorts and filters by. Only the line that says where a listed case is, is decrypted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from onestop.casework.case import UNASSISTED, Assistance
from onestop.casework.desk_case import CaseState, DeskCase
from onestop.casework.whereabouts import Whereabouts, cells_around
from onestop.store.database import Row, Transaction
from onestop.store.encryption import cipher
from onestop.store.queries import Query, read_queries

DESK_CASE = (
    "d.case_id, d.desk, d.reference, d.journey, d.channel, d.submitted, d.promised, d.changed, d.state, d.officer,"
    " d.version, d.merged_into"
)
"""The columns of a DeskCase."""
COLUMNS = DESK_CASE.count(",") + 1
LISTED_CASE = f"{DESK_CASE}, d.encrypted, k.master, k.wrapped"
"""Those of a ListedCase, with what its line is decrypted with."""
SQL = read_queries(__file__, {"DESK_CASE": DESK_CASE, "LISTED_CASE": LISTED_CASE})
TABLE, PURPOSE = "desk_cases", "whereabouts"
DIGEST = 8
"""Bytes of a digest of a postcode, street or cell: collisions are rare, and the listed line shows them."""
LAST = 1 << 62
MOST_COUNTED = 1000
QueueName = Literal["open", "mine", "new", "due", "overdue", "waiting", "failed", "closed"]
STATES: Mapping[QueueName, CaseState] = {"new": "new", "waiting": "waiting", "closed": "closed"}
PAGES: Mapping[QueueName, Query] = {
    "mine": SQL.page_mine, "new": SQL.page_of_state, "waiting": SQL.page_of_state, "closed": SQL.page_closed,
    "due": SQL.page_due, "overdue": SQL.page_due, "failed": SQL.page_failed,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Queue:
    """Which cases a list shows. `desk` is one of the officer's; `officer` is used by "mine"; `journey` is "" for all services.

    `now` and `day_end` bound what is overdue and what is due, in seconds since 1970. With `by_age` the oldest case is first, else the
    one that was promised first. A `postcode` or a `street` lists all cases there, open and closed.
    """

    name: QueueName
    desk: str
    officer: str
    now: int
    day_end: int
    journey: str = ""
    by_age: bool = False
    postcode: str = ""
    street: str = ""


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case of a list, and the line that says where it is, or ""."""

    case: DeskCase
    line: str


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A case that changed, and its version."""

    case: str
    version: int
    at: int


async def add(
    tx: Transaction, case: DeskCase, key: bytes, place: Whereabouts, assistance: Assistance = UNASSISTED
) -> None:
    """Add a case at a desk. `key` is that of the case."""
    encrypted = cipher.encrypt(key, TABLE, case.case, place.line.encode()) if place.line else None
    await tx.execute(
        SQL.add_desk_case,
        case_id=case.case, desk=case.desk, reference=case.reference, journey=case.journey, channel=case.channel,
        submitted=case.submitted, promised=case.promised, postcode=_digest(tx, place.postcode),
        street=_digest(tx, place.street), cell=_digest(tx, place.cell), encrypted=encrypted,
        assisted_by=assistance.officer, assisted_means=assistance.means,
    )  # fmt: skip


async def find(tx: Transaction, case: str, desk: str) -> DeskCase | None:
    row = await tx.row(SQL.desk_case, case_id=case, desk=desk)
    return DeskCase(*row) if row else None


async def of_case(tx: Transaction, case: str) -> tuple[DeskCase, ...]:
    """Return the case at each of its desks."""
    return tuple(DeskCase(*row) for row in await tx.rows(SQL.desks_of, case_id=case))


async def write(tx: Transaction, before: DeskCase, changed: DeskCase) -> bool:
    """Store what an event changed; return whether the case was as it was `before`."""
    written = await tx.execute(
        SQL.write,
        case_id=before.case, desk=before.desk, version=before.version, to_desk=changed.desk, changed=changed.changed,
        state=changed.state, officer=changed.officer, merged_into=changed.merged_into,
    )  # fmt: skip
    return written == 1


async def assistance(tx: Transaction, case: str, desk: str) -> Assistance:
    row = await tx.row(SQL.assistance, case_id=case, desk=desk)
    return Assistance(*row) if row else Assistance()


async def line(tx: Transaction, case: str, desk: str) -> str:
    """Return the line that says where a case is, or ""."""
    row = await tx.row(SQL.line, case_id=case, desk=desk)
    return _line(tx, case, row) if row else ""


async def set_outcome(tx: Transaction, case: str, outcome: str) -> bool:
    """Note the outcome of the first contact at all desks of a case; return False if it is noted already."""
    return await tx.execute(SQL.set_outcome, case_id=case, outcome=outcome) > 0


async def page(tx: Transaction, queue: Queue, after: DeskCase | None, most: int) -> tuple[ListedCase, ...]:
    """Return up to `most` cases of a queue that come after one, or the first."""
    first = (LAST, "~") if queue.name == "closed" else (0, "")
    promised, last = (after.promised, after.case) if after else first
    start, end = _span(queue)
    digest, older = _digests(tx, queue.postcode or queue.street)
    rows = await tx.rows(
        _page_query(queue),
        desk=queue.desk, officer=queue.officer, journey=queue.journey, state=STATES.get(queue.name, ""), start=start, end=end,
        digest=digest, older=older, promised=promised, after=last, most=most,
    )  # fmt: skip
    return _listed(tx, rows)


def _page_query(queue: Queue) -> Query:
    if queue.postcode or queue.street:
        return SQL.page_at_postcode if queue.postcode else SQL.page_at_street
    if queue.name == "open":
        by_promise = SQL.page_of_journey if queue.journey else SQL.page_open
        return SQL.page_open_by_age if queue.by_age else by_promise
    return PAGES[queue.name]


async def counts(tx: Transaction, queue: Queue) -> Mapping[str, int]:
    """Return how many cases the queues of a desk have, of all services, each at most `MOST_COUNTED`; nothing for closed cases."""
    rows = await tx.rows(
        SQL.counts, desk=queue.desk, officer=queue.officer, now=queue.now, day_end=queue.day_end, most=MOST_COUNTED
    )
    return dict(rows)


def _span(queue: Queue) -> tuple[int, int]:
    """Return when what a queue shows was promised: from the first second to before the second."""
    return {"due": (queue.now, queue.day_end), "overdue": (0, queue.now)}.get(queue.name, (0, LAST))


async def with_reference(tx: Transaction, reference: str) -> tuple[ListedCase, ...]:
    """Return the case with this reference at each of its desks."""
    return _listed(tx, await tx.rows(SQL.with_reference, reference=reference))


async def near(tx: Transaction, case: DeskCase, most: int) -> tuple[ListedCase, ...]:
    """Return other open cases of the same service and desk in the same street or with the same postcode."""
    row = await tx.row(SQL.digests_of, case_id=case.case, desk=case.desk)
    if row is None or not any(row):
        return ()
    rows = await tx.rows(
        SQL.near, desk=case.desk, journey=case.journey, case_id=case.case, postcode=row[0], street=row[1], most=most
    )
    return _listed(tx, rows)


async def reported_around(
    tx: Transaction, desk: str, journey: str, place: Whereabouts, since: int, most: int
) -> tuple[str, ...]:
    """Return the ids of open cases of a service at a desk that were sent since then from near a place, the first one first.

    Near is its cell of the grid or one beside it, its street or its postcode.
    """
    digests = [(SQL.in_cell, cell) for cell in cells_around(place.cell)]
    digests += [(SQL.in_street, place.street), (SQL.in_postcode, place.postcode)]
    rows: list[Row] = []
    for query, text in digests:
        if text:
            digest = _digest(tx, text)
            rows += await tx.rows(query, desk=desk, journey=journey, digest=digest, since=since, most=most)
    return tuple(sorted({row[0] for row in rows})[:most])


async def changed_since(tx: Transaction, desk: str, since: int, most: int) -> Sequence[CaseChange]:
    """Return the cases of a desk that changed at a time or later, the latest first."""
    return [CaseChange(*row) for row in await tx.rows(SQL.changed_since, desk=desk, since=since, most=most)]


def _listed(tx: Transaction, rows: Iterable[Row]) -> tuple[ListedCase, ...]:
    return tuple(ListedCase(DeskCase(*row[:COLUMNS]), _line(tx, row[0], row[COLUMNS:])) for row in rows)


def _line(tx: Transaction, case: str, row: Row) -> str:
    encrypted, master, wrapped = row
    if not encrypted or not master:
        return ""
    return cipher.decrypt(cipher.unwrap_key(tx.keys, case, master, wrapped), TABLE, case, encrypted).decode()


def _digest(tx: Transaction, text: str) -> bytes | None:
    return _digests(tx, text)[0] if text else None


def _digests(tx: Transaction, text: str) -> tuple[bytes, bytes]:
    """Return the digests of a text with the current master key and with the one before it, if there is one."""
    keys = [tx.keys.current, *tx.keys.masters[1:2], tx.keys.current][:2]
    made = [bytes.fromhex(key.digest(f"{PURPOSE} {text}"))[:DIGEST] for key in keys]
    return made[0], made[1]
