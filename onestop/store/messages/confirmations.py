"""Codes that confirm an address: six digits, ten minutes, five tries, bound to the draft, the question and the address."""

import hmac
from random import Random
from typing import Literal

from onestop.journeys.values.recipient import Recipient
from onestop.store.database import Transaction
from onestop.store.encryption.master_keys import MasterKey
from onestop.store.messages import limits, queue
from onestop.store.messages.queue import CODE, MessageContent, NewMessage
from onestop.store.queries import read_queries
from onestop.store.tables.drafts import Draft

SQL = read_queries(__file__)
LIFE, RESEND = 600, 60
"""Seconds for which a code is valid, and after which another one may be asked for."""
TRIES, DIGITS = 5, 6
CodeCheck = Literal["right", "wrong", "expired"]
CodeSending = Literal["sent", "too soon", "too many"]


async def send_code(
    tx: Transaction,
    draft: Draft,
    ask: str,
    recipient: Recipient,
    *,
    network: str,
    now: int,
    chance: Random,
    first: bool = False,
) -> CodeSending:
    """Store a new code for the answer to an ask of a locked draft, and the message that takes it there. An older code ends.

    The `first` code to another address need not wait. Beyond a limit there is no code at all.
    """
    assert draft.key is not None
    row = await tx.row(SQL.confirmation, draft=draft.id, ask=ask)
    if row is not None and not first and row[1] > now - RESEND:
        return "too soon"
    if not await limits.allow_code(tx, recipient, network, now):
        if first:
            await tx.execute(SQL.drop_confirmation, draft=draft.id, ask=ask)
        return "too many"
    code = f"{chance.randrange(10**DIGITS):0{DIGITS}}"
    digest = _digest(tx, draft.id, ask, recipient, code)
    await tx.execute(SQL.put_confirmation, draft=draft.id, ask=ask, code=digest, now=now, expires=now + LIFE)
    content = MessageContent(recipient, {"code": code})
    message = NewMessage(
        draft.id, draft.key, CODE, f"{ask} {now}", draft.language, content, now + LIFE, draft=draft.id
    )  # fmt: skip
    await queue.add(tx, message, now)
    return "sent"


async def check_code(tx: Transaction, draft: str, ask: str, recipient: Recipient, code: str, now: int) -> CodeCheck:
    """Count one try of a code; return whether it is right. After five tries, or for another address, it is expired."""
    row = await tx.row(SQL.try_confirmation, draft=draft, ask=ask, now=now)
    if row is None or row[1] > TRIES:
        return "expired"
    digests = [_digest_by(master, draft, ask, recipient, code) for master in tx.keys.masters]
    return "right" if any(hmac.compare_digest(row[0], digest) for digest in digests) else "wrong"


async def is_on_its_way(tx: Transaction, draft: str, ask: str, now: int) -> bool:
    """Return whether there is a code of an ask that is not known to have failed."""
    row = await tx.row(SQL.confirmation, draft=draft, ask=ask)
    if row is None:
        return False
    last = await tx.row(SQL.state_of_code, draft=draft, about=f"{ask} {row[1]}")
    return last is not None and last[0] != "failed"


def _digest(tx: Transaction, draft: str, ask: str, recipient: Recipient, code: str) -> str:
    return _digest_by(tx.keys.current, draft, ask, recipient, code)


def _digest_by(master: MasterKey, draft: str, ask: str, recipient: Recipient, code: str) -> str:
    return master.digest(f"code {draft} {ask} {recipient.means} {recipient.to} {code}")
