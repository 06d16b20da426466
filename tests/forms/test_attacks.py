"""Forged, replayed and oversized requests, and forms of a second window, that must be rejected."""

import asyncio
import gzip
import io
import re
from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from support.programs.databases import scalar
from support.servers.borough_server import (
    BIN,
    COMPLAINT,
    HIDDEN,
    TO_ADDRESS,
    URLENCODED,
    Borough,
    Visitor,
    borough,
    code_of,
)

TO_PHOTO = (
    ("kind", "new"), ("about", "bins"), ("told", "yes"), ("when", "month"), ("wrong", "late"), ("story", "It was late."),
    ("remedy", "sorry"), ("whose", "self"), ("help", "none"),
)  # fmt: skip
PHOTOS = "SELECT COUNT(*) FROM photos"


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path) as made:
        yield made


async def test_a_code_expires_when_the_draft_is_handed_over(server: Borough) -> None:
    """Two codes may be valid at once for a minute; a person who saw the second must not take the draft back."""
    first = Visitor(server)
    await first.until(BIN, TO_ADDRESS)
    given = await code_of(first)
    server.clock.now += 545
    kept_back = await code_of(first)
    assert kept_back != given
    resident = Visitor(server)
    assert (await resident.send("/move", [("answer", given)]))[0] == 303
    await resident.send(f"{BIN}/home", [("answer", "Planted Cottage, 12 High Street, EM4 2QT")], BIN)
    await first.send("/move", [("answer", kept_back)])
    assert "Planted" not in await first.get(f"{BIN}/home")
    assert "Planted" in await resident.get(f"{BIN}/home")


@pytest.mark.parametrize("after", [301, 330, 359])
async def test_an_answer_just_after_a_session_expired_is_stored(server: Borough, after: int) -> None:
    """The cookie of a session that has expired but is not yet deleted must not lose answers."""
    visitor, journey = Visitor(server), f"/kiosk{BIN}"
    await visitor.send(f"{journey}/day", [("answer", "today")], journey)
    server.clock.now += after
    status, there = await visitor.send(f"{journey}/day", [("answer", "today")], journey)
    assert (status, there) == (303, f"{journey}/bin")
    assert "Which was missed?" in await visitor.get(journey)


async def test_a_form_of_one_journey_does_not_write_into_the_draft_of_another(server: Borough) -> None:
    """`day` is a choice in one of them and a date in the other."""
    visitor, moving = Visitor(server), "/council-tax/moving-home/ask"
    await visitor.until(moving, [("moving", "in"), ("when", "past")])
    draft = dict(HIDDEN.findall(await visitor.get(moving)))["draft"]
    await visitor.send(f"{BIN}/day", [("draft", draft), ("answer", "yesterday")], BIN)
    assert "What is the exact date?" in await visitor.get(moving)


