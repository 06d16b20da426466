"""The queue of messages: each is stored in the transaction of what it tells about, and sent afterwards by a worker."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from onestop.journeys.values.recipient import MEANS, MessageMeans, MessageOccasion, Recipient
from onestop.store.database import Transaction
from onestop.store.encryption import cipher
from onestop.store.ids import new_id
from onestop.store.messages import contacts, limits
from onestop.store.queries import read_queries
from onestop.store.tables import data_keys

SQL = read_queries(__file__)
MessageState = Literal["waiting", "sent", "delivered", "failed"]
CODE = "code"
"""The occasion of a message that confirms an address."""
MESSAGE_LIFE = 3 * 86400
"""Seconds for which a message about a case is tried: what comes later than that would mislead."""
LONGEST_WAIT = 86400
"""Seconds between two tries at most: a carrier's daily limit ends at midnight UTC. A row due later was written by a wrong clock."""
TOO_MANY, GIVEN_UP, ERASED = "too many", "given up", "erased"
"""Reasons of our own why a message failed; the carriers' are in onestop/messages."""


@dataclass(frozen=True, slots=True)
class MessageClaim:
    """A message that this server may send until the claim ends. `tries` includes this one and identifies the claim."""

    id: str
    owner: str
    occasion: str
    means: MessageMeans
    language: str
    tries: int
    ends: int


@dataclass(frozen=True, slots=True)
class MessageContent:
    """What is sent to whom: the recipient, and the values of the text. `reference` and `journey` are those of its case, or empty."""

    recipient: Recipient
    values: Mapping[str, str]
    reference: str = ""
    journey: str = ""


@dataclass(frozen=True, slots=True)
class MessageStatus:
    """What became of a message: `number` is the carrier's own, `reason` why it failed, `detail` the carrier's word for officers."""

    state: MessageState
    number: str = ""
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MessageEntry:
    """One message as a resident or an officer follows it. Times are seconds since 1970; `due` is of a waiting one."""

    id: str
    occasion: str
    means: MessageMeans
    state: MessageState
    reason: str
    detail: str
    tries: int
    made: int
    changed: int
    due: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class ListedMessage:
    """A message with the reference of its case."""

    entry: MessageEntry
    reference: str


