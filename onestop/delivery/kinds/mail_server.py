"""The council's mail server: its connection, and what its answers mean."""

import asyncio
import re
from urllib.parse import urlsplit

import aiosmtplib

from onestop.delivery.kinds.destination import DestinationContext, PermanentFailure, TemporaryFailure
from onestop.delivery.kinds.http_client import tls_context
from onestop.delivery.kinds.secret_file import SecretMissing

PASSWORD = "mail"  # noqa: S105 (the name of the secret, not the secret)
SECONDS = 12.0
"""For the connection, for each message, and for the good-bye."""
PORTS = {"smtps": 465, "smtp": 587, "smtp+clear": 25}
ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
"""An enhanced status code (RFC 3463): the only part of an answer's text that is kept."""


def mail_missing(context: DestinationContext) -> str:
    """Return what the settings lack to send e-mail, in one sentence, or ""."""
    if not context.settings.mail_server:
        return "no mail server is set: name it with --mail-server"
    if not context.settings.mail_from:
        return "no sender is set: name the address with --mail-from"
    try:
        _password(context)
    except SecretMissing as why:
        return str(why)
    return ""


async def open_mail_server(context: DestinationContext) -> aiosmtplib.SMTP:
    """Return a connected client; `async with` says good-bye. Raises `TemporaryFailure`, or what `connection_reason` explains."""
    lacks = mail_missing(context)
    if lacks:
        raise TemporaryFailure(lacks)
    server = urlsplit(context.settings.mail_server)
    clear = server.scheme == "smtp+clear"
    client = aiosmtplib.SMTP(
        hostname=server.hostname,
        port=server.port or PORTS[server.scheme],
        username=server.username,
        password=_password(context),
        use_tls=server.scheme == "smtps",
        start_tls=server.scheme == "smtp",
        tls_context=None if clear else await asyncio.to_thread(tls_context, context),
        timeout=SECONDS,
    )
    async with asyncio.timeout(SECONDS):
        try:
            await client.connect()
        except BaseException:
            client.close()
            raise
    return client


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


async def send_mail(
    client: aiosmtplib.SMTP, sender: str, to: str, whole: bytes
) -> PermanentFailure | TemporaryFailure | None:
    """Send one message; return why the server did not take it, or None. Raises what `connection_reason` explains."""
    try:
        await client.sendmail(sender, [to], whole)
    except aiosmtplib.SMTPRecipientsRefused as why:
        return _refusal(why.recipients[0])
    except aiosmtplib.SMTPResponseException as why:
        if isinstance(why, aiosmtplib.SMTPServerDisconnected | aiosmtplib.SMTPReadTimeoutError):
            raise
        return _refusal(why)
    return None


def _refusal(why: aiosmtplib.SMTPResponseException) -> PermanentFailure | TemporaryFailure:
    """Return what the answer to one message means: 5xx refuses it, after 4xx it is tried again."""
    enhanced = ENHANCED.match(why.message)
    code = f"{why.code} {enhanced[0]}" if enhanced else str(why.code)
    if 500 <= why.code < 600:
        return PermanentFailure(f"the mail server refused the message ({code})", why.code)
    return TemporaryFailure(f"the mail server could not take the message now ({code})")


def _password(context: DestinationContext) -> str | None:
    return context.secrets.first(PASSWORD) if urlsplit(context.settings.mail_server).username else None
