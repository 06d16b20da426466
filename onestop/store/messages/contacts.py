"""Contacts: how the resident of a case asked to be told about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from onestop.journeys.values.recipient import MessageMeans, MessageOccasion, Recipient
from onestop.store.database import Transaction
from onestop.store.encryption import cipher
from onestop.store.queries import read_queries
from onestop.store.tables import data_keys

SQL = read_queries(__file__)


@dataclass(frozen=True, slots=True)
class CaseContact:
    """The recipient of a case's messages, in `language`, and the occasions on which one is sent. `key` is the data key of the case."""

    recipient: Recipient
    occasions: frozenset[str]
    language: str
    key: bytes


async def add(tx: Transaction, case: str, recipient: Recipient, occasions: Iterable[MessageOccasion]) -> bool:
    """Store how the resident of a new case is told about it; return whether it is stored. A second call changes nothing."""
    key = await data_keys.find(tx, case)
    if key is None:
        return False
    encrypted = cipher.encrypt(key, "contacts", case, recipient.to.encode())
    added = await tx.execute(
        SQL.add_contact, case_id=case, means=recipient.means, occasions=" ".join(occasions), encrypted=encrypted
    )
    return bool(added)


async def of_case(tx: Transaction, case: str) -> CaseContact | None:
    """Return the contact of a case, or None if its resident gave none or the case has been erased."""
    row = await tx.row(SQL.contact, case_id=case)
    if row is None:
        return None
    means, occasions, encrypted, language, master, wrapped = row
    key = cipher.unwrap_key(tx.keys, case, master, wrapped)
    to = cipher.decrypt(key, "contacts", case, encrypted).decode()
    return CaseContact(Recipient(means, to), frozenset(occasions.split()), language, key)


async def means_of(tx: Transaction, case: str) -> tuple[MessageMeans, frozenset[str]] | None:
    """Return by what means and on which occasions the resident of a case is told about it, without the address."""
    row = await tx.row(SQL.means_of_contact, case_id=case)
    return (row[0], frozenset(row[1].split())) if row else None
