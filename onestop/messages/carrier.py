"""The interface of carriers: what takes a message to its recipient."""

from dataclasses import dataclass
from typing import Protocol

from onestop.journeys.values.recipient import Recipient
from onestop.store.messages.queue import MessageStatus

UNREACHABLE, NO_ADDRESS, REFUSED, RETURNED = "unreachable", "no such address", "refused", "returned"
"""Why a carrier could not deliver a message."""


def refusal_reason(status: str) -> str:
    """Return why mail was refused, by its enhanced status code (RFC 3463) like "5.1.1"; `REFUSED` without one."""
    if status.startswith("5.1."):
        return NO_ADDRESS
    return UNREACHABLE if status.startswith(("4.", "5.2.", "5.4.")) else REFUSED


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message as it is sent. `id` is the same at every try: it is the carrier's reference, and holds no personal data."""

    id: str
    recipient: Recipient
    subject: str
    body: str
    language: str


class Carrier(Protocol):
    """Takes messages by one means."""

    async def send(self, message: OutgoingMessage, *, again: bool) -> MessageStatus:
        """Hand over a message; return its status and the carrier's number. With `again` an earlier try may have arrived.

        Raises `TemporaryFailure`, or `PermanentFailure` if it will never be taken.
        """

    async def status(self, number: str) -> MessageStatus | None:
        """Return what became of a message, or None if the carrier never says. Raises as `send` does."""
