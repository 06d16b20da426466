"""The kind `email`: one plain-text message a case, with the answers and the photos.

The Message-ID is the same at every try, so that a mail server or an officer can tell a second copy after a lost answer. TLS is required
unless the setting `mail_server` says otherwise.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from email.utils import format_datetime
from urllib.parse import urlsplit

import aiosmtplib

from onestop.authoring.node import Node
from onestop.casework.reference import grouped
from onestop.delivery.kinds.destination import (
    Accepted,
    Destination,
    DestinationContext,
    DestinationKind,
    DestinationOptions,
    Outcome,
    Parcel,
    PermanentFailure,
    TemporaryFailure,
)
from onestop.delivery.kinds.http_client import tls_context
from onestop.delivery.kinds.secret_file import SecretMissing

PASSWORD = "mail"  # noqa: S105 (the name of the secret, not the secret)
SECONDS = 12.0
"""For the connection, for each message, and for the good-bye."""
BATCH_SECONDS = 20.0
"""After which no further message of a batch is begun, so that all of them are known to have been sent or not before the batch ends."""
PORTS = {"smtps": 465, "smtp": 587, "smtp+clear": 25}
MAILBOX = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
"""An enhanced status code (RFC 3463): the only part of an answer's text that is kept."""


@dataclass(frozen=True, slots=True)
class EmailOptions:
    """`to` is the mailbox of the desk."""

    to: str

    def open(self, context: DestinationContext) -> Destination:
        return Mailbox(self.to, context)

    def missing(self, context: DestinationContext) -> str:
        if not context.settings.mail_server:
            return "no mail server is set: name it with --mail-server"
        if not context.settings.mail_from:
            return "no sender is set: name the address with --mail-from"
        try:
            _password(context)
        except SecretMissing as why:
            return str(why)
        return ""


def parse_options(node: Node) -> DestinationOptions:
    to = (node / "to").text()
    if to and not MAILBOX.fullmatch(to):
        (node / "to").fault(f"`{to}` is no e-mail address like depot@eastmere.example")
    return EmailOptions(to)


KIND = DestinationKind("email", ("to",), parse_options)


class Mailbox:
    """A destination that is reached by e-mail: a batch is sent over one connection."""

    batch, parallel = 8, 1

    def __init__(self, to: str, context: DestinationContext) -> None:
        self.to, self.context = to, context

    async def deliver(self, parcels: Sequence[Parcel]) -> Sequence[Outcome]:
        outcomes: list[Outcome] = []
        try:
            client = await self._client()
            async with asyncio.timeout(SECONDS):
                try:
                    await client.connect()
                except BaseException:
                    client.close()
                    raise
            async with client:
                end = asyncio.get_running_loop().time() + BATCH_SECONDS
                for parcel in parcels:
                    if asyncio.get_running_loop().time() > end:
                        raise TimeoutError
                    async with asyncio.timeout(SECONDS):
                        outcomes.append(await self._send(client, parcel))
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as why:
            # Nothing is known of the others: they are sent again, with the same Message-ID.
            reason = TemporaryFailure(connection_reason(why))
            outcomes += [reason] * (len(parcels) - len(outcomes))
        return outcomes

    async def _send(self, client: aiosmtplib.SMTP, parcel: Parcel) -> Outcome:
        try:
            sender = self.context.settings.mail_from
            # Photos make it megabytes: not on the event loop.
            whole = await asyncio.to_thread(lambda: message(parcel, sender, self.to).as_bytes())
            await client.sendmail(sender, [self.to], whole)
        except aiosmtplib.SMTPRecipientsRefused as why:
            return _refusal(why.recipients[0])
        except aiosmtplib.SMTPResponseException as why:
            if isinstance(why, aiosmtplib.SMTPServerDisconnected | aiosmtplib.SMTPReadTimeoutError):
                raise
            return _refusal(why)
        return Accepted()

    async def _client(self) -> aiosmtplib.SMTP:
        lacks = EmailOptions(self.to).missing(self.context)
        if lacks:
            raise TemporaryFailure(lacks)
        server = urlsplit(self.context.settings.mail_server)
        clear = server.scheme == "smtp+clear"
        return aiosmtplib.SMTP(
            hostname=server.hostname,
            port=server.port or PORTS[server.scheme],
            username=server.username,
            password=_password(self.context),
            use_tls=server.scheme == "smtps",
            start_tls=server.scheme == "smtp",
            tls_context=None if clear else await asyncio.to_thread(tls_context, self.context),
            timeout=SECONDS,
        )

    async def forget(self, case: str, desk: str) -> None:
        """Keeps no records."""

    async def tidy(self, now: float) -> None:
        """Keeps no records."""


