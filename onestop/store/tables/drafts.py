"""Drafts: answers on their way, saved after each of them, one open draft a visit and journey."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from onestop.casework.case import Json
from onestop.store.database import Row, Transaction
from onestop.store.encryption import cipher
from onestop.store.ids import new_id
from onestop.store.queries import read_queries
from onestop.store.tables import data_keys, editions, photos
from onestop.store.tables.editions import Edition

SQL = read_queries(__file__)
Standing = Literal["open", "aside", "done"]


@dataclass(frozen=True, slots=True)
class Draft:
    """`changed` is the revision at which each answer was last given. When it is done, its answers are erased."""

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


@dataclass(frozen=True, slots=True)
class AnswerSaved:
    draft: Draft


@dataclass(frozen=True, slots=True)
class AnswerConflict:
    """Another window answered this ask after the answer was asked for: `present` is what it said."""

    draft: Draft
    present: Json


@dataclass(frozen=True, slots=True)
class AlreadySubmitted:
    """It has been submitted: there is a receipt."""

    draft: Draft


async def begin(
    tx: Transaction, session: str, edition: Edition, *, channel: str, language: str, keeps: int, now: int
) -> Draft:
    """The open draft of this visit and journey, begun if there is none."""
    await editions.add(tx, edition)
    while True:
        found = await find(tx, session, edition.journey, now)
        if found is not None:
            return found
        # One whose time is up, and that has not been swept away yet, stands in the way.
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


async def find(tx: Transaction, session: str, journey: str, now: int) -> Draft | None:
    """The open draft of this visit and journey."""
    row = await tx.row(SQL.open_draft, session=session, journey=journey, now=now)
    return _decrypt_row(tx, row)[0] if row else None


async def get(tx: Transaction, session: str, draft: str, now: int) -> Draft | None:
    """A draft by its id, open, aside or done, if this visit holds it."""
    row = await tx.row(SQL.draft, id=draft, now=now)
    return _decrypt_row(tx, row)[0] if row and row[1] == session else None


async def last_done(tx: Transaction, session: str, journey: str, now: int) -> str | None:
    """The id of the draft of this visit and journey that was submitted last, as long as it leads to its receipt."""
    row = await tx.row(SQL.last_done, session=session, journey=journey, now=now)
    return str(row[0]) if row else None


async def lock(tx: Transaction, draft: str, now: int) -> tuple[Draft, bytes | None] | None:
    """A draft that nobody else changes until this transaction has ended, and its key while it has one."""
    row = await tx.row(SQL.draft_locked, id=draft, now=now)
    return _decrypt_row(tx, row) if row else None


async def save_answer(
    tx: Transaction, session: str, draft: str, ask: str, value: Json, *, seen: int, now: int
) -> AnswerSaved | AnswerConflict | AlreadySubmitted | None:
    """Save one answer, given on a page that showed revision `seen`. None if this visit does not hold the draft.

    The same answer again changes nothing. A different one than another window gave since is not saved.
    """
    found = await lock(tx, draft, now)
    if found is None or found[0].session != session:
        return None
    before, key = found
    if key is None:
        return AlreadySubmitted(before)
    known = ask in before.answers
    if known and before.answers[ask] == value:
        return AnswerSaved(before)
    if known and before.changed.get(ask, 0) > seen:
        return AnswerConflict(before, before.answers[ask])
    return AnswerSaved(await _write(tx, key, before, {**before.answers, ask: value}, ask, now))


async def drop_answer(tx: Transaction, session: str, draft: str, ask: str, now: int) -> Draft | None:
    """Take one answer back (the last of several ages, a photo). None if this visit does not hold the draft, open."""
    found = await lock(tx, draft, now)
    if found is None or found[0].session != session or found[1] is None:
        return None
    before, key = found
    assert key is not None
    return await _write(tx, key, before, {a: v for a, v in before.answers.items() if a != ask}, ask, now)


async def speak(tx: Transaction, session: str, draft: str, language: str, now: int) -> None:
    """Go on in another language."""
    await tx.execute(SQL.speak, id=draft, session=session, language=language, now=now)


async def discard(tx: Transaction, session: str, draft: str, now: int) -> bool:
    """Erase a draft, the key first; whether there was one to erase."""
    found = await lock(tx, draft, now)
    if found is None or found[0].session != session or found[1] is None:
        return False
    await data_keys.erase(tx, draft)
    await photos.erase_all(tx, draft)
    await tx.execute(SQL.drop_draft, id=draft)
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
    await tx.execute(SQL.write_draft, id=after.id, now=now, revision=revision, encrypted=encrypted)
    return after


def _encrypt_answers(key: bytes, draft: str, answers: Mapping[str, Json], changed: Mapping[str, int]) -> bytes:
    return cipher.encrypt_json(key, "drafts", draft, {"answers": answers, "changed": changed})


def _decrypt_row(tx: Transaction, row: Row) -> tuple[Draft, bytes | None]:
    *facts, encrypted, master, wrapped = row
    if not encrypted or not master:
        return Draft(*(*facts, {}, {})), None
    key = cipher.unwrap_key(tx.keys, facts[0], master, wrapped)
    inside = cipher.decrypt_json(key, "drafts", facts[0], encrypted)
    assert isinstance(inside, dict)
    return Draft(*(*facts, inside["answers"], inside["changed"])), key
