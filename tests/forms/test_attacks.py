"""What a stranger, or a resident's own second window, must not be able to do over the wire."""

import asyncio
import gzip
import io
import re
from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from support.borough_server import BIN, COMPLAINT, HIDDEN, TO_ADDRESS, URLENCODED, Borough, Visitor, borough, code_of
from support.databases import scalar

TO_PHOTO = (
    ("kind", "new"), ("about", "bins"), ("told", "yes"), ("when", "month"), ("wrong", "late"), ("story", "It was late."),
    ("remedy", "sorry"), ("whose", "self"), ("help", "none"),
)  # fmt: skip
PHOTOS = "SELECT COUNT(*) FROM photos"


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path) as made:
        yield made


async def test_a_code_ends_when_the_draft_has_moved_on(server: Borough) -> None:
    """Two codes may be good at the same time for a minute; whoever saw the second must not take the draft back."""
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
async def test_what_is_answered_just_after_a_visit_has_ended_is_kept(server: Borough, after: int) -> None:
    """The cookie of a visit that has ended, and has not been swept away yet, must not swallow answers."""
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


async def test_what_fails_is_written_down_without_what_was_said(
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


async def test_a_photo_that_was_replaced_or_taken_back_is_not_kept(server: Borough) -> None:
    visitor, photo = Visitor(server), f"{COMPLAINT}/photo"
    await visitor.until(COMPLAINT, TO_PHOTO)
    for shade in (0, 80, 160):
        packed = io.BytesIO()
        Image.new("RGB", (64, 48), (shade, 0, 0)).save(packed, "JPEG")
        assert await visitor.upload(photo, packed.getvalue()) == 303
    assert await scalar(server.database, PHOTOS) == 1
    await visitor.send(photo, [("do", "skip")])
    assert await scalar(server.database, PHOTOS) == 0


async def test_a_photo_that_came_too_late_is_not_kept(server: Borough) -> None:
    """Another window has sent one meanwhile: this one's is shown to differ, and erased."""
    visitor, photo = Visitor(server), f"{COMPLAINT}/photo"
    await visitor.until(COMPLAINT, TO_PHOTO)
    packed = io.BytesIO()
    Image.new("RGB", (64, 48)).save(packed, "JPEG")
    early = await visitor.get(photo)
    assert await visitor.upload(photo, packed.getvalue()) == 303
    assert await visitor.upload(photo, packed.getvalue(), early) == 409
    assert await scalar(server.database, PHOTOS) == 1


async def test_a_device_that_is_its_owners_may_be_remembered_for_a_year(server: Borough) -> None:
    first = await server.get(BIN)
    assert "Max-Age=31622400" in first.headers["Set-Cookie"]
    assert "Max-Age" not in (await server.get(f"/kiosk{BIN}")).headers["Set-Cookie"]


async def test_a_second_picture_is_refused(server: Borough) -> None:
    part = b'--X\r\nContent-Disposition: form-data; name="answer"; filename="p.jpg"\r\n\r\n\xff\xd8\r\n'
    assert await posted(server, part * 2 + b"--X--\r\n") == 413


async def until(true: Callable[[], bool]) -> None:
    for _ in range(500):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it does not become true")


async def test_pictures_that_are_coming_have_room_together(server: Borough, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever finds none is told to come again; it is there again when the others have come, or gone."""
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


async def test_a_packed_form_is_not_unpacked(server: Borough) -> None:
    body = gzip.compress(b"answer=" + b"x" * 100)
    packed = await server.get(f"{BIN}/day", "POST", body, Content_Type=URLENCODED, Content_Encoding="gzip")
    assert packed.status == 415


@pytest.mark.parametrize("body", [b"answer=%FF", b"answer=\xff", b"answer=%ED%A0%80"])
async def test_what_is_not_utf_8_is_not_understood(server: Borough, body: bytes) -> None:
    answer = await server.get(f"{BIN}/day", "POST", body, Content_Type=URLENCODED)
    assert answer.status == 400
    assert "We did not understand that" in answer.text


async def posted(server: Borough, body: bytes) -> int:
    """The status of a form in parts. The server may close before it has read all of it."""
    where, kind = f"http://127.0.0.1:{server.port}{BIN}/day", "multipart/form-data; boundary=X"
    async with server.browser.post(where, data=io.BytesIO(body), headers={"Content-Type": kind}) as answer:
        return answer.status


async def test_a_form_in_many_parts_is_refused_before_it_fills_the_memory(server: Borough) -> None:
    """No more than a form and one picture is ever needed, however many parts there are."""
    part = b'--X\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"x" * 19_000 + b"\r\n"
    body = part * 1500 + b"--X--\r\n"
    assert await posted(server, body) == 413


@pytest.mark.filterwarnings("ignore:unread_data")
async def test_many_small_parts_do_not_hold_up_everybody_else(server: Borough) -> None:
    part = b'--X\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n'
    async with asyncio.timeout(5):
        assert await posted(server, part * 40_000 + b"--X--\r\n") == 413


async def test_the_form_says_what_letters_it_is_written_in_and_nobody_else_does(server: Borough) -> None:
    """Undoing punycode takes time with the square of the length: half a minute for a body that is let in."""
    body = b"a" * 200_000 + b"-" + b"b" * 200_000
    kind = f"{URLENCODED}; charset=punycode"
    async with asyncio.timeout(2):
        assert (await server.get(f"{BIN}/day", "POST", body, Content_Type=kind)).status >= 400


@pytest.mark.parametrize("channel", ["", "/tv"])
async def test_another_site_cannot_have_a_resident_forget_their_draft(server: Borough, channel: str) -> None:
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
async def test_a_visit_at_a_kiosk_ends_only_when_its_visitor_says_so(
    server: Borough, method: str, headers: dict[str, str]
) -> None:
    visitor, journey = Visitor(server), f"/kiosk{BIN}"
    await visitor.send(f"{journey}/day", [("answer", "today")], journey)
    looked = await server.get("/kiosk/leave", method, named=headers, Cookie=visitor.cookie)
    assert "Set-Cookie" not in looked.headers and "Clear-Site-Data" not in looked.headers
    assert "Which was missed?" in await visitor.get(journey)
    left = await server.get("/kiosk/leave", Cookie=visitor.cookie, Sec_Fetch_Site="same-origin")
    assert "Max-Age=0" in left.headers["Set-Cookie"]
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Which was missed?" not in await visitor.get(journey)


async def test_whoever_leaves_on_a_device_of_their_own_keeps_their_draft(server: Borough) -> None:
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
