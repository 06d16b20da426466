"""Cases: a submitted draft with its reference number, and a row in the outbox for each delivery, in one transaction."""

from collections.abc import Callable, Mapping
from random import Random

from onestop.casework.case import Case, Json, Receipt, Submission
from onestop.casework.reference import new_reference
from onestop.store.database import Row, Transaction
from onestop.store.encryption import cipher
from onestop.store.errors import Unavailable
from onestop.store.ids import new_id
from onestop.store.queries import read_queries
from onestop.store.tables import data_keys, drafts, outbox, photos
from onestop.store.tables.drafts import Draft

SQL = read_queries(__file__)
RECEIPT_SECONDS = 86400
"""Seconds for which a submitted draft leads to its receipt."""
TRIES = 50
Build = Callable[[Draft, str], Submission]
"""Returns the submission for a locked draft and a reference. An exception rolls the transaction back."""


async def submit(
    tx: Transaction, session: str, draft: str, build: Build, *, chance: Random, now: int
) -> Receipt | None:
    """Turn the draft into a case; a second call returns the first receipt. None if this session does not hold the draft."""
    whole = await drafts.lock(tx, draft, now)
    if whole is None or whole.session != session:
        return None
    if whole.key is None:
        return await receipt(tx, draft)
    case, case_key = new_id(now), cipher.new_key()
    reference, submission = await _add(tx, whole, build, (case, case_key), chance, now)
    await data_keys.add(tx, case, case_key)
    for desk, destination in submission.deliveries:
        await outbox.add(tx, case, desk, destination, now)
    for photo in submission.photos:
        await photos.give(tx, photo, (draft, whole.key), (case, case_key))
    await data_keys.erase(tx, draft)
    await photos.erase_all(tx, draft)
    await drafts.finish(tx, draft, now, now + RECEIPT_SECONDS)
    return Receipt(case, reference, whole.journey, now, submission.shown)


async def _add(
    tx: Transaction, draft: Draft, build: Build, owner: tuple[str, bytes], chance: Random, now: int
) -> tuple[str, Submission]:
    """Insert the case under a free reference; return the reference and the submission."""
    case, key = owner
    for _ in range(TRIES):
        reference = new_reference(chance)
        submission = build(draft, reference)
        content: Json = {"payload": submission.payload, "shown": submission.shown}
        added = await tx.execute(
            SQL.add_case,
            id=case, draft=draft.id, reference=reference, journey=draft.journey, edition=draft.edition,
            channel=draft.channel, language=draft.language, now=now, erase_after=now + submission.keeps,
            encrypted=cipher.encrypt_json(key, "cases", case, content),
        )  # fmt: skip
        if added:
            return reference, submission
    raise Unavailable("no reference number could be found that is not in use")


async def receipt(tx: Transaction, draft: str) -> Receipt | None:
    """Return the receipt of a submitted draft, or None. The caller checks whose draft it is."""
    row = await tx.row(SQL.case_of_draft, draft=draft)
    if row is None or row[5] is None:
        return None
    case, reference, journey, submitted = row[:4]
    return Receipt(case, reference, journey, submitted, _decrypt(tx, case, row[4:])["shown"])


async def get(tx: Transaction, case: str) -> Case | None:
    """Return a case by its id, or None if it has been erased."""
    row = await tx.row(SQL.case, id=case)
    if row is None:
        return None
    payload = _decrypt(tx, case, row[8:])["payload"]
    return Case(*(*row[:8], payload, await photos.of(tx, case)))


def _decrypt(tx: Transaction, case: str, row: Row) -> Mapping[str, Mapping[str, Json]]:
    encrypted, master, wrapped = row
    content = cipher.decrypt_json(cipher.unwrap_key(tx.keys, case, master, wrapped), "cases", case, encrypted)
    assert isinstance(content, dict)
    return content
