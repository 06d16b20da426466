"""Drafts: the answers of a journey in progress, saved one by one. A session has one open draft a journey."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from onestop.casework.case import Json
from onestop.store.database import Row, Transaction
from onestop.store.encryption import cipher
from onestop.store.ids import new_id
from onestop.store.queries import read_queries
from onestop.store.tables import data_keys, editions, events, photos
from onestop.store.tables.editions import Edition

SQL = read_queries(__file__)
Standing = Literal["open", "aside", "done"]


@dataclass(frozen=True, slots=True)
class Draft:
    """`changed` is the revision at which each answer was last changed. `standing` is "done" after submission; then there are no answers.

    `key` encrypts the answers; None after submission.
    """

    id: str
    session: str
    journey: str
    edition: str
    channel: str
    language: str
    standing: Standing
    opened: int
    touched: int
    keeps: int
    expires: int
    revision: int
    answers: Mapping[str, Json]
    changed: Mapping[str, int]
    key: bytes | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class AnswerSaved:
    draft: Draft


@dataclass(frozen=True, slots=True)
class AnswerConflict:
    """Another window saved another answer, `present`, after this form had been rendered."""

    draft: Draft
    present: Json


@dataclass(frozen=True, slots=True)
class AlreadySubmitted:
    """The draft has been submitted and has a receipt."""

    draft: Draft


async def begin(
    tx: Transaction, session: str, edition: Edition, *, channel: str, language: str, keeps: int, now: int
) -> Draft:
    """Return the open draft of this session and journey, created if there is none."""
    await editions.add(tx, edition)
    while True:
        found = await lock_open(tx, session, edition.journey, now)
        if found is not None:
            return found
        # An expired draft that has not been erased yet would violate the unique index.
        await tx.execute(SQL.set_late_aside, session=session, journey=edition.journey, now=now)
        draft, key = new_id(now), cipher.new_key()
        made = await tx.execute(
            SQL.add_draft,
            id=draft, session=session, journey=edition.journey, edition=edition.digest, channel=channel,
            language=language, now=now, keeps=keeps, expires=now + keeps,
            encrypted=_encrypt_answers(key, draft, {}, {}),
        )  # fmt: skip
        if made:
            await data_keys.add(tx, draft, key)


async def begin_once(
    tx: Transaction, draft: str, edition: Edition, *, channel: str, language: str, keeps: int, now: int
) -> Draft | None:
    """Return the draft with this id, which is its session too, created if there is none; None if it has expired.

    Another program that sends the same twice comes to the same draft, and so to the same case.
    """
    await editions.add(tx, edition)
    key = cipher.new_key()
    made = await tx.execute(
        SQL.add_draft,
        id=draft, session=draft, journey=edition.journey, edition=edition.digest, channel=channel, language=language,
        now=now, keeps=keeps, expires=now + keeps, encrypted=_encrypt_answers(key, draft, {}, {}),
    )  # fmt: skip
    if made:
        await data_keys.add(tx, draft, key)
    return await lock(tx, draft, now)


async def find(tx: Transaction, session: str, journey: str, now: int) -> Draft | None:
    """Return the open draft of this session and journey, or None."""
    row = await tx.row(SQL.open_draft, session=session, journey=journey, now=now)
    return _decrypt_row(tx, row) if row else None


async def lock_open(tx: Transaction, session: str, journey: str, now: int) -> Draft | None:
    """Lock the open draft of this session and journey for this transaction and return it, or None."""
    row = await tx.row(SQL.open_draft_locked, session=session, journey=journey, now=now)
    return _decrypt_row(tx, row) if row else None


async def get(tx: Transaction, session: str, draft: str, now: int) -> Draft | None:
    """Return a draft by its id, whatever its standing, or None if this session does not hold it."""
    row = await tx.row(SQL.draft, id=draft, now=now)
    return _decrypt_row(tx, row) if row and row[1] == session else None


async def last_done(tx: Transaction, session: str, journey: str, now: int) -> str | None:
    """Return the id of the draft of this session and journey that was submitted last and still leads to its receipt, or None."""
    row = await tx.row(SQL.last_done, session=session, journey=journey, now=now)
    return str(row[0]) if row else None


async def lock(tx: Transaction, draft: str, now: int) -> Draft | None:
    """Lock a draft for this transaction and return it, or None."""
    row = await tx.row(SQL.draft_locked, id=draft, now=now)
    return _decrypt_row(tx, row) if row else None


async def save_answer(
    tx: Transaction, session: str, draft: str, ask: str, value: Json, *, seen: int, now: int
) -> AnswerSaved | AnswerConflict | AlreadySubmitted | None:
    """Save one answer from a form rendered at revision `seen`. Return None if this session does not hold the draft.

    Saving an equal answer changes nothing. If another window has saved a different one since, nothing is saved.
    """
    before = await lock(tx, draft, now)
    if before is None or before.session != session:
        return None
    return await save_in(tx, before, ask, value, seen=seen, now=now)


async def save_in(
    tx: Transaction, before: Draft, ask: str, value: Json, *, seen: int, now: int
) -> AnswerSaved | AnswerConflict | AlreadySubmitted:
    """Do the same in a draft that this transaction has locked."""
    if before.key is None:
        return AlreadySubmitted(before)
    known = ask in before.answers
    if known and before.answers[ask] == value:
        return AnswerSaved(before)
    if known and before.changed.get(ask, 0) > seen:
        return AnswerConflict(before, before.answers[ask])
    return AnswerSaved(await _write(tx, before.key, before, {**before.answers, ask: value}, ask, now))


async def set_language(tx: Transaction, session: str, draft: str, language: str, now: int) -> None:
    """Change the draft's language."""
    await tx.execute(SQL.set_language, id=draft, session=session, language=language, now=now)


