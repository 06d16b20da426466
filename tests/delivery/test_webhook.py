"""The webhook: signed as Standard Webhooks says, and honest about every way in which a receiver can fail."""

import asyncio
import base64
import json
import os
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from delivery.desks import Clock, context_of
from delivery.http_receiver import CASE, PARCEL, Handler, Received, answering, authority, receiver
from standardwebhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from onestop.delivery.kinds import http_client
from onestop.delivery.kinds.destination import Accepted, Outcome, Parcel, PermanentFailure, TemporaryFailure
from onestop.delivery.kinds.http_client import is_public, retry_after
from onestop.delivery.kinds.webhook import WebhookOptions

NEW, OLD = ("whsec_" + base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))
IDS = ["webhook-id", "webhook-timestamp", "webhook-signature"]


def options_for(folder: Path, url: str, *secrets: str, **settings: str) -> tuple[WebhookOptions, Any]:
    file = folder / "secrets.toml"
    file.write_text(f"depot = {json.dumps(secrets or (NEW,))}\n")
    file.chmod(0o600)
    given = {"private_destinations": "yes", "secrets": str(file), **settings}
    return WebhookOptions(url, "depot"), context_of(folder, **given)


async def sent_to(folder: Path, url: str, *secrets: str, parcel: Parcel = PARCEL, **settings: str) -> Outcome:
    options, context = options_for(folder, url, *secrets, **settings)
    (outcome,) = await options.open(context).deliver([parcel])
    return outcome


async def answered_with(folder: Path, answer: Handler) -> Outcome:
    async with receiver(answer) as server:
        return await sent_to(folder, server.url)


def verified(came: Received, secret: str) -> Any:
    """Return the document, checked by the reference implementation of Standard Webhooks."""
    return Verifier(secret).verify(came.body, {name: came.headers[name] for name in IDS})


async def test_a_case_arrives_signed_with_its_answers_and_photos(tmp_path: Path) -> None:
    async with receiver(answering(204)) as server:
        assert await sent_to(tmp_path, server.url) == Accepted()
    (came,) = server.came
    document = verified(came, NEW)
    assert (came.method, came.path, document["type"]) == ("POST", "/cases", "case.submitted")
    assert document["data"]["answers"] == [{"said": "Stryd y Bont"}]
    assert base64.b64decode(document["photos"]["1234567890-1.jpg"]) == b"\xff\xd8 picture"
    assert came.headers["webhook-id"] == f"msg_{CASE}-waste"
    assert came.headers["idempotency-key"] == f'"msg_{CASE}-waste"'
    tampered = Received(came.method, came.path, came.headers, came.body.replace(b"Bont", b"Pont"))
    with pytest.raises(WebhookVerificationError):
        verified(tampered, NEW)


async def test_while_a_secret_is_replaced_both_verify(tmp_path: Path) -> None:
    async with receiver(answering(200)) as server:
        options, context = options_for(tmp_path, server.url, NEW, OLD)
        webhook = options.open(context)
        await webhook.deliver([PARCEL])
        options_for(tmp_path, server.url, NEW)
        os.utime(tmp_path / "secrets.toml", ns=(1, 1))
        await webhook.deliver([PARCEL])
    assert verified(server.came[0], NEW) and verified(server.came[0], OLD)
    with pytest.raises(WebhookVerificationError):
        verified(server.came[1], OLD)


async def test_a_case_whose_answer_was_lost_comes_again_with_the_same_id_and_body(tmp_path: Path) -> None:
    async def lost(request: web.Request) -> web.StreamResponse:
        if len(server.came) == 1:
            assert request.transport is not None
            request.transport.abort()
        return web.Response()

    clock = Clock()
    async with receiver(lost) as server:
        options, context = options_for(tmp_path, server.url)
        webhook = options.open(type(context)(context.settings, context.secrets, clock))
        (first,) = await webhook.deliver([PARCEL])
        clock.now += 60
        (second,) = await webhook.deliver([PARCEL])
    assert str(first) == "the connection broke off before the answer was whole"
    assert isinstance(first, TemporaryFailure) and second == Accepted()
    one, two = server.came
    assert (one.headers["webhook-id"], one.body) == (two.headers["webhook-id"], two.body)
    assert int(two.headers["webhook-timestamp"]) == int(one.headers["webhook-timestamp"]) + 60


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 413, 422])
async def test_a_refusal_is_final(status: int, tmp_path: Path) -> None:
    outcome = await answered_with(tmp_path, answering(status, "Gwenllian lives at 3 Stryd y Bont"))
    assert isinstance(outcome, PermanentFailure)
    assert str(status) in str(outcome) and "Gwenllian" not in str(outcome)


@pytest.mark.parametrize(
    ("status", "after", "wait"),
    [(408, "", 0), (425, "", 0), (429, "120", 120), (500, "", 0), (503, "Sat, 28 Nov 2026 00:10:00 GMT", 600)],
)
async def test_trouble_is_temporary_and_retry_after_is_kept(status: int, after: str, wait: int, tmp_path: Path) -> None:
    async with receiver(answering(status, Retry_After=after)) as server:
        options, context = options_for(tmp_path, server.url)
        at_midnight = type(context)(context.settings, context.secrets, lambda: 1795824000.0)
        (outcome,) = await options.open(at_midnight).deliver([PARCEL])
    assert isinstance(outcome, TemporaryFailure)
    assert outcome.wait == wait


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_a_failure_and_is_not_followed(status: int, tmp_path: Path) -> None:
    async with receiver(answering(status, Location="/elsewhere")) as server:
        outcome = await sent_to(tmp_path, server.url)
    assert isinstance(outcome, TemporaryFailure) and "not followed" in str(outcome)
    assert [one.path for one in server.came] == ["/cases"]


