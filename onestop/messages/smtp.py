"""E-mail through the council's own mail server, which says no more than that it took a message."""

import asyncio
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from email.utils import format_datetime

import aiosmtplib

from onestop.delivery.kinds.destination import DestinationContext, PermanentFailure, TemporaryFailure
from onestop.delivery.kinds.mail_server import ENHANCED, SECONDS, connection_reason, open_mail_server, send_mail
from onestop.messages.carrier import OutgoingMessage, refusal_reason
from onestop.store.messages.queue import MessageStatus


class SmtpCarrier:
    """Sends each message over a connection of its own. The Message-ID is the same at every try."""

    def __init__(self, context: DestinationContext) -> None:
        self.context = context

    async def send(self, message: OutgoingMessage, *, again: bool) -> MessageStatus:
        sender = self.context.settings.mail_from
        try:
            client = await open_mail_server(self.context)
            async with client, asyncio.timeout(SECONDS):
                whole = mail(message, sender, self.context.clock()).as_bytes()
                failure = await send_mail(client, sender, message.recipient.to, whole)
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as why:
            raise TemporaryFailure(connection_reason(why)) from None
        if isinstance(failure, PermanentFailure):
            code = ENHANCED.search(str(failure))
            return MessageStatus("failed", reason=refusal_reason(code[0] if code else ""), detail=str(failure))
        if failure:
            raise failure
        return MessageStatus("sent")

    async def status(self, number: str) -> MessageStatus | None:
        return None


def mail(message: OutgoingMessage, sender: str, now: float) -> EmailMessage:
    """Return an e-mail that no automatic reply answers. Raises ValueError for a line break in a header."""
    made = EmailMessage(POLICY)
    made["From"], made["To"], made["Subject"] = sender, message.recipient.to, message.subject
    made["Message-ID"] = f"<{message.id}@{sender.partition('@')[2]}>"
    made["Date"] = format_datetime(datetime.fromtimestamp(now, UTC))
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(message.body + "\n", cte="quoted-printable")
    # Setting the content drops headers of an earlier one.
    made["Content-Language"] = message.language
    return made
