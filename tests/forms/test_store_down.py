"""While the database is down: a message in the resident's language, no input is lost, and one press retries."""

import io
import re
import urllib.parse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path

import pytest
from PIL import Image
from support.resident import ADDRESS_FIELDS
from support.servers.borough_server import BIN, COMPLAINT, TO_ADDRESS, URLENCODED, Borough, Visitor, borough, code_of
from support.servers.running_server import Answer

from channels.tv import CHANNEL
from onestop.pictures.photo_queue import PhotoQueueFull
from onestop.store.errors import Unavailable

TO_PHOTO = (
    ("kind", "new"), ("about", "bins"), ("told", "yes"), ("when", "month"), ("wrong", "late"), ("story", "It was late."),
    ("remedy", "sorry"), ("whose", "self"), ("help", "none"),
)  # fmt: skip
HBBTV = "Mozilla/5.0 (Linux; Tizen 2.3) HbbTV/1.2.1 (;Samsung;SmartTV2015;T-HKM6DEUC;;)"
FIELDS = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
HOME = "Planted Cottage, 12 High Street, EM4 2QT"
SAID = {
    "": ("We could not take that just now", "Send it again"),
    "/cy": ("Ni allem dderbyn hynny ar hyn o bryd", "Ei anfon eto"),
}


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path) as made:
        yield made


@asynccontextmanager
async def away(server: Borough, monkeypatch: pytest.MonkeyPatch, *ways: str) -> AsyncIterator[None]:
    """Make the database fail to write, or to read as well."""

    async def fails(_: object) -> None:
        raise Unavailable("the database: gone")

    with monkeypatch.context() as gone:
        for way in ways or ("run", "read"):
            gone.setattr(server.database, way, fails)
        yield


async def again(visitor: Visitor, path: str) -> tuple[int, str]:
    """Submit the only form of the page that is shown."""
    fields = [(name, unescape(value)) for name, value in FIELDS.findall(visitor.body)]
    return await visitor.answer(path, fields, "")


