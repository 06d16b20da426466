"""Codes that take a draft to another device: digits to key in, or a longer ticket to scan; ten minutes, one use."""

import secrets
import string
from collections.abc import Callable, Iterable
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
LEAST = 60
"""A code with less time than this left is not shown again."""
TRIES = 50
SHORT, LONG = 6, 12
"""How many digits there are: on a calm day, and while somebody is guessing."""
TICKET = string.ascii_uppercase + string.digits
TICKET_LENGTH = 13
"""Capitals and digits make the smallest square code; thirteen of them are sixty-seven bits, which nobody guesses."""


@dataclass(frozen=True, slots=True)
class HandOverCode:
    digits: str
    ticket: str
    expires: int


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who takes a draft, from which network, and which draft of their own they give up for it, if any."""

    session: str
    channel: str
    place: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class DraftClaimed:
    """This visit holds the draft now."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class OwnDraftExists:
    """This visit has begun the same journey itself, and nothing has changed: only one of the two can stay. `mine` is its own."""

    mine: Draft


@dataclass(frozen=True, slots=True)
class CodeRejected:
    """`guarded`: so many have been tried that short digits lead nowhere; a code that is shown now is longer, and works."""

    why: Literal["unknown", "used", "expired", "finished", "guarded"]


async def show(tx: Transaction, session: str, draft: str, now: int, chance: Random) -> HandOverCode | None:
    """The code of a draft, the same one however often the page is drawn unless it has become too short.

    None if this visit does not hold it, open.
    """
    found = await drafts.lock(tx, draft, now)
    if found is None or found[0].session != session or found[1] is None:
        return None
    key = found[1]
    length = LONG if await guesses.are_many(tx, now) else SHORT
    row = await tx.row(SQL.code_to_show, draft=draft, after=now + LEAST)
    if row is not None:
        digits, ticket = cipher.decrypt(key, "codes", draft, row[0]).decode().split()
        if len(digits) >= length:
            return HandOverCode(digits, ticket, row[1])
    return await _new(tx, (session, draft, key), now, chance, length)


async def _new(tx: Transaction, whose: tuple[str, str, bytes], now: int, chance: Random, length: int) -> HandOverCode:
    session, draft, key = whose
    mark = tx.keys.current.digest
    for _ in range(TRIES):
        digits = f"{chance.randrange(10**length):0{length}}"
        ticket = "".join(secrets.choice(TICKET) for _ in range(TICKET_LENGTH))
        encrypted = cipher.encrypt(key, "codes", draft, f"{digits} {ticket}".encode())
        if await _lives(tx, digits, now):
            continue
        added = await tx.execute(
            SQL.add_code,
            digits=mark(digits), ticket=mark(ticket), draft=draft, session=session, expires=now + LIFE,
            encrypted=encrypted, now=now,
        )  # fmt: skip
        if added:
            return HandOverCode(digits, ticket, now + LIFE)
    raise Unavailable("no code could be found that is not in use")


async def _lives(tx: Transaction, digits: str, now: int) -> bool:
    """Whether these digits lead somewhere, also if they were given out before the master key changed."""
    row = await _find(tx, SQL.code_of_digits, digits)
    return row is not None and row[2] > now and row[3] is None


async def claim(tx: Transaction, given: str, who: Claimant, now: int) -> DraftClaimed | OwnDraftExists | CodeRejected:
    """Take the draft to which these digits, or this ticket, lead. Trying few digits is counted whatever comes of it."""
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
    digits, draft, expires, used = row
    if used is not None:
        return CodeRejected("used")
    found = await drafts.lock(tx, draft, now) if expires > now else None
    if found is None:
        return CodeRejected("expired")
    if found[1] is None:
        return CodeRejected("finished")
    if found[0].session == who.session:
        return DraftClaimed(found[0])
    mine = await drafts.find(tx, who.session, found[0].journey, now)
    if mine and mine.answers and mine.id != who.instead:
        return OwnDraftExists(mine)
    if not await tx.execute(SQL.use_code, digits=digits, session=who.session, now=now):
        return CodeRejected("used")
    if mine:
        await drafts.discard(tx, who.session, mine.id, now)
    await moves.hand_over(tx, found[0], who.session, who.channel, now)
    moved = await drafts.get(tx, who.session, draft, now)
    assert moved is not None
    return DraftClaimed(moved)


async def _find(tx: Transaction, query: Query, given: str) -> Row | None:
    marks: Iterable[Callable[[str], str]] = (master.digest for master in tx.keys.masters)
    for mark in marks:
        row = await tx.row(query, digest=mark(given))
        if row is not None:
            return row
    return None