@dataclass(frozen=True, slots=True)
class StatusQuery:
    """A sent message whose carrier is to be asked what became of it; `asks` says how often it has been asked."""

    id: str
    means: MessageMeans
    number: str
    asks: int
    made: int


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to store: whose data key encrypts it, what it tells about, and until when it may be sent."""

    owner: str
    key: bytes = field(repr=False)
    occasion: str
    about: str
    language: str
    content: MessageContent
    ends: int
    case: str | None = None
    draft: str | None = None


async def enqueue(
    tx: Transaction, case: str, occasion: MessageOccasion, now: int, *, about: str, values: Mapping[str, str] | None = None
) -> str | None:  # fmt: skip
    """Store a message about a case, to be sent when this transaction is committed; return its id, or None if there is none to send.

    None if the resident gave no address, asked for no message on this occasion, or has been told of `about` already: the state,
    event or delivery that the message tells of. `values` fill in the text: "text" is what an officer wrote.
    """
    contact = await contacts.of_case(tx, case)
    if contact is None or occasion not in contact.occasions:
        return None
    content = MessageContent(contact.recipient, values or {})
    ends = now + MESSAGE_LIFE
    message = NewMessage(case, contact.key, occasion, about, contact.language, content, ends, case=case)
    return await add(tx, message, now)


async def add(tx: Transaction, message: NewMessage, now: int) -> str | None:
    """Store a message; return its id, or None if its owner has been told the same before.

    One that its recipient may not be sent today fails at once, and says so.
    """
    made, recipient = new_id(now), message.content.recipient
    content = json.dumps({"to": recipient.to, "values": dict(message.content.values)}).encode()
    added = await tx.execute(
        SQL.add_message,
        id=made, case_id=message.case, draft=message.draft, owner=message.owner, occasion=message.occasion,
        about=message.about, means=recipient.means, language=message.language, now=now, ends=message.ends,
        encrypted=cipher.encrypt(message.key, "messages", made, content),
    )  # fmt: skip
    if not added:
        return None
    if message.case and not await limits.allow_message(tx, recipient, now):
        await record(tx, made, MessageStatus("failed", reason=TOO_MANY), now)
    return made


async def means_due(tx: Transaction, now: int) -> tuple[MessageMeans, ...]:
    """Return each means by which a message is to be sent now."""
    rows = await tx.rows(SQL.means_due, now=now, horizon=now + LONGEST_WAIT)
    return tuple(means for (means,) in rows if means in MEANS)


async def claim(tx: Transaction, means: MessageMeans, *, most: int, lease: int, now: int) -> tuple[MessageClaim, ...]:
    """Claim up to `most` messages for `lease` seconds, the longest due first."""
    rows = await tx.rows(
        SQL.claim_messages, means=means, now=now, horizon=now + LONGEST_WAIT, until=now + lease, most=most
    )
    return tuple(MessageClaim(*row) for row in rows)


async def renew(tx: Transaction, claims: Iterable[MessageClaim], until: int) -> None:
    """Extend claims; one that another server has taken over meanwhile is left alone."""
    for one in claims:
        await tx.execute(SQL.renew_message, id=one.id, tries=one.tries, until=until)


async def content_of(tx: Transaction, claim: MessageClaim) -> MessageContent | None:
    """Return what is to be sent, or None if the case or the draft has been erased."""
    row, key = await tx.row(SQL.message_content, id=claim.id), await data_keys.find(tx, claim.owner)
    if row is None or key is None:
        return None
    encrypted, reference, journey = row
    found = json.loads(cipher.decrypt(key, "messages", claim.id, encrypted))
    return MessageContent(Recipient(claim.means, found["to"]), found["values"], reference or "", journey or "")


async def postpone(tx: Transaction, claim: MessageClaim, detail: str, due: int) -> None:
    """Try again at `due`; change nothing if another server has claimed it since, or it is not waiting any more."""
    await tx.execute(SQL.postpone_message, id=claim.id, tries=claim.tries, detail=detail, due=due)


async def record(
    tx: Transaction, message: str, status: MessageStatus, now: int, *, ask_due: int | None = None
) -> bool:  # fmt: skip
    """Record what became of a message; return whether that is a change. What has been delivered or has failed stays so.

    A message that was given up here may still turn out to have reached the carrier.
    """
    changed = await tx.execute(
        SQL.record_message,
        id=message, state=status.state, number=status.number, reason=status.reason, detail=status.detail, now=now,
        ask_due=ask_due if status.state == "sent" else None, given_up=GIVEN_UP,
    )  # fmt: skip
    return bool(changed)


async def record_return(tx: Transaction, message: str, status: MessageStatus, now: int) -> None:
    """Record that a letter came back, which is known only after it was delivered."""
    await tx.execute(SQL.record_return, id=message, reason=status.reason, detail=status.detail, now=now)


async def is_query_due(tx: Transaction, now: int) -> bool:
    """Return whether the carrier of any message is to be asked now."""
    return await tx.row(SQL.query_due, now=now) is not None


async def queries_due(tx: Transaction, now: int, *, most: int, lease: int) -> tuple[StatusQuery, ...]:
    """Return messages whose carrier is to be asked now, and keep them from other servers for `lease` seconds."""
    return tuple(StatusQuery(*row) for row in await tx.rows(SQL.queries_due, now=now, most=most, until=now + lease))


async def ask_again(tx: Transaction, query: StatusQuery, due: int | None) -> None:
    """Ask the carrier again at `due`, or no more."""
    await tx.execute(SQL.ask_again, id=query.id, due=due)


async def entries_of(tx: Transaction, case: str) -> tuple[MessageEntry, ...]:
    """Return the messages about a case, the oldest first."""
    return tuple(MessageEntry(*row) for row in await tx.rows(SQL.messages_of_case, case_id=case))


async def open_messages(tx: Transaction, most: int) -> tuple[ListedMessage, ...]:
    """Return up to `most` messages about cases that wait or have failed, the oldest first."""
    return tuple(ListedMessage(MessageEntry(*row[:-1]), row[-1]) for row in await tx.rows(SQL.open_messages, most=most))


async def messages_with_reference(tx: Transaction, reference: str) -> tuple[ListedMessage, ...]:
    """Return all messages about the case with a reference, the oldest first."""
    rows = await tx.rows(SQL.messages_with_reference, reference=reference)
    return tuple(ListedMessage(MessageEntry(*row[:-1]), row[-1]) for row in rows)


async def reopen(tx: Transaction, message: str, now: int) -> bool:
    """Send a message that waits or has failed now, and try it as long as a new one; return False for any other.

    Its id stays: a carrier that has it already says so, and it is sent again only if that one has failed.
    """
    return bool(await tx.execute(SQL.reopen_message, id=message, now=now, ends=now + MESSAGE_LIFE))


async def state_of(tx: Transaction, message: str) -> MessageState | None:
    """Return the state of a message, or None if there is no such message."""
    row = await tx.row(SQL.message_state, id=message)
    return row[0] if row else None