async def test_a_receiver_that_does_not_answer_is_left_after_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_client, "SECONDS", 0.3)

    async def hangs(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(5)
        return web.Response()

    assert str(await answered_with(tmp_path, hangs)) == "it did not answer in time"


async def raw_answer(folder: Path, answer: bytes) -> Outcome:
    """Send to a server that answers with these bytes and closes."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        return await sent_to(folder, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 20",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 999999 Odd\r\n\r\n",
    ],
)
async def test_half_and_wrong_answers_are_temporary(answer: bytes, tmp_path: Path) -> None:
    outcome = await raw_answer(tmp_path, answer)
    assert isinstance(outcome, TemporaryFailure)


async def test_the_body_of_an_answer_is_not_read_however_long_or_wrong(tmp_path: Path) -> None:
    endless = (
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\nContent-Type: image/x\r\nContent-Encoding: gzip\r\n\r\n"
    )
    assert await raw_answer(tmp_path, endless + b"\0" * 1_000_000) == Accepted()


async def test_nobody_listens(tmp_path: Path) -> None:
    outcome = await sent_to(tmp_path, "http://127.0.0.1:1/")
    assert isinstance(outcome, TemporaryFailure) and str(outcome).startswith("no connection: ")


async def test_a_name_that_does_not_exist(tmp_path: Path) -> None:
    outcome = await sent_to(tmp_path, "http://depot.invalid/")
    assert isinstance(outcome, TemporaryFailure) and str(outcome) == "its name cannot be resolved"


async def test_certificates_are_verified(tmp_path: Path) -> None:
    right, file = authority(tmp_path, "localhost", "127.0.0.1")
    async with receiver(answering(200), right) as server:
        assert await sent_to(tmp_path, server.url, authorities=str(file)) == Accepted()
        strange = await sent_to(tmp_path, server.url)
    assert isinstance(strange, TemporaryFailure) and "cannot be verified" in str(strange)
    other, file = authority(tmp_path, "depot.example")
    async with receiver(answering(200), other) as server:
        misnamed = await sent_to(tmp_path, server.url, authorities=str(file))
    assert isinstance(misnamed, TemporaryFailure) and "cannot be verified" in str(misnamed)
    assert server.came == []


async def test_a_server_without_tls_is_sent_nothing_over_https(tmp_path: Path) -> None:
    async with receiver(answering(200)) as server:
        outcome = await sent_to(tmp_path, server.url.replace("http:", "https:"))
    assert isinstance(outcome, TemporaryFailure) and server.came == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "[::1]", "169.254.169.254", "[::ffff:7f00:1]"])
async def test_private_addresses_are_refused_unless_allowed(host: str, tmp_path: Path) -> None:
    outcome = await sent_to(tmp_path, f"https://{host}:9/", private_destinations="no")
    assert isinstance(outcome, TemporaryFailure) and "private network" in str(outcome)
    plain = await sent_to(tmp_path, "http://depot.example/", private_destinations="no")
    assert isinstance(plain, TemporaryFailure) and "no TLS" in str(plain)


def test_which_addresses_are_public() -> None:
    assert all(map(is_public, ("9.9.9.9", "2620:fe::fe", "64:ff9b::909:909")))
    private = (
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "fe80::1%eth0",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "fd00::1",
    )
    assert not [one for one in private if is_public(one)]


def test_a_retry_after_that_says_nothing_is_no_wait() -> None:
    assert [retry_after(text, 0) for text in ("", "soon", "-5", "99" * 50)][:3] == [0, 0, 0]
    assert retry_after("Sat, 28 Nov 2026 00:10:00 GMT", 2e9) == 0


@pytest.mark.parametrize(
    ("text", "mode", "why"),
    [
        (f'depot = "{NEW}"', 0o644, "may be read by others"),
        ("depot = ", 0o600, "is no TOML file"),
        ("depot = 5", 0o600, "neither a text nor a list of texts"),
        ('other = "x"', 0o600, "has no secret `depot`"),
        ('depot = "hunter2"', 0o600, "must be whsec_ and 24 to 64 bytes"),
        ('depot = "whsec_c2hvcnQ="', 0o600, "must be whsec_ and 24 to 64 bytes"),
    ],
)
async def test_a_missing_or_wrong_secret_is_explained_and_never_shown(
    text: str, mode: int, why: str, tmp_path: Path
) -> None:
    options, context = options_for(tmp_path, "http://127.0.0.1:1/")
    (tmp_path / "secrets.toml").write_text(text)
    (tmp_path / "secrets.toml").chmod(mode)
    (outcome,) = await options.open(context).deliver([PARCEL])
    assert isinstance(outcome, TemporaryFailure)
    assert why in str(outcome)
    assert options.missing(context) == str(outcome)
    assert "hunter2" not in str(outcome)
