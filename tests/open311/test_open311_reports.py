"""Reports with photos, too many reports, and bodies that are none: each refusal is an error of GeoReport v2."""

import asyncio
import io
import json
from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from aiohttp import FormData
from open311.reports import KEY, REPORT, ROOT, post, reference_of, server
from PIL import Image
from support.servers.borough_server import Borough

from onestop.open311 import api_key
from onestop.store.errors import Unavailable
from onestop.store.tables import cases, photos

__all__ = ["server"]
pytestmark = pytest.mark.slow


def picture(kind: str = "PNG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(made, kind)
    return made.getvalue()


async def post_with_photo(
    server: Borough, photo: bytes, fields: Mapping[str, str] = REPORT, form: str = "json"
) -> tuple[int, str]:
    body = FormData(dict(fields), quote_fields=False)
    body.add_field("media", photo, filename="hole.png", content_type="image/png")
    async with server.browser.post(f"http://127.0.0.1:{server.port}{ROOT}/requests.{form}", data=body) as answer:
        return answer.status, await answer.text()


async def test_a_photo_comes_with_the_case(server: Borough, tmp_path: Path) -> None:
    status, text = await post_with_photo(server, picture())
    assert status == 201, text
    number = json.loads(text)[0]["service_request_id"]
    row = await server.database.read(lambda tx: cases.with_reference(tx, "open311", number))
    assert row is not None
    (photo,) = await server.database.read(lambda tx: photos.of(tx, row.id))
    content = await server.database.read(lambda tx: photos.content(tx, row.id, photo.id))
    assert photo.ask == "photo" and content is not None and content[:3] == b"\xff\xd8\xff"
    # The same report again, with or without its photo, is the same case with the same photo.
    for again in (await post_with_photo(server, picture()), await post_with_photo(server, picture("JPEG"))):
        assert json.loads(again[1])[0]["service_request_id"] == number
    assert len(await server.database.read(lambda tx: photos.of(tx, row.id))) == 1
    for _ in range(200):
        delivered = [one for one in (tmp_path / "outbox").rglob("*") if number in one.name]
        if len(delivered) == 2:
            break
        await asyncio.sleep(0.05)
    assert sorted(one.suffix for one in delivered) == [".jpg", ".json"]


@pytest.mark.parametrize("form", ["json", "xml"])
async def test_a_file_that_is_no_photo_makes_no_case(server: Borough, form: str) -> None:
    status, text = await post_with_photo(server, b"<html>" * 100, form=form)
    assert status == 400
    assert "no JPEG" in (json.loads(text)[0]["description"] if form == "json" else fromstring(text)[0][1].text or "")
    assert json.loads((await server.get(f"{ROOT}/requests.json")).text) == []


async def test_the_address_of_a_picture_is_passed_on_and_not_fetched(server: Borough, tmp_path: Path) -> None:
    fetched = []

    async def notice(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fetched.append(await reader.read(1))
        writer.close()

    trap = await asyncio.start_server(notice, "127.0.0.1", 0)
    async with trap:
        address = f"http://127.0.0.1:{trap.sockets[0].getsockname()[1]}/hole.jpg"
        number = await reference_of(server, REPORT | {"media_url": address})
        for _ in range(200):
            if found := [*(tmp_path / "outbox").rglob(f"*{number[-4:]}*.json")]:
                break
            await asyncio.sleep(0.05)
    said = {one["ask"]: one["said"] for one in json.loads(found[0].read_text())["answers"]}
    assert said["media_url"] == address and not fetched


async def test_a_key_that_sends_too_many_is_told_when_to_come_back(
    server: Borough, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_key, "REPORTS_AN_HOUR", 2)
    numbers = [await reference_of(server, REPORT | {"description": f"Hole {n}"}) for n in range(2)]
    for form in ("json", "xml"):
        answer = await post(server, REPORT | {"description": "Hole 3"}, form)
        assert answer.status == 429 and 0 < int(answer.headers["Retry-After"]) <= 3600
    listed = json.loads((await server.get(f"{ROOT}/requests.json")).text)
    assert {one["service_request_id"] for one in listed} == set(numbers)
    # Another key has a limit of its own, and a key that is not ours counts for nobody.
    await reference_of(server, REPORT | {"api_key": "another"})
    assert (await post(server, REPORT | {"api_key": "wrong"})).status == 403


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"description=%ff", "application/x-www-form-urlencoded", 400),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x", 400),
        (b"a=" + b"b" * 300_000, "application/x-www-form-urlencoded", 413),
        (b"&".join(b"a=b" for _ in range(300)), "application/x-www-form-urlencoded", 413),
    ],
)
@pytest.mark.parametrize("form", ["json", "xml"])
async def test_a_body_that_is_no_report_gets_an_error_in_its_format(
    server: Borough, form: str, body: bytes, kind: str, status: int
) -> None:
    answer = await server.get(f"{ROOT}/requests.{form}", "POST", body, {"Content-Type": kind})
    assert answer.status == status
    found = json.loads(answer.text)[0]["code"] if form == "json" else fromstring(answer.text).findtext("error/code")
    assert str(found) == str(status)


async def test_methods_formats_and_a_database_that_is_away(server: Borough, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = await server.get(f"{ROOT}/services.json", "POST", b"")
    assert answer.status == 405 and json.loads(answer.text)[0]["code"] == 405
    for path in ("requests", "requests.html", ".xml"):
        answer = await server.get(f"{ROOT}/{path}")
        assert answer.status == 404 and fromstring(answer.text).findtext("error/code") == "404"

    async def away(*_: object) -> None:
        raise Unavailable("the database is away")

    monkeypatch.setattr(server.database, "read", away)
    answer = await server.get(f"{ROOT}/requests.xml")
    assert answer.status == 503 and answer.headers["Retry-After"]
    assert fromstring(answer.text).findtext("error/code") == "503"


async def test_the_key_is_in_no_answer(server: Borough) -> None:
    for fields in (REPORT, REPORT | {"email": "nobody"}, REPORT | {"service_code": KEY}):
        assert KEY not in (await post(server, fields)).text
