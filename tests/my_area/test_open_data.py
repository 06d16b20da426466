"""The JSON of collections, as programs of others use it."""

import json

import jinja2
import pytest
import yaml
from support.household import an_address
from support.paths import ROOT
from support.servers.borough_server import Borough

from onestop.lookup.lookup_forms import STREET_NAMES
from onestop.places.gazetteer.reader import Gazetteer

pytestmark = pytest.mark.slow
ORIGIN = "Access-Control-Allow-Origin"


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


async def test_the_json_of_a_uprn_is_open_to_other_sites(server: Borough, eastmere: Gazetteer) -> None:
    uprn = (await an_address(eastmere))[3]
    answer = await server.get(f"/api/collections/{uprn:012d}")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert (await server.get("/api/collections/1")).status == 404


async def test_conditions_of_requests_for_open_data_are_evaluated(server: Borough, eastmere: Gazetteer) -> None:
    *_, uprn = await an_address(eastmere)
    for path in (f"/api/collections/{uprn}", STREET_NAMES):
        tag = (await server.get(path)).headers["ETag"]
        assert (await server.get(path, If_Match='"another"')).status == 412
        assert (await server.get(path, If_Match=tag)).status == 200
        for known in (f"W/{tag}", "*", f'"another", {tag}'):
            assert (await server.get(path, If_None_Match=known)).status == 304
        assert (await server.get(path, If_None_Match=f'"longer{tag[1:]}')).status == 200