def message(parcel: Parcel, sender: str, to: str) -> EmailMessage:
    """Return the message of a case. Its headers hold nothing that a resident has written."""
    made = EmailMessage(POLICY)
    made["From"], made["To"] = sender, to
    made["Subject"] = f"{_line(parcel.body.get('title'))} {grouped(parcel.reference)}".strip()
    made["Message-ID"] = f"<{parcel.case}.{parcel.desk}@{sender.partition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    submitted = str(parcel.body.get("submitted") or "")
    if submitted:
        made["Date"] = format_datetime(datetime.fromisoformat(submitted))
    made.set_content(text(parcel), cte="quoted-printable")
    for photo in parcel.photos:
        subtype = photo.name.rpartition(".")[2].replace("jpg", "jpeg")
        image = subtype in ("jpeg", "png", "webp")
        kind = ("image", subtype) if image else ("application", "octet-stream")
        made.add_attachment(photo.content, maintype=kind[0], subtype=kind[1], filename=photo.name)
    return made


def text(parcel: Parcel) -> str:
    """Return the case as plain text: each question and its answer, also in the resident's language if that is another one."""
    body = parcel.body
    head = [
        _line(body.get("title")),
        grouped(parcel.reference),
        f"{body.get('submitted', '')}  {body.get('language', '')}",
    ]
    answers = body.get("answers")
    listed = [one for one in answers if isinstance(one, Mapping)] if isinstance(answers, Sequence) else []
    blocks = ["\n".join(filter(str.strip, head))]
    for answer in listed:
        own = answer.get("own_words")
        both = (answer, own) if isinstance(own, Mapping) else (answer,)
        blocks += ["\n".join((_line(one.get("question")), *_indented(one.get("said")))) for one in both]
    return "\n\n".join(blocks) + "\n"


def connection_reason(why: Exception) -> str:
    """Return why there was no connection, or why it broke off, without any text of the server."""
    if isinstance(why, aiosmtplib.SMTPAuthenticationError):
        return f"the mail server refused our name and password ({why.code})"
    if isinstance(why, TimeoutError):
        return "the mail server did not answer in time"
    if isinstance(why, aiosmtplib.SMTPConnectError | OSError):
        return "no connection to the mail server"
    if isinstance(why, aiosmtplib.SMTPServerDisconnected):
        return "the mail server closed the connection"
    if isinstance(why, aiosmtplib.SMTPResponseException):
        return f"the mail server answered {why.code} before any message"
    return f"the mail server offers no TLS, or another answer was wrong ({type(why).__name__})"


def _refusal(why: aiosmtplib.SMTPResponseException) -> Outcome:
    enhanced = ENHANCED.match(why.message)
    code = f"{why.code} {enhanced[0]}" if enhanced else str(why.code)
    if 500 <= why.code < 600:
        return PermanentFailure(f"the mail server refused the message ({code})")
    return TemporaryFailure(f"the mail server could not take the message now ({code})")


def _password(context: DestinationContext) -> str | None:
    return context.secrets.first(PASSWORD) if urlsplit(context.settings.mail_server).username else None


def _line(value: object) -> str:
    return CONTROLS.sub(" ", str(value or "")).strip()


def _indented(value: object) -> list[str]:
    return [f"  {_line(line)}" for line in str(value or "").splitlines()] or ["  -"]
