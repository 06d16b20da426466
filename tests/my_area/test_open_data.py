"""The JSON of collections, as programs of others use it."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import jinja2
import pytest
import yaml
from support.household import an_address
from support.paths import ROOT
from support.servers.borough_server import Borough, borough

from onestop.places.gazetteer.reader import Gazetteer

pytestmark = pytest.mark.slow
ORIGIN = "Access-Control-Allow-Origin"


@pytest.fixture
async def server(tmp_path: Path, eastmere_file: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path, gazetteer=str(eastmere_file)) as made:
        yield made


async def test_head_conditional_requests_and_errors(server: Borough, eastmere: Gazetteer) -> None:
    path = f"/api/collections/{(await an_address(eastmere))[3]}"
    whole = await server.get(path)
    assert whole.headers["Content-Type"].startswith("application/json")
    head = await server.get(path, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]
    for tag in (whole.headers["ETag"], f'"x", W/{whole.headers["ETag"]}', "*"):
        same = await server.get(path, If_None_Match=tag)
        assert (same.status, same.body) == (304, b"")
        assert same.headers[ORIGIN] == "*"
    assert (await server.get(path, If_None_Match='"x"')).status == 200
    for unknown in ("/api/collections/199999999999", "/api/collections/1234567890123", "/api/collections/abc"):
        assert (await server.get(unknown)).status == 404
    # A script on another site is told that there is nothing, instead of that it may not know.
    assert (await server.get("/api/collections/199999999999")).headers[ORIGIN] == "*"
    assert (await server.get(path, "POST", b"x=1")).status == 405


async def test_the_example_for_home_assistant_shows_the_next_bin(server: Borough, eastmere: Gazetteer) -> None:
    """Its templates are Jinja; a suspended collection is not the next one."""
    guide = (ROOT / "docs" / "places.md").read_text(encoding="utf-8")
    example = next(part for part in guide.split("```yaml\n") if "platform: rest" in part).partition("```")[0]
    sensor = yaml.safe_load(example)["sensor"][0]
    uprn = (await an_address(eastmere))[3]
    told = json.loads((await server.get(f"/api/collections/{uprn}")).text)
    template = jinja2.Environment(autoescape=True).from_string(sensor["value_template"])
    assert template.render(value_json=told) == told["collections"][0]["names"]["en"]
    told["collections"][0]["suspended"] = {"en": "Snow"}
    assert template.render(value_json=told) == told["collections"][1]["names"]["en"]
    assert sensor["resource"].endswith("/api/collections/10090000007")
