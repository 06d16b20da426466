"""Other programs report through a journey and ask for the status, in both formats; our own client is one of them."""

import asyncio
import json
import re
from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from open311.reports import REPORT, ROOT, SERVICE, post, reference_of, server
from support.servers.borough_server import Borough

from onestop.casework.reference import is_reference
from onestop.delivery.kinds.destination import DestinationContext
from onestop.delivery.kinds.georeport import Format, GeoReport
from onestop.store.tables import outbox

__all__ = ["server"]
pytestmark = pytest.mark.slow


async def test_services_and_their_definitions_are_told_in_both_formats(server: Borough) -> None:
    (service,) = json.loads((await server.get(f"{ROOT}/services.json")).text)
    assert service["service_code"] == SERVICE and service["metadata"] is True and service["type"] == "realtime"
    answer = await server.get(f"{ROOT}/services.xml")
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert [one.text for one in fromstring(answer.text).iterfind("service/service_code")] == [SERVICE]
    definition = json.loads((await server.get(f"{ROOT}/services/{SERVICE}.json")).text)
    attributes = {one["code"]: one for one in definition["attributes"]}
    assert attributes["kind"]["required"] and attributes["kind"]["datatype"] == "singlevaluelist"
    assert {"key": "hole", "name": "Pothole or broken road"} in attributes["kind"]["values"]
    assert not attributes["depth"]["required"] and not {"spot", "what", "email", "photo"} & attributes.keys()
    xml = fromstring((await server.get(f"{ROOT}/services/{SERVICE}.xml")).text)
    assert xml.tag == "service_definition" and xml.find("attributes/attribute/values/value/key") is not None
    assert json.loads((await server.get(f"{ROOT}/discovery.json")).text)["endpoints"][0]["url"].endswith(ROOT)


@pytest.mark.parametrize("form", ["json", "xml"])
async def test_our_own_client_reports_and_asks(server: Borough, form: Format) -> None:
    address = f"http://127.0.0.1:{server.port}{ROOT}"
    client = GeoReport(address, form, "", DestinationContext.of(server.parts.settings))
    assert "kind" in [one.code for one in await client.definition(SERVICE)]
    number, token = await client.report(tuple(REPORT.items()), "case-1")
    assert is_reference(number) and not token
    assert (await client.report(tuple(REPORT.items()), "case-1"))[0] == number
    assert (await client.report(tuple(REPORT.items()), "case-2"))[0] != number
    assert await client.status(number) == "open"


async def test_a_report_becomes_a_case_that_is_delivered_with_what_was_answered(
    server: Borough, tmp_path: Path
) -> None:
    number = await reference_of(server)
    for _ in range(200):
        entries = await server.database.read(lambda tx: outbox.entries_of(tx, number))
        if all(one.progress == "accepted" for one in entries):
            break
        await asyncio.sleep(0.05)
    (file,) = [one for one in (tmp_path / "outbox").rglob("*.json") if number in one.name]
    case = json.loads(file.read_text())
    said = {one["ask"]: one["said"] for one in case["answers"]}
    assert case["channel"] == "open311" and said["kind"] == "Pothole or broken road"
    assert said["description"] == "A deep hole beside the bridge" and said["email"] == "planted@example.org"


async def test_the_status_is_told_without_anything_that_was_answered(server: Borough) -> None:
    number = await reference_of(server)
    one, all_of_them = await server.get(f"{ROOT}/requests/{number}.json"), await server.get(f"{ROOT}/requests.xml")
    assert json.loads(one.text)[0]["status"] == "open" and number in all_of_them.text
    for text in (one.text, all_of_them.text):
        assert "Planted" not in text and "planted" not in text and "bridge" not in text and "51.5" not in text
    assert number not in (await server.get(f"{ROOT}/requests.json?status=closed")).text
    assert number not in (await server.get(f"{ROOT}/requests.json?service_code=other")).text
    assert number in (await server.get(f"{ROOT}/requests.json?service_request_id={number}&status=open")).text
    assert number not in (await server.get(f"{ROOT}/requests.json?end_date=2020-01-01T00:00:00Z")).text


async def test_a_case_that_a_resident_sent_is_not_listed(server: Borough) -> None:
    from support.household import Household

    resident = Household(server)
    await resident.get("/bins/missed-bin/ask")
    for answer in ("today", "grey", "out", "none", "Planted Cottage, 12 High Street, EM4 2QT"):
        await resident.send(answer=answer)
    if resident.path.endswith("/stands"):
        await resident.send(do="skip")
    await resident.send(answer="none")
    await resident.send()
    assert json.loads((await server.get(f"{ROOT}/requests.json")).text) == []


async def test_the_same_report_is_one_case_however_often_and_at_once(server: Borough) -> None:
    numbers = await asyncio.gather(*(reference_of(server) for _ in range(12)))
    assert len(set(numbers)) == 1
    assert await reference_of(server, REPORT | {"description": "Another hole"}) not in numbers


@pytest.mark.parametrize(
    ("changed", "status", "says"),
    [
        ({"api_key": ""}, 403, "api_key is required"),
        ({"api_key": "wrong"}, 403, "not known"),
        ({"service_code": ""}, 400, "service_code is required"),
        ({"service_code": "missed-bin"}, 404, "no such service_code"),
        ({"attribute[kind]": ""}, 400, "attribute[kind] is required"),
        ({"attribute[kind]": "crater"}, 400, "attribute[kind]"),
        ({"attribute[danger]": "danger"}, 400, "999"),
        ({"email": "nobody"}, 400, "email"),
        ({"lat": "", "long": "", "address_string": ""}, 400, "lat and long, or address_string"),
        ({"description": "x" * 4001}, 400, "4000"),
    ],
)
@pytest.mark.parametrize("form", ["json", "xml"])
async def test_what_is_refused_and_why(
    server: Borough, form: str, changed: Mapping[str, str], status: int, says: str
) -> None:
    answer = await post(server, {**REPORT, **changed}, form)
    assert answer.status == status
    if form == "json":
        (error,) = json.loads(answer.text)
        assert error["code"] == status and says in error["description"]
    else:
        root = fromstring(answer.text)
        assert root.tag == "errors" and says in (root.findtext("error/description") or "")
    assert json.loads((await server.get(f"{ROOT}/requests.json")).text) == []


async def test_an_unknown_resource_is_an_error_of_the_standard(server: Borough) -> None:
    for path in ("requests/1234567890.json", "services/none.json", "tokens/1.json", "nothing.json"):
        answer = await server.get(f"{ROOT}/{path}")
        assert answer.status == 404 and json.loads(answer.text)[0]["code"] == 404
    assert (await server.get(f"{ROOT}/requests.json?start_date=yesterday")).status == 400


async def test_no_date_of_the_calendar_is_too_much(server: Borough) -> None:
    odd = (
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-23:59",
        "0001-01-01T00:00:00%2B23:59",
        "1969-12-31T23:59:59Z",
        "2" * 4000,
    )
    for date in odd:
        for name in ("start_date", "end_date"):
            assert (await server.get(f"{ROOT}/requests.json?{name}={date}")).status == 400, (name, date)
    assert (await server.get(f"{ROOT}/requests.json?start_date=1970-01-01T00:00:00Z")).status == 200


@pytest.mark.parametrize("form", ["json", "xml"])
async def test_no_response_has_control_characters(server: Borough, form: str) -> None:
    said = await post(server, {**REPORT, "attribute[kind]": "\x1b[2J\x9b31m\x7f\ufffe"}, form)
    assert said.status == 400
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe]", said.text)
