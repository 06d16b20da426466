"""Limits on the drafts and photos that one network may store in an hour."""

import io
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import pytest
from PIL import Image
from support.programs.databases import scalar
from support.servers.borough_server import BIN, COMPLAINT, TO_ADDRESS, Borough, Visitor, borough

TO_PHOTO = (
    ("kind", "new"), ("about", "bins"), ("told", "yes"), ("when", "month"), ("wrong", "late"), ("story", "It was late."),
    ("remedy", "sorry"), ("whose", "self"), ("help", "none"),
)  # fmt: skip
LIBRARY, HOME = "198.51.100.7", "203.0.113.9"


@pytest.fixture
async def server(url: str, keys_file: Path | None, tmp_path: Path) -> AsyncIterator[Borough]:
    keys = {"keys": str(keys_file)} if keys_file else {}
    limits = {"drafts_an_hour": "5", "photos_an_hour": "2", "proxy": "yes"}
    async with borough(tmp_path, database=url, **limits, **keys) as made:
        yield made


def from_network(server: Borough, network: str) -> Visitor:
    return Visitor(server, X_Forwarded_For=network, X_Forwarded_Proto="https")


async def begun(server: Borough, network: str, channel: str = "") -> tuple[int, Visitor]:
    visitor = from_network(server, network)
    return (await visitor.send(f"{channel}{BIN}/day", [("answer", "today")], f"{channel}{BIN}"))[0], visitor


async def test_drafts_of_one_network_are_bounded_and_other_networks_are_not(
    server: Borough, caplog: pytest.LogCaptureFixture
) -> None:
    begun_first = [await begun(server, LIBRARY) for _ in range(5)]
    assert [status for status, _ in begun_first] == [303] * 5
    refused = [await begun(server, LIBRARY, channel) for channel in ("", "/kiosk", "/tv")]
    assert [status for status, _ in refused] == [429] * 3
    assert (await begun(server, HOME))[0] == 303
    # Existing drafts can still be answered.
    await begun_first[0][1].until(BIN, TO_ADDRESS[1:])
    assert await scalar(server.database, "SELECT COUNT(*) FROM drafts") == 6
    assert [record.message for record in caplog.records if "one network" in record.message] == [
        "one network has stored as many drafts as it may in an hour: it gets 429 until the next"
    ]
    assert b'onestop_network_limited_total{kind="drafts"} 3.0' in server.parts.metrics.text()[0]


async def test_a_refused_answer_is_kept_on_the_page_and_taken_in_the_next_hour(server: Borough) -> None:
    for _ in range(5):
        await begun(server, LIBRARY)
    status, visitor = await begun(server, LIBRARY)
    assert status == 429
    assert "Wait an hour" in unescape(visitor.body)
    page = visitor.body
    assert 'name="answer" value="today"' in page
    server.clock.now += 3600
    assert (await visitor.answer(f"{BIN}/day", [("answer", "today")], page))[0] == 303


async def test_photos_of_one_network_are_bounded(server: Borough) -> None:
    packed = io.BytesIO()
    Image.new("RGB", (64, 48)).save(packed, "JPEG")
    statuses = []
    for network in (LIBRARY, LIBRARY, LIBRARY, HOME):
        visitor = from_network(server, network)
        await visitor.until(COMPLAINT, TO_PHOTO)
        page = await visitor.get(f"{COMPLAINT}/photo")
        statuses.append((await visitor.uploaded(f"{COMPLAINT}/photo", packed.getvalue(), page)).status)
    assert statuses == [303, 303, 429, 303]
    assert await scalar(server.database, "SELECT COUNT(*) FROM photos") == 3
