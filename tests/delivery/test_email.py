"""E-mail, against a real mail server on loopback: what arrives, and each way in which a server can fail."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from delivery.desks import context_of
from delivery.http_receiver import CASE, PARCEL, authority

from onestop.casework.case import Json
from onestop.delivery.kinds import email as kind
from onestop.delivery.kinds.destination import Accepted, Outcome, Parcel, PermanentFailure, TemporaryFailure
from onestop.delivery.kinds.email import EmailOptions, message
from onestop.delivery.kinds.mail_server import SECONDS
from onestop.delivery.worker import TIMEOUT

TO = "waste@eastmere.example"


@dataclass
class MailServer:
    """Keeps each message; `data` and `rcpt` are its next answers, the last one for ever."""

    data: list[str] = field(default_factory=lambda: ["250 OK"])
    rcpt: str = "250 OK"
    port: int = 0
    came: list[EmailMessage] = field(default_factory=list)
    pause: float = 0

    async def handle_RCPT(  # noqa: N802 (a name of aiosmtpd)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.data.pop(0) if len(self.data) > 1 else self.data[0]
        await asyncio.sleep(self.pause)
        if answer.startswith(("250", "drop")):
            assert isinstance(envelope.content, bytes)
            self.came.append(message_from_bytes(envelope.content, policy=default))
        if answer == "drop":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return answer


@asynccontextmanager
async def mail_server(
    tls: ssl.SSLContext | None, *, implicit: bool = False, **options: Any
) -> AsyncIterator[MailServer]:
    handler = MailServer()

    def session() -> SMTP:
        return SMTP(handler, hostname="localhost", tls_context=None if implicit else tls, **options)

    server = await asyncio.get_running_loop().create_server(session, "127.0.0.1", 0, ssl=tls if implicit else None)
    async with server:
        handler.port = server.sockets[0].getsockname()[1]
        yield handler


async def sent(
    folder: Path, server: MailServer, *parcels: Parcel, scheme: str = "smtp", user: str = "", **settings: str
) -> list[Outcome]:
    address = f"{scheme}://{user}127.0.0.1:{server.port}"
    context = context_of(folder, **{"mail_server": address, "mail_from": "cases@eastmere.example", **settings})
    return [*await EmailOptions(TO).open(context).deliver(parcels or [PARCEL])]


@pytest.mark.parametrize(("scheme", "implicit"), [("smtp", False), ("smtps", True)])
async def test_a_case_arrives_over_tls_with_its_answers_and_photos(scheme: str, implicit: bool, tmp_path: Path) -> None:
    tls, file = authority(tmp_path, "127.0.0.1")
    answers: Json = [
        {"question": "Street", "said": "Bridge Street", "own_words": {"question": "Stryd", "said": "Stryd y Bont"}}
    ]
    parcel = replace(PARCEL, body={**PARCEL.body, "title": "Missed bin", "language": "cy", "answers": answers})
    async with mail_server(tls, implicit=implicit, require_starttls=not implicit) as server:
        assert await sent(tmp_path, server, parcel, scheme=scheme, authorities=str(file)) == [Accepted()]
    (came,) = server.came
    assert (came["Subject"], came["To"], came["From"]) == ("Missed bin 123 456 7890", TO, "cases@eastmere.example")
    assert came["Message-ID"] == f"<{CASE}.waste@eastmere.example>"
    text = came.get_body(("plain",))
    assert text is not None
    assert "Street\n  Bridge Street\n\nStryd\n  Stryd y Bont\n" in text.get_content().replace("\r\n", "\n")
    (photo,) = came.iter_attachments()
    assert (photo.get_filename(), photo.get_content_type()) == ("1234567890-1.jpg", "image/jpeg")
    assert photo.get_content() == b"\xff\xd8 picture"


async def test_nothing_is_sent_to_a_server_without_tls_unless_the_setting_says_so(tmp_path: Path) -> None:
    async with mail_server(None) as server:
        (refused,) = await sent(tmp_path, server)
        assert isinstance(refused, TemporaryFailure) and server.came == []
        assert await sent(tmp_path, server, scheme="smtp+clear") == [Accepted()]


async def test_a_certificate_of_a_stranger_is_refused(tmp_path: Path) -> None:
    tls, _ = authority(tmp_path, "127.0.0.1")
    async with mail_server(tls, require_starttls=True) as server:
        (outcome,) = await sent(tmp_path, server)
    assert isinstance(outcome, TemporaryFailure) and server.came == []


@pytest.mark.parametrize("code", [421, 450, 451, 452])
async def test_a_4xx_answer_is_tried_again(code: int, tmp_path: Path) -> None:
    async with mail_server(None) as server:
        server.data = [f"{code} 4.2.2 the mailbox of Gwenllian is full", "250 OK"]
        (first,) = await sent(tmp_path, server, scheme="smtp+clear")
        assert isinstance(first, TemporaryFailure) and "Gwenllian" not in str(first)
        assert await sent(tmp_path, server, scheme="smtp+clear") == [Accepted()]


@pytest.mark.parametrize("code", [550, 552, 554])
async def test_a_5xx_answer_is_a_refusal_and_delays_no_other_message(code: int, tmp_path: Path) -> None:
    async with mail_server(None) as server:
        server.data = [f"{code} 5.1.1 no Gwenllian here", "250 OK"]
        first, second = await sent(tmp_path, server, PARCEL, PARCEL, scheme="smtp+clear")
    assert isinstance(first, PermanentFailure) and second == Accepted()
    assert str(first) == f"the mail server refused the message ({code} 5.1.1)"


@pytest.mark.parametrize(
    ("answer", "outcome"), [("550 5.1.1 nobody", PermanentFailure), ("450 4.7.1 grey", TemporaryFailure)]
)
async def test_a_refused_recipient(answer: str, outcome: type, tmp_path: Path) -> None:
    async with mail_server(None) as server:
        server.rcpt = answer
        (found,) = await sent(tmp_path, server, scheme="smtp+clear")
    assert isinstance(found, outcome) and server.came == []


async def test_a_message_whose_answer_was_lost_comes_again_with_the_same_message_id(tmp_path: Path) -> None:
    async with mail_server(None) as server:
        server.data = ["drop", "250 OK"]
        first, rest = await sent(tmp_path, server, PARCEL, replace(PARCEL, desk="other"), scheme="smtp+clear")
        assert isinstance(first, TemporaryFailure) and isinstance(rest, TemporaryFailure)
        assert await sent(tmp_path, server, scheme="smtp+clear") == [Accepted()]
    assert len({one["Message-ID"] for one in server.came}) == 1 and len(server.came) == 2


async def test_a_server_that_does_not_answer_is_left_after_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kind, "SECONDS", 0.3)
    async with mail_server(None) as server:
        server.pause = 2
        (outcome,) = await sent(tmp_path, server, scheme="smtp+clear")
    assert str(outcome) == "the mail server did not answer in time"


@pytest.mark.parametrize(
    "greeting", [b"", b"220", b"HTTP/1.1 400 Bad\r\n\r\n", b"554 5.7.1 go away\r\n", b"220 " + b"x" * 100_000]
)
async def test_what_is_no_mail_server_is_temporary(greeting: bytes, tmp_path: Path) -> None:
    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greeting)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        (outcome,) = await sent(tmp_path, MailServer(port=port), scheme="smtp+clear")
    assert isinstance(outcome, TemporaryFailure)


async def test_name_and_password(tmp_path: Path) -> None:
    tls, file = authority(tmp_path, "127.0.0.1")

    def check(server: SMTP, session: Session, envelope: Envelope, how: str, given: LoginPassword) -> AuthResult:
        return AuthResult(success=given == LoginPassword(b"onestop", b"right"), handled=False)

    secrets = tmp_path / "secrets.toml"
    async with mail_server(tls, require_starttls=True, auth_required=True, authenticator=check) as server:
        for password in ("right", "wrong"):
            secrets.write_text(f'mail = "{password}"')
            secrets.chmod(0o600)
            settings = {"authorities": str(file), "secrets": str(secrets)}
            (outcome,) = await sent(tmp_path, server, user="onestop@", **settings)
            assert (outcome == Accepted()) == (password == "right")
    assert str(outcome) == "the mail server refused our name and password (535)"


def test_nothing_that_a_resident_writes_becomes_a_header() -> None:
    evil = "x\r\nBcc: thief@example.org\r\n\r\nbody\u2028Bcc: y\x00"
    parcel = replace(PARCEL, body={"title": evil, "answers": [{"question": evil, "said": evil}]})
    made = message_from_bytes(bytes(message(parcel, "a@b.example", TO)), policy=default)
    assert made["Bcc"] is None
    assert sorted(name.lower() for name in made) == sorted(
        ["from", "to", "subject", "message-id", "auto-submitted", "mime-version", "content-type"]
    )


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    options = EmailOptions(TO)
    assert "--mail-server" in options.missing(context_of(tmp_path))
    assert "--mail-from" in options.missing(context_of(tmp_path, mail_server="smtp://h"))
    said = options.missing(context_of(tmp_path, mail_server="smtp://u@h", mail_from="a@b.example"))
    assert "no secret `mail`" in said


async def test_a_slow_server_is_given_no_more_than_fits_into_the_time_of_a_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kind, "BATCH_SECONDS", 0.5)
    parcels = [replace(PARCEL, case=f"{number:032x}") for number in range(8)]
    async with mail_server(None) as server:
        server.pause = 0.2
        outcomes = await sent(tmp_path, server, *parcels, scheme="smtp+clear")
    accepted = outcomes.count(Accepted())
    assert 1 <= accepted < 8 and len(outcomes) == 8
    assert len(server.came) == accepted
    assert SECONDS * 3 + kind.BATCH_SECONDS < TIMEOUT
