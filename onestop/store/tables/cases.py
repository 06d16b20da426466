"""Cases: a submitted draft with its reference number, and a row in the outbox for each delivery, in one transaction."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from onestop.casework.case import Case, Json, Receipt, Submission
from onestop.casework.desk_case import DeskCase
from onestop.casework.reference import new_reference
from onestop.figures.event import Event, EventKind, bucket
from onestop.store.database import Row, Transaction
from onestop.store.encryption import cipher, tracking
from onestop.store.errors import Unavailable
from onestop.store.ids import new_id
from onestop.store.queries import read_queries
from onestop.store.tables import data_keys, desk_cases, drafts, events, outbox, photos
from onestop.store.tables.drafts import Draft

SQL = read_queries(__file__)
RECEIPT_SECONDS = 86400
"""Seconds for which a submitted draft leads to its receipt."""
TRIES = 50
PROMISED_SECONDS = 14 * 86400
"""Seconds in which a case is to be done whose journey promises nothing."""
Build = Callable[[Draft, str], Submission]
"""Returns the submission for a locked draft and a reference. An exception rolls the transaction back."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """What is stored of a case in the clear."""

    id: str
    reference: str
    journey: str
    submitted: int


async def submit(
    tx: Transaction,
    session: str,
    draft: str,
    build: Build,
    *,
    chance: Random,
    now: int,
    remembered: int = RECEIPT_SECONDS,
) -> Receipt | None:
    """Turn the draft into a case; a second call returns the first receipt. None if this session does not hold the draft.

    The draft leads to its receipt for so many seconds, `remembered`.
    """
    whole = await drafts.lock(tx, draft, now)
    if whole is None or whole.session != session:
        return None
    if whole.key is None:
        return await receipt(tx, draft)
    case, case_key = new_id(now), cipher.new_key()
    reference, submission = await _add(tx, whole, build, (case, case_key), chance, now)
    await data_keys.add(tx, case, case_key)
    await _add_at_desks(tx, whole, submission, (case, case_key, reference), now)
    for desk, destination in submission.deliveries:
        await outbox.add(tx, case, desk, destination, now)
    for photo in submission.photos:
        await photos.give(tx, photo, (draft, whole.key), (case, case_key))
    await data_keys.erase(tx, draft)
    await photos.erase_all(tx, draft)
    await drafts.finish(tx, draft, now, now + remembered)
    await events.add(tx, _events(whole, submission, now), draft, now)
    pin = "" if submission.second_fact else tracking.pin_of(case_key)
    ticket = tracking.make_ticket(tx.keys, reference)
    return Receipt(case, reference, whole.journey, now, submission.shown, whole.language, pin, ticket)


def _events(draft: Draft, submission: Submission, now: int) -> Mapping[Event, int]:
    """Return what is counted of a draft that becomes a case."""
    found: dict[EventKind, str] = {"completed": "", "seconds": bucket("seconds", now - draft.opened)}
    if not draft.revision:
        # Another program sends everything at once.
        found["started"] = ""
    if submission.presses:
        found["presses"] = bucket("presses", submission.presses)
    return {Event(draft.journey, draft.channel, kind, detail): 1 for kind, detail in found.items()}


async def _add(
    tx: Transaction, draft: Draft, build: Build, owner: tuple[str, bytes], chance: Random, now: int
) -> tuple[str, Submission]:
    """Insert the case under a free reference; return the reference and the submission."""
    case, key = owner
    for _ in range(TRIES):
        reference = new_reference(chance)
        submission = build(draft, reference)
        content: Json = {"payload": submission.payload, "shown": submission.shown}
        fact = tracking.fact_digest(key, submission.second_fact) if submission.second_fact else None
        added = await tx.execute(
            SQL.add_case,
            id=case, draft=draft.id, reference=reference, journey=draft.journey, edition=draft.edition,
            channel=draft.channel, language=draft.language, now=now, erase_after=now + submission.keeps,
            encrypted=cipher.encrypt_json(key, "cases", case, content), second_fact=fact,
        )  # fmt: skip
        if added:
            return reference, submission
    raise Unavailable("no reference number could be found that is not in use")


async def _add_at_desks(
    tx: Transaction, draft: Draft, submission: Submission, made: tuple[str, bytes, str], now: int
) -> None:
    """Add the case to the list of each desk that it is sent to."""
    case, key, reference = made
    promised = submission.promised or now + PROMISED_SECONDS
    for desk in dict.fromkeys(desk for desk, _ in submission.deliveries):
        at_desk = DeskCase(case, desk, reference, draft.journey, draft.channel, now, promised, now)
        await desk_cases.add(tx, at_desk, key, submission.whereabouts, submission.assistance)


async def receipt(tx: Transaction, draft: str) -> Receipt | None:
    """Return the receipt of a submitted draft, or None. The caller checks whose draft it is."""
    return _receipt(tx, await tx.row(SQL.case_of_draft, draft=draft))


async def receipt_of_case(tx: Transaction, case: str) -> Receipt | None:
    """Return the receipt of a case by its id, or None if it has been erased."""
    return _receipt(tx, await tx.row(SQL.receipt_of_case, id=case))


async def identify(tx: Transaction, reference: str, digits: str) -> str | None:
    """Return the id of the case with this reference and second fact, or None. It is the same work whether there is such a case."""
    decoy = ("", None, *cipher.wrap_key(tx.keys, "", cipher.new_key()))
    row = await tx.row(SQL.case_to_identify, reference=reference)
    case, fact, master, wrapped = row or decoy
    key = cipher.unwrap_key(tx.keys, case, master, wrapped)
    expected = fact or tracking.fact_digest(key, tracking.pin_of(key))
    same = hmac.compare_digest(expected, tracking.fact_digest(key, digits))
    return case if row and same else None


async def from_channel(
    tx: Transaction, channel: str, start: int, end: int, most: int, *, journey: str = ""
) -> tuple[CaseRow, ...]:
    """Return the cases that came by a channel between two times, the latest first, without what is encrypted.

    They are those of one `journey`, or of all of them.
    """
    rows = await tx.rows(SQL.cases_from, channel=channel, journey=journey, start=start, end=end, most=most)
    return tuple(CaseRow(*row) for row in rows)


async def with_reference(tx: Transaction, channel: str, reference: str) -> CaseRow | None:
    """Return the same of the case with this reference, or None if it did not come by the channel."""
    row = await tx.row(SQL.case_from, channel=channel, reference=reference)
    return CaseRow(*row) if row else None


async def of_session(tx: Transaction, session: str) -> tuple[CaseRow, ...]:
    """Return the cases that were sent in a session, the latest first, without what is encrypted."""
    return tuple(CaseRow(*row) for row in await tx.rows(SQL.cases_of_session, session=session))


async def of_ticket(tx: Transaction, ticket: str, *, follower: bool = False) -> str | None:
    """Return the id of the case that the ticket of a receipt, or of a `follower`, is for, or None."""
    reference = tracking.read_ticket(tx.keys, ticket, follower=follower)
    row = await tx.row(SQL.case_to_identify, reference=reference) if reference else None
    return row[0] if row else None


async def get(tx: Transaction, case: str) -> Case | None:
    """Return a case by its id, or None if it has been erased."""
    row = await tx.row(SQL.case, id=case)
    if row is None:
        return None
    payload = _decrypt(tx, case, row[8:])["payload"]
    return Case(*(*row[:8], payload, await photos.of(tx, case)))


def _receipt(tx: Transaction, row: Row | None) -> Receipt | None:
    if row is None or row[7] is None:
        return None
    case, reference, journey, submitted, language, fact = row[:6]
    shown = _decrypt(tx, case, row[6:])["shown"]
    pin = "" if fact else tracking.pin_of(cipher.unwrap_key(tx.keys, case, *row[7:]))
    return Receipt(case, reference, journey, submitted, shown, language, pin, tracking.make_ticket(tx.keys, reference))


def _decrypt(tx: Transaction, case: str, row: Row) -> Mapping[str, Mapping[str, Json]]:
    encrypted, master, wrapped = row
    content = cipher.decrypt_json(cipher.unwrap_key(tx.keys, case, master, wrapped), "cases", case, encrypted)
    assert isinstance(content, dict)
    return content