@pytest.mark.parametrize("language", ["", "/cy"])
@pytest.mark.parametrize("channel", ["", "/tv", "/kiosk/~portrait"])
@pytest.mark.parametrize("ways", [("run",), ("run", "read")])
async def test_an_answer_that_could_not_be_stored_is_resent_from_the_error_page(
    ways: tuple[str, ...], channel: str, language: str, server: Borough, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor, journey = Visitor(server), f"{channel}{language}{BIN}"
    await visitor.get(journey)
    await visitor.until(journey, TO_ADDRESS)
    page = await visitor.get(journey)
    async with away(server, monkeypatch, *ways):
        status, _ = await visitor.answer(f"{journey}/home", [("answer", HOME)], page)
        assert status == 503
        for said in SAID[language]:
            assert said in visitor.body
        assert (await again(visitor, f"{journey}/home"))[0] == 503
    status, there = await again(visitor, f"{journey}/home")
    assert (status, there) == (303, f"{journey}/tell") or there.endswith("/stands")
    # A remote first chooses how to answer; the letters are entered on the second page.
    entry = "home/2" if channel == "/tv" else "home"
    page = await visitor.get(f"{journey}/{entry}")
    # A phone has a field of its own for the postcode.
    assert HOME in page or ADDRESS_FIELDS.search(page)


async def test_the_error_page_has_retry_after_and_is_not_cached(
    server: Borough, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(server)
    await visitor.until(BIN, TO_ADDRESS)
    async with away(server, monkeypatch):
        for answer in (await server.get(BIN, Cookie=visitor.cookie), await server.get(f"/tv{BIN}/day")):
            assert answer.status == 503
            assert answer.headers["Retry-After"] == "30"
            assert answer.headers["Cache-Control"] == "no-store"
            assert "We cannot get at the answers just now" in answer.text
            assert "Set-Cookie" not in answer.headers
    assert "What is the address" in await visitor.get(BIN)


@pytest.mark.parametrize("journey", [f"/tv{BIN}", f"/tv/cy{BIN}"])
async def test_the_error_page_of_a_television_is_one_packet(
    journey: str, server: Borough, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(server)
    await visitor.get(journey)
    await visitor.until(journey, TO_ADDRESS)
    fields = [(name, unescape(value)) for name, value in FIELDS.findall(await visitor.get(journey))]
    body = urllib.parse.urlencode([*fields, ("answer", HOME)]).encode()
    sent = {"Cookie": visitor.cookie, "Accept-Encoding": "gzip", "User-Agent": HBBTV}
    async with away(server, monkeypatch):
        unkept = await server.get(f"{journey}/home", "POST", body, sent, Content_Type=URLENCODED)
        unread = await server.get(journey, named=sent)
    for answer in (unkept, unread):
        assert answer.status == 503
        assert weight(answer) <= CHANNEL.packet, answer


def weight(answer: Answer) -> int:
    """Return the size of a response on the wire, in bytes."""
    headers = "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
    return len(f"HTTP/1.1 503 Service Unavailable\r\n{headers}\r\n") + int(answer.headers["Content-Length"])


async def test_a_submission_that_failed_creates_one_case_when_resent(
    server: Borough, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(server)
    await visitor.until(BIN, (*TO_ADDRESS, ("home", HOME)))
    for step in ("stands", "tell"):
        if f"/{step}" in await visitor.get(BIN):
            await visitor.send(f"{BIN}/{step}", [("do", "skip")] if step == "stands" else [("answer", "none")], BIN)
    page = await visitor.get(f"{BIN}/check")
    async with away(server, monkeypatch, "run"):
        assert (await visitor.answer(f"{BIN}/check", [], page))[0] == 503
    assert await again(visitor, f"{BIN}/check") == (303, f"{BIN}/done")


async def test_a_code_that_could_not_be_looked_up_is_kept_for_a_retry(
    server: Borough, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_, phone = Visitor(server), Visitor(server)
    await set_.until(BIN, TO_ADDRESS[:1])
    code, page = await code_of(set_), await phone.get("/move")
    async with away(server, monkeypatch):
        assert (await phone.answer("/move", [("answer", code)], page))[0] == 503
    assert await again(phone, "/move") == (303, BIN)


@pytest.mark.parametrize("why", ["away", "crowded"])
async def test_a_photo_must_be_chosen_again_after_an_outage(
    why: str, server: Borough, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page cannot hold it; resent without it, the question would count as skipped."""

    async def crowded(*_: object) -> None:
        raise PhotoQueueFull

    visitor, photo = Visitor(server), f"{COMPLAINT}/photo"
    await visitor.until(COMPLAINT, TO_PHOTO)
    page = await visitor.get(photo)
    async with away(server, monkeypatch, *(["run"] if why == "away" else ["close"])):
        if why == "crowded":
            monkeypatch.setattr("onestop.pictures.photo_queue.PhotoQueue.reencode", crowded)
        packed = io.BytesIO()
        Image.new("RGB", (64, 48)).save(packed, "JPEG")
        answer = await visitor.uploaded(photo, packed.getvalue(), page)
    assert answer.status == 503 and answer.headers["Retry-After"] == "30"
    assert "Choose the photo again" in answer.text and f'href="{photo}"' in answer.text
    assert '<form class="ask"' not in answer.text


async def test_a_form_of_another_site_is_not_echoed(server: Borough, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another site must not be able to put its text on a page of ours."""
    visitor = Visitor(server)
    await visitor.until(BIN, TO_ADDRESS)
    async with away(server, monkeypatch):
        status, _ = await visitor.answer(f"{BIN}/home", [("answer", "Planted")], "")
        assert status == 403 and "Planted" not in visitor.body


async def test_commands_to_copy_into_a_terminal_quote_the_input(
    server: Borough, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(server)
    await visitor.until(BIN, TO_ADDRESS)
    hidden = [(name, unescape(value)) for name, value in FIELDS.findall(await visitor.get(BIN))]
    typed = "12 High Street; rm -rf ~ $(id) `id` 'x' EM4 2QT"
    async with away(server, monkeypatch):
        answer = await server.post(f"/text{BIN}/home", [*hidden, ("answer", typed), ("x; id", "")], visitor.cookie)
    assert answer.status == 503
    (line,) = (line for line in answer.text.splitlines() if line.startswith("curl") and "answer=" in line)
    assert not set(";$`'\"&|<>(){}\\*!") & set(line.partition("-d token")[2].partition(" http")[0])
    assert urllib.parse.quote_plus(typed).replace("+", "%20") in line
