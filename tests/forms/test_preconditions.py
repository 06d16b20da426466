"""If-Match on every kind of resource: without an ETag that matches, nothing is sent (RFC 9110 13.1.1)."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from support.servers.borough_server import BIN, Borough, borough

RESOURCES = (
    "/bins", "/tv/bins", "/text/bins", "/kiosk/~portrait/bins", "/search?q=bin", f"{BIN}/day", f"/tv{BIN}/day", "/move", "/healthz",
    "/livez", "/metrics", "/favicon.ico", "/robots.txt", "/sitemap.xml",
)  # fmt: skip


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path) as made:
        yield made


async def test_a_tag_that_matches_nothing_fails_and_any_matches_whatever_there_is(server: Borough) -> None:
    for path in RESOURCES:
        for wanted, status in (('"nothing-has-this"', 412), ('W/"weak"', 412), ("*", 200)):
            for _ in range(2):
                assert (await server.get(path, named={"If-Match": wanted})).status == status, (path, wanted)
    for path, status in (("/nothing", 404), ("/214", 302)):
        assert (await server.get(path, named={"If-Match": '"nothing-has-this"'})).status == status
