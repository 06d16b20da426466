"""Hand-over codes, which take a draft to another device: digits to type, or a longer ticket to scan; ten minutes, one use."""

import secrets
import string
from dataclasses import dataclass
from random import Random
from typing import Literal

from onestop.store.database import Row, Transaction
from onestop.store.encryption import cipher
from onestop.store.errors import Unavailable
from onestop.store.queries import Query, read_queries
from onestop.store.tables import drafts, guesses, moves
from onestop.store.tables.drafts import Draft

SQL = read_queries(__file__)
LIFE = 600
MIN_LEFT = 60
"""A code with fewer seconds left is replaced when it is shown again."""
TRIES = 50
SHORT, LONG = 6, 12
"""Digits of a code: normally, and while somebody is guessing codes."""
TICKET = string.ascii_uppercase + string.digits
TICKET_LENGTH = 13
"""Capitals and digits give the smallest QR code (alphanumeric mode); thirteen are 67 bits, which cannot be guessed."""


@dataclass(frozen=True, slots=True)
class HandOverCode:
    digits: str
    ticket: str
    expires: int


@dataclass(frozen=True, slots=True)
class Claimant:
    """The session that takes a draft over, its network, and its own draft (`instead`) that it discards for it, if any."""

    session: str
    channel: str
    place: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class DraftClaimed:
    """The claiming session holds the draft now. `erased` is its own draft of the same journey, which it gave up for this one."""

    draft: Draft
    erased: Draft | None = None


@dataclass(frozen=True, slots=True)
class OwnDraftExists:
    """The claiming session has a draft of the same journey, `mine`, and must choose which to keep. Nothing was changed."""

    mine: Draft


@dataclass(frozen=True, slots=True)
class CodeRejected:
    """`guarded`: short codes are blocked because too many wrong ones were tried; a code shown now is longer, and works."""

    why: Literal["unknown", "used", "expired", "finished", "guarded"]


async def show(tx: Transaction, session: str, draft: str, now: int, chance: Random) -> HandOverCode | None:
    """Return the code of a draft: the current one, or a new one if it is about to expire or has too few digits.

    None if this session does not hold the draft, or it is not open.
    """
    found = await drafts.lock(tx, draft, now)
    if found is None or found.session != session or found.key is None:
        return None
    length = LONG if await guesses.are_many(tx, now) else SHORT
    row = await tx.row(SQL.code_to_show, draft=draft, after=now + MIN_LEFT)
    if row is not None:
        digits, ticket = cipher.decrypt(found.key, "codes", draft, row[0]).decode().split()
        if len(digits) >= length:
            return HandOverCode(digits, ticket, row[1])
    return await _new(tx, (session, draft, found.key), now, chance, length)


async def _new(tx: Transaction, whose: tuple[str, str, bytes], now: int, chance: Random, length: int) -> HandOverCode:
    session, draft, key = whose
    digest = tx.keys.current.digest
    for _ in range(TRIES):
        digits = f"{chance.randrange(10**length):0{length}}"
        ticket = "".join(secrets.choice(TICKET) for _ in range(TICKET_LENGTH))
        encrypted = cipher.encrypt(key, "codes", draft, f"{digits} {ticket}".encode())
        if await _is_valid(tx, digits, now):
            continue
        added = await tx.execute(
            SQL.add_code,
            digits=digest(digits), ticket=digest(ticket), draft=draft, session=session, expires=now + LIFE,
            encrypted=encrypted, now=now,
        )  # fmt: skip
        if added:
            return HandOverCode(digits, ticket, now + LIFE)
    raise Unavailable("no code could be found that is not in use")


async def _is_valid(tx: Transaction, digits: str, now: int) -> bool:
    """Return whether these digits are a valid code, under any master key."""
    row = await _find(tx, SQL.code_of_digits, digits)
    return row is not None and row[2] > now and row[3] is None


async def claim(tx: Transaction, given: str, who: Claimant, now: int) -> DraftClaimed | OwnDraftExists | CodeRejected:
    """Claim the draft of a code, given as digits or ticket. Every try of a short code is counted against guessing."""
    plain = "".join(given.split()).upper()
    if len(plain) == TICKET_LENGTH:
        return await _claim(tx, await _find(tx, SQL.code_of_ticket, plain), who, now)
    if len(plain) == LONG:
        return await _claim(tx, await _find(tx, SQL.code_of_digits, plain), who, now)
    if not await guesses.count(tx, who.session, who.place, now):
        return CodeRejected("guarded")
    outcome = await _claim(tx, await _find(tx, SQL.code_of_digits, plain), who, now)
    if not isinstance(outcome, CodeRejected):
        await guesses.forgive(tx, who.session, who.place, now)
    return outcome


async def _claim(
    tx: Transaction, row: Row | None, who: Claimant, now: int
) -> DraftClaimed | OwnDraftExists | CodeRejected:
    if row is None:
        return CodeRejected("unknown")
    digits, draft, expires, used, used_by = row
    if used is not None:
        # The same form again: the first response may not have arrived.
        held = await drafts.get(tx, who.session, draft, now) if used_by == who.session else None
        return DraftClaimed(held) if held and held.standing == "open" else CodeRejected("used")
    found = await drafts.lock(tx, draft, now) if expires > now else None
    if found is None:
        return CodeRejected("expired")
    if found.key is None:
        return CodeRejected("finished")
    if found.session == who.session:
        return DraftClaimed(found)
    mine = await drafts.find(tx, who.session, found.journey, now)
    if mine and mine.answers and mine.id != who.instead:
        return OwnDraftExists(mine)
    if not await tx.execute(SQL.use_code, digits=digits, session=who.session, now=now):
        return CodeRejected("used")
    if mine:
        await drafts.discard(tx, who.session, mine.id, now)
    await moves.hand_over(tx, found, who.session, who.channel, now)
    moved = await drafts.get(tx, who.session, draft, now)
    assert moved is not None
    return DraftClaimed(moved, mine)


async def _find(tx: Transaction, query: Query, given: str) -> Row | None:
    for master in tx.keys.masters:
        row = await tx.row(query, digest=master.digest(given))
        if row is not None:
            return row
    return None
