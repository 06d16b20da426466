"""Delivery status notifications (RFC 3464): e-mails in which a mail server says what became of one of ours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from onestop.messages.carrier import refusal_reason
from onestop.store.messages.queue import MessageStatus

MOST_BYTES = 1_000_000
"""Of a notification. It quotes a message of ours, which is a few thousand."""
MOST_PARTS = 20
MESSAGE_ID = re.compile(r"<([0-9a-f]{32})@([A-Za-z0-9.-]{1,255})>")
STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
QUOTED = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers")


@dataclass(frozen=True, slots=True)
class Bounce:
    """What became of the message with this id."""

    message: str
    status: MessageStatus


def read_bounce(mail: bytes, domain: str) -> Bounce | None:
    """Return what a notification says of a message that was sent from `domain`; None for any other e-mail, and if it says no end.

    What a mail server wrote in its own words is not kept: it may quote the address.
    """
    if len(mail) > MOST_BYTES:
        return None
    try:
        parts = _parts(BytesParser(policy=compat32).parsebytes(mail))
        status = next(filter(None, (_status(part) for part in parts)), None)
        message = next(filter(None, (_our_message(part, domain) for part in parts)), "")
    except (MessageError, ValueError, LookupError, RecursionError):
        return None
    return Bounce(message, status) if message and status else None


def _parts(mail: Message) -> list[Message]:
    """Return the parts of a report, not those inside the message that it quotes."""
    if mail.get_content_type() != "multipart/report" or not mail.is_multipart():
        return []
    found = mail.get_payload()
    return [part for part in found[:MOST_PARTS] if isinstance(part, Message)] if isinstance(found, list) else []


def _status(part: Message) -> MessageStatus | None:
    """Return the end of the one recipient that a part tells of."""
    if part.get_content_type() != "message/delivery-status":
        return None
    for fields in _blocks(part):
        action, status = str(fields.get("Action", "")).strip().casefold(), STATUS.search(str(fields.get("Status", "")))
        code = status[0] if status else ""
        if action == "failed":
            return MessageStatus(
                "failed", reason=refusal_reason(code), detail=f"returned by a mail server {code}".rstrip()
            )
        if action == "delivered":
            return MessageStatus("delivered")
    return None


def _blocks(part: Message) -> Iterator[Message]:
    found = part.get_payload()
    yield from (block for block in found[:MOST_PARTS] if isinstance(block, Message)) if isinstance(found, list) else ()


def _our_message(part: Message, domain: str) -> str:
    """Return the id of our message, if a part quotes it."""
    if part.get_content_type() not in QUOTED:
        return ""
    inside = part.get_payload()
    quoted = inside[0] if isinstance(inside, list) and inside else inside
    text = str(quoted.get("Message-ID", "")) if isinstance(quoted, Message) else _id_line(str(quoted))
    found = MESSAGE_ID.search(text)
    return found[1] if found and found[2].casefold() == domain.casefold() else ""


def _id_line(headers: str) -> str:
    return next((line for line in headers.splitlines() if line.casefold().startswith("message-id:")), "")