async def test_an_exception_is_logged_without_answers(
    server: Borough, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(ask: object, sent: dict[str, tuple[str, ...]], *_: object, **__: object) -> None:
        try:
            date.fromisoformat(sent["answer"][0])
        except ValueError as why:
            raise RuntimeError(f"no day: {sent}") from why

    monkeypatch.setattr("onestop.forms.actions.parse_answer", fails)
    assert (await Visitor(server).send(f"{BIN}/day", [("answer", "Planted")], BIN))[0] == 500
    assert "Planted" not in caplog.text
    assert "builtins.RuntimeError" in caplog.text and "builtins.ValueError" in caplog.text
    assert "in fails" in caplog.text and "actions.py:" in caplog.text


async def test_a_form_of_one_journey_does_not_submit_the_draft_of_another(server: Borough) -> None:
    visitor, moving = Visitor(server), "/council-tax/moving-home/ask"
    await visitor.until(moving, [("moving", "in"), ("when", "past")])
    draft = dict(HIDDEN.findall(await visitor.get(moving)))["draft"]
    await visitor.until(BIN, TO_ADDRESS)
    for step in ("check", "bin"):
        status, _ = await visitor.send(f"{BIN}/{step}", [("draft", draft), ("answer", "blue")], BIN)
        assert status == 409
        assert "belongs to something else that you began" in visitor.body and f'href="{BIN}"' in visitor.body
    status, _ = await visitor.send(f"/cy{BIN}/bin", [("draft", draft), ("answer", "blue")], f"/cy{BIN}")
    assert status == 409 and "perthyn i rywbeth arall" in visitor.body
    assert "What is the exact date?" in await visitor.get(moving)
    assert re.search(r'value="grey"[^>]*checked', await visitor.get(f"{BIN}/bin"))


async def test_a_replaced_or_removed_photo_is_erased(server: Borough) -> None:
    visitor, photo = Visitor(server), f"{COMPLAINT}/photo"
    await visitor.until(COMPLAINT, TO_PHOTO)
    for shade in (0, 80, 160):
        packed = io.BytesIO()
        Image.new("RGB", (64, 48), (shade, 0, 0)).save(packed, "JPEG")
        assert await visitor.upload(photo, packed.getvalue()) == 303
    assert await scalar(server.database, PHOTOS) == 1
    await visitor.send(photo, [("do", "skip")])
    assert await scalar(server.database, PHOTOS) == 0


async def test_a_photo_of_an_outdated_form_is_erased(server: Borough) -> None:
    """Another window has sent a photo meanwhile: the conflict is shown, and this photo erased."""
    visitor, photo = Visitor(server), f"{COMPLAINT}/photo"
    await visitor.until(COMPLAINT, TO_PHOTO)
    packed = io.BytesIO()
    Image.new("RGB", (64, 48)).save(packed, "JPEG")
    early = await visitor.get(photo)
    assert await visitor.upload(photo, packed.getvalue()) == 303
    assert await visitor.upload(photo, packed.getvalue(), early) == 409
    assert await scalar(server.database, PHOTOS) == 1


async def test_a_personal_device_may_be_remembered_for_a_year(server: Borough) -> None:
    first = await server.get(BIN)
    assert "Max-Age=31622400" in first.headers["Set-Cookie"]
    assert "Max-Age" not in (await server.get(f"/kiosk{BIN}")).headers["Set-Cookie"]


async def test_a_second_photo_in_a_form_is_rejected(server: Borough) -> None:
    part = b'--X\r\nContent-Disposition: form-data; name="answer"; filename="p.jpg"\r\n\r\n\xff\xd8\r\n'
    assert await posted(server, part * 2 + b"--X--\r\n") == 413


async def until(true: Callable[[], bool]) -> None:
    for _ in range(500):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it does not become true")


async def test_photos_being_uploaded_share_a_memory_bound(server: Borough, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond it a visitor is told to retry; finished and aborted uploads free their share."""
    tray = server.parts.uploads
    part = (
        b'--X\r\nContent-Disposition: form-data; name="answer"; filename="p.jpg"\r\n\r\n' + b"\xff" * 70_000 + b"\r\n"
    )
    assert await posted(server, part + b"--X--\r\n") == 403
    head = f"POST {BIN}/day HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=X\r\nContent-Length: 99999\r\n\r\n"
    _, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(head.encode() + part)
    await until(lambda: tray.held > 0)
    monkeypatch.setattr("onestop.http.request.upload.MAX_BUFFERED", 100_000)
    assert await posted(server, part + b"--X--\r\n") == 503
    writer.close()
    await until(lambda: tray.held == 0)
    assert await posted(server, part + b"--X--\r\n") == 403


async def test_a_compressed_form_is_rejected(server: Borough) -> None:
    body = gzip.compress(b"answer=" + b"x" * 100)
    packed = await server.get(f"{BIN}/day", "POST", body, Content_Type=URLENCODED, Content_Encoding="gzip")
    assert packed.status == 415


@pytest.mark.parametrize("body", [b"answer=%FF", b"answer=\xff", b"answer=%ED%A0%80"])
async def test_a_form_that_is_not_utf_8_is_rejected(server: Borough, body: bytes) -> None:
    answer = await server.get(f"{BIN}/day", "POST", body, Content_Type=URLENCODED)
    assert answer.status == 400
    assert "We did not understand that" in answer.text


async def posted(server: Borough, body: bytes) -> int:
    """POST a multipart form; return the status. The server may close before it has read all of it."""
    where, kind = f"http://127.0.0.1:{server.port}{BIN}/day", "multipart/form-data; boundary=X"
    async with server.browser.post(where, data=io.BytesIO(body), headers={"Content-Type": kind}) as answer:
        return answer.status


async def test_a_form_of_many_parts_is_rejected_before_it_fills_memory(server: Borough) -> None:
    """No more than a form and one picture is ever needed, however many parts there are."""
    part = b'--X\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"x" * 19_000 + b"\r\n"
    body = part * 1500 + b"--X--\r\n"
    assert await posted(server, body) == 413


@pytest.mark.filterwarnings("ignore:unread_data")
async def test_many_small_parts_do_not_block_other_requests(server: Borough) -> None:
    part = b'--X\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n'
    async with asyncio.timeout(5):
        assert await posted(server, part * 40_000 + b"--X--\r\n") == 413


async def test_the_charset_of_a_form_is_utf_8_whatever_the_client_claims(server: Borough) -> None:
    """Decoding punycode is quadratic: half a minute for the largest body accepted."""
    body = b"a" * 200_000 + b"-" + b"b" * 200_000
    kind = f"{URLENCODED}; charset=punycode"
    async with asyncio.timeout(2):
        assert (await server.get(f"{BIN}/day", "POST", body, Content_Type=kind)).status >= 400


@pytest.mark.parametrize("channel", ["", "/tv"])
async def test_another_site_cannot_end_a_residents_session(server: Borough, channel: str) -> None:
    visitor = Visitor(server)
    await visitor.until(BIN, TO_ADDRESS)
    left = await server.get(f"{channel}/leave", Cookie=visitor.cookie, Sec_Fetch_Site="cross-site")
    assert "Clear-Site-Data" not in left.headers
    assert "Set-Cookie" not in left.headers


LOOKS = [
    ("GET", {"Sec-Fetch-Site": "cross-site"}),
    ("GET", {"Sec-Fetch-Site": "same-site"}),
    ("GET", {"Referer": "https://evil.example/"}),
    ("GET", {"Sec-Purpose": "prefetch;prerender"}),
    ("GET", {"Purpose": "prefetch"}),
    ("HEAD", {}),
]


@pytest.mark.parametrize(("method", "headers"), LOOKS)
async def test_a_kiosk_session_ends_only_by_its_own_form(server: Borough, method: str, headers: dict[str, str]) -> None:
    visitor, journey = Visitor(server), f"/kiosk{BIN}"
    await visitor.send(f"{journey}/day", [("answer", "today")], journey)
    looked = await server.get("/kiosk/leave", method, named=headers, Cookie=visitor.cookie)
    assert "Set-Cookie" not in looked.headers and "Clear-Site-Data" not in looked.headers
    assert "Which was missed?" in await visitor.get(journey)
    left = await server.get("/kiosk/leave", Cookie=visitor.cookie, Sec_Fetch_Site="same-origin")
    assert "Max-Age=0" in left.headers["Set-Cookie"]
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Which was missed?" not in await visitor.get(journey)


async def test_leaving_on_a_personal_device_keeps_the_draft(server: Borough) -> None:
    visitor = Visitor(server)
    await visitor.until(BIN, TO_ADDRESS)
    left = await server.get("/leave", Cookie=visitor.cookie)
    assert (left.status, left.headers["Location"]) == (303, "/")
    assert "Set-Cookie" not in left.headers
    assert "What is the address" in await visitor.get(BIN)


@pytest.mark.parametrize("site", ["none", "same-origin"])
async def test_a_link_in_a_mail_does_not_erase_what_was_begun_on_a_phone(server: Borough, site: str) -> None:
    visitor = Visitor(server)
    await visitor.until(BIN, TO_ADDRESS)
    left = await server.get("/kiosk/leave", Cookie=visitor.cookie, Sec_Fetch_Site=site)
    assert left.status == 303
    assert "Set-Cookie" not in left.headers and "Clear-Site-Data" not in left.headers
    assert "What is the address" in await visitor.get(BIN)
