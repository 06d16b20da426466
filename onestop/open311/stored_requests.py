"""Reads the cases that other programs ask about, and their deliveries."""

from collections.abc import Mapping, Sequence

from onestop.casework.reference import is_reference
from onestop.store.database import Transaction
from onestop.store.tables import cases, outbox
from onestop.store.tables.cases import CaseRow
from onestop.store.tables.outbox import OutboxEntry


async def with_references(tx: Transaction, channel: str, references: Sequence[str]) -> tuple[CaseRow, ...]:
    """Return the cases with these references, but for those that did not come by the channel."""
    found = [await cases.with_reference(tx, channel, one) for one in references if is_reference(one)]
    return tuple(one for one in found if one)


async def deliveries_of(tx: Transaction, rows: Sequence[CaseRow]) -> Mapping[str, Sequence[OutboxEntry]]:
    """Return the deliveries of each case by its id."""
    return {row.id: await outbox.entries_of_case(tx, row.id) for row in rows}