async def discard(tx: Transaction, session: str, draft: str, now: int, *, given_up: bool = True) -> bool:
    """Erase an open draft, the key first; return whether there was one. It is counted as given up, unless it was not needed."""
    found = await lock(tx, draft, now)
    if found is None or found.session != session or found.key is None:
        return False
    await data_keys.erase(tx, draft)
    await photos.erase_all(tx, draft)
    row = await tx.row(SQL.drop_draft, id=draft)
    assert row is not None
    journey, channel, last_ask, revision = row
    if revision and given_up:
        await events.add_one(tx, journey, channel, "given up", last_ask, spread=draft, now=now)
    return True


async def finish(tx: Transaction, draft: str, now: int, expires: int) -> None:
    """Mark a draft as submitted and erase its answers; it leads to its receipt until `expires`."""
    await tx.execute(SQL.finish, id=draft, now=now, expires=expires)


async def _write(tx: Transaction, key: bytes, before: Draft, answers: Mapping[str, Json], ask: str, now: int) -> Draft:
    revision = before.revision + 1
    after = replace(
        before, revision=revision, answers=answers, changed={**before.changed, ask: revision}, touched=now,
        expires=now + before.keeps,
    )  # fmt: skip
    encrypted = _encrypt_answers(key, after.id, after.answers, after.changed)
    await tx.execute(SQL.write_draft, id=after.id, now=now, revision=revision, encrypted=encrypted, ask=ask)
    if before.revision == 0:
        await events.add_one(tx, after.journey, after.channel, "started", spread=after.id, now=now)
    return after


def _encrypt_answers(key: bytes, draft: str, answers: Mapping[str, Json], changed: Mapping[str, int]) -> bytes:
    return cipher.encrypt_json(key, "drafts", draft, {"answers": answers, "changed": changed})


def _decrypt_row(tx: Transaction, row: Row) -> Draft:
    *facts, encrypted, master, wrapped = row
    if not encrypted or not master:
        return Draft(*(*facts, {}, {}))
    key = cipher.unwrap_key(tx.keys, facts[0], master, wrapped)
    inside = cipher.decrypt_json(key, "drafts", facts[0], encrypted)
    assert isinstance(inside, dict)
    return Draft(*(*facts, inside["answers"], inside["changed"], key))
