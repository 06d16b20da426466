"""Reads the cases that other programs ask about, with what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from onestop.casework.desk_case import DeskCase
from onestop.casework.reference import is_reference
from onestop.open311.request_filter import RequestFilter
from onestop.store.database import Transaction
from onestop.store.tables import cases, desk_cases, outbox
from onestop.store.tables.cases import CaseRow
from onestop.store.tables.outbox import OutboxEntry

MOST_LISTED, MOST_READ = 200, 1000
"""Requests in a list, and those among which a status is looked for. The standard allows 1,000, but nobody needs a key to ask for it."""
ALL, CLOSED, OPEN = "", "closed", "open"


@dataclass(frozen=True, slots=True)
class StoredRequest:
    """A case, its deliveries, and the case at each of its desks."""

    row: CaseRow
    deliveries: Sequence[OutboxEntry]
    at_desks: Sequence[DeskCase]

    @property
    def status(self) -> str:
        """Whether it is "open", or "closed": every desk has closed it, or every destination of that desk says so."""
        states = {one.desk: one.state for one in self.at_desks}
        desks = {*states, *(one.desk for one in self.deliveries)}
        closed = bool(desks) and all(states.get(desk) == CLOSED or self._closed_outside(desk) for desk in desks)
        return CLOSED if closed else OPEN

    def _closed_outside(self, desk: str) -> bool:
        statuses = [one.status for one in self.deliveries if one.desk == desk]
        return bool(statuses) and all(status == CLOSED for status in statuses)


async def with_references(tx: Transaction, channel: str, references: Sequence[str]) -> list[StoredRequest]:
    """Return the cases with these references, but for those that did not come by the channel."""
    found = [await cases.with_reference(tx, channel, one) for one in dict.fromkeys(references) if is_reference(one)]
    return [await _whole(tx, row) for row in found if row]


async def listed(tx: Transaction, channel: str, wanted: RequestFilter) -> list[StoredRequest]:
    """Return the cases of a list, the latest first."""
    if wanted.references:
        return await with_references(tx, channel, wanted.references)
    span = wanted.start, wanted.end
    rows = [
        row
        for service in wanted.services or (ALL,)
        for row in await cases.from_channel(tx, channel, *span, MOST_READ, journey=service)
    ]
    found: list[StoredRequest] = []
    for row in sorted(rows, key=lambda row: -row.submitted)[:MOST_READ]:
        one = await _whole(tx, row)
        if not wanted.statuses or one.status in wanted.statuses:
            found.append(one)
        if len(found) == MOST_LISTED:
            break
    return found


async def _whole(tx: Transaction, row: CaseRow) -> StoredRequest:
    return StoredRequest(row, await outbox.entries_of_case(tx, row.id), await desk_cases.of_case(tx, row.id))
