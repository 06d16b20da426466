"""Returned e-mails: a delivery status notification ends the message that it quotes, and nothing else does."""

import asyncio
import io
import time
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace

import pytest
from delivery.desks import context_of, sent
from delivery.test_email import mail_server
from hypothesis import given
from hypothesis import strategies as st
from messages.told_case import EMAIL
from support.programs.databases import rows

import server
from onestop.messages.bounce import MOST_BYTES, read_bounce
from onestop.messages.carrier import NO_ADDRESS, REFUSED, UNREACHABLE, OutgoingMessage, refusal_reason
from onestop.messages.smtp import SmtpCarrier
from onestop.store.connect import open_database
from onestop.store.messages import contacts, queue
from onestop.store.messages.queue import MessageStatus

ID, DOMAIN = "0123456789abcdef" * 2, "eastmere.example"
NOTIFICATION = """From: MAILER-DAEMON@mx.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

I am sorry: gwen@example.org is not here.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; gwen@example.org
Action: {action}
Status: {status}

--b1
Content-Type: {quoted}

From: no-reply@eastmere.example
Message-ID: {message}
Subject: A subject

--b1--
"""


def notification(
    action: str = "failed", status: str = "5.1.1", message: str = f"<{ID}@{DOMAIN}>", headers_only: bool = False
) -> bytes:
    """Return a report as mail servers send it (RFC 3464)."""
    quoted = "text/rfc822-headers" if headers_only else "message/rfc822"
    return NOTIFICATION.format(action=action, status=status, message=message, quoted=quoted).encode()


@pytest.mark.parametrize("headers_only", [False, True])
@pytest.mark.parametrize(
    ("action", "status", "state", "reason"),
    [
        ("failed", "5.1.1", "failed", NO_ADDRESS),
        ("Failed", "5.2.2", "failed", UNREACHABLE),
        ("failed", "4.4.7", "failed", UNREACHABLE),
        ("failed", "5.7.1", "failed", REFUSED),
        ("failed", "nonsense", "failed", REFUSED),
        ("delivered", "2.0.0", "delivered", ""),
    ],
)
def test_what_a_notification_says(action: str, status: str, state: str, reason: str, headers_only: bool) -> None:
    found = read_bounce(notification(action, status, headers_only=headers_only), DOMAIN)
    assert found is not None
    assert (found.message, found.status.state, found.status.reason) == (ID, state, reason)
    assert "gwen" not in found.status.detail


def plain() -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["Message-ID"] = "Out of office", f"<{ID}@{DOMAIN}>"
    mail.set_content("Action: failed\nStatus: 5.1.1\n")
    return mail.as_bytes()


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"\x00\xff",
        plain(),
        notification(action="delayed"),
        notification(message=f"<{ID}@westmere.example>"),
        notification(message=f"<{ID}@{DOMAIN}.attacker.example>"),
        notification(message="<1@eastmere.example>"),
        notification() + b" " * MOST_BYTES,
        b'Content-Type: multipart/report; boundary="a"\n\n' + b"--a\n\n" * 100_000,
    ],
)
def test_any_other_mail_says_nothing(mail: bytes) -> None:
    assert read_bounce(mail, DOMAIN) is None


@given(st.binary(max_size=300), st.integers(0, 900))
def test_no_mail_is_too_odd(noise: bytes, at: int) -> None:
    whole = notification()
    found = read_bounce(whole[:at] + noise + whole[at:], DOMAIN)
    assert found is None or found.message == ID


async def test_the_command_records_a_returned_message_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path}/a.db"
    async with open_database(url) as database:
        case, now = await sent(database), int(time.time())
        await database.run(lambda tx: contacts.add(tx, case, EMAIL, ("accepted",)))
        message = str(await database.run(lambda tx: queue.enqueue(tx, case, "accepted", now, about="")))
        await database.run(lambda tx: queue.record(tx, message, MessageStatus("sent"), now))

    async def take(mail: bytes) -> str:
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(mail)))
        options = ["messages", "bounced", "--database", url, "--mail-from", f"no-reply@{DOMAIN}"]
        assert await asyncio.to_thread(server.main, options) == 0
        return capsys.readouterr().out

    assert "failed" in await take(notification(message=f"<{message}@{DOMAIN}>"))
    assert "nothing changed" in await take(notification("delivered", "2.0.0", message=f"<{message}@{DOMAIN}>"))
    assert "nothing changed" in await take(notification())
    assert "no message of ours" in await take(plain())
    async with open_database(url) as database:
        (found,) = await rows(database, "SELECT state, reason, detail FROM messages")
    assert tuple(found) == ("failed", NO_ADDRESS, "returned by a mail server 5.1.1")


def test_the_classes_of_enhanced_status_codes() -> None:
    assert [refusal_reason(code) for code in ("5.1.10", "5.2.1", "5.4.4", "4.2.2", "5.7.26", "")] == [
        NO_ADDRESS, UNREACHABLE, UNREACHABLE, UNREACHABLE, REFUSED, REFUSED,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "reason"),
    [("550 5.1.1 gwen@example.org is not here", NO_ADDRESS), ("552 5.2.2 full", UNREACHABLE), ("550 no", REFUSED)],
)
async def test_a_recipient_that_the_mail_server_refuses_has_failed_and_why(
    answer: str, reason: str, tmp_path: Path
) -> None:
    async with mail_server(None) as server_of_mail:
        server_of_mail.rcpt = answer
        address = f"smtp+clear://127.0.0.1:{server_of_mail.port}"
        carrier = SmtpCarrier(context_of(tmp_path, mail_server=address, mail_from=f"no-reply@{DOMAIN}"))
        status = await carrier.send(OutgoingMessage(ID, EMAIL, "A subject", "A body", "en"), again=False)
    assert (status.state, status.reason) == ("failed", reason)
    assert "gwen" not in status.detail and server_of_mail.came == []


@pytest.mark.parametrize("broken", ["A\nBcc: everybody@example.org", "A\r\n\r\nbody", "A\rB"])
async def test_a_subject_cannot_add_a_header(broken: str, tmp_path: Path) -> None:
    async with mail_server(None) as server_of_mail:
        address = f"smtp+clear://127.0.0.1:{server_of_mail.port}"
        carrier = SmtpCarrier(context_of(tmp_path, mail_server=address, mail_from=f"no-reply@{DOMAIN}"))
        with pytest.raises(ValueError, match=r"[Hh]eader"):
            await carrier.send(OutgoingMessage(ID, EMAIL, broken, "A body", "en"), again=False)
    assert server_of_mail.came == []
