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
    TemporaryFailure,
)
from onestop.delivery.kinds.mail_server import SECONDS, connection_reason, mail_missing, open_mail_server, send_mail

BATCH_SECONDS = 20.0
"""After which no further message of a batch is begun, so that all of them are known to have been sent or not before the batch ends."""
MAILBOX = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class EmailOptions:
    """`to` is the mailbox of the desk."""

    to: str

    def open(self, context: DestinationContext) -> Destination:
        return Mailbox(self.to, context)

    def missing(self, context: DestinationContext) -> str:
        return mail_missing(context)


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
            client = await open_mail_server(self.context)
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
        sender = self.context.settings.mail_from
        # Photos make it megabytes: not on the event loop.
        whole = await asyncio.to_thread(lambda: message(parcel, sender, self.to).as_bytes())
        return await send_mail(client, sender, self.to, whole) or Accepted()

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


def _line(value: object) -> str:
    return CONTROLS.sub(" ", str(value or "")).strip()


def _indented(value: object) -> list[str]:
    return [f"  {_line(line)}" for line in str(value or "").splitlines()] or ["  -"]
